"""Parcels as plain lines: what is packed for reading aloud. In base64 within JSON they would pack half as well."""

from __future__ import annotations

from collections.abc import Iterable

from skyaccord.errors import MemberError
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64

_GONE = "-"


def write_bundle(parcels: Iterable[Parcel]) -> bytes:
    """Return parcels as three lines each: envelope, salt, body; canonical JSON has no line ends within."""
    lines: list[bytes] = []
    for parcel in parcels:
        salt = _GONE if parcel.salt is None else encode_base64(parcel.salt)
        lines += [parcel.leaf, salt.encode(), _GONE.encode() if parcel.body is None else parcel.body]
    return b"\n".join(lines)


def read_bundle(data: bytes) -> tuple[Parcel, ...]:
    """Return the parcels of a bundle, to be accepted as if they had come over the network.

    Raises:
        MemberError: not three lines for each parcel, or a salt that is not base64.
    """
    lines = data.split(b"\n")
    if len(lines) % 3:
        raise MemberError("bundle", f"has {len(lines)} lines", "three for each parcel: envelope, salt, body")
    return tuple(_parcel(*lines[at : at + 3]) for at in range(0, len(lines), 3))


def _parcel(leaf: bytes, salt: bytes, body: bytes) -> Parcel:
    gone = _GONE.encode()
    octets = None if salt == gone else decode_base64(salt.decode("ascii", "replace"))
    if octets is None and salt != gone:
        raise MemberError("salt", f"is {ascii(salt)[:40]}", "base64 with padding, or -")
    return Parcel(leaf, None if body == gone else body, octets)
