"""What a forgery is: its name, how it is made in a scene, and the reason for which it must be refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.envelopes.envelope import NAMES, PROTOCOL
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.notes.base64_text import encode_base64
from skyaccord.trust.reasons import Reason
from tests.trust.cast import NOW_S, Note, Scene, Side, key


@dataclass(frozen=True)
class Attempt:
    """What is put before whom, and when."""

    judge: Side
    parcel: Parcel
    now_s: float = NOW_S


@dataclass(frozen=True)
class Forgery:
    """One way of deceiving."""

    family: str
    name: str
    reason: Reason
    make: Callable[[Scene], Attempt]


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
