"""Reads a position file: TOML, one party and one round; strictly, each error with place and cure."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from skyaccord.memorandum.document import Confidence, Source
from skyaccord.memorandum.keys import KEYS, PROVISION, SOURCE
from skyaccord.memorandum.lines import Lines
from skyaccord.memorandum.load import parse_toml, read_text
from skyaccord.memorandum.read_parties import read_parties
from skyaccord.memorandum.read_provision import read_provision
from skyaccord.memorandum.strict_table import Sheet, StrictTable
from skyaccord.talks.position import NO_SOURCE, Move, Position, Version, Words
from skyaccord.talks.state import Stance

FILE: Final = "position file"
HEAD: Final = "position"
LANGUAGES: Final = "languages"
VERSION: Final = "language version"

KNOWN_LANGUAGES: Final = ("en", "ru")
"""Languages whose numbers and rules can be compared."""

_OF_MOVE: Final = ("stance", "of", "hash", "explanation", "provisional", "language")
_OF_WORDS: Final = tuple(key for key in KEYS[PROVISION] if key != "id")

POSITION_KEYS: Final = MappingProxyType(
    {
        **KEYS,
        FILE: ("position", "provision"),
        HEAD: ("talks", "parties", "party", "round", "at", "language", "source", "notes"),
        PROVISION: (*KEYS[PROVISION], *_OF_MOVE),
        LANGUAGES: KNOWN_LANGUAGES,
        VERSION: ("text", "rule"),
    }
)
"""Every key that a position file may have: those of provisions as in a memorandum file, and what a party does."""

_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}")
MOST_ROUNDS: Final = 999


def load_position(path: str | os.PathLike[str]) -> Position:
    """Read a position file.

    Raises:
        MemorandumError: with file, line, provision and cure; a `FormulaError` where a rule cannot be read.
    """
    return read_position(read_text(path), str(path))


def read_position(text: str, source: str = "position") -> Position:
    """Read the text of a position; errors call it ``source``."""
    content = parse_toml(text, source)
    sheet = Sheet(source, Lines(text), POSITION_KEYS)
    file = StrictTable(sheet, FILE, content, ())
    file.require("position", "provision")
    head = file.table(HEAD, "position")
    parties = read_parties(head)
    if len(parties) < 2:
        head.refuse(f"'parties' is {parties[0]!r} alone", "Name the two or more who talk", "parties")
    language = head.text("language", default=KNOWN_LANGUAGES[0])
    if language not in KNOWN_LANGUAGES:
        head.refuse(f"'language' is {language[:80]!r}", f"Write one of {', '.join(KNOWN_LANGUAGES)}", "language")
    return Position(
        talks=head.text("talks"),
        parties=parties,
        party=_party(head, "party", parties),
        round=_round(head),
        at_s=head.instant_s("at"),
        moves=tuple(_moves(file, parties, language)),
        language=language,
        source=_source(head),
        notes=head.text("notes", default=""),
        place=source,
    )


def _party(table: StrictTable, key: str, parties: tuple[str, ...]) -> str:
    name = table.text(key)
    if name not in parties:
        table.refuse(f"{key!r} is {name[:80]!r}", f"Write one of the parties, {', '.join(parties)}", key)
    return name


def _round(head: StrictTable) -> int:
    head.require("round")
    number = head.content["round"]
    if type(number) is not int or not 1 <= number <= MOST_ROUNDS:
        head.refuse(f"'round' is {number!r}", f"Write a whole number from 1 to {MOST_ROUNDS}", "round")
    return number


def _source(head: StrictTable) -> Source:
    if "source" not in head:
        return NO_SOURCE
    source = head.table(SOURCE, "source")
    return Source(source.text("text"), source.choice(Confidence, "confidence"))


def _moves(file: StrictTable, parties: tuple[str, ...], language: str) -> Iterator[Move]:
    content = file.content["provision"]
    if not isinstance(content, list) or not content:
        file.refuse("'provision' is not a list of tables", "Begin each provision with [[provision]]", "provision")
    taken: set[str] = set()
    for index, item in enumerate(content):
        named = item.get("id") if isinstance(item, dict) else None
        table = StrictTable(file.sheet, PROVISION, item, ("provision", index), str(named or f"#{index + 1}")[:80])
        move = _move(table, index, parties, language)
        if move.id in taken:
            table.refuse("the id is taken already", "Say once what is to happen with a provision", "id")
        taken.add(move.id)
        yield move


def _move(table: StrictTable, index: int, parties: tuple[str, ...], language: str) -> Move:
    stance = table.choice(Stance, "stance") if "stance" in table else Stance.PROPOSE
    brings = any(key in table for key in _OF_WORDS)
    if stance is Stance.PROPOSE or (brings and stance is not Stance.WITHDRAW):
        for key in ("of", "hash"):
            if key in table:
                table.refuse(f"{key!r} beside words of its own", "Leave out the one or the other", key)
        provision = read_provision(table.sheet, table.content, index, parties)
        words = Words(provision, tuple(_versions(table, language)))
        return Move(provision.id, stance, words, explanation=_explanation(table), is_provisional=_provisional(table))
    if brings or "language" in table:
        key = next(key for key in (*_OF_WORDS, "language") if key in table)
        table.refuse(f"{key!r} of what is withdrawn or of another's words", "Leave the words out", key)
    return Move(
        table.text("id"),
        stance,
        None,
        _party(table, "of", parties) if "of" in table else "",
        _hash(table),
        _explanation(table),
        _provisional(table),
    )


def _explanation(table: StrictTable) -> str:
    return table.text("explanation", default="")


def _provisional(table: StrictTable) -> bool:
    value = table.content.get("provisional", False)
    if type(value) is not bool:
        table.refuse("'provisional' is neither true nor false", "Write true or false, without quotes", "provisional")
    return value


def _hash(table: StrictTable) -> str:
    text = table.text("hash", default="")
    if text and not _HASH.fullmatch(text):
        table.refuse(f"'hash' is {text[:80]!r}", "Write sha256: and 64 hexadecimal digits", "hash")
    return text


def _versions(table: StrictTable, own: str) -> Iterator[Version]:
    if "language" not in table:
        return
    languages = table.table(LANGUAGES, "language")
    for name in languages.content:
        if name == own:
            cure = "Write only the other languages here: 'text' holds this one"
            languages.refuse(f"{own!r} is the language of the position itself", cure, own)
        version = languages.table(VERSION, name)
        yield Version(name, version.text("text"), version.formula("rule") if "rule" in version else None)
