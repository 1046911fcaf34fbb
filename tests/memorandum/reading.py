"""One reading of a rule text held to a second one, by the grammar: what is wrong with it, if anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skyaccord.errors import FormulaError
from skyaccord.memorandum import LANGUAGES, Formula, format_formula, parse_formula, sentence
from tests.memorandum.grammar import LONGEST, Meaning, canonical, is_beyond, meaning, meaning_of_formula, tree_of


@dataclass(frozen=True)
class Reading:
    """What became of a text, by the reader and by the grammar."""

    is_taken: bool
    is_of_grammar: bool  # with what the grammar does not cover left aside
    faults: tuple[str, ...]


def read(text: str) -> Reading:
    """Return what became of a text. Any error but a `FormulaError` goes on to who asks."""
    tree = tree_of(text)
    is_rule = tree is not None and not is_beyond(text, tree)
    try:
        formula = parse_formula(text)
    except FormulaError as error:
        return Reading(False, tree is not None, tuple(_faults_of_error(text, error, is_rule)))
    if tree is None or not is_rule:
        return Reading(True, tree is not None, ("taken, and no rule by the grammar",))
    said = meaning(tree)
    return Reading(True, True, tuple(_faults_of_formula(formula, said)))


def _faults_of_error(text: str, error: FormulaError, is_rule: bool) -> Iterator[str]:
    if is_rule:
        yield f"refused, and a rule by the grammar: {error}"
    if error.text != text or not 0 <= error.column <= min(len(text), LONGEST):
        yield f"refused at {error.column}, a place outside the text"
    if not error.expected or not error.fault or "\n" in error.expected:
        yield "refused without a word of what is wrong or expected"


def _faults_of_formula(formula: Formula, said: Meaning) -> Iterator[str]:
    if meaning_of_formula(formula) != said:
        yield f"taken as {meaning_of_formula(formula)}, and it says {said}"
    written = format_formula(formula)
    if written != canonical(said):
        yield f"written as {written!r}, and its canonical text is {canonical(said)!r}"
    again = parse_formula(written)
    if again != formula or format_formula(again) != written:
        yield f"written as {written!r}, which reads as another"
    if len({sentence(formula, language) for language in LANGUAGES}) < len(LANGUAGES):
        yield "said alike in two languages"
