"""Reads the parties: their names in ``parties``, and what ``[party.NAME]`` says of each."""

from __future__ import annotations

import re
from typing import Final

from skyaccord.errors import MemorandumError
from skyaccord.memorandum.document import ANY, Actor, Party
from skyaccord.memorandum.formula import Subject
from skyaccord.memorandum.keys import NAME, PARTY
from skyaccord.memorandum.rule_hints import RESERVED as RULE_WORDS
from skyaccord.memorandum.strict_table import StrictTable
from skyaccord.model.tracks import UNASSIGNED

_ROOT: Final = re.compile(r"sha256:[0-9a-f]{64}")
RESERVED: Final = (
    *(actor.value for actor in Actor),
    *(subject.value for subject in Subject),
    *RULE_WORDS,
    ANY,
    UNASSIGNED,
)
"""Words that already mean something where a party's name may stand."""


def read_parties(head: StrictTable) -> tuple[str, ...]:
    """Return the names of the parties: two or more, or ``any`` alone."""
    names = head.texts("parties")
    if names == (ANY,):
        return names
    _refuse_odd_names(head, names, "parties")
    if len(names) < 2:
        cure = f'Name two or more, or write parties = ["{ANY}"] for a rule that binds everyone'
        head.refuse("one party alone agrees with no one", cure, "parties")
    return names


def read_excluded(head: StrictTable, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of those whose aircraft the memorandum leaves out."""
    if "excluded" not in head:
        return ()
    names = head.texts("excluded")
    _refuse_odd_names(head, (*parties, *names), "excluded")
    return names


def _refuse_odd_names(head: StrictTable, names: tuple[str, ...], key: str) -> None:
    for name in names:
        if name == ANY and key == "excluded":
            continue
        if not NAME.fullmatch(name):
            cure = "Write letters, digits, _ and -; the full name goes into [party.NAME] name"
            head.refuse(f"the party {name[:64]!r} has a name that cannot be a key", cure, key)
        if name.lower() in RESERVED:
            cure = f'Take another name; {ANY!r} may only stand alone, as in parties = ["{ANY}"]'
            head.refuse(f"{name!r} has a meaning of its own", cure, key)
    if len({name.lower() for name in names}) < len(names):
        head.refuse("two parties differ in capitals only", "Take names that cannot be confused", key)


def read_party_details(file: StrictTable, parties: tuple[str, ...]) -> tuple[Party, ...]:
    """Return what the file says of its parties, in the order of ``parties``."""
    if "party" not in file:
        return ()
    content = file.content["party"]
    if not isinstance(content, dict):
        file.refuse("'party' is not a table", "Write [party.NAME]", "party")
    for name in content:
        if name not in parties or parties == (ANY,):
            line = file.sheet.lines.of(("party", name)) or 1
            cure = f"The parties are {', '.join(parties)}"
            raise MemorandumError(file.sheet.source, f"{name[:64]!r} is not a party", cure, line)
    return tuple(_read_party(file, name, content[name]) for name in parties if name in content)


def _read_party(file: StrictTable, name: str, content: object) -> Party:
    table = StrictTable(file.sheet, PARTY, content, ("party", name))
    root = table.text("root", default="")
    if root and not _ROOT.fullmatch(root):
        table.refuse(f"'root' is {root[:80]!r}", "Write sha256: and 64 hexadecimal digits in lower case", "root")
    return Party(name, table.text("name", default=""), root)
