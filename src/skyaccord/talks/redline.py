"""Two texts as one: what both have, what only the one has and what only the other has, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from skyaccord.units import SPELLINGS

_UNITS: Final = "|".join(re.escape(unit) for unit in sorted(SPELLINGS, key=len, reverse=True))
_TOKEN: Final = re.compile(rf"\d+(?:[.,]\d+)*\s?(?:{_UNITS})\b|\w+(?:[-'’.,]\w+)*|[<>]=?|[^\w\s]")
"""A quantity is one token, so that ``3 NM`` against ``3 mi`` is told as a whole; so are words with inner marks."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of two texts; where it is the same, but for white space, each as its text has it."""

    one: str
    other: str
    is_same: bool


def tokens(text: str) -> list[str]:
    """Return words, quantities and marks in their order."""
    return [match[0] for match in _TOKEN.finditer(text)]


def redline(one: str, other: str) -> tuple[Stretch, ...]:
    """Return two texts as stretches; put together, either side reads as its text, white space made one blank."""
    mine, theirs = _pieces(one), _pieces(other)
    matcher = SequenceMatcher(None, [piece.strip() for piece in mine], [piece.strip() for piece in theirs], False)
    found = []
    for kind, i, j, k, m in matcher.get_opcodes():
        found.append(Stretch("".join(mine[i:j]), "".join(theirs[k:m]), kind == "equal"))
    return tuple(found)


def similarity(one: Sequence[str], other: Sequence[str]) -> float:
    """Return twice the tokens in common over the tokens of both: 1 where they are the same, 0 where none is."""
    if not one and not other:
        return 1.0
    return SequenceMatcher(None, list(one), list(other), False).ratio()


def as_text(stretches: Sequence[Stretch]) -> str:
    """Return a redline as text: ``[-taken out-]`` and ``{+put in+}``."""
    parts = []
    for each in stretches:
        if each.is_same:
            parts.append(each.one)
            continue
        out, put = each.one.strip(), each.other.strip()
        marks = (f"[-{out}-]" if out else "") + (f"{{+{put}+}}" if put else "")
        parts.append(_spaced(marks, each.one + each.other))
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _spaced(marks: str, text: str) -> str:
    return f"{marks} " if text.endswith(" ") else marks


def _pieces(text: str) -> list[str]:
    """Return tokens, each with the blank that follows it."""
    found = []
    for match in _TOKEN.finditer(text):
        is_apart = match.end() < len(text) and text[match.end()].isspace()
        found.append(match[0] + (" " if is_apart else ""))
    return found
