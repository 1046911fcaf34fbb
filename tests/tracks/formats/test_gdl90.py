"""GDL 90 recordings: against the examples of the interface specification and the encoder."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.formats import gdl90
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.gdl90 import is_gdl90, read_gdl90
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.report import Part
from tests.tracks.formats import gdl90_encoder as gdl

PUBLISHED_HEARTBEAT = bytes.fromhex("7E008141DBD00802B38B7E")
PUBLISHED_TRAFFIC = bytes.fromhex("1400AB45491FEF15A889780F09A907B00120014E3832355620202000")
DAY = ReadingOptions(start=datetime(2024, 6, 1, tzinfo=UTC))


def read(content: bytes, options: ReadingOptions = DAY) -> Part:
    return read_gdl90(pa.py_buffer(content), "x.gdl", options)


def test_the_published_examples_are_read_as_published() -> None:
    (row,) = read(PUBLISHED_HEARTBEAT + gdl.frame(PUBLISHED_TRAFFIC)).table.to_pylist()
    assert row["timestamp"] == datetime(2024, 6, 1, 14, 51, 7, tzinfo=UTC)
    assert (row["icao24"], row["callsign"], row["onground"]) == ("ab4549", "N825V", False)
    assert row["latitude"] == pytest.approx(44.90708, abs=2e-5)
    assert row["longitude"] == pytest.approx(-122.99488, abs=2e-5)
    assert (row["altitude"], row["groundspeed"], row["track"], row["vertical_rate"]) == (5000.0, 123.0, 45.0, 64.0)
    assert (row["nic"], row["nac_p"]) == (10, 9)


def test_the_encoder_makes_the_published_heartbeat() -> None:
    assert gdl.heartbeat(53_467) == PUBLISHED_HEARTBEAT


def test_values_that_are_stated_as_unknown_are_missing() -> None:
    unknown = gdl.report(1, 45.0, 5.0, feet=None, speed_kt=None, climb=None, misc=0b1010, callsign="")
    (row,) = read(gdl.heartbeat(1) + unknown).table.to_pylist()
    wanted = ("altitude", "groundspeed", "vertical_rate", "track", "callsign", "squawk", "geoaltitude")
    assert {column: row[column] for column in wanted} == dict.fromkeys(wanted)


def test_negative_values_keep_their_sign() -> None:
    (row,) = read(gdl.heartbeat(1) + gdl.report(1, -45.0, -5.0, feet=-500, climb=-10)).table.to_pylist()
    assert (row["latitude"], row["longitude"]) == (pytest.approx(-45.0), pytest.approx(-5.0, abs=2e-5))
    assert (row["altitude"], row["vertical_rate"]) == (-500.0, -640.0)


@pytest.mark.parametrize(
    ("kind", "expected"), [(0, "000001"), (1, "~000001"), (2, "000001"), (3, "~000001"), (5, "~000001")]
)
def test_an_address_that_is_none_of_icao_s_is_marked(kind: int, expected: str) -> None:
    part = read(gdl.heartbeat(1) + gdl.report(1, 45.0, 5.0, address_type=kind))
    assert part.table["icao24"].to_pylist() == [expected]


def test_ownship_has_its_height_above_the_ellipsoid_and_traffic_has_not() -> None:
    content = gdl.heartbeat(1) + gdl.ownship_height(1235) + gdl.report(1, 45.0, 5.0, kind=10) + gdl.report(2, 45.1, 5.0)
    assert read(content).table["geoaltitude"].to_pylist() == [1235.0, None]


def test_midnight_passes() -> None:
    content = b"".join(gdl.heartbeat(t % 86_400) + gdl.report(1, 45.0, 5.0) for t in (86_398, 86_399, 86_400, 86_401))
    part = read(content)
    assert [t.isoformat() for t in part.table["timestamp"].to_pylist()][1:3] == [
        "2024-06-01T23:59:59+00:00",
        "2024-06-02T00:00:00+00:00",
    ]
    assert "midnight passes 1 times" in part.report.notes


def test_without_a_day_it_is_the_undated_one_and_said_so() -> None:
    part = read(gdl.heartbeat(60) + gdl.report(1, 45.0, 5.0), NOTHING_KNOWN)
    assert part.table["timestamp"].to_pylist() == [datetime(2000, 1, 1, 0, 1, tzinfo=UTC)]
    assert any("dated from 2000-01-01" in note for note in part.report.notes)


def test_what_cannot_be_used_is_counted_by_reason() -> None:
    nowhere = bytearray(PUBLISHED_TRAFFIC)
    nowhere[5:11], nowhere[13] = bytes(6), 0
    content = (
        gdl.report(1, 45.0, 5.0)
        + gdl.heartbeat(1)
        + gdl.frame(bytes(nowhere))
        + gdl.report(1, 45.0, 5.0, misc=0b1101)
        + gdl.frame(b"\x07\x00\x00")
        + gdl.report(1, 45.0, 5.0)
        + gdl.report(1, 45.0, 5.0)[:-4]
    )
    part = read(content)
    assert part.table.num_rows == 1
    assert part.report.bad_rows == 1
    assert part.report.notes == (
        "1 messages of other kinds: not needed",
        "1 reports before the first heartbeat, so without time: left out",
        "1 reports without position: left out",
        "1 reports that the receiver extrapolated: left out",
    )


def test_flags_and_escapes_within_messages_are_undone() -> None:
    part = read(gdl.heartbeat(0x7E7D) + gdl.report(0x7D7E7E, 45.0, 5.0))
    assert part.table["icao24"].to_pylist() == ["7d7e7e"]
    assert part.table["timestamp"][0].as_py() == datetime(2024, 6, 1, 8, 59, 41, tzinfo=UTC)


def test_a_recording_read_in_small_pieces_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"".join(gdl.heartbeat(t) + gdl.report(t, 45.0, 5.0) for t in range(1, 200))
    whole = read(content).table
    monkeypatch.setattr(gdl90, "_PIECE_BYTES", 37)
    assert read(content).table.equals(whole)


def test_recognition_and_refusal() -> None:
    assert is_gdl90(Content(pa.py_buffer(gdl.heartbeat(1) + gdl.report(1, 1.0, 1.0))))
    assert not is_gdl90(Content(pa.py_buffer(b"~~~~ a text with tildes ~~~~")))
    with pytest.raises(FormatError, match="no traffic"):
        read(gdl.heartbeat(1))
