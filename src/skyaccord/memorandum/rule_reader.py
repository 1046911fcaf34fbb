"""Walks along the words of a rule text: what is next, quantities, and refusals with their place."""

from __future__ import annotations

import math
from typing import Final, Never

from skyaccord.errors import FormulaError, UnitError
from skyaccord.memorandum.rule_hints import RESERVED, unit_as_spelled
from skyaccord.memorandum.rule_words import Kind, Word, split_rule
from skyaccord.units import ANGLE, LENGTH, SPEED, SPELLINGS, TIME, TURN_RATE, Quantity, dimension_of, parse_quantity

_EXAMPLE: Final = {LENGTH: "3 NM", TIME: "30 s", SPEED: "50 kt", ANGLE: "60 deg", TURN_RATE: "3 deg/s"}


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

    def text_from(self, word: Word) -> str:
        """Return the text from a word to the end of the word that was read last."""
        last = self.words[self.at - 1]
        return self.text[word.column : last.column + len(last.text)]

    def is_kind(self, kind: Kind) -> bool:
        """Return whether the next word is of a kind."""
        return self.word.kind is kind

    def is_word(self, *texts: str) -> bool:
        """Return whether the next word is one of these."""
        return self.word.kind is Kind.NAME and self.word.text in texts

    def name(self, wanted: str) -> str:
        """Read a name that the memorandum gave: of an area, a line or a party."""
        if not self.is_kind(Kind.NAME) or "/" in self.word.text:
            self.refuse(wanted)
        if self.word.text in RESERVED:
            self.refuse(f"{wanted}; {self.word.text!r} is a word of the language")
        return self.take().text

    def duration_s(self) -> float:
        """Read a time longer than 0 s."""
        place = self.word
        duration = self.quantity(TIME)
        if duration.si <= 0:
            self.refuse("a time longer than 0 s", at=place)
        return duration.si

    def quantity(self, dimension: str, is_signed: bool = False) -> Quantity:
        """Read a number and a unit of a dimension."""
        example = f'as in "{_EXAMPLE[dimension]}"'
        number, unit = self.number_and_unit(f"a unit of {dimension}", example)
        if number.text.startswith("-") and not is_signed:
            self.refuse("no minus sign: this is never negative", at=number)
        quantity = self._known_quantity(number, unit, dimension, example)
        if not math.isfinite(quantity.si):
            self.refuse("a number that fits", "number too large", at=number)
        if quantity.si == 0 and any(digit in "123456789" for digit in number.text.lower().partition("e")[0]):
            self.refuse("a number that fits, or 0", "number too small", at=number)
        return Quantity(quantity.value + 0.0, quantity.unit)  # -0 becomes 0

    def number_and_unit(self, wanted: str, example: str) -> tuple[Word, Word]:
        """Read a number and the word after it, whatever unit that may be."""
        if not self.is_kind(Kind.NUMBER):
            self.refuse(f"a number and {wanted}, {example}")
        number = self.take()
        if not self.is_kind(Kind.NAME) or self.word.text.lower() in RESERVED:
            self.refuse(f"{wanted} after the number, {example}")
        return number, self.take()

    def _known_quantity(self, number: Word, unit: Word, dimension: str, example: str) -> Quantity:
        spelled = unit_as_spelled(unit.text, SPELLINGS)
        if unit.text not in SPELLINGS and spelled:
            self.refuse(f'the spelling "{spelled}"', at=unit)
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
        raise FormulaError(self.text, word.column, expected, problem or came)
