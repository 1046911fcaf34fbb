"""Makes envelopes: gives what one wants to say a number and a time, and signs it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from skyaccord.trust.envelopes.envelope import SALT_BYTES, Envelope, Header, hash_body
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.keys.signing_key import SigningKey


@dataclass(frozen=True, slots=True)
class Message:
    """What one party wants to say to another, or to itself: a body in canonical JSON, of a kind and version."""

    memorandum: str
    sender: str
    recipient: str
    kind: str
    version: int
    body: bytes


def seal(message: Message, key: SigningKey, sequence: int, time_s: float, salt: bytes | None = None) -> Parcel:
    """Return the signed envelope of a message with its body beside it.

    Args:
        message: what is said.
        key: the key that signs.
        sequence: the number in the stream from sender to recipient.
        time_s: seconds since 1970; milliseconds are kept.
        salt: 32 octets that no one can guess; fresh ones where left out.
    """
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    header = Header(
        body=hash_body(salt, message.body),
        key=key.fingerprint,
        kind=message.kind,
        memorandum=message.memorandum,
        recipient=message.recipient,
        sender=message.sender,
        sequence=sequence,
        time_s=time_s,
        version=message.version,
    )
    return Parcel(Envelope(header, key.sign(header.signed)).leaf, message.body, salt)
