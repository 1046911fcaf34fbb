"""Reads a rule text into a formula.

::

    formula    = operand { "and" operand } | operand { "or" operand }      never both kinds without parentheses
    operand    = comparison | "not" "(" formula ")" | "(" formula ")" [ "for" NUMBER unit-of-time ]
    comparison = signal ( "<" | "<=" | ">" | ">=" ) NUMBER unit

What a lawyer could read in two ways is refused, with the parentheses that would settle it.
"""

from __future__ import annotations

import math
from difflib import get_close_matches
from typing import Final, Never

from skyaccord.errors import FormulaError, UnitError
from skyaccord.memorandum.formula import And, Compare, Comparison, For, Formula, Not, Or
from skyaccord.memorandum.rule_words import Kind, Word, split_rule
from skyaccord.memorandum.signals import SIGNALS
from skyaccord.units import LENGTH, SPELLINGS, TIME, Quantity, dimension_of, parse_quantity

DEEPEST_NESTING: Final = 50
"""Parentheses within parentheses."""

_RESERVED: Final = ("and", "or", "not", "for")
_EXAMPLE: Final = {LENGTH: "3 NM", TIME: "30 s"}


def parse_formula(text: str) -> Formula:
    """Read ``"horizontal >= 3 NM or vertical >= 3000 ft"``.

    Words are lower case, every literal has a unit of its signal's dimension, at most 2,000 characters and 50 levels
    of parentheses.

    Raises:
        FormulaError: with the character at which reading stopped and what was expected there.
    """
    return _Parser(text).parse()


class _Parser:
    """One reading of one text, word by word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split_rule(text)
        self.at = 0
        self.depth = 0

    @property
    def word(self) -> Word:
        return self.words[self.at]

    def parse(self) -> Formula:
        formula = self.formula()
        if self.word.kind is not Kind.END:
            self.refuse('"and", "or" or the end of the rule')
        return formula

    def formula(self) -> Formula:
        parts = [self.operand()]
        joint = self.word.text
        while self.is_word("and", "or"):
            if self.word.text != joint:
                self.refuse('parentheses that say which belongs together, as in "(a and b) or c"', "and beside or")
            self.at += 1
            parts.append(self.operand())
        if self.is_word("for"):
            self.refuse('parentheses around what is to last, as in "(...) for 30 s"', '"for" without parentheses')
        if len(parts) == 1:
            return parts[0]
        return And(tuple(parts)) if joint == "and" else Or(tuple(parts))

    def operand(self) -> Formula:
        if self.is_word("not"):
            return self.negation()
        if self.word.kind is not Kind.OPEN:
            return self.comparison()
        inner = self.parenthesis()
        if not self.is_word("for"):
            return inner
        self.at += 1
        return For(inner, self.duration_s())

    def negation(self) -> Not:
        self.at += 1
        if self.word.kind is not Kind.OPEN:
            self.refuse('parentheses around what is denied, as in "not (...)"')
        inner = self.parenthesis()
        if self.is_word("for"):
            self.refuse('parentheses that say what lasts: "not ((...) for 30 s)" or "(not (...)) for 30 s"')
        return Not(inner)

    def parenthesis(self) -> Formula:
        if self.depth == DEEPEST_NESTING:
            self.refuse(f"at most {DEEPEST_NESTING} parentheses within each other", "nested too deeply")
        self.depth += 1
        self.at += 1
        inner = self.formula()
        if self.word.kind is not Kind.CLOSE:
            self.refuse('"and", "or" or ")"')
        self.at += 1
        self.depth -= 1
        return inner

    def comparison(self) -> Compare:
        name = self.word
        if name.kind is not Kind.NAME or name.text not in SIGNALS:
            self.refuse(self.signal_hint())
        self.at += 1
        if self.word.kind is not Kind.SIGN:
            self.refuse("one of < <= > >=")
        op = Comparison(self.word.text)
        self.at += 1
        return Compare(name.text, op, self.quantity(SIGNALS[name.text].dimension))

    def duration_s(self) -> float:
        place = self.word
        duration = self.quantity(TIME)
        if duration.si <= 0:
            self.refuse("a time longer than 0 s", at=place)
        return duration.si

    def quantity(self, dimension: str) -> Quantity:
        number = self.word
        example = f'as in "{_EXAMPLE.get(dimension, "3")}"'
        if number.kind is not Kind.NUMBER:
            self.refuse(f"a number and a unit of {dimension}, {example}")
        self.at += 1
        unit = self.word
        if unit.kind is not Kind.NAME or unit.text in _RESERVED:
            self.refuse(f"a unit of {dimension} after the number, {example}")
        self.at += 1
        quantity = self.known_quantity(number, unit, dimension, example)
        if not math.isfinite(quantity.si):
            self.refuse("a number that fits", "number too large", at=number)
        return quantity

    def known_quantity(self, number: Word, unit: Word, dimension: str, example: str) -> Quantity:
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

    def signal_hint(self) -> str:
        known = f"a signal ({', '.join(SIGNALS)})"
        if self.word.kind is Kind.NUMBER:
            return f'{known} first, then the sign, then the number, as in "horizontal >= 3 NM"'
        if self.word.kind is not Kind.NAME:
            return f'{known}, "not" or "("'
        near = get_close_matches(self.word.text.lower(), (*SIGNALS, *_RESERVED), n=1)
        return f'{known}; did you mean "{near[0]}"?' if near else known

    def is_word(self, *texts: str) -> bool:
        return self.word.kind is Kind.NAME and self.word.text in texts

    def refuse(self, expected: str, problem: str = "", at: Word | None = None) -> Never:
        word = at or self.word
        came = "the rule ends" if word.kind is Kind.END else f"cannot read {word.text[:40]!r}"
        if word.kind is Kind.NAME and word.text.lower() in _RESERVED and word.text not in _RESERVED:
            expected += f' (words are lower case: "{word.text.lower()}")'
        raise FormulaError(self.text, word.column, expected, problem or came)
