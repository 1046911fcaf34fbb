"""A formula as its canonical rule text, which is hashed and reads back as the same formula."""

from __future__ import annotations

from typing import Final

from skyaccord.memorandum.formula import (
    NO_ONE,
    Always,
    And,
    Argument,
    Compare,
    Eventually,
    Fact,
    For,
    Formula,
    ForNext,
    Implies,
    Not,
    Or,
    Since,
    Unless,
    Until,
    Within,
    WithinLast,
)
from skyaccord.memorandum.quantity_text import format_duration, format_quantity
from skyaccord.units import Quantity

JOIN_WORDS: Final = {And: "and", Or: "or", Implies: "implies", Since: "since", Until: "until", Unless: "unless"}
WRAP_WORDS: Final = {Not: "not", Always: "always", Eventually: "eventually"}
LAST_WORDS: Final = {For: "for", ForNext: "for the next", Within: "within", WithinLast: "within the last"}


def format_formula(formula: Formula) -> str:
    """Return the canonical text of a formula; `parse_formula` of it gives an equal formula."""
    match formula:
        case Compare(signal, op, quantity, subject, argument):
            return f"{format_term(signal, subject, argument)} {op.value} {format_quantity(quantity)}"
        case Fact(signal, subject, argument):
            return format_term(signal, subject, argument)
        case And(parts) | Or(parts):
            return f" {JOIN_WORDS[type(formula)]} ".join(_as_operand(part) for part in parts)
        case Implies(first, second) | Since(first, second) | Until(first, second) | Unless(first, second):
            return f"{_as_operand(first)} {JOIN_WORDS[type(formula)]} {_as_operand(second)}"
        case Not(part) | Always(part) | Eventually(part):
            return f"{WRAP_WORDS[type(formula)]} ({format_formula(part)})"
        case For(part, time_s) | ForNext(part, time_s) | Within(part, time_s) | WithinLast(part, time_s):
            return f"({format_formula(part)}) {LAST_WORDS[type(formula)]} {format_duration(time_s)}"


def format_term(signal: str, subject: str, argument: Argument) -> str:
    """Return a signal as a rule names it, ``inside(north) of either``."""
    text = signal if argument is None else f"{signal}({format_argument(argument)})"
    return text if subject == NO_ONE else f"{text} of {subject}"


def format_argument(argument: Argument) -> str:
    """Return what stands in the parentheses of a signal."""
    return format_quantity(argument) if isinstance(argument, Quantity) else str(argument)


def _as_operand(part: Formula) -> str:
    """Put what joins two parts in parentheses; the other forms stand by themselves."""
    text = format_formula(part)
    return f"({text})" if type(part) in JOIN_WORDS else text
