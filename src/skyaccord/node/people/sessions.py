"""Sessions: what a person who has signed in shows with each request.

A token is 256 random bits and stands in the store as its hash alone. A session ends by itself, after a while without
use and in any case after a shift; it belongs to the address it was begun from and, where it was begun with a
certificate, to that certificate. A token shown elsewhere has been taken: the session ends.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from skyaccord.node.people.audit import Actor, Deed, write_down
from skyaccord.node.people.person import Person, find_person
from skyaccord.node.store.store import Row, Store

IDLE_S: Final = 30 * 60.0
"""An officer who reads and does not write stays signed in: a page that shows the line asks for news more often."""

ABSOLUTE_S: Final = 13 * 3600.0
"""A shift of twelve hours and its handover."""

MOST: Final = 4
"""Sessions of one person; the oldest ends when another begins."""

NOTED_EVERY_S: Final = 30.0
"""How exactly the last use is kept: not each request costs a write."""

_COLUMNS: Final = "name, address, certificate, begun_s, seen_s, is_partial"


@dataclass(frozen=True, slots=True)
class Session:
    """A session and the person whose it is, as both stand now."""

    person: Person
    address: str
    certificate: str | None
    begun_s: float
    seen_s: float
    is_partial: bool
    """Whether it serves for nothing but enrolment."""

    @property
    def until_s(self) -> float:
        """When it ends if it is not used again."""
        return min(self.seen_s + IDLE_S, self.begun_s + ABSOLUTE_S)


def begin_session(
    store: Store,
    actor: Actor,
    *,
    certificate: str | None = None,
    is_partial: bool = False,
    replacing: str | None = None,
) -> str:
    """Begin a session and return its token.

    Args:
        store: where it is kept.
        actor: whose it is, from where, and when.
        certificate: SHA-256 of the one that it belongs to.
        is_partial: whether it serves for nothing but enrolment.
        replacing: a token shown while signing in: its session ends, so that none planted beforehand is taken over.
    """
    token = secrets.token_urlsafe(32)
    with store.transaction():
        if replacing:
            store.all("DELETE FROM session WHERE token_hash = ?", _hash(replacing))
        store.all("DELETE FROM session WHERE begun_s <= ? OR seen_s <= ?", *_too_old(actor.now_s))
        row = (actor.who, actor.address, certificate, actor.now_s, actor.now_s, int(is_partial))
        sql = f"INSERT INTO session (token_hash, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
        store.all(sql, _hash(token), *row)
        _end_oldest(store, actor.who)
        write_down(store, actor, Deed.SESSION_BEGUN, "certificate" if certificate else "password")
    return token


def resume_session(store: Store, token: str, address: str, certificate: str | None, now_s: float) -> Session | None:
    """Return the session of a token shown from an address over a connection with a certificate, or nothing."""
    key = _hash(token)
    row = store.one(f"SELECT {_COLUMNS} FROM session WHERE token_hash = ?", key)  # noqa: S608
    session = _session(store, row) if row else None
    if session is None or not session.person.is_active or now_s >= session.until_s:
        return None
    if session.address != address or session.certificate not in (None, certificate):
        with store.transaction():
            store.all("DELETE FROM session WHERE token_hash = ?", key)
            write_down(store, Actor(session.person.name, address, now_s), Deed.SESSION_MOVED, session.address)
        return None
    if now_s - session.seen_s >= NOTED_EVERY_S:
        store.all("UPDATE session SET seen_s = ? WHERE token_hash = ?", now_s, key)
    return session


def end_session(store: Store, token: str, actor: Actor) -> None:
    """End one session."""
    with store.transaction():
        store.all("DELETE FROM session WHERE token_hash = ?", _hash(token))
        write_down(store, actor, Deed.SESSION_ENDED)


def end_all_sessions(store: Store, name: str) -> None:
    """End all sessions of a person, as part of what the caller writes down."""
    store.all("DELETE FROM session WHERE name = ?", name)


def _hash(token: str) -> bytes:
    return hashlib.sha256(b"skyaccord/session/1\n" + token.encode("utf-8", "replace")).digest()


def _too_old(now_s: float) -> tuple[float, float]:
    return now_s - ABSOLUTE_S, now_s - IDLE_S


def _end_oldest(store: Store, name: str) -> None:
    rows = store.all("SELECT token_hash FROM session WHERE name = ? ORDER BY begun_s DESC, token_hash", name)
    for (key,) in rows[MOST:]:
        store.all("DELETE FROM session WHERE token_hash = ?", key)


def _session(store: Store, row: Row) -> Session | None:
    name, address, certificate, begun_s, seen_s, is_partial = row
    person = find_person(store, name)
    return Session(person, address, certificate, begun_s, seen_s, bool(is_partial)) if person else None
