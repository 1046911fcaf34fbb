"""What was done, by whom, to what, when and from where: added to, never changed, each entry bound to the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.model.canonical_json import canonical
from skyaccord.model.instants import format_instant
from skyaccord.node.store.store import Row, Store

MOST_READ: Final = 200
"""Entries of one page."""

_COLUMNS: Final = "id, at, who, deed, subject, address"
_START: Final = b"skyaccord/audit/1\n"


class Deed(StrEnum):
    """What is written down. Rooms above add their own words, as text of the same form."""

    NODE_MADE = "node.made"
    NODE_STARTED = "node.started"
    NODE_STOPPED = "node.stopped"
    SESSION_BEGUN = "session.begun"
    SESSION_REFUSED = "session.refused"
    SESSION_ENDED = "session.ended"
    SESSION_MOVED = "session.moved"
    REFUSED = "role.refused"
    ENROLLED = "account.enrolled"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - a word, no password
    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"
    PERSON_RESET = "person.reset"
    SESSIONS_ENDED = "person.sessions_ended"
    CERTIFICATE_GIVEN = "certificate.given"
    CERTIFICATE_REVOKED = "certificate.revoked"
    PEER_PINNED = "peer.pinned"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit."""

    id: int
    at: str
    """ISO 8601, UTC."""

    who: str
    """A person's name, or ``node``."""

    deed: str
    subject: str
    address: str
    """Where the request came from; ``local`` for what was done on the machine itself."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, from where, and when: what every change of a node is told."""

    who: str
    address: str
    now_s: float


NODE: Final = "node"
LOCAL: Final = "local"


def write_down(store: Store, actor: Actor, deed: str, subject: str = "") -> None:
    """Add an entry, within the transaction of what it tells of where there is one."""
    with store.transaction():
        last = store.one("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
        number, before = last or (0, b"")
        row = (number + 1, format_instant(actor.now_s), actor.who, f"{deed}", subject, actor.address)
        sql = f"INSERT INTO audit ({_COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own names
        store.all(sql, *row, _bind(before, row))


def read_audit(store: Store, before: int | None = None, count: int = 50) -> Sequence[Entry]:
    """Return entries, the latest first; ``before`` is the number of the last one already read."""
    bound = before if before is not None else 2**62
    sql = f"SELECT {_COLUMNS} FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?"  # noqa: S608
    return [Entry(*row) for row in store.all(sql, bound, min(count, MOST_READ))]


def first_broken(store: Store) -> int | None:
    """Return the number of the first entry that is not as it was written, or nothing.

    What was cut off at the end does not show here; compare the last number and hash with one kept elsewhere.
    """
    before, expected = b"", 1
    for *row, kept in store.all(f"SELECT {_COLUMNS}, hash FROM audit ORDER BY id"):  # noqa: S608
        before = _bind(before, tuple(row))
        if row[0] != expected or bytes(kept) != before:
            return expected
        expected += 1
    return None


def _bind(before: bytes, row: Row) -> bytes:
    return hashlib.sha256(_START + before + canonical(list(row))).digest()
