"""Reads one TOML table strictly: known keys only, the right type, and every error with its line and provision."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, Never, TypeVar

from skyaccord.errors import FormulaError, MemorandumError, UnitError
from skyaccord.memorandum.formula import Formula
from skyaccord.memorandum.keys import KEYS
from skyaccord.memorandum.lines import KeyPath, Lines
from skyaccord.memorandum.parse_formula import parse_formula
from skyaccord.model.hidden_letters import find_hidden
from skyaccord.units import LENGTH, TIME, Quantity, parse_quantity

Choice = TypeVar("Choice", bound=StrEnum)

LONGEST_TEXT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file that is being read: its name, its lines, and the keys that tables of each kind may have."""

    source: str
    lines: Lines
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: KEYS)


class StrictTable:
    """A table of the file with its place."""

    def __init__(self, sheet: Sheet, kind: str, content: object, path: KeyPath, provision: str | None = None) -> None:
        self.sheet = sheet
        self.kind = kind
        self.path = path
        self.provision = provision
        if not isinstance(content, dict):
            self.refuse(f"{self.name} is {_kind(content)}", f"Write it as a table with {_list(sheet.keys[kind])}")
        if not content and path:
            self.refuse(f"{self.name} is empty", f"Leave it out, or write one of {_list(sheet.keys[kind])}")
        self.content: dict[str, object] = content
        self._refuse_unknown_keys()

    @property
    def name(self) -> str:
        """Return the path as people write it, ``provision.source``."""
        return ".".join(str(key) for key in self.path if isinstance(key, str)) or "the file"

    def refuse(self, problem: str, cure: str, key: str | None = None) -> Never:
        """Raise `MemorandumError` at a key of the table, or at the table."""
        raise MemorandumError(self.sheet.source, problem, cure, self.line(key), self.provision)

    def line(self, key: str | None = None) -> int:
        """Return the line of a key or of the table; the first line where the text has neither."""
        return self.sheet.lines.of(self.path if key is None else (*self.path, key)) or 1

    def __contains__(self, key: str) -> bool:
        return key in self.content

    def require(self, *keys: str) -> None:
        """Refuse a table that lacks one of the keys."""
        for key in keys:
            if key not in self.content:
                self.refuse(f"{key!r} is missing in {self.name}", f"Add {key} = …")

    def table(self, kind: str, key: str) -> StrictTable:
        """Return the table of a key."""
        return StrictTable(self.sheet, kind, self.content[key], (*self.path, key), self.provision)

    def text(self, key: str, default: str | None = None) -> str:
        """Return text that people can read as it was written: not empty, no control or direction characters."""
        if default is not None and key not in self.content:
            return default
        self.require(key)
        return self._readable(self.content[key], key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of different texts, at least one."""
        self.require(key)
        value = self.content[key]
        if not isinstance(value, list) or not value:
            self.refuse(f"{key!r} is {_kind(value)}", f'Write a list of texts, as in {key} = ["…"]', key)
        texts = tuple(self._readable(item, key) for item in value)
        twice = next((text for k, text in enumerate(texts) if text in texts[:k]), None)
        if twice is not None:
            self.refuse(f"{key!r} has {twice[:80]!r} twice", "Leave one out", key)
        return texts

    def choice(self, kind: type[Choice], key: str) -> Choice:
        """Return a member of an enumeration."""
        return self.member(kind, self.text(key), key)

    def member(self, kind: type[Choice], word: str, key: str) -> Choice:
        """Return the member that a word of the file names."""
        words = [member.value for member in kind]
        if word not in words:
            near = _nearest(word, words)
            self.refuse(f"{key!r} is {word[:80]!r}", f"{near}Write one of {_list(words)}", key)
        return kind(word)

    def quantity(self, key: str, dimension: str) -> Quantity:
        """Return a quantity of a dimension, finite."""
        text = self.text(key)
        try:
            quantity = parse_quantity(text, dimension)
        except UnitError as error:
            self.refuse(f"{key!r} is {text[:80]!r}", f"Expected {error.expected}", key)
        if not text.isascii() or not math.isfinite(quantity.si):
            self.refuse(f"{key!r} is {text[:80]!r}", "Write a finite number in the digits 0 to 9", key)
        return quantity

    def length(self, key: str) -> Quantity:
        """Return a length."""
        return self.quantity(key, LENGTH)

    def duration_s(self, key: str, default: float | None = None, is_zero_allowed: bool = False) -> float:
        """Return a duration in seconds, positive or, where allowed, zero."""
        if default is not None and key not in self.content:
            return default
        duration_s = self.quantity(key, TIME).si
        if duration_s < 0 or (duration_s == 0 and not is_zero_allowed):
            least = "0 s or longer" if is_zero_allowed else "longer than 0 s"
            self.refuse(f"{key!r} is {self.content[key]!r}", f"Write a time {least}", key)
        return duration_s + 0.0  # -0.0 becomes 0.0

    def instant_s(self, key: str) -> float:
        """Return seconds since 1970 of a date and time with offset, in whole milliseconds."""
        self.require(key)
        value = self.content[key]
        cure = "Write date, time and offset without quotes, as in 2026-12-01T00:00:00Z"
        if not isinstance(value, datetime) or value.tzinfo is None:
            self.refuse(f"{key!r} is {_kind(value)}", cure, key)
        if not 1900 <= value.year <= 2200 or value.microsecond % 1000:
            self.refuse(f"{key!r} is {value}", "Write a year from 1900 to 2200, in whole milliseconds", key)
        return value.timestamp()

    def formula(self, key: str) -> Formula:
        """Return the rule of a key."""
        return self.parse(self.text(key), key)

    def parse(self, text: str, key: str) -> Formula:
        """Read a rule text; an error keeps its pointer and gets line and provision."""
        try:
            return parse_formula(text)
        except FormulaError as error:
            raise error.within(self.sheet.source, self.line(key), self.provision) from None

    def _readable(self, value: object, key: str) -> str:
        if not isinstance(value, str):
            self.refuse(f"{key!r} holds {_kind(value)}", "Write text in quotes", key)
        if not value.strip() or len(value) > LONGEST_TEXT:
            self.refuse(f"{key!r} has {len(value)} characters", f"Write 1 to {LONGEST_TEXT}, not only blanks", key)
        hidden = find_hidden(value)
        if hidden is not None:
            cure = "Leave it out: what is signed must read as it is stored"
            self.refuse(f"{key!r} has the invisible character U+{ord(hidden):04X}", cure, key)
        return value

    def _refuse_unknown_keys(self) -> None:
        known = self.sheet.keys[self.kind]
        for key in self.content:
            if key not in known:
                near = _nearest(key, known)
                self.refuse(f"unknown key {key[:80]!r} in {self.name}", f"{near}Known keys: {_list(known)}", key)


def _nearest(word: str, words: list[str] | tuple[str, ...]) -> str:
    near = get_close_matches(word[:80].lower(), words, n=1)
    return f"Did you mean {near[0]!r}? " if near else ""


def _list(words: list[str] | tuple[str, ...]) -> str:
    return ", ".join(words)


def _kind(value: object) -> str:
    """Return what came, in words of TOML."""
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", dict: "a table"}
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return names.get(type(value), "a date or time without offset")
