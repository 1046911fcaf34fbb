"""What was refused: counted for ever, told in detail for the latest; and evidence, which is never dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

KEPT_REFUSALS: Final = 1000
"""Refusals told in detail; whoever floods a party with forgeries fills no disk."""

KEPT_REASONS: Final = 200
"""Reasons that are counted apart; they come from an enumeration of some dozens."""

KEPT_EVIDENCE: Final = 10_000
"""Pieces of evidence. One is enough to convict, and each subject has one."""

LONGEST_WORDS: Final = 2000
LONGEST_MATERIAL: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not accepted: when, why (a word of an enumeration), in words, and what came."""

    at: datetime
    reason: str
    words: str
    material: bytes = b""

    def cut(self) -> Refusal:
        """Return the refusal with words and material of a bounded length."""
        return Refusal(self.at, self.reason[:100], self.words[:LONGEST_WORDS], self.material[:LONGEST_MATERIAL])


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often each reason was met, and the latest refusals, the oldest first."""

    counts: Mapping[str, int]
    latest: Sequence[Refusal]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What convicts another of a lie: kind, about what, and the pieces it signed, which convict it alone."""

    at: datetime
    kind: str
    subject: str
    pieces: tuple[bytes, ...]
