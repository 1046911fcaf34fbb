"""Beast recordings: framing and clocks."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import FormatError
from skyaccord.tracks.formats import beast
from skyaccord.tracks.formats.beast import is_beast, read_beast
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.report import Part
from tests.tracks.formats import squitters as sq

ESCAPED = 0x1A1A1A


def recording(seconds: int = 10, address: int = ESCAPED) -> bytes:
    return sq.beast((round(t * 12e6) + 5, frame) for t, frame in sq.flight(address, seconds))


def read(content: bytes, options: ReadingOptions = NOTHING_KNOWN) -> Part:
    return read_beast(pa.py_buffer(content), "x.bin", options)


def test_doubled_escapes_are_undone_in_address_and_time() -> None:
    content = sq.beast((0x1A1A1A1A + k * 6_000_000, frame) for k, (_, frame) in enumerate(sq.flight(ESCAPED, 3)))
    part = read(content)
    assert b"\x1a\x1a\x1a\x1a" in content
    assert part.report.bad_rows == 0
    assert set(part.table["icao24"].to_pylist()) == {"1a1a1a"}


@given(size=st.integers(1, 400))
def test_a_recording_read_in_small_pieces_is_the_same(size: int) -> None:
    whole = read(recording(4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beast, "_PIECE_BYTES", size + 64)
        assert read(recording(4)).table.equals(whole.table)


def test_a_counter_without_date_starts_at_the_undated_day_and_the_report_says_so() -> None:
    part = read(recording())
    assert part.table["timestamp"][0].as_py().date() == datetime(2000, 1, 1, tzinfo=UTC).date()
    assert any("dated from 2000-01-01" in note for note in part.report.notes)


def test_a_start_dates_the_first_frame() -> None:
    start = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)
    part = read(recording(), ReadingOptions(start=start))
    assert part.table["timestamp"][0].as_py() == datetime(2024, 6, 1, 12, 0, 0, 500_000, tzinfo=UTC)
    assert not any("dated from" in note for note in part.report.notes)


def test_a_counter_that_runs_over_goes_on() -> None:
    turn = 2**48
    content = sq.beast(((round(t * 12e6) - 36_000_000) % turn or 1, frame) for t, frame in sq.flight(ESCAPED, 10))
    times = read(content, ReadingOptions(start=datetime(2024, 6, 1, tzinfo=UTC))).table["timestamp"].to_pylist()
    assert (times[-1] - times[0]).total_seconds() == pytest.approx(9.0, abs=1e-3)


def gps(second: float) -> int:
    whole = int(second)
    return whole << 30 | round((second - whole) * 1e9)


def test_gps_times_are_recognised_and_pass_midnight() -> None:
    content = sq.beast((gps((86_395 + t) % 86_400), frame) for t, frame in sq.flight(ESCAPED, 10))
    part = read(content, ReadingOptions(start=datetime(2024, 6, 1, tzinfo=UTC)))
    times = part.table["timestamp"].to_pylist()
    assert times[0] == datetime(2024, 6, 1, 23, 59, 55, 500_000, tzinfo=UTC)
    assert times[-1] == datetime(2024, 6, 2, 0, 0, 4, 500_000, tzinfo=UTC)
    assert "timestamps read as GPS time of day" in part.report.notes


def test_frames_of_multilateration_take_the_time_before_and_no_quality() -> None:
    mlat = 0xFF004D4C4154
    frames = [(5, sq.squitter(1, sq.airborne(48, 11, 3000, False))), (12_000_005, sq.squitter(1, sq.status(2, 9, 1)))]
    frames += [(mlat, sq.squitter(1, sq.airborne(48, 11, 3000, True)))]
    part = read(sq.beast(frames), ReadingOptions(start=datetime(2024, 6, 1, tzinfo=UTC)))
    (row,) = part.table.to_pylist()
    assert row["timestamp"] == datetime(2024, 6, 1, 0, 0, 1, tzinfo=UTC)
    assert (row["nac_p"], row["nic"]) == (None, None)


def test_a_cut_frame_and_stray_bytes_are_counted_and_named() -> None:
    content = b"garbage" + recording()
    broken = content[: len(content) - 3]
    part = read(broken)
    assert part.report.bad_rows == 1
    assert "bytes where there should be" in part.report.complaints[0]
    assert "7 bytes outside frames" in part.report.notes


def test_other_kinds_of_frame_are_counted() -> None:
    mode_ac = b"\x1a\x31" + bytes(7) + b"\x12\x34"
    own = b"\x1a\x34" + bytes(21)
    notes = read(mode_ac + own + recording()).report.notes
    assert "1 Mode A/C replies: not needed" in notes
    assert "1 messages of the receiver itself: not needed" in notes


def test_beast_is_recognised_whole_or_with_its_first_frame_cut() -> None:
    assert is_beast(Content(pa.py_buffer(recording())))
    assert is_beast(Content(pa.py_buffer(recording()[5:])))
    for other in (b"", b"\x1a", b"\x1a\x1a\x1a\x1a", b"timestamp,icao24\n", bytes(range(256)) * 20, b"\x1a3" * 500):
        assert not is_beast(Content(pa.py_buffer(other)))


def test_a_recording_without_mode_s_is_refused() -> None:
    with pytest.raises(FormatError, match="no Mode S frame"):
        read(b"\x1a\x31" + bytes(9))
