"""The envelope: who says what kind of thing to whom, under which agreement, when, as which number, signed.

It is the leaf of the log. The body stands beside it and is bound by a salted hash, so that it can be erased and cannot
then be guessed from the hash.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Final

from skyaccord.model.canonical_json import Json, canonical
from skyaccord.model.instants import format_instant
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.trust.journals.entry import Body
from skyaccord.trust.members import DIGEST, KIND, Members
from skyaccord.trust.notes.base64_text import encode_base64
from skyaccord.trust.notes.ed25519 import SIGNATURE_BYTES

PROTOCOL: Final = "skyaccord/envelope/1"
_SIGNED: Final = b"skyaccord/envelope/1\n"
"""Before what is signed, so that a signature of an envelope is one of nothing else."""

SALT_BYTES: Final = 32
MOST_LEAF_BYTES: Final = 2048
"""An envelope with the longest names has some 900 octets."""
MOST_VERSION: Final = 10_000

NAMES: Final = frozenset(
    {
        *("body", "key", "kind", "memorandum", "protocol", "recipient"),
        *("sender", "sequence", "signature", "time", "version"),
    }
)


@dataclass(frozen=True, slots=True)
class Header:
    """What is signed: everything but the signature."""

    body: str  # hash of salt and body, sha256:…
    key: str  # fingerprint of the key that signs
    kind: str
    memorandum: str  # hash of the agreement
    recipient: str
    sender: str
    sequence: int
    time_s: float
    version: int

    @property
    def signed(self) -> bytes:
        """Return the octets over which the signature is made."""
        return _SIGNED + canonical(_members(self))


@dataclass(frozen=True, slots=True)
class Envelope:
    """A header and its signature."""

    header: Header
    signature: bytes

    @property
    def leaf(self) -> bytes:
        """Return the canonical JSON: what is hashed into the log, and what travels."""
        return canonical({**_members(self.header), "signature": encode_base64(self.signature)})


def _members(header: Header) -> dict[str, Json]:
    return {
        "body": header.body,
        "key": header.key,
        "kind": header.kind,
        "memorandum": header.memorandum,
        "protocol": PROTOCOL,
        "recipient": header.recipient,
        "sender": header.sender,
        "sequence": header.sequence,
        "time": format_instant(header.time_s),
        "version": header.version,
    }


def read_leaf(leaf: bytes) -> dict[str, Json]:
    """Return the members of a leaf, whatever they are; raise `CanonicalError` where it is not canonical JSON."""
    return read_canonical_object(leaf, most_bytes=MOST_LEAF_BYTES, deepest=1)


def read_envelope(content: dict[str, Json]) -> Envelope:
    """Return the envelope that members state; no more is checked than their form.

    Raises:
        MemberError: a member is missing, too many, or not of its form.
    """
    members = Members(content, NAMES)
    header = Header(
        body=members.digest("body"),
        key=members.digest("key"),
        kind=members.text("kind", KIND, "a kind in small letters, room.word"),
        memorandum=members.digest("memorandum"),
        recipient=members.party("recipient"),
        sender=members.party("sender"),
        sequence=members.integer("sequence", 1),
        time_s=members.instant_s("time"),
        version=members.integer("version", 1, MOST_VERSION),
    )
    return Envelope(header, members.octets("signature", SIGNATURE_BYTES))


def hash_body(salt: bytes, body: bytes) -> str:
    """Return the commitment to a body: ``sha256:`` of SHA-256("skyaccord/body/1" LF salt body), salt of 32 octets."""
    return "sha256:" + Body(salt, body).commitment.hex()


def is_body(header: Header, salt: bytes, body: bytes) -> bool:
    """Return whether salt and body are those that a header was signed for."""
    return len(salt) == SALT_BYTES and hmac.compare_digest(hash_body(salt, body), header.body)


def is_hash(text: str) -> bool:
    """Return whether text is a hash as it is written everywhere."""
    return DIGEST.fullmatch(text) is not None
