"""The aircraft of a scenario file: where each begins, or whom it flies beside, and what it flies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final, TypeAlias

from skyaccord.errors import UnitError
from skyaccord.tracks.scenarios.closest_approach import ClosestApproach, Side
from skyaccord.tracks.scenarios.flightpath import Leg, State
from skyaccord.tracks.scenarios.performance import TYPES, Type
from skyaccord.tracks.scenarios.plan import Flight
from skyaccord.tracks.scenarios.stations import Station
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import ANGLE, FPM, KT, LENGTH, SPEED, TIME, parse_quantity

FASTEST_MPS: Final = 1500 * KT
STEEPEST_BANK_DEG: Final = 80.0  # 5.8 g in level flight
HARDEST_ACCELERATION_MPS2: Final = 10.0
FASTEST_CLIMB_MPS: Final = 60_000 * FPM
WHOLE: Final = 1e-6

_AXES: Final = (("ahead", "behind"), ("right", "left"), ("above", "below"))
_SKINS: Final = "skins"

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
        marked = _marked(fields)
        is_beside = fields.has("beside")
        other, stations = _stations(fields, duration_s, types, kind, marked) if is_beside else ("", ())
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
    legs = tuple(_leg(leg, marked) for leg in fields.tables("leg", f"{fields.place}, leg"))
    if sum(leg.duration_s or 0.0 for leg in legs) > duration_s * (1 + WHOLE):
        fields.refuse("its legs last longer than the scenario", "Shorten them or raise lasts")
    return begin, legs, approach


def _stations(
    fields: StrictFields, duration_s: float, types: Mapping[str, str], kind: str, marked: list[str]
) -> tuple[str, tuple[Station, ...]]:
    """Return whom an aircraft flies beside, and its stations in that one's frame."""
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
        marked += _marked(fields)
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


def _marked(fields: StrictFields) -> list[str]:
    """Return, as text, the numbers of a table that a source gives; every other one is assumed."""
    keys = fields.optional_texts("reported")
    for key in keys:
        if key not in fields.values:
            fields.refuse(f"reported names {key!r}, which is not here", "Name keys of this table", "reported")
    return [f"{key} {fields.values[key]}" for key in keys]


def _begin(fields: StrictFields, approach: ClosestApproach | None) -> State:
    lat, lon = (math.nan, math.nan) if approach else (fields.quantity(k, ANGLE) for k in ("latitude", "longitude"))
    if abs(lat) > 90 or abs(lon) > 180:
        fields.refuse("its position is not on the earth", "Latitude is -90 to 90 deg, longitude -180 to 180 deg")
    has_height = approach is not None and approach.higher_by_m is not None
    if has_height and fields.has("altitude"):
        fields.refuse("has both altitude and higher_by", "Keep one: either fixes how high it flies")
    altitude_m = 0.0 if has_height else fields.quantity("altitude", LENGTH)
    return State(lat, lon, altitude_m, _speed(fields, "groundspeed"), fields.quantity("track", ANGLE) % 360.0)


def _approach(fields: StrictFields, sample_s: float, duration_s: float, marked: list[str]) -> ClosestApproach:
    with fields.table("closest_approach", f"{fields.place}, closest_approach") as at:
        at_s = at.quantity("at", TIME)
        if not 0 <= at_s <= duration_s or abs(at_s / sample_s - round(at_s / sample_s)) > WHOLE:
            at.refuse(f"at = {at_s:g} s is no sample", f"Choose a multiple of {sample_s:g} s within the scenario", "at")
        distance_m = at.quantity("distance", LENGTH)
        if distance_m < 0:
            at.refuse("distance is negative", "Give it as zero or more", "distance")
        side = Side(at.one_of("passes", tuple(Side)))
        marked += _marked(at)
        return ClosestApproach(at.get("of", str), at_s, distance_m, side, at.optional("higher_by", LENGTH))


def _leg(fields: StrictFields, marked: list[str]) -> Leg:
    with fields:
        turn = _turn(fields) if fields.has("turn_to") else {}
        speed = _acceleration(fields) if fields.has("speed_to") else {}
        climb = _climb(fields) if fields.has("altitude_to") else {}
        duration_s = fields.optional("for", TIME)
        marked += _marked(fields)
        if duration_s is None and not (turn or speed or climb):
            fields.refuse("changes nothing and has no duration", 'Add for = "60 s"')
        if duration_s is not None and duration_s <= 0:
            fields.refuse("lasts no time", "Give a duration above zero", "for")
        return Leg(duration_s=duration_s, **turn, **speed, **climb)


def _turn(fields: StrictFields) -> dict[str, Any]:
    if fields.has("bank") == fields.has("turn_rate"):
        fields.refuse("a turn needs a bank or a turn_rate", 'Add either bank = "30 deg" or turn_rate = "3 deg/s"')
    bank_deg = fields.optional("bank", ANGLE)
    rate_degps = _per_second(fields, "turn_rate", ANGLE, "3 deg/s", 30.0) if fields.has("turn_rate") else None
    if bank_deg is not None and not 0 < bank_deg <= STEEPEST_BANK_DEG:
        fields.refuse(f"bank is {bank_deg:g} deg", f"Choose above 0 and up to {STEEPEST_BANK_DEG:g} deg", "bank")
    is_right = fields.one_of("turn", ("left", "right")) == "right" if fields.has("turn") else None
    target_deg = fields.quantity("turn_to", ANGLE) % 360.0
    return {
        "turn_to_deg": target_deg,
        "is_right_turn": is_right,
        "bank_deg": bank_deg,
        "turn_rate_degps": rate_degps,
        "roll_s": fields.quantity("roll_over", TIME) if fields.has("roll_over") else 0.0,
    }


def _per_second(fields: StrictFields, key: str, dimension: str, example: str, most: float) -> float:
    """Return a rate of change, written as a quantity and ``/s``."""
    text, unit = fields.get(key, str).rstrip(), example.split()[1]
    try:
        rate = parse_quantity(text.removesuffix("/s") if text.endswith("/s") else "", dimension).si
    except UnitError:
        fields.refuse(f"{key} = {text!r} is no rate", f'Write {key} = "{example}"', key)
    if not 0 < rate <= most:
        fields.refuse(f"{key} is {rate:g} {unit}", f"Choose above 0 and up to {most:g} {unit}", key)
    return rate


def _acceleration(fields: StrictFields) -> dict[str, Any]:
    over_s = fields.quantity("over", TIME)
    if over_s <= 0:
        fields.refuse("a change of speed takes time", "Give over above zero", "over")
    return {"speed_to_mps": _speed(fields, "speed_to"), "speed_over_s": over_s}


def _climb(fields: StrictFields) -> dict[str, Any]:
    rate_mps = fields.quantity("climb_rate", SPEED)
    if not 0 < rate_mps <= FASTEST_CLIMB_MPS:
        fields.refuse("climb_rate is out of range", "Give it without sign, up to 60000 ft/min", "climb_rate")
    climb = {"altitude_to_m": fields.quantity("altitude_to", LENGTH), "climb_mps": rate_mps}
    if fields.has("climb_acceleration"):
        climb["climb_mps2"] = _per_second(fields, "climb_acceleration", SPEED, "5 m/s/s", HARDEST_ACCELERATION_MPS2)
    return climb


def _speed(fields: StrictFields, key: str) -> float:
    speed_mps = fields.quantity(key, SPEED)
    if not 0 < speed_mps <= FASTEST_MPS:
        fields.refuse(f"{key} is {speed_mps / KT:g} kt", f"Choose above 0 and up to {FASTEST_MPS / KT:g} kt", key)
    return speed_mps
