"""A second reading of rule texts, by the grammar alone: what they mean, and what of it the grammar does not cover."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from skyaccord.memorandum import Formula, Frequency, Takes, atoms, parts_of
from skyaccord.memorandum.formula import Argument
from skyaccord.model.canonical_json import format_number
from skyaccord.units import Quantity
from tests.memorandum.signal_table import (
    DIMENSION,
    HAS_NO_SUBJECT,
    HZ,
    NEEDS_SUBJECT,
    OF_AIRCRAFT,
    OF_PAIR,
    OF_RECORD,
    SIGNED,
    TAKES,
    UNITS,
)

LONGEST, DEEPEST = 2000, 50
Meaning = tuple[Any, ...]
"""The word of a form, and its parts: meanings, names, numbers and units."""


@cache
def grammar() -> Lark:
    """Return the grammar of the package."""
    return Lark((files("skyaccord.memorandum") / "grammar.lark").read_text(encoding="utf-8"), parser="lalr")


def tree_of(text: str) -> Tree[Token] | None:
    """Return the tree of a text; None where the grammar refuses it."""
    try:
        return grammar().parse(text)
    except UnexpectedInput:
        return None


def is_rule(text: str) -> bool:
    """Return whether a text is a rule: by the grammar, and by what the grammar does not cover."""
    tree = tree_of(text)
    return tree is not None and not is_beyond(text, tree)


def meaning(tree: Tree[Token]) -> Meaning:
    """Return what a tree says, read off its words."""
    parts = [each for each in tree.children if isinstance(each, Tree)]
    match tree.data:
        case "start" | "parenthesis":
            return meaning(parts[0])
        case "conjunction" | "disjunction":
            return ("and" if tree.data == "conjunction" else "or", *(meaning(part) for part in parts))
        case "link":
            return (str(tree.children[1]), meaning(parts[0]), meaning(parts[1]))
        case "wrapped":
            return (str(tree.children[0]), meaning(parts[0]))
        case "lasting":
            number, unit = _words(parts[1])
            return (" ".join(str(tree.children[1]).split()), meaning(parts[0]), float(number) * UNITS["time"][unit])
        case "fact":
            return ("fact", *_term(parts[0]))
        case "comparison":
            number, unit = _words(parts[1])
            return (str(tree.children[1]), *_term(parts[0]), float(number), unit)
    raise AssertionError(tree.data)


def _term(term: Tree[Token]) -> Meaning:
    name, argument, subject = term.children
    return (str(name), _argument(str(name), argument), "" if subject is None else str(subject))


def _argument(signal: str, argument: Tree[Token] | Token | None) -> Meaning:
    words = [] if argument is None else _words(argument)
    return (float(words[0]), *words[1:]) if TAKES.get(signal) in (Takes.LENGTH, Takes.FREQUENCY) else tuple(words)


def _words(tree: Tree[Token] | Token) -> list[str]:
    return [str(word) for word in tree.scan_values(lambda _: True)] if isinstance(tree, Tree) else [str(tree)]


FORMS = {
    "And": "and",
    "Or": "or",
    "Implies": "implies",
    "Since": "since",
    "Until": "until",
    "Unless": "unless",
    "Not": "not",
    "Always": "always",
    "Eventually": "eventually",
    "For": "for",
    "ForNext": "for the next",
    "Within": "within",
    "WithinLast": "within the last",
}


def meaning_of_formula(formula: Formula) -> Meaning:
    """Return what a formula says, in the same words."""
    inner = tuple(meaning_of_formula(part) for part in parts_of(formula))
    if inner:
        time = (formula.duration_s,) if hasattr(formula, "duration_s") else ()
        return (FORMS[type(formula).__name__], *inner, *time)
    (atom,) = atoms(formula)
    term = (atom.signal, _said(atom.argument), atom.subject)
    if hasattr(atom, "quantity"):
        return (str(atom.op.value), *term, atom.quantity.value, atom.quantity.unit)
    return ("fact", *term)


def _said(argument: Argument) -> Meaning:
    if isinstance(argument, Quantity | Frequency):
        return (argument.value, argument.unit)
    return () if argument is None else (argument,)


JOINS = ("and", "or", "implies", "since", "until", "unless")


def canonical(said: Meaning) -> str:
    """Return the canonical text of a meaning."""
    word, *rest = said
    if word in JOINS:
        return f" {word} ".join(f"({canonical(part)})" if part[0] in JOINS else canonical(part) for part in rest)
    if word in ("not", "always", "eventually"):
        return f"{word} ({canonical(rest[0])})"
    if word in FORMS.values():
        return f"({canonical(rest[0])}) {word} {format_number(rest[1])} s"
    signal, argument, subject, *limit = rest
    inner = " ".join(format_number(each) if isinstance(each, float) else each for each in argument)
    term = signal + (f"({inner})" if inner else "") + (f" of {subject}" if subject else "")
    return f"{term} {word} {format_number(limit[0])} {limit[1]}" if limit else term


def is_beyond(text: str, tree: Tree[Token]) -> bool:
    """Return whether a text that the grammar takes is no rule all the same: what the grammar says it does not cover."""
    return (
        len(text) > LONGEST
        or _depth(tree) > DEEPEST
        or any(not _is_time(each.children[2]) for each in tree.find_data("lasting"))
        or any(not _is_comparison(each) for each in tree.find_data("comparison"))
        or any(str(each.children[0].children[0]) in DIMENSION for each in tree.find_data("fact"))
        or any(not _is_term(each) for each in tree.find_data("term"))
        or not _says_whose(tree)
        or len(canonical(meaning(tree))) > LONGEST
    )


def _depth(tree: Tree[Token]) -> int:
    inner = max((_depth(each) for each in tree.children if isinstance(each, Tree)), default=0)
    return inner + (tree.data == "parenthesis")


def _is_quantity(tree: Tree[Token], dimension: str, is_signed: bool = False) -> bool:
    number, unit = _words(tree)
    if unit not in UNITS[dimension] or (number.startswith("-") and not is_signed):
        return False
    value = float(number) * UNITS[dimension][unit]
    is_lost = value == 0.0 and re.search("[1-9]", re.split("[eE]", number)[0]) is not None
    return math.isfinite(float(number)) and math.isfinite(value) and not is_lost


def _is_time(tree: Tree[Token]) -> bool:
    return _is_quantity(tree, "time") and float(_words(tree)[0]) > 0.0


def _is_comparison(tree: Tree[Token]) -> bool:
    name = str(tree.children[0].children[0])
    return name in DIMENSION and _is_quantity(tree.children[2], DIMENSION[name], name in SIGNED)


def _is_term(term: Tree[Token]) -> bool:
    name, argument, subject = term.children
    if name not in (*DIMENSION, *TAKES, *OF_RECORD):
        return False
    if (subject is not None and name in HAS_NO_SUBJECT) or (subject is None and name in NEEDS_SUBJECT):
        return False
    return _is_argument(TAKES.get(str(name), Takes.NOTHING), argument)


def _is_argument(takes: Takes, argument: Tree[Token] | None) -> bool:
    if takes is Takes.NOTHING or argument is None:
        return takes is Takes.NOTHING and argument is None
    (inner,) = argument.children
    match takes:
        case Takes.LENGTH:
            return isinstance(inner, Tree) and _is_quantity(inner, "length")
        case Takes.FREQUENCY:
            return isinstance(inner, Tree) and _is_frequency(*_words(inner))
        case Takes.CODE:
            return isinstance(inner, Token) and re.fullmatch("[0-7]{4}", inner) is not None
        case _:
            return isinstance(inner, Token) and inner.type == "NAME"


def _is_frequency(number: str, unit: str) -> bool:
    is_plain = re.fullmatch(r"[0-9]{1,12}(\.[0-9]{0,12})?", number) is not None
    return is_plain and unit in HZ and float(number) * HZ[unit] >= 1.0


def _says_whose(tree: Tree[Token]) -> bool:
    """Return whether a rule about two aircraft says of which each signal of one aircraft is."""
    terms = [(str(name), subject) for name, _, subject in _terms(tree)]
    is_of_pair = any(name in OF_PAIR or (subject is not None and name not in OF_RECORD) for name, subject in terms)
    return not is_of_pair or all(subject is not None for name, subject in terms if name in OF_AIRCRAFT)


def _terms(tree: Tree[Token]) -> Iterator[list[Tree[Token] | Token | None]]:
    for each in tree.find_data("term"):
        yield each.children
