"""Mode S frames as hex text: AVR recordings, and lines with a time and a frame as jet1090 and others write them.

Read are ``@`` with twelve hex digits of the receiver's clock, the frame and ``;`` (`receiver_clock`); a number of
seconds and a frame with blank, comma or semicolon between them, other columns beside them or not; and JSON objects, one
a line, with "timestamp" and "frame". The form ``*8D…;`` has no time: with it alone there are no tracks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.file_report import MOST_COMPLAINTS, Complaint
from skyaccord.model.timestamps import EARLIEST_S, LATEST_S
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.frames import LONG, Frames
from skyaccord.tracks.formats.mode_s import read_frames
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.receiver_clock import date_ticks
from skyaccord.tracks.formats.report import Part, Rows

NAME: Final = "AVR"

_FRAME: Final = rb"([0-9A-Fa-f]{28}|[0-9A-Fa-f]{14})"
_CLOCKED: Final = re.compile(rb"@([0-9A-Fa-f]{12})" + _FRAME + rb";\s*")
_TIMELESS: Final = re.compile(rb"[*:]" + _FRAME + rb";\s*")
_TIME: Final = re.compile(rb'"?([0-9]{9,10}(?:\.[0-9]{1,9})?)"?[\s,;]')
_ALONE: Final = re.compile(rb'(?<![^\s,;"])' + _FRAME + rb'(?![^\s,;"])')
_JSON_TIME: Final = re.compile(rb'"timestamp"\s*:\s*([0-9]{9,10}(?:\.[0-9]{1,9})?)\s*[,}]')
_JSON_FRAME: Final = re.compile(rb'"frame"\s*:\s*"' + _FRAME + rb'"')
_HEADER: Final = re.compile(rb"\s*[A-Za-z_]")
_PIECE_BYTES: Final = 1 << 24
_LONGEST_LINE: Final = 4096
_LINES_LOOKED_AT: Final = 50


def is_avr(content: Content) -> bool:
    """Return whether one of the first lines has a frame in a known form; binary content has none."""
    lines = content.text.encode()[: _LINES_LOOKED_AT * _LONGEST_LINE].splitlines()[:_LINES_LOOKED_AT]
    found = _Found()
    for line in lines:
        found.take(line)
    return bool(found.frames or found.timeless)


def read_avr(content: pa.Buffer, name: str, options: ReadingOptions = NOTHING_KNOWN) -> Part:
    """Return the tracks and advisories in frames written as text.

    Raises:
        FormatError: no frame has a time, or no position and no advisory is in them.
    """
    found = _Found()
    for line in _lines(content):
        found.take(line)
    if not found.frames:
        problem = f"none of its {found.timeless:,} frames has a time" if found.timeless else "no Mode S frame in it"
        raise FormatError(name, problem, "Record with timestamps: @TIMEFRAME; or seconds and frame on each line")
    frames, notes = found.dated(options)
    bad = Rows("line", 1, None, tuple(found.bad), (*found.notes(), *notes), found.unlisted)
    return read_frames(frames, name, NAME, bad, options)


@dataclass(slots=True)
class _Found:
    """Frames and times as they were written, and what the other lines were."""

    frames: list[bytes] = field(default_factory=list)
    ticks: list[int] = field(default_factory=list)  # of the receiver's clock; -1 where there is a time instead
    times_us: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    bad: list[Complaint] = field(default_factory=list)
    unlisted: int = 0
    timeless: int = 0
    empty: int = 0
    line: int = 0

    def take(self, line: bytes) -> None:
        """Take in one more line."""
        self.line += 1
        if not line:
            self.empty += 1
            return
        if clocked := _CLOCKED.fullmatch(line):
            self._add(clocked[2], int(clocked[1], 16), 0)
            return
        time, frame = _with_time(line)
        if frame is not None and time is not None and EARLIEST_S <= time < LATEST_S:
            self._add(frame, -1, round(time * 1e6))
        elif _TIMELESS.fullmatch(line):
            self.timeless += 1
        elif not line.strip():
            self.empty += 1
        elif not (self.line == 1 and _HEADER.match(line)):
            self._complain(line)

    def dated(self, options: ReadingOptions) -> tuple[Frames, tuple[str, ...]]:
        """Return the frames with their times, and what had to be assumed for these."""
        ticks, t_us = np.array(self.ticks, np.int64), np.array(self.times_us, np.int64)
        clocked = ticks >= 0
        dated = date_ticks(ticks[clocked], options)
        t_us[clocked] = dated.t_us
        is_timed = np.ones(len(ticks), np.bool_)
        is_timed[clocked] = dated.is_timed
        is_long = np.array([len(frame) == 2 * LONG for frame in self.frames], np.bool_)
        padded = b"".join(frame.ljust(2 * LONG, b"0") for frame in self.frames)
        octets = np.frombuffer(bytes.fromhex(padded.decode()), np.uint8).reshape(-1, LONG)
        frames = Frames(octets, is_long, t_us, np.array(self.numbers, np.int64), is_timed)
        return frames, dated.notes if clocked.any() else ()

    def notes(self) -> tuple[str, ...]:
        """Return what was passed over."""
        counted = ((self.timeless, "frames without time: left out"), (self.empty, "empty lines"))
        return tuple(f"{count:,} {what}" for count, what in counted if count)

    def _add(self, frame: bytes, ticks: int, time_us: int) -> None:
        self.frames.append(frame)
        self.ticks.append(ticks)
        self.times_us.append(time_us)
        self.numbers.append(self.line)

    def _complain(self, line: bytes) -> None:
        if len(self.bad) >= MOST_COMPLAINTS:
            self.unlisted += 1
            return
        self.bad.append((self.line, f"no frame with a time in {line[:40].decode('ascii', 'replace')!r}"))


def _with_time(line: bytes) -> tuple[float | None, bytes | None]:
    """Return the time and the frame that a line states, in seconds since 1970 and hex."""
    if line.lstrip()[:1] == b"{":
        time, frame = _JSON_TIME.search(line), _JSON_FRAME.search(line)
        return (float(time[1]), frame[1]) if time and frame else (None, None)
    time = _TIME.match(line)
    frame = _ALONE.search(line, time.end()) if time else None
    return (float(time[1]), frame[1]) if time and frame else (None, None)


def _lines(content: pa.Buffer) -> Iterator[bytes]:
    """Yield lines; of one that is longer than any frame's, the beginning."""
    rest = b""
    for at in range(0, content.size, _PIECE_BYTES):
        piece = rest[:_LONGEST_LINE] + content[at : at + _PIECE_BYTES].to_pybytes()
        *lines, rest = piece.split(b"\n")
        for line in lines:
            yield line[:_LONGEST_LINE].rstrip(b"\r")
    if rest:
        yield rest[:_LONGEST_LINE].rstrip(b"\r")
