"""What a witness signs (C2SP tlog-cosignature, v1): the time, and the whole text of the checkpoint."""

from __future__ import annotations

from typing import Final

from skyaccord.trust.notes.ed25519 import SIGNATURE_BYTES

TIME_BYTES: Final = 8
GREATEST_TIME_S: Final = 2**63 - 1


def cosigned_message(text: str, time_s: int) -> bytes:
    """Return the bytes that a cosignature signs: two lines, then the note's text."""
    return f"cosignature/v1\ntime {time_s}\n{text}".encode()


def join_cosignature(time_s: int, signature: bytes) -> bytes:
    """Return the signature as a note's line carries it: POSIX seconds, big-endian, then Ed25519."""
    return time_s.to_bytes(TIME_BYTES, "big") + signature


def split_cosignature(data: bytes) -> tuple[int, bytes] | None:
    """Return POSIX seconds and Ed25519 signature; ``None`` for a wrong length or a time beyond 2^63 - 1."""
    time_s = int.from_bytes(data[:TIME_BYTES], "big")
    if len(data) != TIME_BYTES + SIGNATURE_BYTES or time_s > GREATEST_TIME_S:
        return None
    return time_s, data[TIME_BYTES:]
