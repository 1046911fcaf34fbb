"""Ed25519 (RFC 8032): key pairs, fingerprints, signatures, and which keys and signatures are not taken.

What ``cryptography`` (OpenSSL) does by itself: it refuses S at or beyond the group's order and compares R octet by
octet, so that a signature has one spelling. It takes public keys of small order and in a second spelling; under those
anyone can make a signature that holds for many a message. So a key is looked at before it is certified (`is_sound`).
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from skyaccord.errors import KeyStoreError

PUBLIC_BYTES: Final = 32
SEED_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64

P: Final = 2**255 - 19
"""The field's prime."""
ORDER: Final = 2**252 + 27742317777372353535851937790883648493
"""Order of the group that the base point generates."""

SMALL_ORDER_Y: Final = frozenset(
    {
        0,  # order 4
        1,  # the neutral element
        P - 1,  # order 2
        2707385501144840649318225287225658788936804267575313519463743609750303402022,  # order 8
        P - 2707385501144840649318225287225658788936804267575313519463743609750303402022,
    }
)
"""y of the eight points whose eightfold is the neutral element."""


class SigningKey:
    """A private key; nothing that prints it shows it."""

    __slots__ = ("_private", "fingerprint", "public", "seed")

    def __init__(self, seed: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        if len(seed) != SEED_BYTES:
            raise KeyStoreError("a private key", f"it has {len(seed)} octets", f"An Ed25519 key has {SEED_BYTES}")
        self.seed = seed
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw()
        self.fingerprint = fingerprint(self.public)

    def __repr__(self) -> str:
        return f"SigningKey({self.fingerprint})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SigningKey) and self.public == other.public

    def __hash__(self) -> int:
        return hash(self.public)

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, 64 octets; the same message has the same signature."""
        return self._private.sign(message)


def generate() -> SigningKey:
    """Return a new key from the operating system's randomness."""
    return SigningKey(secrets.token_bytes(SEED_BYTES))


def fingerprint(public: bytes) -> str:
    """Return ``sha256:`` and 64 hexadecimal digits of the SHA-256 of the 32 octets of a public key."""
    return "sha256:" + hashlib.sha256(public).hexdigest()


def is_valid(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a signature of a message was made by the holder of a sound key (`is_sound`)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_of_one_form(signature: bytes) -> bool:
    """Return whether a signature is in the one form that RFC 8032 allows: S below the group's order (5.1.7)."""
    return len(signature) == SIGNATURE_BYTES and int.from_bytes(signature[32:], "little") < ORDER


def is_sound(public: bytes) -> bool:
    """Return whether octets are a public key in its only spelling and of no small order."""
    if len(public) != PUBLIC_BYTES:
        return False
    y = int.from_bytes(public, "little") & (2**255 - 1)
    return y < P and y not in SMALL_ORDER_Y and _is_on_curve(y)


def _is_on_curve(y: int) -> bool:
    """Return whether x² = (y² - 1) / (d y² + 1) has a root (RFC 8032, 5.1.3)."""
    d = -121665 * pow(121666, -1, P) % P
    square = (y * y - 1) * pow(d * y * y + 1, -1, P) % P
    return pow(square, (P - 1) // 2, P) == 1
