"""Reads ``[area.NAME]`` and ``[line.NAME]``: the places that rules and notices call by a name.

Distances to them are measured, so they have limits that the area of application does not need: none reaches a pole or
half around the globe, and none has so many vertices that measuring takes for ever.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Final

from skyaccord.errors import MemorandumError
from skyaccord.geometry.polygon import unrolled
from skyaccord.memorandum.area import Ring
from skyaccord.memorandum.keys import NAME, NAMED_AREA, NAMED_LINE
from skyaccord.memorandum.named_area import Circle, NamedArea
from skyaccord.memorandum.named_line import NamedLine
from skyaccord.memorandum.polygon import read_ring, read_vertex, read_vertices
from skyaccord.memorandum.read_area import read_band
from skyaccord.memorandum.rule_hints import RESERVED
from skyaccord.memorandum.strict_table import StrictTable
from skyaccord.units import KM

MOST_NAMED: Final = 100
"""Areas, and lines, of one memorandum."""

MOST_VERTICES: Final = 2_000
"""Of one polygon or line: a flight information region that follows a coast has some hundreds."""

GREATEST_LATITUDE_DEG: Final = 85.0
"""Edges are straight in longitude and latitude, which nearer to a pole no one would draw."""

GREATEST_SPAN_DEG: Final = 180.0
"""From it on, east and west of the middle could be confused; a ring around a pole spans more."""

GREATEST_RADIUS_M: Final = 1000 * KM


def read_named_areas(file: StrictTable, folder: Path | None) -> tuple[NamedArea, ...]:
    """Return the named areas of a file, in its order."""
    return tuple(_read_named_area(name, table, folder) for name, table in _named(file, "area", NAMED_AREA))


def read_named_lines(file: StrictTable) -> tuple[NamedLine, ...]:
    """Return the named lines of a file, in its order."""
    return tuple(_read_named_line(name, table) for name, table in _named(file, "line", NAMED_LINE))


def _named(file: StrictTable, key: str, kind: str) -> list[tuple[str, StrictTable]]:
    if key not in file:
        return []
    content = file.content[key]
    if not isinstance(content, dict):
        file.refuse(f"{key!r} is not a table", f"Write [{key}.NAME]", key)
    if len(content) > MOST_NAMED:
        file.refuse(f"{len(content)} tables [{key}.NAME]", f"At most {MOST_NAMED} can be named", key)
    for name in content:
        _check_name(file, key, name, list(content))
    return [(name, StrictTable(file.sheet, kind, table, (key, name))) for name, table in content.items()]


def _check_name(file: StrictTable, key: str, name: str, names: list[str]) -> None:
    line = file.sheet.lines.of((key, name)) or 1
    if not NAME.fullmatch(name) or name[0].isdigit() or name[0] == "-" or name in RESERVED:
        cure = f"Write a letter, then letters, digits, _ and -, and no word of rules; [{key}.NAME] name takes any words"
        raise MemorandumError(file.sheet.source, f"{name[:64]!r} cannot name {key}s in rules", cure, line)
    if sum(other.lower() == name.lower() for other in names) > 1:
        cure = "Take names that cannot be confused"
        raise MemorandumError(file.sheet.source, f"another {key} differs from {name!r} in capitals only", cure, line)


def _read_named_area(name: str, table: StrictTable, folder: Path | None) -> NamedArea:
    band = read_band(table)
    return NamedArea(name, _read_shape(table, folder), band, table.text("name", default=""))


def _read_shape(table: StrictTable, folder: Path | None) -> Ring | Circle:
    if "polygon" in table:
        for key in ("centre", "radius"):
            if key in table:
                table.refuse(f"both 'polygon' and {key!r}", "Write a polygon, or centre and radius", key)
        ring = read_ring(table, folder)
        _check_extent(table, "polygon", ring, "name a circle around the pole instead")
        return ring
    if "centre" not in table and "radius" not in table:
        table.refuse("neither 'polygon' nor 'centre'", "Write a polygon, or centre and radius")
    table.require("centre", "radius")
    radius = table.length("radius")
    if not 0.0 < radius.si <= GREATEST_RADIUS_M:
        table.refuse(
            f"'radius' is {radius}", f"Write more than 0 m and at most {GREATEST_RADIUS_M / KM:g} km", "radius"
        )
    return Circle(read_vertex(table, "centre", table.content["centre"], "'centre'"), radius)


def _read_named_line(name: str, table: StrictTable) -> NamedLine:
    table.require("points")
    points = read_vertices(table, "points", table.content["points"])
    if len(points) < 2:
        table.refuse(f"'points' has {len(points)}", "A line needs two points or more", "points")
    twice = next((number for number, (a, b) in enumerate(pairwise(points), start=2) if a == b), None)
    if twice is not None:
        table.refuse(f"vertex {twice} of 'points' is that before it", "Leave one out", "points")
    _check_extent(table, "points", points, "end the line before it")
    return NamedLine(name, points, table.text("name", default=""))


def _check_extent(table: StrictTable, key: str, vertices: Ring, pole: str) -> None:
    """Refuse what distances cannot be measured to."""
    if len(vertices) > MOST_VERTICES:
        table.refuse(f"{key!r} has {len(vertices)} vertices", f"At most {MOST_VERTICES}: simplify it", key)
    for number, (_, lat) in enumerate(vertices, start=1):
        if abs(lat) > GREATEST_LATITUDE_DEG:
            cure = f"Stay within {GREATEST_LATITUDE_DEG:g}° of latitude, or {pole}"
            table.refuse(f"vertex {number} of {key!r} is too near a pole", cure, key)
    lons = [lon for lon, _ in unrolled(vertices)]
    if max(lons) - min(lons) >= GREATEST_SPAN_DEG:
        cure = f"Stay below {GREATEST_SPAN_DEG:g}° of longitude, or {pole}"
        table.refuse(f"{key!r} spans {max(lons) - min(lons):.15g}° of longitude", cure, key)
