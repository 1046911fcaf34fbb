"""What is to be reviewed, and how."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.detect.observation import GAP_S
from skyaccord.detect.volume import Volume
from skyaccord.memorandum.document import Memorandum
from skyaccord.model.records import Records
from skyaccord.rules.judge import Between
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.parties import Parties
from skyaccord.tracks.read import Source

ROWS_EACH = 2_000_000
"""Rows of a window. More than this are reviewed window by window: memory stays at about half a gigabyte."""


@dataclass(frozen=True, slots=True)
class Question:
    """Sources may name a scenario of the package, ``scenario:NAME``."""

    sources: tuple[Source, ...]
    memorandum: Memorandum
    parties: Parties | None = None
    between: Between = Between.PARTIES
    since_s: float | None = None
    until_s: float | None = None
    gap_s: float = GAP_S
    within: Volume | None = None  # look further than the provisions reach
    options: ReadingOptions = NOTHING_KNOWN
    rows_each: int = ROWS_EACH
    records: Records | None = None  # of radio, ground line and notices
    with_conduct: bool = False  # say of each encounter how it was flown, and how grave it may have been
