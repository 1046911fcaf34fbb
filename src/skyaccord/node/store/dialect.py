"""What differs between the SQL of SQLite and of PostgreSQL: words for types and the mark of a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final


class Kind(StrEnum):
    """The databases that a store may lie in."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How statements, written once, are put to one of the databases."""

    kind: Kind
    words: tuple[tuple[str, str], ...]
    """What ``{word}`` of a migration becomes."""

    mark: str
    """What ``?`` becomes."""

    def definition(self, text: str) -> str:
        """Return a statement of a migration in this dialect."""
        for word, written in self.words:
            text = text.replace(f"{{{word}}}", written)
        return text

    def statement(self, sql: str) -> str:
        """Return a statement with this dialect's marks for parameters; ``?`` and ``%`` stand in no text of ours."""
        return _marked(sql, self.mark)


SQLITE: Final = Dialect(
    Kind.SQLITE,
    (("bytes", "BLOB"), ("integer", "INTEGER"), ("number", "REAL"), ("strict", " STRICT")),
    "?",
)
POSTGRESQL: Final = Dialect(
    Kind.POSTGRESQL,
    (("bytes", "BYTEA"), ("integer", "BIGINT"), ("number", "DOUBLE PRECISION"), ("strict", "")),
    "%s",
)


@cache
def _marked(sql: str, mark: str) -> str:
    return sql if mark == "?" else sql.replace("?", mark)
