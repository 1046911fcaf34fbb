"""A formula as text: the canonical rule text, and a sentence for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from skyaccord.memorandum.formula import And, Compare, Comparison, For, Formula, Not, Or
from skyaccord.memorandum.quantity_text import format_duration, format_quantity
from skyaccord.memorandum.signals import SIGNALS

_WORDS: Final = {
    Comparison.LESS: "less than",
    Comparison.AT_MOST: "at most",
    Comparison.MORE: "more than",
    Comparison.AT_LEAST: "at least",
}


def format_formula(formula: Formula) -> str:
    """Return the canonical text of a formula; `parse_formula` of it gives an equal formula."""
    match formula:
        case Compare(signal, op, quantity):
            return f"{signal} {op.value} {format_quantity(quantity)}"
        case And(parts):
            return " and ".join(_as_operand(part) for part in parts)
        case Or(parts):
            return " or ".join(_as_operand(part) for part in parts)
        case Not(part):
            return f"not ({format_formula(part)})"
        case For(part, duration_s):
            return f"({format_formula(part)}) for {format_duration(duration_s)}"


def _as_operand(part: Formula) -> str:
    """Put and/or within and/or in parentheses; the other forms stand by themselves."""
    text = format_formula(part)
    return f"({text})" if isinstance(part, And | Or) else text


def sentence(formula: Formula) -> str:
    """Return a formula in plain English, ``either horizontal distance is at least 3 NM or …``."""
    match formula:
        case Compare(signal, op, quantity):
            return f"{SIGNALS[signal].phrase} is {_WORDS[op]} {format_quantity(quantity)}"
        case And(parts):
            return _join(parts, "both", "and", "all of")
        case Or(parts):
            return _join(parts, "either", "or", "at least one of")
        case Not(part):
            return f"it is not so that {sentence(part)}"
        case For(part, duration_s):
            return f"for {format_duration(duration_s)} without a break {sentence(part)}"


def _join(parts: Sequence[Formula], pair: str, word: str, many: str) -> str:
    """Join in prefix form, so that nesting stays unambiguous without precedence."""
    texts = [sentence(part) for part in parts]
    if len(texts) == 2:
        return f"{pair} {texts[0]} {word} {texts[1]}"
    return f"{many} ({'; '.join(texts)})"
