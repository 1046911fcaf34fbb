"""Reads a rule text into a formula.

::

    formula = operand { "and" operand } | operand { "or" operand }     never both kinds without parentheses
            | operand ( "implies" | "since" | "until" | "unless" ) operand
    operand = comparison | fact | ( "not" | "always" | "eventually" ) "(" formula ")"
            | "(" formula ")" [ "for" [ "the" "next" ] TIME | "within" [ "the" "last" ] TIME ]

`atom_reader` has the rest; ``grammar.lark`` beside this file is the same as a grammar of its own. There is no
precedence: what a lawyer could read in two ways is refused, with the parentheses that would settle it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Never, TypeAlias

from skyaccord.errors import FormulaError
from skyaccord.memorandum.atom_reader import AtomReader
from skyaccord.memorandum.formula import (
    Always,
    And,
    Eventually,
    For,
    Formula,
    ForNext,
    Implies,
    Lasting,
    Not,
    Or,
    Since,
    Unless,
    Until,
    Within,
    WithinLast,
    Wrapped,
)
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.rule_hints import did_you_mean
from skyaccord.memorandum.rule_words import LONGEST_RULE, Kind

DEEPEST_NESTING: Final = 50
"""Parentheses within parentheses."""

_Join: TypeAlias = Callable[[tuple[Formula, ...]], Formula]
_Link: TypeAlias = Callable[[Formula, Formula], Formula]
_Wrap: TypeAlias = Callable[[Formula], Wrapped]

_JOINS: Final[Mapping[str, _Join]] = {"and": And, "or": Or}
_LINKS: Final[Mapping[str, _Link]] = {
    "implies": Implies,
    "since": Since,
    "until": Until,
    "unless": Unless,
}
_WRAPS: Final[Mapping[str, _Wrap]] = {"not": Not, "always": Always, "eventually": Eventually}
_LASTS: Final = ("for", "within")
_NEXT: Final = ", ".join(f'"{word}"' for word in (*_JOINS, *_LINKS))


def parse_formula(text: str) -> Formula:
    """Read ``"horizontal >= 3 NM or vertical >= 3000 ft"``.

    Words are lower case, every literal has a unit of its signal's dimension, at most 2,000 characters, as it stands and
    in canonical form, and 50 levels of parentheses.

    Raises:
        FormulaError: with the character at which reading stopped and what was expected there.
    """
    formula = _Parser(text).parse()
    written = len(format_formula(formula))
    if written > LONGEST_RULE:
        expected = f"at most {LONGEST_RULE} characters in canonical form, which has {written}"
        raise FormulaError(text, len(text), expected, "the rule is too long")
    return formula


class _Parser(AtomReader):
    """Reads how atoms are joined."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0

    def parse(self) -> Formula:
        formula = self.formula()
        if not self.is_kind(Kind.END):
            self.refuse_next("the end of the rule", "this parenthesis closes none" if self.is_kind(Kind.CLOSE) else "")
        self.see_that_subjects_are_said()
        return formula

    def formula(self) -> Formula:
        first = self.operand()
        self.refuse_bare_lasting()
        word = self.word.text
        if self.is_word(*_LINKS):
            return self.link(first, word)
        if not self.is_word(*_JOINS):
            return first
        parts = [first]
        while self.is_word(word):
            self.at += 1
            parts.append(self.operand())
            self.refuse_bare_lasting()
        self.refuse_second_kind(word)
        return _JOINS[word](tuple(parts))

    def link(self, first: Formula, word: str) -> Formula:
        self.at += 1
        second = self.operand()
        self.refuse_bare_lasting()
        self.refuse_second_kind(word)
        return _LINKS[word](first, second)

    def refuse_second_kind(self, word: str) -> None:
        """Refuse another joining word behind what one already joined."""
        if self.is_word(*_JOINS, *_LINKS):
            other = self.word.text
            self.refuse(
                f'parentheses that say which belongs together: "(a {word} b) {other} c" or "a {word} (b {other} c)"',
                f'"{word}" beside "{other}"' if word != other else f'a second "{word}"',
            )

    def refuse_next(self, end: str, problem: str = "") -> Never:
        """Refuse a word that neither goes on with a formula nor ends it."""
        if self.is_word("of"):
            self.refuse('"of" right behind its signal, as in "altitude of either >= 3000 ft"')
        near = did_you_mean(self.word.text, (*_JOINS, *_LINKS, *_LASTS, "of")) if self.is_kind(Kind.NAME) else ""
        self.refuse(f"{_NEXT} or {end}{near}", problem)

    def refuse_bare_lasting(self) -> None:
        if self.is_word(*_LASTS):
            word = self.word.text
            self.refuse(
                f'parentheses around what is to last, as in "(...) {word} 30 s"', f'"{word}" without parentheses'
            )

    def operand(self) -> Formula:
        if self.is_word(*_WRAPS):
            return self.wrapped(self.take().text)
        if not self.is_kind(Kind.OPEN):
            return self.atom()
        inner = self.parenthesis()
        return self.lasting(inner) if self.is_word(*_LASTS) else inner

    def lasting(self, inner: Formula) -> Lasting:
        """Read ``for``, ``for the next``, ``within`` or ``within the last``, and the time."""
        word = self.take().text
        if not self.is_word("the"):
            return For(inner, self.duration_s()) if word == "for" else Within(inner, self.duration_s())
        self.at += 1
        other, alone = ("next", "looks back") if word == "for" else ("last", "looks ahead")
        if not self.is_word(other):
            self.refuse(f'"{word} the {other}"; "{word} 30 s" without "the" {alone}')
        self.at += 1
        return ForNext(inner, self.duration_s()) if word == "for" else WithinLast(inner, self.duration_s())

    def wrapped(self, word: str) -> Wrapped:
        if not self.is_kind(Kind.OPEN):
            what = "denied" if word == "not" else f"{word} so"
            self.refuse(f'parentheses around what is {what}, as in "{word} (...)"')
        inner = self.parenthesis()
        if self.is_word(*_LASTS):
            last = self.word.text
            self.refuse(
                f'parentheses that say what comes first: "{word} ((...) {last} 30 s)" or "({word} (...)) {last} 30 s"'
            )
        return _WRAPS[word](inner)

    def parenthesis(self) -> Formula:
        if self.depth == DEEPEST_NESTING:
            self.refuse(f"at most {DEEPEST_NESTING} parentheses within each other", "nested too deeply")
        self.depth += 1
        opened = self.take()
        inner = self.formula()
        if not self.is_kind(Kind.CLOSE):
            self.refuse_next(f'the ")" of the "(" at character {opened.column + 1}')
        self.at += 1
        self.depth -= 1
        return inner
