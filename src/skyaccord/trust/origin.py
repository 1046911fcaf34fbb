"""The name of a party's log: its party, and the root under which it was begun."""

from __future__ import annotations


def log_origin(party: str, root: str) -> str:
    """Return the origin of a log's checkpoints, and the name of the keys that sign them.

    Args:
        party: its name.
        root: fingerprint of the root key, ``sha256:…``; of the first, where one followed another.
    """
    return f"skyaccord/{party}/{root.removeprefix('sha256:')[:16]}"


def following_origin(origin: str, digits: str) -> str:
    """Return the name of a log that goes on where entries of another were lost.

    Args:
        origin: of the log that lost entries, itself the first or one that followed.
        digits: eight hexadecimal digits that no other has had; random, since the party does not know what it has lost.
    """
    return "/".join([*origin.split("/")[:3], digits])


def first_origin(origin: str) -> str:
    """Return the name of the party's first log, under the same root."""
    return "/".join(origin.split("/")[:3])
