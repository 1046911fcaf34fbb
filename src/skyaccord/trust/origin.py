"""The name of a party's log: its party, and the root under which it was begun."""

from __future__ import annotations


def log_origin(party: str, root: str) -> str:
    """Return the origin of a log's checkpoints, and the name of the keys that sign them.

    Args:
        party: its name.
        root: fingerprint of the root key, ``sha256:…``; of the first, where one followed another.
    """
    return f"skyaccord/{party}/{root.removeprefix('sha256:')[:16]}"
