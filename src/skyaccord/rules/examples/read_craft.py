"""Reads one aircraft of an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from skyaccord.memorandum.document import ANY
from skyaccord.memorandum.formula import Subject
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.rules.examples.example import Craft
from skyaccord.tracks.scenarios.leg_text import read_leg, read_speed
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import ANGLE, LENGTH, TIME

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
            speed_mps=read_speed(fields, "speed"),
            track_deg=fields.quantity("course", ANGLE) % 360.0,
            legs=tuple(read_leg(leg, []) for leg in fields.tables("legs", f"{fields.place}, leg")),
        )
