"""What a reader hands back beside rows: what the file was, what was left out of it and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from skyaccord.model.file_report import Complaint, FileReport
from skyaccord.model.tracks import Ints


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one file, in the schema `TRACKS`, the report on it, and `ADVISORIES` where the format has them."""

    table: pa.Table
    report: FileReport
    advisories: pa.Table | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """How a reader's rows are named towards people, and what it already had to leave out of them."""

    word: str = "row"
    first: int = 1  # number of the first row
    numbers: Ints | None = None  # number of each row, where they are not consecutive
    bad: tuple[Complaint, ...] = ()
    notes: tuple[str, ...] = ()
    unlisted: int = 0  # bad rows beside those in ``bad``

    @property
    def bad_rows(self) -> int:
        """Return how many rows were left out before they became rows of a table."""
        return len(self.bad) + self.unlisted

    def number(self, index: int) -> int:
        """Return the number under which a person finds row ``index``."""
        return self.first + index if self.numbers is None else int(self.numbers[index])


def with_notes(part: Part, notes: Sequence[str], *, kind: str) -> Part:
    """Return a part with more notes, and another name of its format."""
    return replace(part, report=replace(part.report, format=kind, notes=(*part.report.notes, *notes)))
