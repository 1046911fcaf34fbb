"""What a key is for."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a key may sign is decided by its role, in the table of kinds; a key has one role for good."""

    ROOT = "root"
    """Signs about keys only; kept away from machines that are on a network."""
    DUTY = "duty"
    """Signs what people say: notices, replies, protests."""
    NODE = "node"
    """Signs what a machine says by itself: receipts, checkpoints."""
    TLS = "tls"
    """Signs connections, and no envelope but its own revocation."""
    HEIR = "heir"
    """A new root that all other parties' roots have consented to, before it has spoken; no certificate gives it."""
