"""Reads one record of an example: what was said by radio, on the ground line or as a notice."""

from __future__ import annotations

from skyaccord.errors import UnitError
from skyaccord.memorandum.document import Memorandum
from skyaccord.model.frequency import Frequency, parse_frequency
from skyaccord.model.records import RecordKind
from skyaccord.rules.examples.example import Saying
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import TIME


def read_saying(fields: StrictFields, memorandum: Memorandum) -> Saying:
    """Return the record of one table of ``records``."""
    with fields:
        kind = RecordKind(fields.one_of("kind", [kind.value for kind in RecordKind]))
        fields.place += f" ({kind})"
        return Saying(
            at_s=fields.quantity("at", TIME),
            kind=kind,
            frequency=_read_frequency(fields),
            caller=fields.optional_text("caller"),
            called=fields.optional_text("called"),
            party=fields.one_of("party", memorandum.parties) if fields.has("party") else "",
            area=fields.one_of("area", [area.name for area in memorandum.areas]) if fields.has("area") else "",
            from_s=fields.optional("from", TIME),
            until_s=fields.optional("until", TIME),
            reference=fields.optional_text("reference"),
        )


def _read_frequency(fields: StrictFields) -> Frequency | None:
    if not fields.has("frequency"):
        return None
    try:
        return parse_frequency(fields.get("frequency", str))
    except UnitError as error:
        fields.refuse(f"frequency is {fields.values['frequency']!r}", f"Expected {error.expected}", "frequency")
