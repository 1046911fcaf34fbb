"""What comes of saying something, where it was not said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotSaid:
    """Why nothing was said, where, and the cure."""

    place: str
    words: str
    cure: str
    is_unknown: bool = False
    """Whether what was named is not there."""

    is_passing: bool = False
    """Whether the node could not, and may be able to later."""
