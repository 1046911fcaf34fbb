"""What is known beside the tracks: the areas and lines of the memorandum, and the records of what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.named_area import NamedArea
from skyaccord.memorandum.named_line import NamedLine


@dataclass(frozen=True, slots=True)
class Known:
    """What facts are told from, by the names that rules call it."""

    areas: Mapping[str, NamedArea] = field(default_factory=dict)
    lines: Mapping[str, NamedLine] = field(default_factory=dict)

    @classmethod
    def of(cls, memorandum: Memorandum) -> Known:
        """Return the areas and lines of a memorandum."""
        return cls({area.name: area for area in memorandum.areas}, {line.name: line for line in memorandum.lines})


NOTHING_KNOWN: Final = Known()
