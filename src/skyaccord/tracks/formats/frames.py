"""Mode S frames as arrays, and their parity.

Parity: 24 bits, generator 1FFF409 (hex). In extended squitters (DF 17, 18) and all-call replies (DF 11) the remainder
is zero or the interrogator's code; in other replies it is the address of the aircraft, which no one can check alone.
Source: ICAO Annex 10, volume IV, 3.1.2.3.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from skyaccord.model.tracks import Ints
from skyaccord.model.values import Bools

Octets = npt.NDArray[np.uint8]

LONG: Final = 14
SHORT: Final = 7

_GENERATOR: Final = 0xFFF409
_INTERROGATOR: Final = 0x7F


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames with their times: ``octets`` is (n, 14), short frames end in zeros."""

    octets: Octets
    is_long: Bools
    t_us: Ints
    numbers: Ints  # where a person finds each: line, or place among the frames
    is_timed: Bools  # False: the receiver gave no time of its own, that of the frame before stands

    def __len__(self) -> int:
        return len(self.t_us)

    def take(self, which: Ints | Bools) -> Frames:
        """Return some of the frames."""
        return Frames(
            self.octets[which], self.is_long[which], self.t_us[which], self.numbers[which], self.is_timed[which]
        )

    @property
    def formats(self) -> Ints:
        """Return the downlink format of each; 24 to 31 are one format, 24."""
        formats: Ints = np.minimum(self.octets[:, 0].astype(np.int64) >> 3, 24)
        return formats

    @property
    def is_sound(self) -> Bools:
        """Return whether each is as long as its format says."""
        sound: Bools = self.is_long == (self.octets[:, 0] >= 0x80)
        return sound

    @property
    def announced(self) -> Ints:
        """Return the address in the second to fourth octet, where formats 11, 17 and 18 have it."""
        return self.bits(8, 24)

    def bits(self, first: int, count: int) -> Ints:
        """Return a field of each frame as a whole number; the first bit of a frame is bit 0."""
        value = np.zeros(len(self), np.int64)
        for octet in range(first // 8, (first + count + 7) // 8):
            value = (value << 8) | self.octets[:, octet]
        return (value >> (-(first + count) % 8)) & ((1 << count) - 1)

    def hex(self) -> list[str]:
        """Return each as lower hex text."""
        digits = self.octets.tobytes().hex()
        return [
            digits[2 * LONG * k : 2 * LONG * k + 2 * (LONG if is_long else SHORT)]
            for k, is_long in enumerate(self.is_long.tolist())
        ]

    def remainders(self) -> Ints:
        """Return what parity leaves of each: zero, an interrogator's code or an address."""
        rest = np.empty(len(self), np.int64)
        for size, which in ((LONG, self.is_long), (SHORT, ~self.is_long)):
            rest[which] = _remainder(self.octets[which, :size])
        return rest


def join(parts: Sequence[Frames]) -> Frames:
    """Return the frames of several parts, in their order."""
    if not parts:
        return Frames(
            np.zeros((0, LONG), np.uint8),
            np.zeros(0, np.bool_),
            np.zeros(0, np.int64),
            np.zeros(0, np.int64),
            np.zeros(0, np.bool_),
        )
    return Frames(
        np.concatenate([part.octets for part in parts]),
        np.concatenate([part.is_long for part in parts]),
        np.concatenate([part.t_us for part in parts]),
        np.concatenate([part.numbers for part in parts]),
        np.concatenate([part.is_timed for part in parts]),
    )


def is_acquired(frames: Frames, remainders: Ints) -> Bools:
    """Return whether parity proves the address of each: squitters, and all-call replies to known interrogators."""
    formats = frames.formats
    squitter = ((formats == 17) | (formats == 18)) & (remainders == 0)
    acquired: Bools = (squitter | ((formats == 11) & (remainders <= _INTERROGATOR))) & frames.is_sound
    return acquired


def _remainder(octets: Octets) -> Ints:
    table = _table()
    rest = np.zeros(len(octets), np.int64)
    for k in range(octets.shape[1] - 3):
        rest = ((rest << 8) & 0xFFFFFF) ^ table[(rest >> 16) ^ octets[:, k]]
    last = octets[:, -3:].astype(np.int64)
    return rest ^ (last[:, 0] << 16 | last[:, 1] << 8 | last[:, 2])


def _table() -> Ints:
    rest = np.arange(256, dtype=np.int64) << 16
    for _ in range(8):
        rest = ((rest << 1) & 0xFFFFFF) ^ np.where(rest & 0x800000, _GENERATOR, 0)
    return rest
