"""The cookie that holds a session's token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

COOKIE: Final = "__Host-skyaccord"
"""A browser takes a name that begins so from this host alone, over TLS, for all paths: no neighbour can plant one."""

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""32 octets in base64 for URLs."""


def shown_token(headers: Sequence[str]) -> str | None:
    """Return the token in the Cookie headers of a request; where there are two of the name, neither counts."""
    pairs = [part.strip().partition("=") for header in headers for part in header.split(";")]
    found = [value for name, _, value in pairs if name == COOKIE]
    return found[0] if len(found) == 1 and TOKEN.fullmatch(found[0]) else None


def set_cookie(token: str) -> str:
    """Return the header that sets a token, or takes the cookie away where the token is empty."""
    age = "" if token else "; Max-Age=0"
    return f"{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict{age}"
