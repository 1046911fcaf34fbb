"""The words of a rule text: numbers, names, comparison signs and parentheses, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from skyaccord.errors import FormulaError

LONGEST_RULE: Final = 2_000
"""Characters of a rule text; a provision that needs more is two provisions."""


class Kind(Enum):
    """What sort of word it is."""

    NUMBER = auto()
    NAME = auto()  # a signal, a unit, a name or a word of logic or time
    SIGN = auto()  # < <= > >=
    OPEN = auto()
    CLOSE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """One word and the character it begins at, counted from 0."""

    kind: Kind
    text: str
    column: int


_WORD: Final = re.compile(
    r"(?P<NUMBER>-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<NAME>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*(?:/[A-Za-z]+)?)"
    r"|(?P<SIGN><=|>=|<(?![=<>])|>(?![=<>]))"
    r"|(?P<OPEN>\()"
    r"|(?P<CLOSE>\))"
)
_SPACE: Final = re.compile(r"[ \t\r\n]*")

_CURES: Final = {
    "≥": 'the sign ">="',
    "≤": 'the sign "<="',
    "=": 'one of < <= > >=; with "=" a sign is written "<=" or ">="',
    "≠": "one of < <= > >=",
    "<": "one of < <= > >=",
    ">": "one of < <= > >=",
    "!": 'the word "not" and parentheses, as in "not (...)"',
    "&": 'the word "and"',
    "|": 'the word "or"',
    ",": 'a decimal point, as in 2.5 NM, nothing between thousands, and a word such as "and" between comparisons',
    "-": "a minus sign only right before a number",
    "−": 'the minus sign "-"',
    "°": 'the unit "deg"',
    '"': "names without quotation marks",
    "'": "names without quotation marks",
    "[": "round parentheses",
    "{": "round parentheses",
}


def split_rule(text: str) -> tuple[Word, ...]:
    """Split a rule text into words, the last of kind `Kind.END`.

    Raises:
        FormulaError: a text longer than `LONGEST_RULE`, or a character that no rule has.
    """
    if len(text) > LONGEST_RULE:
        raise FormulaError(text, LONGEST_RULE, f"at most {LONGEST_RULE} characters", "the rule is too long")
    words: list[Word] = []
    column = _skip_space(text, 0)
    while column < len(text):
        match = _WORD.match(text, column)
        if match is None:
            raise FormulaError(text, column, _cure(text[column]), f"cannot read {text[column]!r}")
        words.append(Word(Kind[str(match.lastgroup)], match[0], column))
        column = _skip_space(text, match.end())
    return (*words, Word(Kind.END, "", len(text.rstrip(" \t\r\n"))))


def _skip_space(text: str, column: int) -> int:
    match = _SPACE.match(text, column)
    return match.end() if match else column


def _cure(letter: str) -> str:
    return _CURES.get(letter, "letters, digits, parentheses and < <= > >= only")
