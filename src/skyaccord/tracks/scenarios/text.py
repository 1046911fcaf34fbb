"""The text of a scenario file to a scenario: TOML, every quantity with its unit, unknown keys refused."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from skyaccord.errors import InputError
from skyaccord.model.encounter import Outcome
from skyaccord.tracks.scenarios.closest_approach import ClosestApproach, Side
from skyaccord.tracks.scenarios.flightpath import Leg, State
from skyaccord.tracks.scenarios.plan import Expected, Flight, Noise, Reported, Scenario
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import ANGLE, FPM, KT, LENGTH, SPEED, TIME

FASTEST_MPS: Final = 1500 * KT
STEEPEST_BANK_DEG: Final = 80.0  # 5.8 g in level flight
HARDEST_ACCELERATION_MPS2: Final = 10.0
FASTEST_CLIMB_MPS: Final = 60_000 * FPM
LONGEST_S: Final = 86_400.0
WHOLE: Final = 1e-6


def read_scenario(text: str, source: str, name: str) -> Scenario:
    """Return the scenario that a file's text states.

    Raises:
        InputError: no TOML, an unknown or missing key, a value without unit, a manoeuvre that no aircraft flies, a
            party or an approach that names an aircraft that is not there.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise InputError(source, f"no TOML: {error}", "Correct the syntax", int(line[1]) if line else None) from None
    with StrictFields(source, text, "", values) as file:
        scenario = _scenario(file, name)
        _check_names(file, scenario)
    return scenario


def _scenario(file: StrictFields, name: str) -> Scenario:
    with file.table("scenario", "[scenario]") as head:
        if head.get("generated", bool) is not True:
            head.refuse("a scenario is never a recording", "Write generated = true", "generated")
        sample_s = head.quantity("sample_every", TIME)
        duration_s = head.quantity("lasts", TIME)
        if not 0 < sample_s <= duration_s <= LONGEST_S:
            head.refuse("sample_every and lasts do not fit", "Choose sample_every > 0 s and lasts from it to 24 h")
        flights = tuple(_flight(fields, sample_s, duration_s) for fields in file.tables("aircraft", "aircraft"))
        return Scenario(
            name=name,
            title=head.get("title", str),
            preset=head.get("preset", str),
            start=head.instant("start"),
            duration_s=duration_s,
            sample_s=sample_s,
            noise=_noise(file) if file.has("noise") else None,
            reported=tuple(_reported(fields) for fields in file.tables("reported", "reported")),
            assumed=head.texts("assumed"),
            expected=_expected(file),
            parties=_parties(file),
            flights=flights,
        )


def _noise(file: StrictFields) -> Noise:
    with file.table("noise", "[noise]") as fields:
        sigma_m, correlation_s = fields.quantity("sigma", LENGTH), fields.optional("correlation", TIME) or 0.0
        seed = fields.get("seed", int)
        if sigma_m < 0 or correlation_s < 0 or seed < 0:
            fields.refuse("a negative value", "Sigma, correlation and seed are zero or more")
        return Noise(sigma_m, correlation_s, seed)


def _reported(fields: StrictFields) -> Reported:
    with fields:
        what, by, source = (fields.get(key, str) for key in ("what", "by", "source"))
        return Reported(what, by, source, fields.span("distance", LENGTH))


def _expected(file: StrictFields) -> Expected:
    with file.table("expected", "[expected]") as fields:
        outcome = _one_of(fields, "outcome", tuple(o.value for o in Outcome))
        return Expected(Outcome(outcome), fields.get("because", str), fields.span("lost", TIME))


def _parties(file: StrictFields) -> Mapping[str, tuple[str, ...]]:
    fields = file.table("parties", "[parties]")
    return {party: fields.texts(party) for party in fields.values}


def _flight(fields: StrictFields, sample_s: float, duration_s: float) -> Flight:
    with fields:
        name = fields.get("id", str)
        fields.place = f"aircraft {name!r}"
        approach = _approach(fields, sample_s, duration_s) if fields.has("closest_approach") else None
        if approach is not None and (fields.has("latitude") or fields.has("longitude")):
            fields.refuse("has both a position and a closest_approach", "Keep one: either fixes where it flies")
        begin = _begin(fields, approach)
        legs = [_leg(leg) for leg in fields.tables("leg", f"{fields.place}, leg")]
        if sum(leg.duration_s or 0.0 for leg in legs) > duration_s * (1 + WHOLE):
            fields.refuse("its legs last longer than the scenario", "Shorten them or raise lasts")
        callsign = fields.get("callsign", str) if fields.has("callsign") else ""
        return Flight(name, callsign, begin, tuple(legs), approach)


def _begin(fields: StrictFields, approach: ClosestApproach | None) -> State:
    lat, lon = (math.nan, math.nan) if approach else (fields.quantity(k, ANGLE) for k in ("latitude", "longitude"))
    if abs(lat) > 90 or abs(lon) > 180:
        fields.refuse("its position is not on the earth", "Latitude is -90 to 90 deg, longitude -180 to 180 deg")
    has_height = approach is not None and approach.higher_by_m is not None
    if has_height and fields.has("altitude"):
        fields.refuse("has both altitude and higher_by", "Keep one: either fixes how high it flies")
    altitude_m = 0.0 if has_height else fields.quantity("altitude", LENGTH)
    return State(lat, lon, altitude_m, _speed(fields, "groundspeed"), fields.quantity("track", ANGLE) % 360.0)


def _approach(fields: StrictFields, sample_s: float, duration_s: float) -> ClosestApproach:
    with fields.table("closest_approach", f"{fields.place}, closest_approach") as at:
        at_s = at.quantity("at", TIME)
        if not 0 <= at_s <= duration_s or abs(at_s / sample_s - round(at_s / sample_s)) > WHOLE:
            at.refuse(f"at = {at_s:g} s is no sample", f"Choose a multiple of {sample_s:g} s within the scenario", "at")
        distance_m = at.quantity("distance", LENGTH)
        if distance_m < 0:
            at.refuse("distance is negative", "Give it as zero or more", "distance")
        side = Side(_one_of(at, "passes", tuple(s.value for s in Side)))
        return ClosestApproach(at.get("of", str), at_s, distance_m, side, at.optional("higher_by", LENGTH))


def _leg(fields: StrictFields) -> Leg:
    with fields:
        turn = _turn(fields) if fields.has("turn_to") else {}
        speed = _acceleration(fields) if fields.has("speed_to") else {}
        climb = _climb(fields) if fields.has("altitude_to") else {}
        duration_s = fields.optional("for", TIME)
        if duration_s is None and not (turn or speed or climb):
            fields.refuse("changes nothing and has no duration", 'Add for = "60 s"')
        if duration_s is not None and duration_s <= 0:
            fields.refuse("lasts no time", "Give a duration above zero", "for")
        return Leg(duration_s=duration_s, **turn, **speed, **climb)


def _turn(fields: StrictFields) -> dict[str, Any]:
    if fields.has("bank") == fields.has("turn_rate"):
        fields.refuse("a turn needs a bank or a turn_rate", 'Add either bank = "30 deg" or turn_rate = "3 deg/s"')
    bank_deg = fields.optional("bank", ANGLE)
    rate_degps = _turn_rate_degps(fields) if fields.has("turn_rate") else None
    if bank_deg is not None and not 0 < bank_deg <= STEEPEST_BANK_DEG:
        fields.refuse(f"bank is {bank_deg:g} deg", f"Choose above 0 and up to {STEEPEST_BANK_DEG:g} deg", "bank")
    is_right = _one_of(fields, "turn", ("left", "right")) == "right" if fields.has("turn") else None
    target_deg = fields.quantity("turn_to", ANGLE) % 360.0
    return {
        "turn_to_deg": target_deg,
        "is_right_turn": is_right,
        "bank_deg": bank_deg,
        "turn_rate_degps": rate_degps,
    }


def _turn_rate_degps(fields: StrictFields) -> float:
    text = fields.get("turn_rate", str)
    if not text.rstrip().endswith("/s"):
        fields.refuse(f"turn_rate = {text!r} is no rate", 'Write turn_rate = "3 deg/s"', "turn_rate")
    rate = fields.si("turn_rate", text.rstrip().removesuffix("/s"), ANGLE)
    if not 0 < rate <= 30.0:
        fields.refuse(f"turn_rate is {rate:g} deg/s", "Choose above 0 and up to 30 deg/s", "turn_rate")
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
    return {"altitude_to_m": fields.quantity("altitude_to", LENGTH), "climb_mps": rate_mps}


def _speed(fields: StrictFields, key: str) -> float:
    speed_mps = fields.quantity(key, SPEED)
    if not 0 < speed_mps <= FASTEST_MPS:
        fields.refuse(f"{key} is {speed_mps / KT:g} kt", f"Choose above 0 and up to {FASTEST_MPS / KT:g} kt", key)
    return speed_mps


def _one_of(fields: StrictFields, key: str, allowed: tuple[str, ...]) -> str:
    value = fields.get(key, str)
    if value not in allowed:
        fields.refuse(f"{key} = {value!r} is not known", f"Choose {', '.join(allowed)}", key)
    return value


def _check_names(file: StrictFields, scenario: Scenario) -> None:
    ids = [flight.id for flight in scenario.flights]
    claimed = [aircraft for members in scenario.parties.values() for aircraft in members]
    if not ids:
        file.refuse("no aircraft", "Add [[aircraft]]")
    for name in {name for name in ids if ids.count(name) > 1}:
        file.refuse(f"two aircraft are called {name!r}", "Rename one")
    for name in claimed:
        if name not in ids:
            file.refuse(f"[parties] names {name!r}, which is no aircraft", f"Choose {', '.join(ids)}")
        if claimed.count(name) > 1:
            file.refuse(f"{name!r} stands under two parties", "Keep one")
    seen: set[str] = set()
    for flight in scenario.flights:
        if flight.approach is not None and flight.approach.of not in seen:
            cure = f"Choose an aircraft that stands before it: {', '.join(sorted(seen)) or 'there is none'}"
            file.refuse(f"aircraft {flight.id!r}: closest_approach names {flight.approach.of!r}", cure)
        seen.add(flight.id)
