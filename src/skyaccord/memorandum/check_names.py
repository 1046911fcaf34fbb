"""Sees that every area, line and party that a rule speaks of is one of the memorandum."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from skyaccord.errors import MemorandumError
from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.formula import NO_ONE, Compare, Fact, Subject, atoms
from skyaccord.memorandum.formula_text import format_term
from skyaccord.memorandum.lines import Lines
from skyaccord.memorandum.signals import SIGNALS, Takes

_TABLE: Final = {Takes.AREA: "area", Takes.LINE: "line"}


def check_names(memorandum: Memorandum, source: str, lines: Lines) -> None:
    """Refuse a rule that speaks of an area, a line or a party that the memorandum does not have.

    Raises:
        MemorandumError: with line, provision and the names there are.
    """
    for index, provision in enumerate(memorandum.provisions):
        for atom in (atom for formula in provision.readings for atom in atoms(formula)):
            problem = _unknown_place(memorandum, atom) or _unknown_party(memorandum, atom)
            if problem:
                line = lines.of(("provision", index, "keep")) or lines.of(("provision", index, "breach"))
                raise MemorandumError(source, *problem, line, provision.id)


def _unknown_place(memorandum: Memorandum, atom: Compare | Fact) -> tuple[str, str] | None:
    takes = SIGNALS[atom.signal].takes
    if takes not in _TABLE:
        return None
    table, name = _TABLE[takes], str(atom.argument)
    known = [each.name for each in (memorandum.areas if takes is Takes.AREA else memorandum.lines)]
    if name in known:
        return None
    term = format_term(atom.signal, NO_ONE, atom.argument)
    return f"the rule speaks of {term}, and there is no [{table}.{name}]", f"{_near(name, known)}Add [{table}.{name}]"


def _unknown_party(memorandum: Memorandum, atom: Compare | Fact) -> tuple[str, str] | None:
    known = [*(subject.value for subject in Subject), *memorandum.parties]
    if atom.subject in (NO_ONE, *known):
        return None
    problem = f"the rule speaks of {atom.signal} of {atom.subject}, who is no party"
    return problem, f"{_near(atom.subject, known)}Write one of {', '.join(known)}"


def _near(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]!r}? " if near else ""
