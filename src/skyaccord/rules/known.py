"""What is known beside the tracks: the areas and lines of the memorandum, and the records of what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Known:
    """What facts are told from."""


NOTHING_KNOWN: Final = Known()
