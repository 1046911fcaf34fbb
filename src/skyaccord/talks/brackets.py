"""The negotiating text with brackets: ``keep [blue: 3 NM] [green: 5 NM] apart``."""

from __future__ import annotations

import re

from skyaccord.memorandum.document import Keep, Provision
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.quantity_text import format_duration
from skyaccord.talks.redline import redline
from skyaccord.talks.table import Clause


def bracketed_text(clause: Clause) -> str:
    """Return the words of a provision; what parties have differently stands in brackets with their names."""
    return _bracketed([(names, words.provision.text) for names, words in clause.sides()])


def bracketed_rule(clause: Clause) -> str:
    """Return the rule of a provision in the same way; an empty text where no party has one."""
    sides = [(names, rule_text(words.provision)) for names, words in clause.sides()]
    return _bracketed(sides) if any(text for _, text in sides) else ""


def rule_text(provision: Provision) -> str:
    """Return a provision's rule as one line: modality, kind, formula, times; an empty text where it has none."""
    rule = provision.rule
    if rule is None:
        return ""
    kind = "keep" if isinstance(rule, Keep) else "never"
    text = f"{provision.modality.value} {kind} {format_formula(rule.formula)}"
    if isinstance(rule, Keep):
        text += f", restore within {format_duration(rule.restore_s)}, reenter {format_duration(rule.reenter_s)}"
    readings = " or read as ".join(format_formula(formula) for formula in provision.alternatives)
    return f"{text} or read as {readings}" if readings else text


def _bracketed(sides: list[tuple[tuple[str, ...], str]]) -> str:
    """Return texts as one: word by word where there are two, one after the other where there are more.

    Words of only one side stand in its brackets; nothing stands for the side that has none.
    """
    texts: dict[str, list[str]] = {}
    for names, text in sides:
        texts.setdefault(text, []).extend(names)
    labelled = [(", ".join(names), text) for text, names in texts.items()]
    if len(labelled) == 1:
        return labelled[0][1]
    if len(labelled) > 2 or not all(text for _, text in labelled):
        return " ".join(f"[{names}: {text or 'nothing'}]" for names, text in labelled)
    (one, first), (other, second) = labelled
    parts = []
    for each in redline(first, second):
        if each.is_same:
            parts.append(each.one)
            continue
        marks = [f"[{name}: {text.strip()}]" for name, text in ((one, each.one), (other, each.other)) if text.strip()]
        parts.append(f" {' '.join(marks)} ")
    return re.sub(r"\s+([.,;:])", r"\1", re.sub(r"\s+", " ", "".join(parts))).strip()
