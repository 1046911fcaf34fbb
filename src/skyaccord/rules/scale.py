"""What margins are measured in."""

from __future__ import annotations

from skyaccord.memorandum.formula import Compare
from skyaccord.memorandum.signals import SIGNALS


def scale_of(compare: Compare) -> float:
    """Return what the margin of a comparison is measured in, SI: its limit, or its signal's scale where that is 0."""
    return abs(compare.quantity.si) or SIGNALS[compare.signal].scale
