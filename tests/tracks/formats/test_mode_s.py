"""Mode S frames: what they say, against the encoder, published frames and pyModeS."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import rs1090
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.altitude_code import altitude_ft
from skyaccord.tracks.formats.beast import read_beast
from skyaccord.tracks.formats.cpr import Reports, decode_positions, longitude_zones
from skyaccord.tracks.formats.options import ReadingOptions, Site
from skyaccord.tracks.formats.report import Part
from tests.tracks.formats import squitters as sq

START = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)
ADDRESS = 0x4840D6


def read(frames: list[tuple[float, bytes]], **options: object) -> Part:
    recording = sq.beast((round(t * 12e6) + 1, frame) for t, frame in frames)
    return read_beast(pa.py_buffer(recording), "x.bin", ReadingOptions(**{"start": START, **options}))  # type: ignore[arg-type]


def pair(message_even: int, message_odd: int, *, df: int = 17, ca: int = 5) -> list[tuple[float, bytes]]:
    return [
        (0.0, sq.squitter(ADDRESS, message_even, df=df, ca=ca)),
        (1.0, sq.squitter(ADDRESS, message_odd, df=df, ca=ca)),
    ]


def airborne_pair(lat: float, lon: float, feet: int = 30_000, **more: int) -> list[tuple[float, bytes]]:
    df, ca = more.pop("df", 17), more.pop("ca", 5)
    return pair(sq.airborne(lat, lon, feet, False, **more), sq.airborne(lat, lon, feet, True, **more), df=df, ca=ca)


def test_the_textbook_pair_of_frames_is_at_its_published_place() -> None:
    frames = [(0.0, "8D40621D58C386435CC412692AD6"), (1.0, "8D40621D58C382D690C8AC2863A7")]  # The 1090 MHz Riddle
    part = read([(t, bytes.fromhex(frame)) for t, frame in frames])
    (row,) = part.table.to_pylist()
    assert (row["latitude"], row["longitude"]) == (pytest.approx(52.2572, abs=1e-4), pytest.approx(3.91937, abs=1e-4))
    assert (row["icao24"], row["altitude"]) == ("40621d", 38_000.0)


@given(
    lat=st.floats(-89.5, 89.5),
    lon=st.floats(-180.0, 179.9),
    is_odd_last=st.booleans(),
)
def test_a_position_comes_back_within_the_format_s_step(lat: float, lon: float, is_odd_last: bool) -> None:
    y0, x0 = sq.encode_position(lat, lon, False)
    y1, x1 = sq.encode_position(lat, lon, True)
    first, second = ((y0, x0), (y1, x1)) if is_odd_last else ((y1, x1), (y0, x0))
    reports = Reports(
        np.zeros(2, np.int64),
        np.array([0, 500_000]),
        np.array([first[0], second[0]]),
        np.array([first[1], second[1]]),
        np.array([not is_odd_last, is_odd_last]),
        np.zeros(2, np.bool_),
    )
    found_lat, found_lon = (values[1] for values in decode_positions(reports))
    if np.isnan(found_lat):  # the two lie in different rows of longitude zones
        edge_m = min(abs(abs(lat) - edge) for edge in ZONE_EDGES)
        assert edge_m < 1e-4
        return
    assert abs(found_lat - lat) < 5e-5
    step = 360.0 / max(sq.zones(lat) - 1, 1) / 2**17
    assert abs((found_lon - lon + 180.0) % 360.0 - 180.0) <= step


ZONE_EDGES = [
    float(np.degrees(np.arccos(np.sqrt((1 - np.cos(np.pi / 30)) / (1 - np.cos(2 * np.pi / n)))))) for n in range(2, 60)
]


@given(st.floats(-90.0, 90.0))
def test_zones_of_longitude_are_those_of_the_standard_s_formula(lat: float) -> None:
    if abs(lat) not in (0.0, 87.0) and min(abs(abs(lat) - edge) for edge in ZONE_EDGES) > 1e-9:
        assert longitude_zones(np.array([lat]))[0] == sq.zones(lat)


def test_a_position_takes_the_latest_values_of_its_aircraft_and_not_older_than_ten_seconds() -> None:
    frames = [
        (0.0, sq.squitter(ADDRESS, sq.velocity(300, 400, 1536, 500))),
        (0.1, sq.squitter(ADDRESS, sq.identity("TEST12"))),
        (0.2, sq.squitter(ADDRESS, sq.status(2, 9, 1))),
        (0.3, sq.reply(5, ADDRESS, sq.identity_code("7012"))),
        (0.4, sq.squitter(ADDRESS + 1, sq.identity("OTHER"))),
        *((t + 1.0, frame) for t, frame in airborne_pair(48.0, 11.0, 30_025)),
        *((t + 11.0, frame) for t, frame in airborne_pair(48.0, 11.1, 30_025)),
    ]
    rows = read(frames).table.to_pylist()
    near, far = rows[0], rows[-1]
    assert near["timestamp"] == datetime(2024, 6, 1, 12, 0, 2, tzinfo=UTC)
    assert (near["callsign"], near["squawk"], near["altitude"], near["geoaltitude"]) == (
        "TEST12",
        "7012",
        30_025,
        30_525,
    )
    assert (near["groundspeed"], near["vertical_rate"]) == (pytest.approx(500.0), 1536.0)
    assert near["track"] == pytest.approx(36.8699, abs=1e-3)
    assert (near["nac_p"], near["nic"], near["onground"]) == (9, 8, False)
    assert all(far[column] is None for column in ("callsign", "squawk", "groundspeed", "geoaltitude", "nac_p"))
    assert far["altitude"] == 30_025


def test_supplements_a_and_b_together_raise_the_integrity_category() -> None:
    status = [(0.0, sq.squitter(ADDRESS, sq.status(2, 9, 1)))]
    high = read([*status, *airborne_pair(48.0, 11.0, flag=1)]).table["nic"].to_pylist()
    low = read([*status, *airborne_pair(48.0, 11.0, flag=0)]).table["nic"].to_pylist()
    assert (set(high), set(low)) == ({9}, {8})


def test_altitudes_above_50_000_ft_are_kept() -> None:
    assert read(airborne_pair(48.0, 11.0, 50_150)).table["altitude"].to_pylist() == [50_150.0]


@pytest.mark.parametrize(
    ("code", "feet"),
    [  # C1 A1 C2 A2 C4 A4 M B1 Q B2 D2 B4 D4; ICAO Annex 10 IV, appendix 1 to chapter 3: first, last and some between
        (0b0000100000000, -1000 - 200),  # C4 alone
        (0b0010100000000, -1100),  # C2 and C4
        (0b0010000000000, -1000),
        (0b1010000000000, -900),
        (0b1000000000000, -800),
    ],
)
def test_mode_c_codes_are_those_of_the_standard_s_table(code: int, feet: int) -> None:
    assert altitude_ft(code) == feet


def test_every_mode_c_code_in_the_order_of_the_table_is_100_ft_above_the_one_before() -> None:
    altitudes = sorted(a for code in range(8192) if not code & 0x50 and (a := altitude_ft(code)) is not None)
    assert altitudes == list(range(-1200, 126_800, 100))


def test_surface_positions_are_on_the_ground_near_the_airborne_ones() -> None:
    frames = [
        *airborne_pair(-33.9, 151.2),
        (2.0, sq.squitter(ADDRESS + 1, sq.surface(-33.95, 151.17, False, track=32))),
        (3.0, sq.squitter(ADDRESS + 1, sq.surface(-33.95, 151.17, True, track=32))),
    ]
    row = read(frames).table.to_pylist()[-1]
    assert (row["latitude"], row["longitude"]) == (pytest.approx(-33.95, abs=1e-4), pytest.approx(151.17, abs=1e-4))
    assert (row["onground"], row["altitude"], row["track"]) == (True, None, 90.0)


def test_surface_positions_alone_need_to_be_told_where_they_are() -> None:
    frames = pair(sq.surface(52.31, 4.76, False), sq.surface(52.31, 4.76, True))
    with pytest.raises(FormatError, match="no position"):
        read(frames)
    row = read(frames, site=Site(52.0, 5.0)).table.to_pylist()[0]
    assert (row["latitude"], row["longitude"]) == (pytest.approx(52.31, abs=1e-4), pytest.approx(4.76, abs=1e-4))


@pytest.mark.parametrize(
    ("control", "flag", "expected"),
    [(0, 0, "4840d6"), (1, 0, "~4840d6"), (2, 0, "4840d6"), (2, 1, "~4840d6"), (5, 0, "~4840d6"), (6, 1, "~4840d6")],
)
def test_an_address_that_is_none_of_icao_s_is_marked(control: int, flag: int, expected: str) -> None:
    part = read(airborne_pair(48.0, 11.0, df=18, ca=control, flag=flag))
    assert part.table["icao24"].to_pylist() == [expected]


def test_coarse_tisb_is_counted_and_makes_no_position() -> None:
    part = read([*airborne_pair(48.0, 11.0), *((t + 2, f) for t, f in airborne_pair(40.0, 5.0, df=18, ca=3))])
    assert part.table.num_rows == 1
    assert "2 coarse TIS-B and management messages: not read" in part.report.notes


def test_a_squitter_with_one_wrong_bit_is_left_out_and_counted() -> None:
    damaged = bytearray(sq.squitter(ADDRESS, sq.airborne(48.0, 11.0, 30_000, False)))
    damaged[9] ^= 0x10
    part = read([*airborne_pair(48.0, 11.0), (2.0, bytes(damaged))])
    assert part.table.num_rows == 1
    assert "1 of 3 squitters fail parity: left out" in part.report.notes


def test_a_lone_position_is_placed_by_the_aircraft_s_last_and_counted_where_there_is_none() -> None:
    late = (40.0, sq.squitter(ADDRESS, sq.airborne(48.1, 11.1, 30_000, False)))
    stranger = (41.0, sq.squitter(ADDRESS + 1, sq.airborne(48.2, 11.2, 30_000, False)))
    part = read([*airborne_pair(48.0, 11.0), late, stranger])
    assert part.table["latitude"].to_pylist()[-1] == pytest.approx(48.1, abs=1e-4)
    assert part.table.num_rows == 2
    assert any(note.startswith("2 encoded positions have no partner") for note in part.report.notes)


def test_a_reply_counts_only_for_an_address_that_a_squitter_has_proven() -> None:
    stranger = sq.reply(5, 0xABCDEF, sq.identity_code("1234"))
    part = read([(0.0, stranger), *airborne_pair(48.0, 11.0)])
    assert part.table["icao24"].to_pylist() == ["4840d6"]


def test_positions_are_those_that_rs1090_finds_by_itself() -> None:
    flights = [(48.0, 11.0), (-33.9, 151.2), (64.1, -21.9), (0.001, -0.002), (-77.8, 179.99)]
    frames = sorted(
        (t + k / 50, frame)
        for k, (lat, lon) in enumerate(flights)
        for t, frame in sq.flight(ADDRESS + k, 60, lat=lat, lon=lon)
    )
    theirs = rs1090.decode([frame.hex() for _, frame in frames], [t for t, _ in frames])
    places = {
        (m["icao24"], round(m["timestamp"], 2)): (m["latitude"], m["longitude"])
        for m in theirs
        if "latitude" in m  # type: ignore[operator]
    }
    rows = read(frames).table.to_pylist()
    compared = 0
    for row in rows:
        offset_s = 1 / 12e6  # the recording's first tick
        place = places.get((row["icao24"], round((row["timestamp"] - START).total_seconds() + offset_s, 2)))
        if place is not None:
            assert (row["latitude"], row["longitude"]) == pytest.approx(place, abs=2e-6)
            compared += 1
    assert compared > 500


# pyModeS runs in an environment of its own: its licence is the GPL, and it is used here alone

_PEER = """
import json, sys, pyModeS
out = []
for line in sys.stdin:
    m = pyModeS.decode(line.strip())
    keys = ("altitude", "callsign", "squawk", "groundspeed", "track", "vertical_rate", "geo_minus_baro", "icao")
    out.append({k: m.get(k) for k in keys})
print(json.dumps(out))
"""


@pytest.fixture(scope="module")
def pymodes() -> str:
    python = os.environ.get("SKYACCORD_PYMODES", "")
    if not Path(python).is_file():
        pytest.skip("no pyModeS: set SKYACCORD_PYMODES to the Python that has it")
    return python


def test_frames_say_what_pymodes_reads_in_them(pymodes: str) -> None:
    rng = np.random.default_rng(5)
    cases = []
    for _ in range(150):
        east, north = (int(v) for v in rng.integers(-600, 600, 2))
        climb, above = int(rng.integers(-60, 60)) * 64, int(rng.integers(-80, 80)) * 25
        cases.append(
            (int(rng.integers(-40, 2007)) * 25, east, north, climb, above, f"{int(rng.integers(1, 4095)):04o}")
        )
    asked, rows = [], []
    for k, (feet, east, north, climb, above, squawk) in enumerate(cases):
        address = ADDRESS + k
        said = [
            sq.squitter(address, sq.velocity(east, north, climb, above)),
            sq.squitter(address, sq.identity(f"T{squawk}")),
            sq.reply(5, address, sq.identity_code(squawk)),
            sq.squitter(address, sq.airborne(48.0, 11.0, feet, True)),
        ]
        asked += [frame.hex() for frame in said]
        even = sq.squitter(address, sq.airborne(48.0, 11.0, feet, False))
        rows += read([(t / 10, frame) for t, frame in enumerate([*said[:3], even, said[3]])]).table.to_pylist()
    answer = subprocess.run([pymodes, "-c", _PEER], input="\n".join(asked), capture_output=True, text=True, check=True)
    theirs = json.loads(answer.stdout)
    for k, row in enumerate(rows):
        velocity, name, code, position = theirs[4 * k : 4 * k + 4]
        assert row["icao24"] == position["icao"].lower()
        assert row["altitude"] == position["altitude"]
        assert (row["callsign"], row["squawk"]) == (name["callsign"].strip("_ "), code["squawk"])
        assert row["vertical_rate"] == velocity["vertical_rate"]
        assert abs(row["groundspeed"] - velocity["groundspeed"]) <= 1.0  # theirs is a whole number
        assert row["track"] == pytest.approx(velocity["track"])
        assert row["geoaltitude"] - row["altitude"] == velocity["geo_minus_baro"]
