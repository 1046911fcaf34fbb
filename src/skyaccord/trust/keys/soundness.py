"""Which keys and signatures of Ed25519 are not taken, although verification alone would pass them.

What ``cryptography`` (OpenSSL) does by itself: it refuses S at or beyond the group's order and compares R octet by
octet, so that a signature has one spelling. It takes public keys of small order and in a second spelling; under those
anyone can make a signature that holds for many a message. So a key is looked at before it is certified (`is_sound`).
"""

from __future__ import annotations

from typing import Final

from skyaccord.trust.notes.ed25519 import PUBLIC_BYTES, SIGNATURE_BYTES

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
