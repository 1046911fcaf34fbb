"""Ed25519 (RFC 8032) by ``cryptography``, which is loaded at the first signature and not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

PUBLIC_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether a raw public key has made this signature of a message; wrong lengths are none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_pair(seed: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    """Return the raw public key of a 32-byte seed and the function that signs with it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(seed)
    return private.public_key().public_bytes_raw(), private.sign
