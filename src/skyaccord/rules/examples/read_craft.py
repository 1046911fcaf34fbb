"""Reads one aircraft of an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from skyaccord.memorandum.document import ANY
from skyaccord.memorandum.formula import Subject
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.rules.examples.example import Craft
from skyaccord.tracks.scenarios.flightpath import Leg
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import ANGLE, LENGTH, SPEED, TIME, TURN_RATE

_ROLES: Final = (Subject.INTERCEPTOR, Subject.INTERCEPTED)
_OF_ANYONE: Final = ("blue", "green")
"""Parties of aircraft where a memorandum binds everyone."""


def read_craft(fields: StrictFields, parties: Sequence[str]) -> Craft:
    """Return the aircraft of one table of ``flights``."""
    with fields:
        name = fields.get("id", str)
        fields.place = f"flight {name!r}"
        known = _OF_ANYONE if tuple(parties) == (ANY,) else tuple(parties)
        return Craft(
            id=name,
            party=fields.one_of("party", (*known, UNASSIGNED)) if fields.has("party") else UNASSIGNED,
            role=Subject(fields.one_of("role", _ROLES)) if fields.has("role") else None,
            squawk=fields.optional_text("squawk"),
            north_m=fields.optional("north", LENGTH) or 0.0,
            east_m=fields.optional("east", LENGTH) or 0.0,
            at_s=fields.optional("at", TIME) or 0.0,
            altitude_m=fields.quantity("altitude", LENGTH),
            speed_mps=_above_zero(fields, "speed", SPEED),
            track_deg=fields.quantity("course", ANGLE) % 360.0,
            legs=tuple(_read_leg(leg) for leg in fields.tables("legs", f"{fields.place}, leg")),
        )


def _read_leg(fields: StrictFields) -> Leg:
    with fields:
        changes: dict[str, Any] = {}
        if fields.has("turn_to"):
            changes["turn_to_deg"] = fields.quantity("turn_to", ANGLE) % 360.0
            changes["turn_rate_degps"] = _above_zero(fields, "turn_rate", TURN_RATE)
        if fields.has("speed_to"):
            changes["speed_to_mps"] = _above_zero(fields, "speed_to", SPEED)
            changes["speed_over_s"] = _above_zero(fields, "over", TIME)
        if fields.has("altitude_to"):
            changes["altitude_to_m"] = fields.quantity("altitude_to", LENGTH)
            changes["climb_mps"] = _above_zero(fields, "climb_rate", SPEED)
        if fields.has("for"):
            changes["duration_s"] = _above_zero(fields, "for", TIME)
        if not changes:
            fields.refuse("changes nothing and has no duration", 'Add for = "60 s"')
        return Leg(**changes)


def _above_zero(fields: StrictFields, key: str, dimension: str) -> float:
    value = fields.quantity(key, dimension)
    if value <= 0.0:
        fields.refuse(f"{key} is {fields.values[key]}", "Choose more than zero", key)
    return value
