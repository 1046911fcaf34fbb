"""How distances and conditions are named on the card, in both languages; the nouns are those of the sentences."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from skyaccord.batch.card.language import Both
from skyaccord.memorandum.formula import NO_ONE, Compare, Comparison, Formula
from skyaccord.memorandum.formula_text import format_argument
from skyaccord.memorandum.sentences import LANGUAGES, sentence

SIGN: Final = MappingProxyType(
    {Comparison.LESS: "<", Comparison.AT_MOST: "≤", Comparison.MORE: ">", Comparison.AT_LEAST: "≥"}
)

OR: Final = Both("or", "или")
AND: Final = Both("and", "и")
NOT: Final = Both("not", "не")


def label(compare: Compare) -> Both:
    """Return what is compared, and of whom where the rule says so."""
    return Both(_noun(compare, "en"), _noun(compare, "ru"))


def _noun(compare: Compare, code: str) -> str:
    language = LANGUAGES[code]
    noun = language.signals[compare.signal].format(argument=format_argument(compare.argument))
    if compare.subject == NO_ONE:
        return noun
    return f"{noun} ({language.subjects.get(compare.subject) or language.party.format(compare.subject)})"


def said(formula: Formula) -> Both:
    """Return a formula as a sentence."""
    return Both(sentence(formula, "en"), sentence(formula, "ru"))


def lasting(duration: str) -> Both:
    """Return "without a break for" a duration."""
    return Both(f"without a break for {duration}", f"непрерывно {duration}")


def restored_within(duration: str) -> Both:
    """Return "restored within" a duration."""
    return Both(f"restored within {duration}", f"восстановить за {duration}")
