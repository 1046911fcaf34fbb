"""Frames as text, in the forms of several programs."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.avr import is_avr, read_avr
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.registry import recognise_format
from skyaccord.tracks.formats.report import Part
from tests.tracks.formats import squitters as sq

T0_S = 1_700_000_000
FRAMES = sq.flight(0x4840D6, 8)


def read(text: str, options: ReadingOptions = NOTHING_KNOWN) -> Part:
    return read_avr(pa.py_buffer(text.encode()), "x.avr", options)


CLOCKED = "".join(f"@{round(t * 12e6) + 5:012X}{frame.hex().upper()};\n" for t, frame in FRAMES)
TIMED = {
    "blank": "".join(f"{T0_S + t:.6f} {frame.hex()}\n" for t, frame in FRAMES),
    "comma": "".join(f"{T0_S + t:.6f},{frame.hex()}\n" for t, frame in FRAMES),
    "columns": "timestamp,df,icao24,rawmsg\n" + "".join(f"{T0_S + t:.6f},17,4840d6,{f.hex()}\n" for t, f in FRAMES),
    "JSON": "".join(f'{{"timestamp":{T0_S + t:.6f},"frame":"{f.hex()}","df":"17","a":[1]}}\r\n' for t, f in FRAMES),
}


@pytest.mark.parametrize("form", TIMED)
def test_every_form_with_times_gives_the_same_tracks(form: str) -> None:
    clocked = read(CLOCKED, ReadingOptions(start=datetime.fromtimestamp(T0_S, UTC)))
    part = read(TIMED[form])
    assert part.table.equals(clocked.table)
    assert part.table.num_rows == 15
    assert part.report.bad_rows == 0


@pytest.mark.parametrize("text", [CLOCKED, *TIMED.values(), "*8d40058b58c901375147efd09357;\n"])
def test_each_form_is_recognised_and_comes_before_csv(text: str) -> None:
    content = Content(pa.py_buffer(text.encode()))
    found = recognise_format(content)
    assert is_avr(content)
    assert found is not None
    assert found.read is read_avr


def test_frames_without_time_are_refused_with_the_cure() -> None:
    with pytest.raises(FormatError, match=r"none of its 2 frames has a time.*timestamps"):
        read("*8d40058b58c901375147efd09357;\n*8d40058b58c904a87f402d3b8c59;\n")


def test_bad_lines_are_counted_with_their_number() -> None:
    part = read("hello, world\n" + CLOCKED + "@00;\n*8d40058b58c901375147efd09357;\n")
    assert part.report.bad_rows == 1
    assert part.report.complaints[0].startswith(f"line {len(FRAMES) + 2}: no frame with a time")
    assert "1 frames without time: left out" in part.report.notes


def test_a_line_of_many_megabytes_is_one_bad_line() -> None:
    part = read(CLOCKED + "x" * 40_000_000 + "\n" + CLOCKED[:43])
    assert part.report.bad_rows == 1
    assert part.table.num_rows == 15
