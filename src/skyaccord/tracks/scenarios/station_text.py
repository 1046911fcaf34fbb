"""The stations of a flight beside another one, in a scenario file."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from skyaccord.tracks.scenarios.performance import TYPES, Type
from skyaccord.tracks.scenarios.stations import Station
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import LENGTH, TIME

_AXES: Final = (("ahead", "behind"), ("right", "left"), ("above", "below"))
_SKINS: Final = "skins"


def read_stations(
    fields: StrictFields, duration_s: float, types: Mapping[str, str], kind: str, marked: list[str]
) -> tuple[str, tuple[Station, ...]]:
    """Return whom an aircraft flies beside, and its stations in that one's frame.

    Args:
        fields: the aircraft's table.
        duration_s: how long the scenario lasts.
        types: type of each aircraft that stands before it in the file, by id.
        kind: its own type.
        marked: the numbers that a source gives are added to it.
    """
    other = fields.get("beside", str)
    if other not in types:
        cure = f"Choose an aircraft that stands before it: {', '.join(types) or 'there is none'}"
        fields.refuse(f"beside names {other!r}", cure, "beside")
    box = _half_sums(TYPES.get(kind), TYPES.get(types[other]))
    stations = tuple(_station(each, box, marked) for each in fields.tables("stations", f"{fields.place}, station"))
    if not stations or stations[0].at_s != 0.0:
        fields.refuse("the first station is where it begins", 'Add one with at = "0 s"')
    if any(a.at_s >= b.at_s for a, b in pairwise(stations)) or stations[-1].at_s > duration_s:
        fields.refuse("its stations are out of order or out of time", "Order them by at, within the scenario")
    return other, stations


def _half_sums(own: Type | None, other: Type | None) -> tuple[float, float, float] | None:
    """Return half of what both aircraft take up along, across and upwards; ``None`` where a type is not told."""
    if own is None or other is None:
        return None
    pairs = ((own.length_m, other.length_m), (own.span_m, other.span_m), (own.height_m, other.height_m))
    along, across, up = ((a + b) / 2.0 for a, b in pairs)
    return along, across, up


def _station(fields: StrictFields, box: tuple[float, float, float] | None, marked: list[str]) -> Station:
    with fields:
        is_clear = fields.has("between") and fields.one_of("between", (_SKINS, "points")) == _SKINS
        if is_clear and box is None:
            fields.refuse("distances between skins need the type of both aircraft", "Add type to both", "between")
        add_m = box if is_clear and box else (0.0, 0.0, 0.0)
        ahead_m, right_m, above_m = (_offset(fields, *axis, more) for axis, more in zip(_AXES, add_m, strict=True))
        arch_m = _offset(fields, "over", "under", add_m[2])
        at_s, phase = fields.quantity("at", TIME), fields.optional_text("phase")
        marked += fields.marked()
        return Station(at_s, ahead_m, right_m, above_m, arch_m, phase)


def _offset(fields: StrictFields, plus: str, minus: str, more_m: float) -> float:
    """Return a signed offset; what the aircraft take up is added to it where it is stated."""
    if fields.has(plus) and fields.has(minus):
        fields.refuse(f"has both {plus} and {minus}", "Keep one")
    for key, sign in ((plus, 1.0), (minus, -1.0)):
        if fields.has(key):
            value_m = fields.quantity(key, LENGTH)
            if value_m < 0:
                fields.refuse(f"{key} is negative", f"Use {minus if sign > 0 else plus}", key)
            return sign * (value_m + more_m)
    return 0.0
