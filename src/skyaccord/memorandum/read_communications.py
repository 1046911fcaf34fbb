"""Reads ``[communications]``: frequencies and the ground line."""

from __future__ import annotations

from skyaccord.errors import UnitError
from skyaccord.memorandum.communications import Communications, Hotline, Precedence
from skyaccord.memorandum.keys import ACKNOWLEDGE, COMMUNICATIONS, HOTLINE
from skyaccord.memorandum.strict_table import StrictTable
from skyaccord.model.frequency import Frequency, parse_frequency


def read_communications(file: StrictTable) -> Communications | None:
    """Return the communications plan of a file; ``None`` where it has none."""
    if "communications" not in file:
        return None
    table = file.table(COMMUNICATIONS, "communications")
    return Communications(_read_frequencies(table), _read_hotline(table))


def _read_frequencies(table: StrictTable) -> tuple[Frequency, ...]:
    if "frequencies" not in table:
        return ()
    return tuple(_read_frequency(table, text) for text in table.texts("frequencies"))


def _read_frequency(table: StrictTable, text: str) -> Frequency:
    try:
        return parse_frequency(text)
    except UnitError as error:
        table.refuse(f"'frequencies' has {text[:80]!r}", f"Expected {error.expected}", "frequencies")


def _read_hotline(table: StrictTable) -> Hotline | None:
    if "hotline" not in table:
        return None
    line = table.table(HOTLINE, "hotline")
    check_every_s = line.duration_s("check_every") if "check_every" in line else None
    if "acknowledge" not in line:
        return Hotline(check_every_s, ())
    deadlines = line.table(ACKNOWLEDGE, "acknowledge")
    stated = [precedence for precedence in Precedence if precedence.value in deadlines]
    return Hotline(check_every_s, tuple((precedence, deadlines.duration_s(precedence.value)) for precedence in stated))
