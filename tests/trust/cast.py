"""Two parties with keys, an agreement and a table of plain kinds: what tests of trust begin from."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Accepted, Known, Outcome, Refused
from skyaccord.trust.acceptance.standing import Standing
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.journals.entry import Body
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.journals.sqlite.database import Connection
from skyaccord.trust.journals.sqlite.journal import SqliteJournal
from skyaccord.trust.keys.certificate import Certificate
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.kinds import KINDS, Kind, Version, make_kinds
from skyaccord.trust.log import Log
from skyaccord.trust.members import Members
from skyaccord.trust.notes.note_key import NoteSigner
from skyaccord.trust.origin import log_origin

NOW_S: Final = 1_796_083_200.0  # 2026-12-01
YEAR_S: Final = 365 * 86_400.0
MEMORANDUM: Final = "sha256:" + "ab" * 32
_TEXT: Final = re.compile(r"[\s\S]{0,2000}")


@dataclass(frozen=True)
class Note:
    """A message of version 1, which has text, or of version 2, which says how urgent it is."""

    text: str
    urgent: int = 0

    def body(self) -> bytes:
        return canonical({"text": self.text})


def read_note(members: Members) -> Note:
    return Note(members.text("text", _TEXT, "text"))


def read_urgent_note(members: Members) -> Note:
    return Note(members.text("text", _TEXT, "text"), members.integer("urgent", 0, 5))


PLAIN: Final = KINDS.joined(
    make_kinds(
        [
            Kind(
                "talk.note",
                {
                    1: Version(frozenset({"text"}), read_note),
                    2: Version(frozenset({"text", "urgent"}), read_urgent_note),
                },
                frozenset({Role.DUTY}),
            ),
            Kind("talk.pulse", {1: Version(frozenset({"text"}), read_note)}, frozenset({Role.NODE})),
        ]
    )
)


def key(name: str) -> SigningKey:
    """Return the same key for the same name."""
    return SigningKey(hashlib.sha256(name.encode()).digest())


def agreement(*parties: str, memorandum: str = MEMORANDUM) -> Agreement:
    return Agreement(memorandum, {party: key(f"{party} root").fingerprint for party in parties})


def certificate(name: str, role: Role, from_s: float = NOW_S - YEAR_S, until_s: float = NOW_S + YEAR_S) -> Certificate:
    return Certificate(key(name).public, role, "officer of the watch", from_s, until_s)


def _in_memory(_: Path) -> Connection:
    return sqlite3.connect(":memory:", isolation_level=None)  # type: ignore[return-value]


class Side:
    """One party with its log in a journal: in memory, or where it may be opened from again."""

    def __init__(
        self,
        name: str,
        parties: tuple[str, ...] = ("blue", "green"),
        path: Path | None = None,
        open_at: Callable[[Path, str], Journal] = SqliteJournal,
    ) -> None:
        self.name = name
        self.parties = parties
        self.origin = log_origin(name, key(f"{name} root").fingerprint)
        in_memory = SqliteJournal(Path("memory"), self.origin, connect=_in_memory) if path is None else None
        self.journal: Journal = in_memory or open_at(path or Path(), self.origin)
        weakref.finalize(self, self.journal.close)
        log = Log(self.journal, NoteSigner.from_seed(self.origin, key(f"{name} node").seed))
        self.desk = Correspondence(log, name, [agreement(*parties)], PLAIN)

    @property
    def standing(self) -> Standing:
        return self.desk.standing

    @property
    def log(self) -> list[Parcel]:
        """What stands in the log, read from the journal."""
        found = []
        for index, leaf in enumerate(self.journal.leaves(0, self.journal.frontier.size)):
            body = self.journal.body(index)
            assert isinstance(body, Body)
            found.append(Parcel(leaf, body.content, body.salt))
        return found

    def receive(self, parcel: Parcel | Refused, now_s: float = NOW_S) -> Outcome:
        (outcome,) = self.desk.receive([parcel], now_s)
        return outcome

    def receipt(self, index: int, now_s: float = NOW_S) -> Parcel:
        return self.desk.receipt(index, key(f"{self.name} node"), now_s)

    def make(
        self, body: bytes, to: str, by: str, now_s: float = NOW_S, kind: str = "talk.note", version: int = 1
    ) -> Parcel:
        """Return what this party would say next, without saying it; ``by`` names its key."""
        number = self.standing.stream((self.name, to)).next_number
        message = Message(MEMORANDUM, self.name, to, kind, version, body)
        return seal(message, key(f"{self.name} {by}"), number, now_s)

    def say(
        self, body: bytes, to: str, by: str, now_s: float = NOW_S, kind: str = "talk.note", version: int = 1
    ) -> Parcel:
        message = Message(MEMORANDUM, self.name, to, kind, version, body)
        parcel = self.desk.send(message, key(f"{self.name} {by}"), now_s)
        assert isinstance(parcel, Parcel), parcel
        return parcel

    def introduce(self, to: str, now_s: float = NOW_S - 1000.0) -> list[Parcel]:
        """Say which keys this party has: root, duty, node, tls."""
        return [
            self.say(certificate(f"{self.name} {role.value}", role).body(), to, "root", now_s, "key.certificate")
            for role in (Role.ROOT, Role.DUTY, Role.NODE, Role.TLS)
        ]


@dataclass
class Scene:
    """Blue and green, who know each other's keys; blue has said one thing."""

    blue: Side = field(default_factory=lambda: Side("blue"))
    green: Side = field(default_factory=lambda: Side("green"))

    def __post_init__(self) -> None:
        for one, other in ((self.blue, self.green), (self.green, self.blue)):
            for parcel in one.introduce(other.name):
                deliver(other, parcel, NOW_S - 1000.0)
        deliver(self.green, self.blue.say(Note("first").body(), "green", "duty", NOW_S - 60.0), NOW_S - 60.0)

    def tell(self, body: bytes, by: str, kind: str, now_s: float = NOW_S - 30.0) -> Parcel:
        """Let blue say something that green accepts."""
        parcel = self.blue.say(body, "green", by, now_s, kind)
        deliver(self.green, parcel, now_s)
        return parcel


def deliver(side: Side, parcel: Parcel, now_s: float = NOW_S) -> int:
    outcome = side.receive(parcel, now_s)
    assert isinstance(outcome, Accepted | Known), outcome
    return outcome.index
