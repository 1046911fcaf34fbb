"""GDL 90 recordings: what a receiver on board tells a display, ownship and traffic once a second.

Messages stand between octets ``7e``; ``7d`` before an octet means that octet with bit 5 turned. Two octets of check
sum end each. Traffic has no time of its own: the heartbeat before it gives the second of the day, and no one the date.

Left out and counted: reports without position, reports that the receiver extrapolated, and those before any heartbeat.
Source: Garmin, GDL 90 Data Interface Specification, 560-1058-00.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.file_report import MOST_COMPLAINTS, Complaint
from skyaccord.model.tracks import Floats, Ints
from skyaccord.model.values import Bools
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.decoded import UNKNOWN, Decoded, decoded_part, hex_ids
from skyaccord.tracks.formats.latest import MOST_AGE_S
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.report import Part, Rows
from skyaccord.tracks.formats.time_of_day import date_times_of_day

NAME: Final = "GDL 90"

_FLAG: Final = b"\x7e"
_ESCAPE: Final = b"\x7d"
_HEARTBEAT: Final = 0
_OWNSHIP: Final = 10
_OWNSHIP_HEIGHT: Final = 11
_TRAFFIC: Final = 20
_SIZES: Final = {_HEARTBEAT: 7, _OWNSHIP: 28, _OWNSHIP_HEIGHT: 5, _TRAFFIC: 28}
_LONGEST: Final = 2048
_PIECE_BYTES: Final = 1 << 22
_LEAST_SURE: Final = 3  # sound messages at the beginning, or all of fewer


def is_gdl90(content: Content) -> bool:
    """Return whether content begins with sound messages between flags."""
    if not content.head.startswith(_FLAG):
        return False
    table = _table()
    sound = [
        _is_sound(message, table) for message in map(_unescape, content.head[:_LONGEST].split(_FLAG)[1:-1]) if message
    ]
    return bool(sound) and sum(sound) >= min(_LEAST_SURE, len(sound))


def read_gdl90(content: pa.Buffer, name: str, options: ReadingOptions = NOTHING_KNOWN) -> Part:
    """Return ownship and traffic of a recording, dated by its heartbeats.

    Raises:
        FormatError: no report can be used.
    """
    return read_messages(((piece, None) for piece in _pieces(content)), name, options)


def read_messages(pieces: Iterator[tuple[bytes, int | None]], name: str, options: ReadingOptions) -> Part:
    """Return ownship and traffic in pieces of a recording, each with the time at which it was captured.

    Raises:
        FormatError: no report can be used.
    """
    found = _Found()
    for piece, captured_us in pieces:
        for raw in piece.split(_FLAG):
            if raw:
                found.take(_unescape(raw), captured_us)
    if not found.reports:
        problem = f"no traffic in its {found.seen:,} GDL 90 messages"
        raise FormatError(name, problem, "Check that the recording is complete")
    decoded, rows = _decode(found, options)
    return decoded_part(decoded, rows, name=name, kind=NAME)


@dataclass(slots=True)
class _Found:
    """Messages that are read, in their order, and counts of the rest."""

    heartbeats_s: list[int] = field(default_factory=list)
    captured_us: list[int] = field(default_factory=list)  # of each heartbeat
    reports: list[bytes] = field(default_factory=list)
    beats: list[int] = field(default_factory=list)  # how many heartbeats stood before each report
    heights: list[float] = field(default_factory=list)  # ownship's ellipsoidal height at each report, ft
    numbers: list[int] = field(default_factory=list)
    bad: list[Complaint] = field(default_factory=list)
    unlisted: int = 0
    others: int = 0
    seen: int = 0
    height_ft: float = float("nan")
    height_beat: int = 0
    table: list[int] = field(default_factory=lambda: _table())

    def take(self, message: bytes, captured_us: int | None) -> None:
        """Take in one more message."""
        self.seen += 1
        kind = message[0] if message else -1
        if not _is_sound(message, self.table):
            self._complain("check sum or length is wrong")
        elif kind == _HEARTBEAT:
            self.heartbeats_s.append((message[2] >> 7) << 16 | message[4] << 8 | message[3])
            if captured_us is not None:
                self.captured_us.append(captured_us)
        elif kind == _OWNSHIP_HEIGHT:
            self.height_ft, self.height_beat = (
                int.from_bytes(message[1:3], "big", signed=True) * 5.0,
                len(self.heartbeats_s),
            )
        elif kind in (_OWNSHIP, _TRAFFIC):
            self._report(message)
        else:
            self.others += 1

    def _report(self, message: bytes) -> None:
        beat = len(self.heartbeats_s)
        is_fresh = message[0] == _OWNSHIP and beat - self.height_beat <= MOST_AGE_S
        self.reports.append(message[:28])
        self.beats.append(beat)
        self.heights.append(self.height_ft if is_fresh else float("nan"))
        self.numbers.append(self.seen)

    def _complain(self, problem: str) -> None:
        if len(self.bad) < MOST_COMPLAINTS:
            self.bad.append((self.seen, problem))
        else:
            self.unlisted += 1


def _decode(found: _Found, options: ReadingOptions) -> tuple[Decoded, Rows]:
    octets = np.frombuffer(b"".join(found.reports), np.uint8).reshape(-1, 28).astype(np.int64)
    beats, heights, numbers = np.array(found.beats), np.array(found.heights), np.array(found.numbers)
    captured = np.array(found.captured_us, np.int64) if found.captured_us else None
    beat_us, notes = date_times_of_day(np.array(found.heartbeats_s, np.int64) * 1_000_000, options, captured)
    if found.others:
        notes.insert(0, f"{found.others:,} messages of other kinds: not needed")
    kept = np.ones(len(octets), np.bool_)
    nowhere = (_bits(octets, 5, 3) == 0) & (_bits(octets, 8, 3) == 0) & (octets[:, 13] >> 4 == 0)
    reasons = (
        (beats == 0, "reports before the first heartbeat, so without time"),
        (nowhere, "reports without position"),
        (octets[:, 12] & 4 != 0, "reports that the receiver extrapolated"),
    )
    for which, what in reasons:
        if count := int((kept & which).sum()):
            notes.append(f"{count:,} {what}: left out")
        kept &= ~which
    t_us = beat_us[beats[kept] - 1] if len(beat_us) else np.zeros(0, np.int64)
    rows = Rows("message", 1, numbers[kept], tuple(found.bad), tuple(notes), found.unlisted)
    return _columns(octets[kept], t_us, heights[kept]), rows


def _columns(octets: Ints, t_us: Ints, heights: Floats) -> Decoded:
    misc = octets[:, 12] & 0xF
    is_other = ~np.isin(octets[:, 1] & 0xF, (0, 2))  # neither ADS-B nor TIS-B with an address of ICAO's
    altitude, speed = _bits(octets, 11, 2) >> 4, _bits(octets, 14, 2) >> 4
    climb = _signed(_bits(octets, 15, 2) & 0xFFF, 12)
    decoded = Decoded(t_us, hex_ids(_bits(octets, 2, 3), is_other), _angle(octets, 5), _angle(octets, 8))
    decoded.numbers = {
        "altitude": _scaled(altitude, 25.0, missing=altitude == 0xFFF) - 1000.0,
        "geoaltitude": heights,
        "groundspeed": _scaled(speed, 1.0, missing=speed == 0xFFF),
        "track": _scaled(octets[:, 17], 360.0 / 256.0, missing=misc & 3 != 1),  # else it is a heading
        "vertical_rate": _scaled(climb, 64.0, missing=climb == -0x800),
    }
    nic, nac_p = octets[:, 13] >> 4, octets[:, 13] & 0xF
    decoded.codes = {
        "nic": np.where(nic <= 11, nic, UNKNOWN).astype(np.int8),
        "nac_p": np.where(nac_p <= 11, nac_p, UNKNOWN).astype(np.int8),
        "onground": (misc & 8 == 0).astype(np.int8),
    }
    decoded.texts = {"callsign": _callsigns(octets[:, 19:27])}
    return decoded


def _callsigns(letters: Ints) -> pa.Array:
    texts = (bytes(row).decode("ascii", "replace").strip(" \x00") for row in letters.astype(np.uint8))
    return pa.array([text if text and text.isascii() and text.isprintable() else None for text in texts], pa.string())


def _bits(octets: Ints, first: int, count: int) -> Ints:
    value = np.zeros(len(octets), np.int64)
    for k in range(first, first + count):
        value = (value << 8) | octets[:, k]
    return value


def _angle(octets: Ints, first: int) -> Floats:
    return _signed(_bits(octets, first, 3), 24).astype(np.float64) * (180.0 / 2**23)


def _signed(values: Ints, bits: int) -> Ints:
    return values - ((values >> (bits - 1)) << bits)


def _scaled(values: Ints, unit: float, *, missing: Bools) -> Floats:
    return np.where(missing, np.nan, values.astype(np.float64) * unit)


def _pieces(content: pa.Buffer) -> Iterator[bytes]:
    """Yield pieces that end where a message does; what is longer than a message between two flags stays one, cut."""
    rest = b""
    for at in range(0, content.size, _PIECE_BYTES):
        piece = rest + content[at : at + _PIECE_BYTES].to_pybytes()
        cut = piece.rfind(_FLAG) + 1
        yield piece[:cut]
        rest = piece[cut:][:_LONGEST]
    if rest:
        yield rest


def _unescape(raw: bytes) -> bytes:
    if _ESCAPE not in raw:
        return raw[:_LONGEST]
    first, *others = raw[:_LONGEST].split(_ESCAPE)
    return first + b"".join(bytes([each[0] ^ 0x20]) + each[1:] if each else b"" for each in others)


def _is_sound(message: bytes, table: list[int]) -> bool:
    """Return whether a message's check sum is right, and its length that of its kind."""
    if len(message) < 3 or len(message) != _SIZES.get(message[0], len(message) - 2) + 2:
        return False
    rest = 0
    for octet in message[:-2]:
        rest = table[rest >> 8] ^ (rest << 8 & 0xFFFF) ^ octet
    return rest == message[-2] | message[-1] << 8


def _table() -> list[int]:
    """Return the table of CRC-CCITT (1021 hex)."""
    table = []
    for value in range(256):
        rest = value << 8
        for _ in range(8):
            rest = (rest << 1 & 0xFFFF) ^ (0x1021 if rest & 0x8000 else 0)
        table.append(rest)
    return table
