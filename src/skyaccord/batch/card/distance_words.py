"""How distances and conditions are named on the card, in both languages: the one place that knows these words."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from skyaccord.batch.card.language import Both
from skyaccord.memorandum.formula import Comparison
from skyaccord.memorandum.signals import SIGNALS

SIGN: Final = MappingProxyType(
    {Comparison.LESS: "<", Comparison.AT_MOST: "≤", Comparison.MORE: ">", Comparison.AT_LEAST: "≥"}
)

OR: Final = Both("or", "или")
AND: Final = Both("and", "и")
NOT: Final = Both("not", "не")

_LABELS: Final = MappingProxyType(
    {
        "horizontal": Both("horizontal", "по горизонтали"),
        "vertical": Both("vertical", "по высоте"),
        "slant": Both("in a straight line", "по прямой"),
    }
)


def label(signal: str) -> Both:
    """Return what a signal is called; in Russian too by its English phrase where no Russian one is known."""
    phrase = SIGNALS[signal].phrase
    return _LABELS.get(signal, Both(phrase, phrase))


def lasting(duration: str) -> Both:
    """Return "without a break for" a duration."""
    return Both(f"without a break for {duration}", f"непрерывно {duration}")


def restored_within(duration: str) -> Both:
    """Return "restored within" a duration."""
    return Both(f"restored within {duration}", f"восстановить за {duration}")
