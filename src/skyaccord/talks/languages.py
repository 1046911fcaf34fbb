"""A provision in two languages side by side: do both carry the same numbers, and the same rule?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from skyaccord.memorandum.document import Keep, Provision
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.quantity_text import format_quantity
from skyaccord.memorandum.sentences import sentence
from skyaccord.talks.position import Words
from skyaccord.talks.spoken_numbers import Spoken, spoken_numbers
from skyaccord.talks.vary import REENTER, RESTORE, parameters_of

NAMES: Final = {"en": "English", "ru": "Russian"}


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A provision's words in two languages, its rule in both, and what does not agree."""

    languages: tuple[str, str]
    texts: tuple[str, str]
    rules: tuple[str, str]  # one rule, in the sentences of both languages; empty where there is none
    faults: tuple[str, ...]


def side_by_side(words: Words, language: str) -> tuple[SideBySide, ...]:
    """Return each other language beside the one that a position is written in."""
    return tuple(_pair(words, language, version.language) for version in words.versions)


def _pair(words: Words, own: str, other: str) -> SideBySide:
    version = next(each for each in words.versions if each.language == other)
    provision = words.provision
    formula = provision.rule.formula if provision.rule else None
    faults = [
        *_numbers_apart(provision.text, version.text, own, other),
        *_numbers_missing(provision, own, provision.text),
    ]
    faults += _numbers_missing(provision, other, version.text)
    if version.formula is not None and version.formula != formula:
        mine = f'"{format_formula(formula)}"' if formula else "none"
        faults.append(f'the rule differs: {NAMES[own]} {mine}, {NAMES[other]} "{format_formula(version.formula)}"')
    said = (sentence(formula, own), sentence(formula, other)) if formula else ("", "")
    return SideBySide((own, other), (provision.text, version.text), said, tuple(faults))


def _numbers_apart(one: str, other: str, own: str, their: str) -> Iterator[str]:
    """Yield each number of one text that has no counterpart in the other."""
    mine, theirs = list(spoken_numbers(one, own)), list(spoken_numbers(other, their))
    for number in list(mine):
        match = next((each for each in theirs if each.may_be(number)), None)
        if match is not None:
            mine.remove(number)
            theirs.remove(match)
    for left, language, absent in ((mine, own, their), (theirs, their, own)):
        for number in left:
            yield f"{NAMES[language]} says {number.text!r}, {NAMES[absent]} does not"


def _numbers_missing(provision: Provision, language: str, text: str) -> Iterator[str]:
    """Yield each number of the rule that the words do not carry, and each of the words that the rule does not."""
    if provision.rule is None:
        return
    said = spoken_numbers(text, language)
    wanted = [
        (name, Spoken(format_quantity(quantity), (quantity,)))
        for name, quantities in parameters_of(provision).items()
        for quantity in quantities
        if not (name in (RESTORE, REENTER) and _is_default(provision, name))
    ]
    for name, number in wanted:
        # How long a duty must hold before its clock starts anew is for machines; words need not say it.
        if name != REENTER and not any(each.may_be(number) for each in said):
            yield f"the rule has {name} {number.text}, the {NAMES[language]} words do not"
    for each in said:
        if not any(each.may_be(number) for _, number in wanted):
            yield f"the {NAMES[language]} words say {each.text!r}, the rule does not"


def _is_default(provision: Provision, name: str) -> bool:
    assert isinstance(provision.rule, Keep)  # noqa: S101 - only a duty has times
    return name == RESTORE and provision.rule.restore_s == 0.0
