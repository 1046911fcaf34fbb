"""Codes of an authenticator, RFC 6238 over RFC 4226: a new one each 30 s, each good once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final, Literal
from urllib.parse import quote

STEP_S: Final = 30
DIGITS: Final = 6
DRIFT_STEPS: Final = 1
"""A telephone's clock may be half a minute off either way (RFC 6238, 5.2 and 6)."""

SECRET_BYTES: Final = 20
"""The length of the hash (RFC 4226, 4, R6)."""

Hash = Literal["sha1", "sha256", "sha512"]
"""SHA-1 is what every authenticator knows; its use in HMAC is not what is broken about it."""


def make_secret() -> bytes:
    """Return a new random secret."""
    return secrets.token_bytes(SECRET_BYTES)


def code_at(secret: bytes, step: int, digits: int = DIGITS, algorithm: Hash = "sha1") -> str:
    """Return the code of a step, HOTP(secret, step): RFC 4226, 5.3."""
    mac = hmac.new(secret, step.to_bytes(8, "big"), getattr(hashlib, algorithm)).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def step_at(now_s: float) -> int:
    """Return the number of the step at an instant, in seconds since 1970."""
    return int(now_s // STEP_S)


def accepted_step(secret: bytes, code: str, now_s: float, last_step: int) -> int | None:
    """Return the step whose code this is, or nothing.

    A code of ``last_step`` or an earlier one was seen before, or is older than one that was, and is refused.
    """
    found = None
    now = step_at(now_s)
    for step in range(max(now - DRIFT_STEPS, 0), now + DRIFT_STEPS + 1):
        is_same = hmac.compare_digest(code_at(secret, step).encode(), code.encode("utf-8", "replace"))
        if is_same and step > last_step:
            found = step
    return found


def secret_text(secret: bytes) -> str:
    """Return a secret as people type it into an authenticator."""
    return base64.b32encode(secret).decode("ascii").rstrip("=")


def authenticator_uri(secret: bytes, party: str, name: str) -> str:
    """Return the ``otpauth`` URI that authenticators read from a QR code."""
    issuer = quote(f"skyaccord {party}", safe="")
    query = f"secret={secret_text(secret)}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_S}"
    return f"otpauth://totp/{issuer}:{quote(name, safe='')}?{query}"
