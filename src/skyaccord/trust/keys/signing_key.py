"""Key pairs of Ed25519 (RFC 8032) and their fingerprints."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from skyaccord.errors import KeyStoreError
from skyaccord.trust.notes.ed25519 import key_pair

SEED_BYTES: Final = 32


class SigningKey:
    """A private key; nothing that prints it shows it."""

    __slots__ = ("_sign", "fingerprint", "public", "seed")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise KeyStoreError("a private key", f"it has {len(seed)} octets", f"An Ed25519 key has {SEED_BYTES}")
        self.seed = seed
        self.public, self._sign = key_pair(seed)
        self.fingerprint = fingerprint(self.public)

    def __repr__(self) -> str:
        return f"SigningKey({self.fingerprint})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SigningKey) and self.public == other.public

    def __hash__(self) -> int:
        return hash(self.public)

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, 64 octets; the same message has the same signature."""
        return self._sign(message)


def generate() -> SigningKey:
    """Return a new key from the operating system's randomness."""
    return SigningKey(secrets.token_bytes(SEED_BYTES))


def fingerprint(public: bytes) -> str:
    """Return ``sha256:`` and 64 hexadecimal digits of the SHA-256 of the 32 octets of a public key."""
    return "sha256:" + hashlib.sha256(public).hexdigest()
