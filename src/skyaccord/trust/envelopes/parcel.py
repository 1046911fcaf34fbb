"""The parcel: a leaf, its body and its salt, as they travel and as they are stored; bodies may be gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.errors import MemberError
from skyaccord.model.canonical_json import Json, canonical
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64

MOST_PARCEL_BYTES: Final = 3 << 20
"""A body of the greatest size (1 MiB) in base64, with room."""

_NAMES: Final = frozenset({"body", "leaf", "salt"})


@dataclass(frozen=True, slots=True)
class Parcel:
    """An envelope as octets, with what stands beside it; ``None`` where that was erased."""

    leaf: bytes
    body: bytes | None
    salt: bytes | None

    def packed(self) -> bytes:
        """Return the octets that travel: canonical JSON with three members in base64, or null."""
        return canonical({"body": _wrap(self.body), "leaf": _wrap(self.leaf), "salt": _wrap(self.salt)})


def unpack(data: bytes) -> Parcel:
    """Return the parcel in octets that arrived; nothing within it has been looked at.

    Raises:
        CanonicalError: not canonical JSON.
        MemberError: other members, or not base64.
    """
    content = read_canonical_object(data, most_bytes=MOST_PARCEL_BYTES, deepest=1)
    if content.keys() != _NAMES:
        raise MemberError("parcel", f"has the members {', '.join(sorted(content))[:80]}", "body, leaf and salt")
    leaf = _unwrap(content, "leaf")
    if leaf is None:
        raise MemberError("leaf", "is null", "an envelope in base64")
    return Parcel(leaf, _unwrap(content, "body"), _unwrap(content, "salt"))


def _wrap(data: bytes | None) -> str | None:
    return None if data is None else encode_base64(data)


def _unwrap(content: dict[str, Json], name: str) -> bytes | None:
    text = content[name]
    if text is None:
        return None
    data = decode_base64(text) if isinstance(text, str) else None
    if data is None:
        raise MemberError(name, f"is {ascii(text)[:40]}", "base64 with padding, or null")
    return data
