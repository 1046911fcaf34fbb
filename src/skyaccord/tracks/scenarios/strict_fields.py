"""Read a TOML table key by key; whatever is not asked for is refused, with the nearest spelling that would be right."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, NoReturn, Self, TypeVar

from skyaccord.errors import InputError, UnitError
from skyaccord.units import parse_quantity

T = TypeVar("T")

_KINDS = {str: "text in quotes", dict: "a table", list: "a list", bool: "true or false", int: "a whole number"}


class StrictFields:
    """One TOML table of a file: typed access by key, errors that name file, line, place and cure."""

    def __init__(self, source: str, text: str, place: str, values: Mapping[str, Any]) -> None:
        self.source = source
        self.text = text
        self.place = place
        self.values = values
        self.asked: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._refuse_unknown()

    def has(self, key: str) -> bool:
        """Return whether the key is there."""
        self.asked.add(key)
        return key in self.values

    def get(self, key: str, kind: type[T]) -> T:
        """Return the value of a key that must be there and of a type."""
        if not self.has(key):
            self.refuse(f"{key!r} is missing", f"Add {key} = … ({_KINDS.get(kind, kind.__name__)})")
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.refuse(f"{key} = {value!r} is not {_KINDS.get(kind, kind.__name__)}", "Correct it", key)
        return value

    def quantity(self, key: str, dimension: str) -> float:
        """Return the SI value of a quantity written as text, ``"420 kt"``."""
        return self.si(key, self.get(key, str), dimension)

    def optional(self, key: str, dimension: str) -> float | None:
        """Return the SI value of a quantity, or ``None`` where the key is absent."""
        return self.quantity(key, dimension) if self.has(key) else None

    def span(self, key: str, dimension: str) -> tuple[float, float] | None:
        """Return a range, ``["2 km", "3 km"]`` or ``"5 ft"`` for both ends, or ``None`` where the key is absent."""
        if not self.has(key):
            return None
        if isinstance(self.values[key], str):
            alone = self.quantity(key, dimension)
            return alone, alone
        values = self.get(key, list)
        if len(values) != 2 or not all(isinstance(v, str) for v in values):
            self.refuse(f"{key} = {values!r} is not a range", f'Write {key} = ["2 km", "3 km"]', key)
        low, high = (self.si(key, v, dimension) for v in values)
        if low > high:
            self.refuse(f"{key} goes from more to less", "Write the smaller first", key)
        return low, high

    def instant(self, key: str) -> datetime:
        """Return a date and time with zone, in UTC."""
        value = self.get(key, datetime)
        if value.tzinfo is None:
            self.refuse(f"{key} = {value} has no time zone", "End it with Z", key)
        return value.astimezone(UTC)

    def optional_text(self, key: str) -> str:
        """Return a text, empty where the key is absent."""
        return self.get(key, str) if self.has(key) else ""

    def optional_texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the key is absent."""
        return self.texts(key) if self.has(key) else ()

    def one_of(self, key: str, allowed: Collection[str]) -> str:
        """Return a text that is one of those allowed."""
        value = self.get(key, str)
        if value not in allowed:
            self.refuse(f"{key} = {value!r} is not known", f"Choose {', '.join(allowed)}", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.get(key, list)
        if not all(isinstance(v, str) for v in values):
            self.refuse(f"{key} holds something that is no text", "Put each entry in quotes", key)
        return tuple(values)

    def marked(self, key: str = "reported") -> list[str]:
        """Return, as text, the entries of this table that a list names: numbers that a source gives or bounds."""
        keys = self.optional_texts(key)
        for name in keys:
            if name not in self.values:
                self.refuse(f"{key} names {name!r}, which is not here", "Name keys of this table", key)
        return [f"{name} {self.values[name]}" for name in keys]

    def table(self, key: str, place: str) -> StrictFields:
        """Return the table under a key."""
        return StrictFields(self.source, self.text, place, self.get(key, dict))

    def tables(self, key: str, place: str) -> list[StrictFields]:
        """Return the list of tables under a key, empty where it is absent; places are numbered from 1."""
        entries = self.get(key, list) if self.has(key) else []
        if not all(isinstance(e, dict) for e in entries):
            self.refuse(f"{key} holds something that is no table", f"Write [[{key}]]", key)
        return [StrictFields(self.source, self.text, f"{place} {n}", e) for n, e in enumerate(entries, 1)]

    def si(self, key: str, text: str, dimension: str) -> float:
        """Return the SI value of a quantity that belongs to a key."""
        try:
            return parse_quantity(text, dimension).si
        except UnitError as error:
            self.refuse(f"{key} = {text!r} is not a quantity", f"Expected {error.expected}", key)

    def refuse(self, problem: str, cure: str, key: str | None = None) -> NoReturn:
        """Raise `InputError` for this table; the line is that of the key where the file names it only once."""
        where = f"{self.place}: " if self.place else ""
        raise InputError(self.source, f"{where}{problem}", cure, self._line(key))

    def _line(self, key: str | None) -> int | None:
        """Return the line of a key: where the file names it only once, or with this very text as its value."""
        if key is None:
            return None
        value = self.values.get(key)
        is_text = isinstance(value, str)
        after = r"\s*=\s*" + re.escape(f'"{value}"') if is_text else r"\s*[=\]]"
        at = [m.start(1) for m in re.finditer(rf"(?m)(?:^\s*|[{{,]\s*|\[)({re.escape(key)}){after}", self.text)]
        return self.text.count("\n", 0, at[0]) + 1 if len(at) == 1 or (at and is_text) else None

    def _refuse_unknown(self) -> None:
        for key in self.values:
            if key not in self.asked:
                near = get_close_matches(key, self.asked, n=1)
                cure = f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(sorted(self.asked))}"
                self.refuse(f"unknown key {key!r}", cure, key)
