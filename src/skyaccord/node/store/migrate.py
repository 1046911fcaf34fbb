"""A store is brought to the version that this program knows, one migration after another; a later one is refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from skyaccord.errors import StoreError
from skyaccord.model.instants import format_instant
from skyaccord.node.store.dialect import Dialect, Kind
from skyaccord.node.store.store import Store

NAME: Final = re.compile(r"(\d{4})_([a-z_]+)\.sql")
TABLE: Final = """CREATE TABLE IF NOT EXISTS migration (
  number {integer} PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL){strict}"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file of SQL."""

    number: int
    name: str
    text: str

    @property
    def digest(self) -> str:
        """What its text is known by."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def statements(self, dialect: Dialect) -> Iterator[str]:
        """Yield its statements for one kind of database."""
        for paragraph in re.split(r"\n\s*\n", self.text):
            first, _, rest = paragraph.strip().partition("\n")
            meant_for = first.removeprefix("-- ")
            if meant_for in list(Kind):
                if meant_for == dialect.kind:
                    yield dialect.definition(rest)
            elif statement := _without_remarks(paragraph):
                yield dialect.definition(statement)


def _without_remarks(paragraph: str) -> str:
    return "\n".join(line for line in paragraph.splitlines() if not line.startswith("--")).strip()


def known_migrations() -> tuple[Migration, ...]:
    """Return the migrations that travel with this program, in order."""
    folder = (files("skyaccord.node.store") / "migrations").iterdir()
    named = [(match, each) for each in folder if (match := NAME.fullmatch(each.name))]
    found = [Migration(int(match[1]), match[2], each.read_text("utf-8")) for match, each in named]
    return tuple(sorted(found, key=lambda each: each.number))


def migrate(store: Store, now_s: float, known: Sequence[Migration] | None = None) -> int:
    """Bring a store to the version that is known and return its number.

    Raises:
        StoreError: a later program has written it, or one that had other migrations under the same numbers.
    """
    known = known_migrations() if known is None else known
    with store.transaction():
        store.all(store.dialect.definition(TABLE))
    done = {number: (name, digest) for number, name, digest in store.all("SELECT number, name, digest FROM migration")}
    last = known[-1].number if known else 0
    if later := [number for number in done if number > last]:
        problem = f"it is of version {max(later)}; this program knows {last}"
        raise StoreError(store.place, problem, "Use the skyaccord that wrote it, or a later one")
    for each in known:
        if each.number not in done:
            _apply(store, each, now_s)
        elif done[each.number][1] != each.digest:
            problem = f"its migration {each.number} ({done[each.number][0]}) is not the one that this program knows"
            raise StoreError(store.place, problem, "Use the skyaccord that wrote it, or restore a backup")
    return last


def _apply(store: Store, migration: Migration, now_s: float) -> None:
    with store.transaction():
        for statement in migration.statements(store.dialect):
            store.all(statement)
        row = (migration.number, migration.name, migration.digest, format_instant(now_s))
        store.all("INSERT INTO migration (number, name, digest, at) VALUES (?, ?, ?, ?)", *row)
