"""Marks of doubt on single reports, and what each one means for what is built on it."""

from __future__ import annotations

from enum import IntFlag
from typing import Final


class Mark(IntFlag):
    """Why a report is not taken at face value. One bit a reason; a report may carry several."""

    NONE = 0
    ZERO_POSITION = 1 << 0
    OUT_OF_RANGE = 1 << 1
    BROKEN_CLOCK = 1 << 2
    GHOST = 1 << 3
    ON_GROUND = 1 << 4
    OUTLIER = 1 << 5
    FROZEN = 1 << 6
    JUMPING = 1 << 7
    IMPOSSIBLE_SPEED = 1 << 8
    DUPLICATE_ID = 1 << 9
    STALE_GAP = 1 << 10


LEFT_OUT: Final = (
    Mark.ZERO_POSITION | Mark.OUT_OF_RANGE | Mark.BROKEN_CLOCK | Mark.GHOST | Mark.ON_GROUND | Mark.OUTLIER
)
"""Reports with one of these are counted and named, and take no part in any search."""

DOUBTFUL: Final = Mark.FROZEN | Mark.JUMPING | Mark.IMPOSSIBLE_SPEED | Mark.DUPLICATE_ID
"""Reports with one of these are searched, but nothing built on them is more than ``undetermined``."""

MEANING: Final[dict[Mark, str]] = {
    Mark.ZERO_POSITION: "the position is exactly 0, 0",
    Mark.OUT_OF_RANGE: "latitude, longitude or time is missing, not finite or impossible",
    Mark.BROKEN_CLOCK: "the time is not that of the recording",
    Mark.GHOST: "a real aircraft reported a second time, under another id",
    Mark.ON_GROUND: "by its own flag, or by speed and height",
    Mark.OUTLIER: "one position far off a track that goes on undisturbed before and after",
    Mark.FROZEN: "the position stands still while the aircraft flies",
    Mark.JUMPING: "positions go elsewhere than the reported speed (interference, or a bad decoder)",
    Mark.IMPOSSIBLE_SPEED: "positions imply a speed that no aircraft flies",
    Mark.DUPLICATE_ID: "two aircraft report under one id",
    Mark.STALE_GAP: "the first report after a gap",
}
"""What each mark says of a report, for people; it stands beside the mark's name and does not repeat it."""


def names(mark: Mark) -> tuple[str, ...]:
    """Return the names of a mark's bits in lower case, ``("jumping", "stale_gap")``."""
    return tuple(bit.name.lower() for bit in Mark if bit in mark and bit.name)
