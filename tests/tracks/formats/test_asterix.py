"""ASTERIX recordings: fields, layouts against libasterix, dissections by tshark and asterix_decoder."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import FormatError, InputError
from skyaccord.tracks.formats import asterix_layout
from skyaccord.tracks.formats.asterix import is_asterix, read_asterix
from skyaccord.tracks.formats.asterix_blocks import walk
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions, Site
from skyaccord.tracks.formats.radar_position import positions_from_radar
from skyaccord.tracks.formats.report import Part
from skyaccord.units import FT, KT, NM
from tests.tracks.formats import asterix_encoder as ast

DAY = datetime(2024, 6, 1, tzinfo=UTC)
SITE = Site(48.0, 11.0, 500.0)
KNOWN = ReadingOptions(start=DAY, site=SITE)


def read(content: bytes, options: ReadingOptions = KNOWN) -> Part:
    return read_asterix(pa.py_buffer(content), "x.ast", options)


def test_a_cat021_report_comes_back() -> None:
    (row,) = read(ast.block(21, ast.cat021(43_200.5, 0x4840D6, 48.1, -11.5))).table.to_pylist()
    assert row["timestamp"] == datetime(2024, 6, 1, 12, 0, 0, 500_000, tzinfo=UTC)
    assert (row["icao24"], row["callsign"], row["squawk"], row["onground"]) == ("4840d6", "TEST21", "7012", False)
    assert (row["latitude"], row["longitude"]) == (pytest.approx(48.1, abs=1e-7), pytest.approx(-11.5, abs=1e-7))
    assert (row["altitude"], row["geoaltitude"], row["track"]) == (35_000.0, 35_500.0, 123.75)
    assert (row["groundspeed"], row["vertical_rate"]) == (pytest.approx(450.0), pytest.approx(-640.0, abs=3.2))
    assert (row["nic"], row["nac_p"]) == (8, 9)


@pytest.mark.parametrize(("flags", "expected"), [(0x40, True), (0x00, False)])
def test_the_ground_bit_of_cat021(flags: int, expected: bool) -> None:
    part = read(ast.block(21, ast.cat021(1.0, 1, 48.0, 11.0, flags=flags)))
    assert part.table["onground"].to_pylist() == [expected]


@pytest.mark.parametrize("flags", [0x20, 0x10])
def test_simulated_and_test_targets_are_counted_and_left_out(flags: int) -> None:
    part = read(ast.block(21, ast.cat021(1.0, 1, 48.0, 11.0, flags=flags), ast.cat021(1.0, 2, 48.0, 11.0)))
    assert part.table["icao24"].to_pylist() == ["000002"]
    assert "1 CAT021 reports of tests, simulations and field monitors: left out" in part.report.notes


def test_editions_before_2_are_read_by_their_own_layout() -> None:
    position = ast.signed(48.1, 180 / 2**25, 4) + ast.signed(-11.5, 180 / 2**25, 4)
    old = ast.record(
        {
            1: b"\x19\xc9",
            2: b"\x00\x20",
            3: ast.time_of_day(60.0),
            4: position,
            5: b"\x48\x40\xd6",
            10: ast.signed(350, 0.25, 2),
        }
    )
    (row,) = read(ast.block(21, old), ReadingOptions(start=DAY, cat021_edition="0.26")).table.to_pylist()
    assert (row["latitude"], row["longitude"]) == (pytest.approx(48.1, abs=1e-5), pytest.approx(-11.5, abs=1e-5))
    assert (row["icao24"], row["altitude"]) == ("4840d6", 35_000.0)
    assert is_asterix(Content(pa.py_buffer(ast.block(21, old))))


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(InputError, match=r"edition '3\.0' is not known"):
        ReadingOptions(cat021_edition="3.0")


def test_a_cat062_track_comes_back() -> None:
    (row,) = read(ast.block(62, ast.cat062(60.25, 0x3C6444, 50.0, 8.0))).table.to_pylist()
    assert row["timestamp"] == datetime(2024, 6, 1, 0, 1, 0, 250_000, tzinfo=UTC)
    assert (row["icao24"], row["callsign"], row["squawk"]) == ("3c6444", "TEST62", "4321")
    assert (row["latitude"], row["longitude"]) == (pytest.approx(50.0, abs=3e-6), pytest.approx(8.0, abs=3e-6))
    assert (row["altitude"], row["geoaltitude"], row["vertical_rate"]) == (33_025.0, 33_000.0, 1200.0)
    assert row["groundspeed"] == pytest.approx(250.0 / KT)
    assert row["track"] == pytest.approx(180.0 - np.degrees(np.arctan2(150.0, 200.0)))


@pytest.mark.parametrize(("status", "what"), [(b"\x01\x80", "simulated"), (b"\x01\x01\x01\x80", "coasting")])
def test_coasting_and_simulated_tracks_are_counted_and_left_out(status: bytes, what: str) -> None:
    part = read(ast.block(62, ast.cat062(1.0, 1, 50.0, 8.0, status=status), ast.cat062(1.0, 2, 50.0, 8.0)))
    assert part.table["icao24"].to_pylist() == ["000002"]
    assert f"1 CAT062 tracks that are {what}: left out" in part.report.notes


def slant(lat: float, lon: float, height_m: float) -> tuple[float, float]:
    """Return slant range in NM and azimuth of a place from the radar, by PROJ."""
    to_centre = pyproj.Transformer.from_crs(4979, 4978)
    own = to_centre.transform(SITE.latitude_deg, SITE.longitude_deg, SITE.height_m)
    pipeline = f"+proj=topocentric +ellps=WGS84 +X_0={own[0]!r} +Y_0={own[1]!r} +Z_0={own[2]!r}"
    east, north, up = pyproj.Transformer.from_pipeline(pipeline).transform(*to_centre.transform(lat, lon, height_m))
    return float(np.sqrt(east**2 + north**2 + up**2)) / NM, float(np.degrees(np.arctan2(east, north)) % 360.0)


@given(lat=st.floats(45.5, 50.5), lon=st.floats(7.0, 15.0), height_ft=st.floats(1700.0, 60_000.0))
def test_slant_range_becomes_the_place_that_proj_says(lat: float, lon: float, height_ft: float) -> None:
    range_nm, azimuth = slant(lat, lon, height_ft * FT)
    found = positions_from_radar(SITE, *(np.array([v]) for v in (range_nm * NM, azimuth, height_ft * FT)))
    error_m = pyproj.Geod(ellps="WGS84").inv(lon, lat, found[1][0], found[0][0])[2]
    assert error_m < (0.1 if range_nm > 5.0 else 20.0)  # nearly overhead, millimetres of height are metres of distance


def test_a_cat048_plot_is_where_the_target_was() -> None:
    range_nm, azimuth = slant(49.0, 12.5, 35_000 * FT)
    (row,) = read(ast.block(48, ast.cat048(60.0, 0xABCDEF, range_nm, azimuth))).table.to_pylist()
    step_m = 0.5 * np.hypot(NM / 256, np.radians(360 / 2**16) * range_nm * NM)
    assert pyproj.Geod(ellps="WGS84").inv(12.5, 49.0, row["longitude"], row["latitude"])[2] < step_m + 1.0
    assert (row["icao24"], row["callsign"], row["squawk"], row["altitude"]) == ("abcdef", "TEST48", "1234", 35_000.0)
    assert (row["groundspeed"], row["track"], row["onground"]) == (pytest.approx(400.0, abs=0.2), 90.0, False)


def test_plots_without_a_radar_s_site_are_refused_with_the_cure() -> None:
    with pytest.raises(FormatError, match="1 CAT048 plots whose radar's site is not known"):
        read(ast.block(48, ast.cat048(1.0, 1, 50.0, 90.0)), NOTHING_KNOWN)


def test_plots_that_cannot_be_placed_are_counted_by_reason() -> None:
    records = (
        ast.cat048(1.0, 1, 50.0, 90.0, flight_level=None),
        ast.cat048(1.0, 2, 1.0, 90.0, flight_level=600.0),
        ast.cat048(1.0, 3, 50.0, 90.0, kind=0),
        ast.cat048(1.0, 4, 50.0, 90.0),
    )
    part = read(ast.block(48, *records))
    assert part.table["icao24"].to_pylist() == ["000004"]
    assert [note.split(" CAT048")[0] for note in part.report.notes] == ["1"] * 3


def test_one_site_is_not_given_to_two_radars() -> None:
    plots = ast.block(48, ast.cat048(1.0, 1, 50.0, 90.0, sic=2), ast.cat048(1.0, 1, 50.0, 90.0, sic=3))
    part = read(plots + ast.block(62, ast.cat062(1.0, 9, 50.0, 8.0)))
    assert part.table["icao24"].to_pylist() == ["000009"]
    assert any(note.startswith("2 CAT048 plots of 2 radars (25/2, 25/3)") for note in part.report.notes)


def test_midnight_passes_in_the_order_of_all_categories() -> None:
    content = b"".join(
        ast.block(21, ast.cat021(t % 86_400, 1, 48.0, 11.0)) + ast.block(62, ast.cat062(t % 86_400, 2, 48.0, 11.0))
        for t in (86_399.0, 86_400.5)
    )
    part = read(content)
    assert [t.day for t in part.table["timestamp"].to_pylist()] == [1, 1, 2, 2]
    assert "midnight passes 1 times" in part.report.notes


def test_a_late_record_of_the_day_before_stays_there() -> None:
    times = (86_399.0, 0.5, 86_399.5, 1.0)
    part = read(b"".join(ast.block(21, ast.cat021(t, 1, 48.0, 11.0)) for t in times))
    assert [t.day for t in part.table["timestamp"].to_pylist()] == [1, 2, 1, 2]


def test_advisories_of_each_category_stand_beside_the_tracks() -> None:
    bits = (0x30 << 48 | 0b1110001 << 41 | 1 << 26 | 0x3C6444 << 2).to_bytes(7, "big")
    squitter = ((28 << 3 | 2) << 48 | 0b1110001 << 41 | 1 << 26 | 0x3C6444 << 2).to_bytes(7, "big")
    address, t = b"\x48\x40\xd6", ast.time_of_day(60.0)
    content = (
        ast.block(21, ast.record({1: b"\x19\xc9", 5: t, 11: address, 40: squitter}))
        + ast.block(48, ast.record({1: b"\x19\x02", 2: t, 8: address, 22: bits}))
        + ast.block(48, ast.record({1: b"\x19\x02", 2: t, 8: address, 10: b"\x02" + bytes(8) + bits + b"\x30"}))
        + ast.block(62, ast.record({1: b"\x19\x01", 4: t, 11: b"\x81\x08" + address + bits}))
    )
    part = read(content)
    assert part.table.num_rows == 0
    assert part.advisories is not None
    rows = part.advisories.to_pylist()
    assert [row["advisory"] for row in rows] == ["descend"] * 4
    assert {(row["icao24"], row["threat"]) for row in rows} == {("4840d6", "3c6444")}
    assert {row["timestamp"] for row in rows} == {datetime(2024, 6, 1, 0, 1, tzinfo=UTC)}


def test_a_cut_recording_keeps_what_is_whole_and_names_the_rest() -> None:
    whole = ast.block(21, ast.cat021(1.0, 1, 48.0, 11.0))
    part = read(whole + whole[:-5])
    assert part.table.num_rows == 1
    assert part.report.complaints == (
        f"block 2: length {len(whole)} does not fit, {len(whole) - 5} bytes are left out",
    )
    assert is_asterix(Content(pa.py_buffer(whole + whole[:-5])))


def test_a_record_that_does_not_fit_ends_its_block_alone() -> None:
    good = ast.cat021(1.0, 1, 48.0, 11.0)
    part = read(ast.block(21, good, good[:20]) + ast.block(21, good))
    assert part.table.num_rows == 2
    assert part.report.complaints == ("block 1: a record of CAT021 does not fit, 20 bytes are left out",)


@pytest.mark.parametrize(
    "other", [b"", b"\x15", b"\x15\x00", b"0,1,2,3\n4,5,6\n" * 50, bytes(1000), b"\x15\x00\x03" * 100]
)
def test_what_is_no_chain_of_blocks_is_not_recognised(other: bytes) -> None:
    assert not is_asterix(Content(pa.py_buffer(other)))


# libasterix: 6 s and half a gigabyte to import, so layouts are our own, and proven here

LAYOUTS = {
    "Cat_021_2_4": asterix_layout.CAT021,
    "Cat_021_0_26": asterix_layout.cat021_before_2(8),
    "Cat_021_0_23": asterix_layout.cat021_before_2(6),
    "Cat_048_1_32": asterix_layout.CAT048,
    "Cat_062_1_20": asterix_layout.CAT062,
}


@pytest.fixture(scope="module")
def libasterix() -> Any:
    return pytest.importorskip("asterix.generated", reason="libasterix is not installed")


@pytest.mark.slow
@pytest.mark.parametrize("edition", LAYOUTS)
def test_items_are_where_libasterix_has_them(libasterix: Any, edition: str) -> None:
    from asterix.base import Bits, ParsingMode

    parts = re.findall(r"\d+", edition)
    wanted = (int(parts[1]), int(parts[2]))
    records = next(s for s in libasterix.manifest["CATS"][int(parts[0])] if s.cv_edition == wanted).cv_record
    rng = random.Random(edition)  # noqa: S311 - cases, no secrets
    made = [_random_record(records, rng) for _ in range(300)]
    for body, _ in made:
        _, rest = records.parse(ParsingMode.StrictParsing, Bits.from_bytes(body))
        assert len(rest) == 0
    items = LAYOUTS[edition]
    names = tuple(item.name for item in items if item.name)
    octets = np.frombuffer(b"".join(body for body, _ in made), np.uint8)
    walked = walk(octets, np.array([0]), np.array([len(octets)]), asterix_layout.make_layout(items, names))
    assert walked.broken.tolist() == [-1]
    first = np.cumsum([0, *(len(body) for body, _ in made)])
    for k, (_, places) in enumerate(made):
        found = {name: int(at - first[k]) for name, at in zip(names, walked.places[k], strict=True) if at >= 0}
        assert found == places


def _random_record(records: Any, rng: random.Random) -> tuple[bytes, dict[str, int]]:
    """Return a record of random items with random content by libasterix's description, and where each item begins."""
    spares = [hasattr(item, "cv_non_spare") for item in records.cv_items_list]
    chosen = [k for k, is_item in enumerate(spares) if is_item and rng.random() < 0.35] or [0]
    body, places = _presence(chosen), {}
    for k in chosen:
        item = records.cv_items_list[k].cv_non_spare
        places[item.cv_name] = len(body)
        body += _random_item(item.cv_rule, rng)
    return body, places


def _random_item(rule: Any, rng: random.Random) -> bytes:
    variation = rule.cv_variation if hasattr(rule, "cv_variation") else rule.cv_default_variation
    kinds = {each.__name__ for each in variation.__mro__}
    if kinds & {"Element", "Group"}:
        return rng.randbytes(variation.cv_bit_size // 8)
    if "Explicit" in kinds:
        count = rng.randint(1, 5)
        return bytes([count + 1]) + rng.randbytes(count)
    if "Repetitive" in kinds and variation.cv_rep_bytes is not None:
        count = rng.randint(1, 3)
        return bytes([count]) + rng.randbytes(count * variation.cv_variation.cv_bit_size // 8)
    if "Repetitive" in kinds:
        return _chain([(variation.cv_variation.cv_bit_size + 1) // 8] * 3, rng)
    if "Extended" in kinds:
        return _chain(_extents(variation), rng)
    parts = variation.cv_items_list
    chosen = [k for k, part in enumerate(parts) if part is not None and rng.random() < 0.3] or [0]
    return _presence(chosen) + b"".join(_random_item(parts[k].cv_rule, rng) for k in chosen)


def _extents(variation: Any) -> list[int]:
    """Return the octets of each extent of an extended item."""
    sizes, bits = [], 0
    for part in (each for extent in variation.cv_items_list for each in extent):
        bits += 1 if part is None else part[1]
        if part is None:
            sizes.append(bits // 8)
            bits = 0
    return sizes


def _chain(sizes: list[int], rng: random.Random) -> bytes:
    """Return some of the links of a chain, the last bit of each saying whether there is another."""
    count = rng.randint(1, len(sizes))
    links = [bytearray(rng.randbytes(size)) for size in sizes[:count]]
    for k, link in enumerate(links):
        link[-1] = link[-1] & 0xFE | (k < count - 1)
    return b"".join(map(bytes, links))


def _presence(chosen: list[int]) -> bytes:
    octets = bytearray(max(chosen) // 7 + 1)
    for k in chosen:
        octets[k // 7] |= 1 << (7 - k % 7)
    for k in range(len(octets) - 1):
        octets[k] |= 1
    return bytes(octets)


def random_targets(count: int) -> list[tuple[int, float, float, float]]:
    rng = random.Random(11)  # noqa: S311 - cases, no secrets
    return [
        (rng.getrandbits(24), rng.uniform(-85, 85), rng.uniform(-179, 179), rng.randint(-40, 2000) / 4)
        for _ in range(count)
    ]


Dissect = Callable[[list[tuple[int, bytes]], Path], list[dict[str, float | str]]]


def by_tshark(blocks: list[tuple[int, bytes]], folder: Path) -> list[dict[str, float | str]]:
    """Return what tshark dissects: address, latitude, longitude and level."""
    if shutil.which("tshark") is None:
        pytest.skip("tshark is not installed")
    path = folder / "blocks.pcap"
    path.write_bytes(ast.pcap((1.7e9, ast.udp(body)) for _, body in blocks))
    command = ["tshark", "-r", str(path), "-d", "udp.port==8600,asterix", "-V"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = []
    for message in re.split(r"Asterix message", text)[1:]:
        position = re.split(r"13[01], High-Resolution|105, Calculated Position In WGS-84", message)[-1]
        found.append(
            {
                "icao24": re.search(r"Target Address: 0x([0-9a-f]{6})", message)[1],  # type: ignore[index]
                "latitude": float(re.search(r"LAT, Latitude, \[°\]: (\S+)", position)[1]),  # type: ignore[index]
                "longitude": float(re.search(r"LON, Longitude, \[°\]: (\S+)", position)[1]),  # type: ignore[index]
                "altitude": 100 * float(re.search(r"Flight Level, \[FL\]: (\S+)", message)[1]),  # type: ignore[index]
            }
        )
    return found


_PEER = """
import asterix, json, sys
out = []
for line in sys.stdin:
    for r in asterix.parse(bytes.fromhex(line.strip())):
        lat, lon = (r["I131"][axis]["val"] for axis in ("Lat", "Lon"))
        address, level = r["I080"]["TAddr"]["val"].lower(), r["I145"]["FL"]["val"]
        out.append({"icao24": address, "latitude": lat, "longitude": lon, "altitude": 100 * level})
print(json.dumps(out))
"""


def by_asterix_decoder(blocks: list[tuple[int, bytes]], folder: Path) -> list[dict[str, float | str]]:
    """Return what asterix_decoder reads; its licence is the GPL, so it runs in an environment of its own."""
    python = os.environ.get("SKYACCORD_ASTERIX_DECODER", "")
    if not Path(python).is_file():
        pytest.skip("no asterix_decoder: set SKYACCORD_ASTERIX_DECODER to the Python that has it")
    lines = "\n".join(body.hex() for _, body in blocks)
    answer = subprocess.run([python, "-c", _PEER], input=lines, capture_output=True, text=True, check=True, cwd=folder)
    found: list[dict[str, float | str]] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("dissect", [by_tshark, by_asterix_decoder])
def test_the_same_bytes_say_the_same_to_others(dissect: Dissect, tmp_path: Path) -> None:
    blocks = []
    for k, (address, lat, lon, level) in enumerate(random_targets(60)):
        if k % 2 and dissect is by_tshark:
            record = bytearray(ast.cat062(k, address, lat, lon))
            blocks.append(
                (62, ast.block(62, bytes(record).replace(ast.signed(330.25, 0.25, 2), ast.signed(level, 0.25, 2), 1)))
            )
        else:
            blocks.append((21, ast.block(21, ast.cat021(k, address, lat, lon, flight_level=level))))
    ours = read(b"".join(body for _, body in blocks)).table.to_pylist()
    theirs = dissect(blocks, tmp_path)
    assert len(ours) == len(theirs) == 60
    for our, their in zip(ours, theirs, strict=True):
        assert our["icao24"] == their["icao24"]
        assert our["latitude"] == pytest.approx(their["latitude"], abs=1e-9)
        assert our["longitude"] == pytest.approx(their["longitude"], abs=1e-9)
        assert our["altitude"] == pytest.approx(their["altitude"])
