"""Base64 (RFC 4648, section 4) with one reading: what would be written otherwise is refused."""

from __future__ import annotations

import base64
import binascii


def encode_base64(data: bytes) -> str:
    """Return bytes as base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes | None:
    """Return the bytes of base64; ``None`` for any other text, loose padding and stray last bits included."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    return data if encode_base64(data) == text else None
