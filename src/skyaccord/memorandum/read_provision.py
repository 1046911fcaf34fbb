"""Reads one ``[[provision]]``: the words, the rule where there is one, and where it comes from."""

from __future__ import annotations

import re
from typing import Final

from skyaccord.memorandum.document import (
    REENTER_S,
    RESTORE_S,
    Actor,
    Breach,
    Confidence,
    Evidence,
    Keep,
    Modality,
    Provision,
    Rule,
    Source,
)
from skyaccord.memorandum.formula import Formula
from skyaccord.memorandum.keys import PROVISION, SOURCE
from skyaccord.memorandum.strict_table import Sheet, StrictTable

_ID: Final = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
LONGEST_ID: Final = 80


def read_provision(sheet: Sheet, content: object, index: int, parties: tuple[str, ...]) -> Provision:
    """Return the provision of a table; errors name it by id, or by number where it has none."""
    named = content.get("id") if isinstance(content, dict) else None
    label = named[:LONGEST_ID] if isinstance(named, str) and named.strip() else f"#{index + 1}"
    table = StrictTable(sheet, PROVISION, content, ("provision", index), label)
    rule = _read_rule(table)
    return Provision(
        id=_read_id(table),
        text=table.text("text"),
        modality=table.choice(Modality, "modality"),
        evidence=_read_evidence(table),
        rule=rule,
        alternatives=_read_alternatives(table, rule),
        actor=_read_actor(table, parties),
        source=_read_source(table),
        notes=table.text("notes", default=""),
    )


def _read_id(table: StrictTable) -> str:
    text = table.text("id")
    if len(text) > LONGEST_ID or not _ID.fullmatch(text):
        cure = 'Write small letters, digits and . _ - between them, as in "separation.threes"'
        table.refuse(f"'id' is {text[:LONGEST_ID]!r}", cure, "id")
    return text


def _read_evidence(table: StrictTable) -> tuple[Evidence, ...]:
    evidence = tuple(table.member(Evidence, word, "evidence") for word in table.texts("evidence"))
    if Evidence.NONE in evidence and len(evidence) > 1:
        table.refuse("'evidence' has none beside others", "Write none alone, or leave it out", "evidence")
    return evidence


def _read_rule(table: StrictTable) -> Rule | None:
    if "keep" in table and "breach" in table:
        cure = "Write keep for a duty or breach for a ban; make two provisions of it where both are meant"
        table.refuse("both 'keep' and 'breach'", cure, "breach")
    for key in ("restore", "reenter"):
        if key in table and "keep" not in table:
            table.refuse(f"{key!r} without 'keep'", "Only a duty can be restored: add keep or leave it out", key)
    if "keep" in table:
        restore_s = table.duration_s("restore", RESTORE_S, is_zero_allowed=True)
        return Keep(table.formula("keep"), restore_s, table.duration_s("reenter", REENTER_S, is_zero_allowed=True))
    return Breach(table.formula("breach")) if "breach" in table else None


def _read_alternatives(table: StrictTable, rule: Rule | None) -> tuple[Formula, ...]:
    if "alternatives" not in table:
        return ()
    if rule is None:
        table.refuse(
            "'alternatives' without a rule", "Add keep or breach: they are other readings of it", "alternatives"
        )
    formulas = [rule.formula]
    for text in table.texts("alternatives"):
        formula = table.parse(text, "alternatives")
        if formula in formulas:
            table.refuse(f"the reading {text[:80]!r} is there already", "Leave one out", "alternatives")
        formulas.append(formula)
    return tuple(formulas[1:])


def _read_actor(table: StrictTable, parties: tuple[str, ...]) -> str:
    actor = table.text("actor", default=Actor.PARTIES.value)
    known = (*(member.value for member in Actor), *parties)
    if actor not in known:
        table.refuse(f"'actor' is {actor[:80]!r}", f"Write one of {', '.join(known)}", "actor")
    return actor


def _read_source(table: StrictTable) -> Source:
    if "source" not in table:
        return Source("", Confidence.UNKNOWN)
    source = table.table(SOURCE, "source")
    return Source(source.text("text"), source.choice(Confidence, "confidence"))
