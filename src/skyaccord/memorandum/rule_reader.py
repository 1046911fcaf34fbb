"""Walks along the words of a rule text: what is next, quantities, and refusals with their place."""

from __future__ import annotations

import math
from typing import Final, Never

from skyaccord.errors import FormulaError, UnitError
from skyaccord.memorandum.rule_words import Kind, Word, split_rule
from skyaccord.units import LENGTH, SPEED, SPELLINGS, TIME, TURN_RATE, Quantity, dimension_of, parse_quantity

RESERVED: Final = (
    "and",
    "or",
    "not",
    "implies",
    "since",
    "until",
    "unless",
    "always",
    "eventually",
    "for",
    "within",
    "the",
    "last",
    "next",
    "of",
)
"""Words of logic and time. No signal has such a name."""

_EXAMPLE: Final = {LENGTH: "3 NM", TIME: "30 s", SPEED: "50 kt", TURN_RATE: "3 deg/s"}


class RuleReader:
    """One reading of one text, word by word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split_rule(text)
        self.at = 0

    @property
    def word(self) -> Word:
        """Return the word that is to be read next."""
        return self.words[self.at]

    def take(self) -> Word:
        """Return the next word and step over it."""
        word = self.word
        self.at += 1
        return word

    def is_kind(self, kind: Kind) -> bool:
        """Return whether the next word is of a kind."""
        return self.word.kind is kind

    def is_word(self, *texts: str) -> bool:
        """Return whether the next word is one of these."""
        return self.word.kind is Kind.NAME and self.word.text in texts

    def duration_s(self) -> float:
        """Read a time longer than 0 s."""
        place = self.word
        duration = self.quantity(TIME)
        if duration.si <= 0:
            self.refuse("a time longer than 0 s", at=place)
        return duration.si

    def quantity(self, dimension: str, is_signed: bool = False) -> Quantity:
        """Read a number and a unit of a dimension."""
        number = self.word
        example = f'as in "{_EXAMPLE.get(dimension, "3 deg")}"'
        if number.kind is not Kind.NUMBER:
            self.refuse(f"a number and a unit of {dimension}, {example}")
        if number.text.startswith("-") and not is_signed:
            self.refuse("no minus sign: this is never negative")
        self.at += 1
        unit = self.word
        if unit.kind is not Kind.NAME or unit.text in RESERVED:
            self.refuse(f"a unit of {dimension} after the number, {example}")
        self.at += 1
        quantity = self._known_quantity(number, unit, dimension, example)
        if not math.isfinite(quantity.si):
            self.refuse("a number that fits", "number too large", at=number)
        return Quantity(quantity.value + 0.0, quantity.unit)  # -0 becomes 0

    def _known_quantity(self, number: Word, unit: Word, dimension: str, example: str) -> Quantity:
        near = next((known for known in SPELLINGS if known.lower() == unit.text.lower()), None)
        if unit.text not in SPELLINGS and near:
            self.refuse(f'the spelling "{near}"', at=unit)
        if unit.text not in SPELLINGS or dimension_of(unit.text) != dimension:
            units = ", ".join(known for known in SPELLINGS if dimension_of(known) == dimension)
            self.refuse(f"a unit of {dimension} ({units}), {example}", at=unit)
        try:
            return parse_quantity(f"{number.text} {unit.text}", dimension)
        except UnitError as error:
            self.refuse(error.expected, at=number)

    def refuse(self, expected: str, problem: str = "", at: Word | None = None) -> Never:
        """Raise the error that names a word, the next one where none is given, and what was expected there."""
        word = at or self.word
        came = "the rule ends" if word.kind is Kind.END else f"cannot read {word.text[:40]!r}"
        if word.kind is Kind.NAME and word.text.lower() in RESERVED and word.text not in RESERVED:
            expected += f' (words are lower case: "{word.text.lower()}")'
        raise FormulaError(self.text, word.column, expected, problem or came)
