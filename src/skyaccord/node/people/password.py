"""Passwords: scrypt at a stated cost, and rules that a person can keep."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final

from skyaccord.errors import SkyaccordError

LEAST_LETTERS: Final = 12
"""Beside a second factor NIST SP 800-63B-4 asks for 8; length is what costs a guesser most."""

MOST_LETTERS: Final = 128
ONE_TIME_LIFE_S: Final = 72 * 3600.0
"""Over a weekend."""

_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32
_MOST_LOG2_N: Final = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: 128 · r · 2^log2_n bytes, p times over."""

    log2_n: int
    r: int
    p: int


COST: Final = Cost(log2_n=15, r=8, p=3)
"""32 MiB and about a quarter of a second: one of the equal settings of OWASP's Password Storage Cheat Sheet (2024).

The one with the least memory, since a flood of sign-ins may run several at once.
"""


def hash_password(password: str, cost: Cost = COST, salt: bytes | None = None) -> str:
    """Return what is kept of a password: ``scrypt$log2_n$r$p$salt$hash``."""
    salt = secrets.token_bytes(_SALT_BYTES) if salt is None else salt
    parts = (base64.b64encode(part).decode("ascii") for part in (salt, _derive(password, salt, cost)))
    return "$".join(("scrypt", str(cost.log2_n), str(cost.r), str(cost.p), *parts))


def is_password(password: str, kept: str) -> bool:
    """Return whether a password is the one of which something was kept; takes the same time either way.

    Raises:
        SkyaccordError: what was kept is damaged.
    """
    cost, salt, expected = _read(kept)
    return hmac.compare_digest(_derive(password, salt, cost), expected)


def decoy(cost: Cost = COST) -> str:
    """Return what could be kept of a password that nobody knows: an unknown name is checked against it."""
    return hash_password(secrets.token_hex(16), cost)


def one_time_password() -> str:
    """Return 100 random bits as four groups that can be read over a telephone."""
    letters = base64.b32encode(secrets.token_bytes(13)).decode("ascii").lower()
    return "-".join(letters[k : k + 5] for k in range(0, 20, 5))


def fault_of(password: str, name: str) -> str | None:
    """Return what is wrong with a password that a person chose, or nothing."""
    letters = unicodedata.normalize("NFKC", password)
    if len(letters) < LEAST_LETTERS:
        return f"it has {len(letters)} characters; take at least {LEAST_LETTERS}, such as four words"
    if len(letters) > MOST_LETTERS:
        return f"it has more than {MOST_LETTERS} characters"
    if name.casefold() in letters.casefold():
        return "your name is in it"
    if len(set(letters)) < 5:
        return "it is the same few characters over and over"
    return None


def _derive(password: str, salt: bytes, cost: Cost) -> bytes:
    """The same letters typed on two keyboards may be other code points: NFKC makes them one."""
    letters = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    n = 1 << cost.log2_n
    most = 128 * cost.r * (n + cost.p) + (1 << 20)
    return hashlib.scrypt(letters, salt=salt, n=n, r=cost.r, p=cost.p, maxmem=most, dklen=_HASH_BYTES)


def _read(kept: str) -> tuple[Cost, bytes, bytes]:
    try:
        name, log2_n, r, p, salt, expected = kept.split("$")
        cost = Cost(int(log2_n), int(r), int(p))
        if name != "scrypt" or not (0 < cost.log2_n <= _MOST_LOG2_N and 0 < cost.r <= 16 and 0 < cost.p <= 16):
            raise ValueError(kept)
        return cost, base64.b64decode(salt, validate=True), base64.b64decode(expected, validate=True)
    except ValueError:
        raise SkyaccordError(
            "what was kept of a password is damaged: give the person a new one-time password"
        ) from None
