"""Octets of the line: a first line that says what follows, then one line an item, all canonical JSON.

Canonical JSON has no line feed in it, so that lines are told apart without a length before each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from skyaccord.errors import MemberError
from skyaccord.model.canonical_json import Json, canonical
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.trust.members import Members

PROTOCOL: Final = "skyaccord/line/1"

MOST_BYTES: Final = 8 << 20
"""Octets of a request or an answer: a batch with the greatest body there is, and a batch of ordinary ones."""

MOST_ITEMS: Final = 256
"""Parcels in a batch."""

MOST_FIRST_BYTES: Final = 1 << 16
"""Octets of the first line: two checkpoints with the cosignatures of dozens of witnesses."""


def write_lines(first: dict[str, Json], items: Sequence[bytes] = ()) -> bytes:
    """Return a first line and items as octets."""
    return b"\n".join([canonical({"protocol": PROTOCOL, **first}), *items])


def read_lines(data: bytes, names: frozenset[str]) -> tuple[Members, list[bytes]]:
    """Return the members of the first line and the items, which have not been looked at.

    Raises:
        MemberError: too long, too many, another protocol, or members other than the names.
        CanonicalError: the first line is no canonical JSON.
    """
    if len(data) > MOST_BYTES:
        raise MemberError("lines", f"have {len(data)} octets", f"at most {MOST_BYTES}")
    first, *items = data.split(b"\n", MOST_ITEMS + 1)
    if len(items) > MOST_ITEMS:
        raise MemberError("lines", "are too many", f"at most {MOST_ITEMS} after the first")
    content = read_canonical_object(first, most_bytes=MOST_FIRST_BYTES, deepest=2)
    if content.get("protocol") != PROTOCOL:
        raise MemberError("protocol", "is another or none", PROTOCOL)
    del content["protocol"]
    return Members(content, names), items
