"""What a language needs so that a formula can be said in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skyaccord.memorandum.formula import Comparison


@dataclass(frozen=True, slots=True)
class Language:
    """Words of a language. In patterns ``{}`` is where a part goes; parts are whole clauses.

    A pattern begins with the word that says how its parts are joined, so that nesting stays clear without precedence.
    """

    code: str
    signals: Mapping[str, str]  # a quantity as a noun, a fact as a clause; {argument} where it takes one
    subjects: Mapping[str, str]  # of whom
    anyone: str  # by or to whom something was said, where the rule does not say
    compare: Mapping[Comparison, str]  # {term} {quantity}
    units: Mapping[str, str]
    decimal: str
    pair: Mapping[str, str]  # and, or: of two parts
    many: Mapping[str, str]  # and, or: of three parts and more, joined by "; "
    links: Mapping[str, str]  # implies, since, until, unless
    wraps: Mapping[str, str]  # not, always, eventually
    lasts: Mapping[str, str]  # for, for the next, within, within the last: {time} {part}
    party: str  # of a party: {}
