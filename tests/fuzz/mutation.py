"""Bytes damaged at random: cut, doubled, overwritten, with splinters that decoders take amiss."""

from __future__ import annotations

import random
from typing import Final

SPLINTERS: Final = (
    *(b"\x00", b"\xff", b"\x1a", b"\x7e", b"{", b"[", b"<", b'"', b",", b"\n", b"-1", b"1e999", b"NaN", b"9" * 40),
    *(b"\\ud800", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"<!DOCTYPE a>", b"null", b"2023-02-30", b"+99:99"),
)


def mutate(rng: random.Random, data: bytes) -> bytes:
    """Return a damaged copy."""
    out = bytearray(data[: rng.randrange(1, 4000)] if rng.random() < 0.7 else data)
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(5):
            case 0:
                out[at : at + rng.randrange(1, 9)] = b""
            case 1:
                out[at:at] = rng.choice(SPLINTERS)
            case 2:
                out[at:at] = out[at : at + rng.randrange(1, 200)]
            case 3:
                out[at : at + 1] = bytes([rng.randrange(256)])
            case _:
                out[at:at] = rng.randbytes(rng.randrange(1, 30))
    return bytes(out)
