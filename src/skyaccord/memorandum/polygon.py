"""Vertices of areas and lines: a list in the memorandum itself, or, for a ring, a GeoJSON file (RFC 7946) beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from skyaccord.memorandum.area import Ring
from skyaccord.memorandum.strict_table import StrictTable

GREATEST_FILE: Final = 4_000_000
"""Bytes of a GeoJSON file."""

_FORM: Final = "Write [[lon, lat], [lon, lat], …] in degrees"


def read_ring(table: StrictTable, folder: Path | None) -> Ring:
    """Return the ring of the key ``polygon``, closed implicitly: a last vertex equal to the first is left out."""
    value = table.content["polygon"]
    content = value
    if isinstance(value, str):
        content = _outer_ring(table, _read_geojson(table, table.text("polygon"), folder))
    if not isinstance(content, list):
        table.refuse("'polygon' is neither a list nor the name of a GeoJSON file", _FORM, "polygon")
    vertices = read_vertices(table, "polygon", content)
    if len(vertices) > 1 and vertices[0] == vertices[-1]:
        vertices = vertices[:-1]
    if len(set(vertices)) < 3:
        cure = "An area needs three different vertices or more"
        table.refuse(f"'polygon' has {len(set(vertices))} different vertices", cure, "polygon")
    return vertices


def read_vertices(table: StrictTable, key: str, content: object) -> Ring:
    """Return a list of vertices, as they stand there."""
    if not isinstance(content, list):
        table.refuse(f"{key!r} is not a list", _FORM, key)
    return tuple(
        read_vertex(table, key, item, f"vertex {number} of {key!r}") for number, item in enumerate(content, start=1)
    )


def read_vertex(table: StrictTable, key: str, value: object, what: str) -> tuple[float, float]:
    """Return longitude and latitude; ``what`` is how errors call them."""
    form = _FORM if key != "centre" else "Write [lon, lat] in degrees"
    if not isinstance(value, list) or len(value) != 2 or any(type(item) not in (int, float) for item in value):
        table.refuse(f"{what} is not two numbers", form, key)
    lon, lat = value
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # refuses NaN too
        cure = "Longitude comes first, from -180 to 180, then latitude, from -90 to 90"
        table.refuse(f"{what} is out of range", cure, key)
    return float(lon) + 0.0, float(lat) + 0.0  # -0.0 becomes 0.0


def _read_geojson(table: StrictTable, name: str, folder: Path | None) -> object:
    path = _locate(table, name, folder)
    try:
        if path.stat().st_size > GREATEST_FILE:
            table.refuse(f"{name!r} is larger than {GREATEST_FILE} bytes", "Simplify the polygon", "polygon")
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        table.refuse(f"cannot read {name!r}: {error.strerror}", "Put the file beside the memorandum", "polygon")
    except (ValueError, RecursionError):
        table.refuse(f"{name!r} is not JSON", "Write a GeoJSON polygon (RFC 7946) in UTF-8", "polygon")


def _locate(table: StrictTable, name: str, folder: Path | None) -> Path:
    """Return the path of a file that lies with the memorandum: one from elsewhere could be any file of the reader."""
    if folder is None:
        cure = "Write the polygon into the text: [[lon, lat], …]"
        table.refuse(f"'polygon' names the file {name[:80]!r}, but the memorandum is not a file", cure, "polygon")
    try:
        path = (folder / name).resolve()
    except (OSError, ValueError, RuntimeError):
        table.refuse(f"{name[:80]!r} is not a file name", "Name a GeoJSON file beside the memorandum", "polygon")
    if not path.is_relative_to(folder.resolve()):
        cure = "Put it in the same folder or below"
        table.refuse(f"{name[:80]!r} lies outside the folder of the memorandum", cure, "polygon")
    return path


def _outer_ring(table: StrictTable, content: object) -> object:
    """Return the one ring of a Polygon, of a Feature with one, or of a FeatureCollection with one such Feature."""
    cure = "Write one Polygon without holes; an area of several parts is several memoranda"
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        features = content.get("features")
        if not isinstance(features, list) or len(features) != 1:
            table.refuse("the GeoJSON file has not exactly one feature", cure, "polygon")
        content = features[0]
    if isinstance(content, dict) and content.get("type") == "Feature":
        content = content.get("geometry")
    if not isinstance(content, dict) or content.get("type") != "Polygon":
        table.refuse("the GeoJSON file holds no Polygon", cure, "polygon")
    rings = content.get("coordinates")
    if not isinstance(rings, list) or len(rings) != 1:
        table.refuse("the polygon has holes, or no ring", cure, "polygon")
    return rings[0]
