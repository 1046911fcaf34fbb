"""What Mode S frames say beside airborne positions, as columns: decoded by rs1090, a block of frames at a time.

Positions are decoded by `cpr` and `altitude_code` instead, independent of where blocks end and at any height (rs1090
leaves out what is above 50,000 ft), and advisories by `acas`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.formats.decoded import UNKNOWN, Codes
from skyaccord.tracks.formats.frames import Frames

_BLOCK: Final = 32_768
"""Frames decoded at once: rs1090 hands over some 3 kB for each."""

_NUMBERS: Final = {
    # ours            rs1090's
    "groundspeed": "groundspeed",
    "track": "track",
    "vertical_rate": "vertical_rate",
    "above_pressure": "geo_minus_baro",
}
_CODES: Final = {"nac_p": "NACp", "version": "version", "nic_a": "NICa", "nic_s": "NICs"}
_COLUMNS: Final = (*_NUMBERS.values(), *_CODES.values(), "callsign", "squawk", "subtype")


@dataclass(frozen=True, slots=True)
class Fields:
    """Columns over all frames. NaN and `UNKNOWN` are missing."""

    numbers: dict[str, Floats]
    codes: dict[str, Codes]
    callsign: Ints  # UNKNOWN or index into ``callsigns``
    callsigns: tuple[str, ...]
    squawk: Ints  # UNKNOWN or the 12 bits
    undecodable: int


def decode_fields(frames: Frames, which: Ints) -> Fields:
    """Return what rs1090 reads out of some of the frames, as columns over all of them."""
    count = len(frames)
    numbers = {column: np.full(count, np.nan) for column in _NUMBERS}
    codes = {column: np.full(count, UNKNOWN, np.int8) for column in _CODES}
    callsign, squawk = np.full(count, UNKNOWN, np.int64), np.full(count, UNKNOWN, np.int64)
    names: dict[str, int] = {}
    undecodable = 0
    for first in range(0, len(which), _BLOCK):
        block = which[first : first + _BLOCK]
        messages = _messages(frames.take(block).hex(), 0)
        undecodable += len(block) - len(messages)
        at = block[np.array([message["timestamp"] for message in messages], np.float64).astype(np.int64)]
        cells = {key: [message.get(key) for message in messages] for key in _COLUMNS}
        for column, key in _NUMBERS.items():
            numbers[column][at] = np.array(cells[key], np.float64)
        for column, key in _CODES.items():
            codes[column][at] = [UNKNOWN if cell is None else cell for cell in cells[key]]
        callsign[at] = [UNKNOWN if c is None else names.setdefault(c, len(names)) for c in cells["callsign"]]
        squawk[at] = [_squawk(*both) for both in zip(cells["squawk"], cells["subtype"], strict=True)]
    return Fields(numbers, codes, callsign, tuple(names), squawk, undecodable)


def _messages(frames: list[str], first: int) -> list[dict[str, Any]]:
    """Return rs1090's reading of frames; "timestamp" is the number of each, counted from ``first``.

    A frame that rs1090 cannot stand is left out. Its failures are Rust's panics, which are not of class Exception.
    """
    import rs1090

    try:
        decoded: Any = rs1090.decode(frames, [float(first + k) for k in range(len(frames))])
        return list(decoded)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
    if len(frames) == 1:
        return []
    half = len(frames) // 2
    return _messages(frames[:half], first) + _messages(frames[half:], first + half)


def _squawk(digits: str | None, subtype: str | None) -> int:
    """Return an identity code; a squitter of type 28 has one only in its subtype 1, where it may be all zeros."""
    if digits is None or (subtype is not None and (subtype != "emergency_priority" or digits == "0000")):
        return UNKNOWN
    return int(digits, 8)
