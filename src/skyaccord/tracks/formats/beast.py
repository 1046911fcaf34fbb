"""Beast recordings: frames between escape octets, each with the receiver's clock and signal level.

``1a`` begins a frame, the octet after it is its kind: ``31`` Mode A/C, ``32`` short and ``33`` long Mode S; other kinds
are of receivers' own. Then follow six octets of time (`receiver_clock`), one of signal level and the reply itself; an
``1a`` within them is doubled. Source: Beast binary protocol as dump1090 and readsb write it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.file_report import MOST_COMPLAINTS, Complaint
from skyaccord.model.tracks import Ints
from skyaccord.model.values import Bools
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.frames import LONG, SHORT, Frames, Octets, join
from skyaccord.tracks.formats.mode_s import read_frames
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.receiver_clock import date_ticks
from skyaccord.tracks.formats.report import Part, Rows

NAME: Final = "Beast"

_ESCAPE: Final = 0x1A
_SIZES: Final = {0x31: 2, 0x32: SHORT, 0x33: LONG}
_BEFORE: Final = 9  # escape, kind, six octets of time, signal level
_LONGEST: Final = 2 * (_BEFORE + LONG)
_PIECE_BYTES: Final = 1 << 24
_LEAST_SURE: Final = 0.5  # of the beginnings in the first 64 KiB


def is_beast(content: Content) -> bool:
    """Return whether content consists of Beast frames; the first may be cut."""
    octets = np.frombuffer(content.head, np.uint8)
    starts, plain = _split(octets)
    if not len(starts) or starts[0] > _LONGEST:
        return False
    kinds, sizes = _measure(starts, plain)
    needed = _needed(kinds)
    sound = (needed > 0) & (sizes == needed)
    return bool(sound[:-1].sum() + (needed[-1] > 0) > _LEAST_SURE * len(starts))


def read_beast(content: pa.Buffer, name: str, options: ReadingOptions = NOTHING_KNOWN) -> Part:
    """Return the tracks and advisories in a Beast recording.

    Raises:
        FormatError: no position and no advisory is in it.
    """
    octets = np.frombuffer(content, np.uint8)
    cutter = _Cutter()
    at = 0
    while at < len(octets):
        at += cutter.cut(octets[at : at + _PIECE_BYTES], is_last=at + _PIECE_BYTES >= len(octets))
    if not cutter.parts:
        problem = f"no Mode S frame in {len(octets):,} bytes"
        raise FormatError(name, problem, "A Beast recording has frames that begin with the bytes 1a 32 or 1a 33")
    frames = join(cutter.parts)
    dated = date_ticks(frames.t_us, options)
    frames = Frames(frames.octets, frames.is_long, dated.t_us, frames.numbers, dated.is_timed)
    rows = Rows("frame", 1, None, tuple(cutter.bad), (*cutter.notes(), *dated.notes), cutter.unlisted)
    return read_frames(frames, name, NAME, rows, options)


class _Cutter:
    """Cuts a recording to frames, a piece at a time, and counts what is none."""

    def __init__(self) -> None:
        self.parts: list[Frames] = []
        self.bad: list[Complaint] = []
        self.unlisted = 0
        self._seen = 0
        self._mode_ac = 0
        self._others = 0
        self._stray = 0

    def cut(self, piece: Octets, *, is_last: bool) -> int:
        """Take in the frames of a piece and return how many octets of it are done with."""
        done = len(piece) if is_last else _cut_place(piece)
        starts, plain = _split(piece[:done])
        self._stray += int(starts[0]) if len(starts) else len(plain)
        if len(starts):
            self._take(starts, plain)
        return done

    def notes(self) -> tuple[str, ...]:
        """Return what was passed over."""
        counted = (
            (self._mode_ac, "Mode A/C replies: not needed"),
            (self._others, "messages of the receiver itself: not needed"),
            (self._stray, "bytes outside frames"),
        )
        return tuple(f"{count:,} {what}" for count, what in counted if count)

    def _take(self, starts: Ints, plain: Octets) -> None:
        kinds, sizes = _measure(starts, plain)
        needed = _needed(kinds)
        numbers = self._seen + 1 + np.arange(len(starts))
        self._seen += len(starts)
        self._others += int((needed == 0).sum())
        damaged = (needed > 0) & (sizes != needed)
        self._complain(numbers[damaged], sizes[damaged], needed[damaged])
        good = (needed > 0) & ~damaged
        self._mode_ac += int((good & (kinds == 0x31)).sum())
        good &= kinds != 0x31
        if good.any():
            self.parts.append(_frames(plain, starts[good], kinds[good] == 0x33, numbers[good]))

    def _complain(self, numbers: Ints, sizes: Ints, needed: Ints) -> None:
        room = max(0, MOST_COMPLAINTS - len(self.bad))
        first = zip(numbers[:room].tolist(), sizes[:room].tolist(), needed[:room].tolist(), strict=True)
        self.bad.extend((number, f"{size} bytes where there should be {need}") for number, size, need in first)
        self.unlisted += max(0, len(numbers) - room)


def _split(octets: Octets) -> tuple[Ints, Octets]:
    """Return octets with doubled escapes undone, and where frames begin in them."""
    starts, second = _starts(octets)
    if not len(second):
        return starts, octets
    return starts - np.searchsorted(second, starts), np.delete(octets, second)


def _starts(octets: Octets) -> tuple[Ints, Ints]:
    """Return where frames begin, and the second octet of each doubled escape.

    In an unbroken run of escapes each pair is one octet of data; one that is left over begins a frame, since no kind
    of frame is an escape itself.
    """
    escapes = np.flatnonzero(octets == _ESCAPE)
    if not len(escapes):
        return escapes, escapes
    is_new = np.concatenate(([True], np.diff(escapes) > 1))
    run = np.cumsum(is_new) - 1
    first = np.flatnonzero(is_new)
    length = np.diff(np.concatenate((first, [len(escapes)])))
    place = np.arange(len(escapes)) - first[run]
    is_left_over = (place == length[run] - 1) & (length[run] % 2 == 1)
    return escapes[is_left_over], escapes[place % 2 == 1]


def _cut_place(piece: Octets) -> int:
    """Return where a piece can be cut between frames, or between pairs of escapes where it has no frames.

    An escape that ends a piece may be the first of a pair, so it is taken for no beginning.
    """
    starts, _ = _starts(piece)
    inner = starts[(starts > 0) & (starts < len(piece) - 1)]
    if len(inner):
        return int(inner[-1])
    return len(piece) - 1 if len(starts) and starts[-1] == len(piece) - 1 and len(piece) > 1 else len(piece)


def _measure(starts: Ints, plain: Octets) -> tuple[Ints, Ints]:
    """Return kind and size of each frame; a recording that ends after an escape has one of kind 0."""
    sizes = np.diff(np.concatenate((starts, [len(plain)])))
    kinds = np.where(sizes > 1, plain[np.minimum(starts + 1, len(plain) - 1)], 0)
    return kinds.astype(np.int64), sizes.astype(np.int64)


def _needed(kinds: Ints) -> Ints:
    needed = np.zeros(256, np.int64)
    for kind, size in _SIZES.items():
        needed[kind] = _BEFORE + size
    return needed[kinds]


def _frames(plain: Octets, starts: Ints, is_long: Bools, numbers: Ints) -> Frames:
    """Return frames; their times are still ticks of the receiver's clock."""
    ticks = np.zeros(len(starts), np.int64)
    for k in range(6):
        ticks = (ticks << 8) | plain[starts + 2 + k]
    octets = np.zeros((len(starts), LONG), np.uint8)
    for size, which in ((LONG, is_long), (SHORT, ~is_long)):
        octets[which, :size] = plain[starts[which, None] + _BEFORE + np.arange(size)]
    return Frames(octets, is_long, ticks, numbers, np.ones(len(starts), np.bool_))
