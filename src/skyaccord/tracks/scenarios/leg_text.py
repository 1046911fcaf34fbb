"""The legs of a flight in a scenario file, within what aircraft fly."""

from __future__ import annotations

from typing import Any, Final

from skyaccord.errors import UnitError
from skyaccord.tracks.scenarios.legs import Leg
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import ANGLE, FPM, KT, LENGTH, SPEED, TIME, parse_quantity

FASTEST_MPS: Final = 1500 * KT
STEEPEST_BANK_DEG: Final = 80.0  # 5.8 g in level flight
HARDEST_ACCELERATION_MPS2: Final = 10.0
FASTEST_CLIMB_MPS: Final = 60_000 * FPM


def read_leg(fields: StrictFields, marked: list[str]) -> Leg:
    """Return one ``[[aircraft.leg]]`` table; the numbers that a source gives are added to ``marked``."""
    with fields:
        turn = _turn(fields) if fields.has("turn_to") else {}
        speed = _acceleration(fields) if fields.has("speed_to") else {}
        climb = _climb(fields) if fields.has("altitude_to") else {}
        duration_s = fields.optional("for", TIME)
        marked += fields.marked()
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
    return {"speed_to_mps": read_speed(fields, "speed_to"), "speed_over_s": over_s}


def _climb(fields: StrictFields) -> dict[str, Any]:
    rate_mps = fields.quantity("climb_rate", SPEED)
    if not 0 < rate_mps <= FASTEST_CLIMB_MPS:
        fields.refuse("climb_rate is out of range", "Give it without sign, up to 60000 ft/min", "climb_rate")
    climb = {"altitude_to_m": fields.quantity("altitude_to", LENGTH), "climb_mps": rate_mps}
    if fields.has("climb_acceleration"):
        climb["climb_mps2"] = _per_second(fields, "climb_acceleration", SPEED, "5 m/s/s", HARDEST_ACCELERATION_MPS2)
    return climb


def read_speed(fields: StrictFields, key: str) -> float:
    """Return a speed that aircraft fly."""
    speed_mps = fields.quantity(key, SPEED)
    if not 0 < speed_mps <= FASTEST_MPS:
        fields.refuse(f"{key} is {speed_mps / KT:g} kt", f"Choose above 0 and up to {FASTEST_MPS / KT:g} kt", key)
    return speed_mps
