"""What is known beside the tracks: the areas and lines of the memorandum, and the records of what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.named_area import NamedArea
from skyaccord.memorandum.named_line import NamedLine
from skyaccord.model.records import Records
from skyaccord.records.questions import RecordIndex, index_records


@dataclass(frozen=True, slots=True)
class Known:
    """What facts are told from, by the names that rules call it."""

    areas: Mapping[str, NamedArea] = field(default_factory=dict)
    lines: Mapping[str, NamedLine] = field(default_factory=dict)
    said: RecordIndex | None = None  # records of radio, ground line and notices; None where none were given

    @classmethod
    def of(cls, memorandum: Memorandum, records: Records | None = None) -> Known:
        """Return the areas and lines of a memorandum, and records ready to be asked."""
        return cls(
            {area.name: area for area in memorandum.areas},
            {line.name: line for line in memorandum.lines},
            index_records(records) if records is not None and len(records) else None,
        )


NOTHING_KNOWN: Final = Known()
