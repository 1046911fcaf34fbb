"""GeoJSON: lines with an array of times beside their coordinates, and points with a time.

The third coordinate is metres above the WGS-84 ellipsoid (RFC 7946, section 4), so it becomes ``geoaltitude``. Arrays
in the properties that are as long as the line and named like columns of ours hold further values, pressure altitude
among them; single values hold for the whole line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.formats.cells import BadRows, CellTable, as_number, is_number, own_layout
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.identity import track_id
from skyaccord.tracks.formats.json_text import Object, documents, has_keys
from skyaccord.tracks.formats.report import Part
from skyaccord.units import FT, M

_TYPE: Final = re.compile(rb'"type"\s*:\s*"Feature(Collection)?"')
_LINE_TIMES: Final = ("times", "coordTimes", "timestamps")
_POINT_TIMES: Final = ("time", "timestamp", "when", "datetime")
_LABELS: Final = ("name", "title", "callsign", "id")
_PLACE: Final = ("timestamp", "icao24", "latitude", "longitude", "geoaltitude")
_VALUES: Final = tuple(name for name in TRACKS.names if name not in _PLACE)


def is_geojson(content: Content) -> bool:
    """Return whether content is a JSON object that says it is a feature or a collection of them."""
    has_any = has_keys(content, "features") or has_keys(content, "coordinates")
    return has_any and _TYPE.search(content.ends) is not None


def read_geojson(content: pa.Buffer, name: str) -> Part:
    """Return a row for each dated position.

    Raises:
        FormatError: broken JSON, no features, or not one position can be used.
    """
    cells = CellTable([*_PLACE, *_VALUES])
    bad = BadRows()
    word, number, undated = "feature", 0, 0
    for line, document in documents(content, name, bad):
        word = "line" if line else word
        try:
            features = _features(document, name)
        except FormatError as error:
            if not line:
                raise
            bad.add(line, error.problem)
            continue
        for feature in features:
            number += 1
            try:
                for row in _rows(feature, name, number):
                    cells.add(line or number, *row)
            except _UndatedError:
                undated += 1
            except _UnusableError as error:
                bad.add(line or number, str(error))
    raw, numbers = cells.take()
    notes = (f"{undated:,} features have no times: left out",) if undated else ()
    return conform(raw, own_layout(raw), name=name, kind="GeoJSON", rows=bad.rows(word, numbers, notes))


class _UndatedError(Exception):
    """A feature without times: an area, a place, a route."""


class _UnusableError(Exception):
    """A feature that is damaged, and how."""


def _features(document: Object, name: str) -> list[object]:
    if document.get("type") == "Feature":
        return [document]
    features = document.get("features")
    if not isinstance(features, list):
        raise FormatError(name, 'no list "features"', "It must be a GeoJSON FeatureCollection or Feature")
    return features


def _rows(feature: object, file: str, number: int) -> Iterator[tuple[object, ...]]:
    """Yield the cells of each position of a feature."""
    if not isinstance(feature, dict):
        raise _UnusableError("no object")
    geometry, said = (each if isinstance(each, dict) else {} for each in map(feature.get, ("geometry", "properties")))
    beside = said.get("coordinateProperties")
    said = said | beside if isinstance(beside, dict) else said
    icao = said.get("icao24") or track_id(file, _label(said, feature), number)
    shape, places = geometry.get("type"), geometry.get("coordinates")
    if shape == "Point":
        yield from _line([places], [_first(said, _POINT_TIMES)], said, icao)
    elif shape == "LineString":
        yield from _line(places, _first(said, _LINE_TIMES), said, icao)
    elif shape == "MultiLineString":
        yield from _lines(places, _first(said, _LINE_TIMES), said, icao)
    else:
        raise _UndatedError


def _lines(places: object, times: object, said: Object, icao: object) -> Iterator[tuple[object, ...]]:
    if not (isinstance(places, list) and isinstance(times, list) and len(places) == len(times)):
        raise _UnusableError("coordinates and times are not in step")
    for k, (line, line_times) in enumerate(zip(places, times, strict=True)):
        own = {key: value[k] if _is_as_long(value, places) else value for key, value in said.items()}
        yield from _line(line, line_times, own, icao)


def _line(places: object, times: object, said: Object, icao: object) -> Iterator[tuple[object, ...]]:
    if not (isinstance(places, list) and isinstance(times, list) and len(places) == len(times)):
        raise _UnusableError("coordinates and times are not in step")
    known = [said.get(column) for column in _VALUES]
    heights = said.get("geoaltitude")
    for k, (place, time) in enumerate(zip(places, times, strict=True)):
        lon, lat, above = (*place, *[None] * 3)[:3] if isinstance(place, list) else (None, None, None)
        height = as_number(above) * M / FT if is_number(above) else _at(heights, k, places)
        yield (time, icao, lat, lon, height, *(_at(value, k, places) for value in known))


def _at(value: object, k: int, places: list[object]) -> object:
    """Return the k-th of values that stand beside the line, or the one value that holds for all of it."""
    if isinstance(value, list):
        return value[k] if len(value) == len(places) else None
    return value


def _is_as_long(value: object, places: list[object]) -> bool:
    return isinstance(value, list) and len(value) == len(places)


def _first(said: Object, keys: tuple[str, ...]) -> object:
    found = next((said[key] for key in keys if said.get(key) is not None), None)
    if found is None:
        raise _UndatedError
    return found


def _label(said: Object, feature: Object) -> str:
    found = next((said[key] for key in _LABELS if isinstance(said.get(key), str)), feature.get("id"))
    return found if isinstance(found, str) else ""
