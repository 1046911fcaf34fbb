"""Resolution advisories: field by field as ICAO Annex 10 volume IV draws them, and through Mode S frames."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from skyaccord.model.tables import ADVISORIES
from skyaccord.tracks.formats.acas import decode_advisory
from skyaccord.tracks.formats.beast import read_beast
from skyaccord.tracks.formats.options import ReadingOptions
from skyaccord.tracks.read import read_tracks
from skyaccord.units import FT, NM
from tests.tracks.formats import squitters as sq

START = datetime(2024, 6, 1, tzinfo=UTC)
OWN, OTHER = 0x4840D6, 0x3C6444


def report(
    ara: str, *, rac: str = "0000", rat: int = 0, mte: int = 0, tti: int = 0, tid: int = 0, first: int = 0x30
) -> int:
    """Return 56 bits; ``ara`` are bits 41 to 47 of the reply, the rest of the fourteen is zero."""
    bits = f"{first:08b}{ara.ljust(14, '0')}{rac}{rat}{mte}{tti:02b}{tid:026b}"
    assert len(bits) == 56
    return int(bits, 2)


@pytest.mark.parametrize(
    ("ara", "words", "sense"),
    [  # one threat; corrective, down, increased, reversal, crossing, positive
        ("1100001", "climb", "up"),
        ("1110001", "descend", "down"),
        ("1101001", "increase climb", "up"),
        ("1111001", "increase descent", "down"),
        ("1100011", "climb, crossing", "up"),
        ("1110101", "descend, reversed", "down"),
        ("1100000", "level off or limit descent", "up"),
        ("1110000", "level off or limit climb", "down"),
        ("1000000", "limit descent", "up"),
        ("1010000", "limit climb", "down"),
        ("1000001", "keep climbing", "up"),
        ("1010001", "keep descending", "down"),
    ],
)
def test_an_advisory_against_one_threat_in_words(ara: str, words: str, sense: str) -> None:
    advisory = decode_advisory(report(ara))
    assert advisory is not None
    assert (advisory.advisory, advisory.sense) == (words, sense)
    assert (advisory.is_corrective, advisory.is_positive) == (ara[1] == "1", ara[6] == "1")


def test_several_threats_in_different_directions() -> None:
    advisory = decode_advisory(report("0111000", mte=1))
    assert advisory is not None
    assert (advisory.advisory, advisory.sense, advisory.is_multiple) == ("climb, correct downward", "both", True)
    assert advisory.is_increased is None


@pytest.mark.parametrize("bits", [report("0000000"), report("0110000"), report("1100001", tti=3), 0])
def test_no_advisory_is_none(bits: int) -> None:
    assert decode_advisory(bits) is None


def test_complements_and_end_are_read() -> None:
    advisory = decode_advisory(report("1110001", rac="1010", rat=1))
    assert advisory is not None
    assert advisory.complements == ("do not pass below", "do not turn left")
    assert advisory.is_terminated


def test_a_threat_by_address() -> None:
    advisory = decode_advisory(report("1100001", tti=1, tid=OTHER << 2))
    assert advisory is not None
    assert (advisory.threat, advisory.threat_range_m) == ("3c6444", None)


def test_a_threat_by_altitude_range_and_bearing() -> None:
    place = sq.altitude_code(31_000) << 13 | 21 << 6 | 16
    advisory = decode_advisory(report("1100001", tti=2, tid=place))
    assert advisory is not None
    assert advisory.threat_altitude_m == pytest.approx(31_000 * FT)
    assert advisory.threat_range_m == pytest.approx(2.0 * NM)
    assert advisory.threat_bearing_deg == 93.0


def frames() -> list[tuple[float, bytes]]:
    told = report("1110001", tti=1, tid=OTHER << 2)
    broadcast = report("1110001", tti=1, tid=OTHER << 2, first=28 << 3 | 2)
    answer = sq.altitude_code(30_000)
    return [
        *sq.flight(OWN, 3),
        (1.01, sq.squitter(OWN, broadcast)),
        (2.01, sq.reply(20, OWN, answer, told)),
        (2.02, sq.reply(21, OWN, sq.identity_code("7012"), told)),
        (2.03, sq.reply(16, OWN, answer, report("1110001", rac="1000"))),
        (2.04, sq.reply(20, 0x123456, answer, told)),  # an address that nothing proves
    ]


def recording() -> bytes:
    return sq.beast((round(t * 12e6) + 1, frame) for t, frame in sorted(frames()))


def test_advisories_stand_beside_tracks_and_say_how_they_came() -> None:
    part = read_beast(pa.py_buffer(recording()), "x.bin", ReadingOptions(start=START))
    assert part.advisories is not None
    assert part.advisories.schema.equals(ADVISORIES)
    rows = part.advisories.to_pylist()
    assert [row["carrier"] for row in rows] == ["squitter", "register", "register", "coordination"]
    assert {row["advisory"] for row in rows} == {"descend"}
    assert {row["icao24"] for row in rows} == {"4840d6"}
    assert [row["threat"] for row in rows] == ["3c6444"] * 3 + [None]
    assert rows[3]["complements"] == ["do not pass below"]
    assert {row["source"] for row in rows} == {"x.bin"}
    assert any(note.startswith("1 advisories of aircraft whose address no frame proves") for note in part.report.notes)


def test_the_squawk_of_an_advisory_s_squitter_is_none() -> None:
    only = [(t, f) for t, f in frames() if f[0] >> 3 == 17]
    content = sq.beast((round(t * 12e6) + 1, frame) for t, frame in sorted(only))
    part = read_beast(pa.py_buffer(content), "x.bin", ReadingOptions(start=START))
    assert set(part.table["squawk"].to_pylist()) == {None}


def test_a_reading_gathers_the_advisories_of_all_files(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name in ("a.bin", "b.bin"):
        (tmp_path / name).write_bytes(recording())
    reading = read_tracks(tmp_path, ReadingOptions(start=START))
    assert reading.advisories.num_rows == 8
    assert set(reading.advisories["source"].to_pylist()) == {"a.bin", "b.bin"}
