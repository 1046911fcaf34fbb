"""Two parties with keys, an agreement and a table of plain kinds: what tests of trust begin from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Final

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.judge import Admitted, Direction, judge
from skyaccord.trust.acceptance.outcome import Accepted, Known, Outcome, Refused
from skyaccord.trust.acceptance.standing import Standing
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.keys.certificate import Certificate
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.kinds import KINDS, Kind, Version, make_kinds
from skyaccord.trust.members import Members

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


@dataclass
class Side:
    """One party: its log in a list, and what was refused."""

    name: str
    parties: tuple[str, ...] = ("blue", "green")
    log: list[Parcel] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.standing = Standing(self.name, [agreement(*self.parties)], PLAIN)

    def leaf_at(self, index: int) -> bytes:
        return self.log[index].leaf

    def take(self, parcel: Parcel, now_s: float, direction: Direction) -> Outcome:
        found = judge(parcel, self.standing, self.leaf_at, now_s, direction)
        if isinstance(found, Admitted):
            self.log.append(parcel)
            return Accepted(self.standing.note(found.envelope.header, found.ring))
        if isinstance(found, Refused):
            self.refused.append(found)
        return found

    def receive(self, parcel: Parcel, now_s: float = NOW_S) -> Outcome:
        return self.take(parcel, now_s, Direction.INCOMING)

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
        parcel = self.make(body, to, by, now_s, kind, version)
        outcome = self.take(parcel, now_s, Direction.OWN)
        assert isinstance(outcome, Accepted), outcome
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
