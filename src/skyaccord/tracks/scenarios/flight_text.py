"""The aircraft of a scenario file: where each begins, or whom it flies beside, and what it flies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, TypeAlias

from skyaccord.tracks.scenarios.closest_approach import ClosestApproach, Side
from skyaccord.tracks.scenarios.leg_text import read_leg, read_speed
from skyaccord.tracks.scenarios.legs import Leg, State
from skyaccord.tracks.scenarios.performance import TYPES
from skyaccord.tracks.scenarios.plan import Flight
from skyaccord.tracks.scenarios.station_text import read_stations
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import ANGLE, LENGTH, TIME

WHOLE: Final = 1e-6

_Way: TypeAlias = tuple[State, tuple[Leg, ...], ClosestApproach | None]
_NOTHING: Final[_Way] = (State(math.nan, math.nan, math.nan, math.nan, math.nan), (), None)


def read_flight(fields: StrictFields, sample_s: float, duration_s: float, types: Mapping[str, str]) -> Flight:
    """Return one ``[[aircraft]]`` table.

    Args:
        fields: the table.
        sample_s: interval of the table's rows.
        duration_s: how long the scenario lasts.
        types: type of each aircraft that stands before it in the file, by id.
    """
    with fields:
        name = fields.get("id", str)
        fields.place = f"aircraft {name!r}"
        kind = fields.one_of("type", tuple(TYPES)) if fields.has("type") else ""
        marked = fields.marked()
        is_beside = fields.has("beside")
        other, stations = read_stations(fields, duration_s, types, kind, marked) if is_beside else ("", ())
        begin, legs, approach = _NOTHING if is_beside else _way(fields, sample_s, duration_s, marked)
        return Flight(
            id=name,
            callsign=fields.optional_text("callsign"),
            begin=begin,
            legs=legs,
            approach=approach,
            type=kind,
            has_altitude=fields.get("altitude_known", bool) if fields.has("altitude_known") else True,
            seen_until_s=fields.quantity("seen_until", TIME) if fields.has("seen_until") else math.inf,
            beside=other,
            stations=stations,
            reported=tuple(marked),
        )


def _way(fields: StrictFields, sample_s: float, duration_s: float, marked: list[str]) -> _Way:
    """Return where an aircraft begins, its legs, and the approach from which its position follows."""
    approach = _approach(fields, sample_s, duration_s, marked) if fields.has("closest_approach") else None
    if approach is not None and (fields.has("latitude") or fields.has("longitude")):
        fields.refuse("has both a position and a closest_approach", "Keep one: either fixes where it flies")
    begin = _begin(fields, approach)
    legs = tuple(read_leg(leg, marked) for leg in fields.tables("leg", f"{fields.place}, leg"))
    if sum(leg.duration_s or 0.0 for leg in legs) > duration_s * (1 + WHOLE):
        fields.refuse("its legs last longer than the scenario", "Shorten them or raise lasts")
    return begin, legs, approach


def _begin(fields: StrictFields, approach: ClosestApproach | None) -> State:
    lat, lon = (math.nan, math.nan) if approach else (fields.quantity(k, ANGLE) for k in ("latitude", "longitude"))
    if abs(lat) > 90 or abs(lon) > 180:
        fields.refuse("its position is not on the earth", "Latitude is -90 to 90 deg, longitude -180 to 180 deg")
    has_height = approach is not None and approach.higher_by_m is not None
    if has_height and fields.has("altitude"):
        fields.refuse("has both altitude and higher_by", "Keep one: either fixes how high it flies")
    altitude_m = 0.0 if has_height else fields.quantity("altitude", LENGTH)
    return State(lat, lon, altitude_m, read_speed(fields, "groundspeed"), fields.quantity("track", ANGLE) % 360.0)


def _approach(fields: StrictFields, sample_s: float, duration_s: float, marked: list[str]) -> ClosestApproach:
    with fields.table("closest_approach", f"{fields.place}, closest_approach") as at:
        at_s = at.quantity("at", TIME)
        if not 0 <= at_s <= duration_s or abs(at_s / sample_s - round(at_s / sample_s)) > WHOLE:
            at.refuse(f"at = {at_s:g} s is no sample", f"Choose a multiple of {sample_s:g} s within the scenario", "at")
        distance_m = at.quantity("distance", LENGTH)
        if distance_m < 0:
            at.refuse("distance is negative", "Give it as zero or more", "distance")
        side = Side(at.one_of("passes", tuple(Side)))
        marked += at.marked()
        return ClosestApproach(at.get("of", str), at_s, distance_m, side, at.optional("higher_by", LENGTH))
