"""What a forgery is: its name, how it is made in a scene, and the reason for which it must be refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.acceptance.review import review
from skyaccord.trust.envelopes.envelope import NAMES, PROTOCOL
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.notes.base64_text import encode_base64
from tests.trust.cast import NOW_S, PLAIN, Note, Scene, Side, agreement, key


@dataclass(frozen=True)
class Tried:
    """What became of an attempt: the reason, whether all that decides is as before, how often it was recorded anew."""

    reason: str
    words: str
    is_unchanged: bool
    recorded: int


class Trial(Protocol):
    """Something false that is put before someone."""

    def run(self) -> Tried: ...


@dataclass(frozen=True)
class Attempt:
    """An envelope that is put before a party, and when."""

    judge: Side
    parcel: Parcel
    now_s: float = NOW_S

    def run(self) -> Tried:
        side = self.judge
        before, entries, counts = side.standing.digest(), side.log, side.journal.refusals().counts
        outcome = side.receive(self.parcel, self.now_s)
        assert isinstance(outcome, Refused), outcome
        after = side.journal.refusals()
        reason = outcome.reason.value
        told = after.latest[-1]
        assert (told.reason, told.words) == (reason, outcome.words[: len(told.words)])
        assert {**after.counts, reason: 0} == {**counts, reason: 0}
        is_unchanged = side.standing.digest() == before and side.log == entries
        return Tried(reason, outcome.words, is_unchanged, after.counts[reason] - counts.get(reason, 0))


@dataclass(frozen=True)
class Rewritten:
    """A whole log that is shown to a stranger, with something false at the end."""

    side: Side
    entries: list[Parcel]

    def run(self) -> Tried:
        before = self.side.standing.digest()
        found = review(self.entries, self.side.name, [agreement(*self.side.parties)], PLAIN)
        is_unchanged = self.side.standing.digest() == before
        return Tried(found[0].reason.value, found[0].words, is_unchanged, len(found))


@dataclass(frozen=True)
class Forgery:
    """One way of deceiving."""

    family: str
    name: str
    reason: StrEnum
    make: Callable[[Scene], Trial]


def next_note(scene: Scene, text: str = "second", version: int = 1) -> Parcel:
    """Return a sound note of blue to green, the next in its stream."""
    return scene.blue.make(Note(text).body(), "green", "duty", version=version)


def members(parcel: Parcel) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(parcel.leaf)
    assert found.keys() == NAMES
    return found


def sign(content: dict[str, Any], signer: SigningKey) -> bytes:
    """Return the leaf of members, whatever they say, signed as an envelope is; written here once more on purpose."""
    unsigned = {name: value for name, value in content.items() if name != "signature"}
    signature = signer.sign(PROTOCOL.encode() + b"\n" + canonical(unsigned))
    return canonical({**unsigned, "signature": encode_base64(signature)})


def altered(scene: Scene, by: str = "blue duty", **changes: Any) -> Attempt:
    """Put a note before green in which some members say something else, signed all the same."""
    parcel = next_note(scene)
    content = members(parcel) | {"key": key(by).fingerprint} | changes
    return Attempt(scene.green, Parcel(sign(content, key(by)), parcel.body, parcel.salt))


def rewritten(scene: Scene, old: bytes, new: bytes) -> Attempt:
    """Put a note before green whose octets were changed after it was signed."""
    parcel = next_note(scene)
    assert parcel.leaf.count(old) >= 1
    return Attempt(scene.green, Parcel(parcel.leaf.replace(old, new, 1), parcel.body, parcel.salt))


def with_body(scene: Scene, body: bytes, kind: str = "talk.note", by: str = "duty") -> Attempt:
    """Put a body before green that blue has really signed for."""
    return Attempt(scene.green, scene.blue.make(body, "green", by, kind=kind))
