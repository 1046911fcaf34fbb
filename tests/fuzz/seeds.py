"""Sound bytes for each fuzz target, made by the tests' encoders and the project's writers: what fuzzing begins from."""

from __future__ import annotations

import gzip
import struct
import tempfile
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyarrow as pa

from skyaccord.detect.profiles import conf_text, find_profile
from skyaccord.tracks.scenarios.scenario import load_scenario, make_tracks_table
from skyaccord.tracks.writers.write import TrackFormat, write_tracks
from tests.fuzz.decoders import PCAP_HEAD
from tests.fuzz.hotline import SEEDS
from tests.fuzz.node_decoders import NODE_SEEDS
from tests.fuzz.trust_decoders import TRUST_DECODERS, trust_seeds
from tests.fuzz.typed_tables import describe
from tests.records.test_hostile import SOUND
from tests.tracks.formats import asterix_encoder as ast
from tests.tracks.formats import gdl90_encoder as gdl
from tests.tracks.formats import squitters
from tests.tracks.formats.test_hostile import SAMPLES

_T: Final = 43_200.0
_CAT021: Final = ast.cat021(_T, 0x4840D6, 48.1, 11.5)
_OLD_CAT021: Final = ast.record(
    {
        1: b"\x19\xc9",
        2: b"\0\0",
        3: ast.time_of_day(_T),
        4: ast.signed(48.1, 180 / 2**25, 4) + ast.signed(11.5, 180 / 2**25, 4),
        5: b"\x48\x40\xd6",
        10: ast.signed(350.0, 0.25, 2),
    }
)
_OLDEST_CAT021: Final = ast.record(
    {
        1: b"\x19\xc9",
        2: b"\0\0",
        3: ast.time_of_day(_T),
        4: ast.signed(48.1, 180 / 2**23, 3) + ast.signed(11.5, 180 / 2**23, 3),
        5: b"\x48\x40\xd6",
    }
)
_CAT048: Final = ast.cat048(_T, 0x4840D6, 60.0, 45.0)
_CAT062: Final = ast.cat062(_T, 0x4840D6, 48.1, 11.5)
_TRAFFIC: Final = bytes.fromhex("1400AB45491FEF15A889780F09A907B00120014E3832355620202000")  # of the specification
_HEARTBEAT: Final = bytes.fromhex("008141DBD00802")
_ADVISORY: Final = 0x30 << 48 | 0b1100_0000_0000_00 << 34 | 1 << 26 | 0x4840D6 << 2


def seeds(name: str) -> list[bytes]:
    """Return the seeds of a target: its own, or sound files of every kind where it takes whole files."""
    if name in SEEDS:
        return SEEDS[name]
    if name in NODE_SEEDS:
        return NODE_SEEDS[name]()
    return _OWN[name]() if name in _OWN else [b"", b"\n", b"{}", b"[]", *_files().values()]


@cache
def _files() -> dict[str, bytes]:
    """Return a small sound file of each kind."""
    found = {name: text.encode() for name, text in SAMPLES.items()}
    table = make_tracks_table(load_scenario("crossing-breach")).slice(0, 12)
    with tempfile.TemporaryDirectory() as folder:
        for kind in TrackFormat:
            path = Path(folder) / f"tracks.{kind.value}"
            write_tracks(table, path, kind)
            found[f"written {kind.value}"] = path.read_bytes()
    blocks = ast.block(21, _CAT021) + ast.block(48, _CAT048) + ast.block(62, _CAT062)
    found["ASTERIX"] = blocks
    found["pcap"] = ast.pcap([(1.7e9, ast.udp(blocks))])
    found["pcapng"] = ast.pcapng([(1.7e9, ast.udp(blocks))])
    found["GDL 90"] = gdl.heartbeat(100) + gdl.ownship_height(5000) + gdl.frame(_TRAFFIC) + gdl.report(7, 45.0, 5.0)
    flight = squitters.flight(0x4840D6, 4)
    found["Beast"] = squitters.beast((round(t * 12e6) + 1, frame) for t, frame in flight)
    found["AVR"] = b"".join(b"@%012X%s;\n" % (round(t * 12e6) + 1, f.hex().encode()) for t, f in flight)
    found["jet1090"] = b"".join(b"%.3f,%s\n" % (1.7e9 + t, f.hex().encode()) for t, f in flight)
    return found


def _of(*names: str) -> list[bytes]:
    return [_files()[name] for name in names]


def _bodies() -> list[bytes]:
    """Return frames as the targets of Mode S take them: the format's number and bits, then ten octets."""
    numbers = {17: 0, 18: 2, 20: 3, 21: 4, 16: 5, 5: 6, 4: 7}
    frames = [frame for _, frame in squitters.flight(0x4840D6, 6)]
    frames += [squitters.reply(20, 0x4840D6, 0x123, 0x30 << 48), squitters.squitter(1, squitters.surface(48, 11, True))]
    frames += [squitters.squitter(0x4840D6, squitters.emergency("7700"))]
    pieces = [
        bytes([numbers[frame[0] >> 3] | frame[0] << 5 & 0xE0]) + frame[1:11].ljust(10, b"\0")
        for frame in frames
        if frame[0] >> 3 in numbers
    ]
    return [*pieces[:8], *pieces[-4:], b"".join(pieces[:10])]


def _compact() -> list[bytes]:
    out = b""
    for k in range(4):
        y, x = squitters.encode_position(48.0 + k / 1000, 11.0, bool(k % 2))
        out += bytes([0x40 | k % 2, 5]) + y.to_bytes(3, "big") + x.to_bytes(3, "big")
    ground = bytes(b | 2 if k % 8 == 0 else b for k, b in enumerate(out))
    return [out, out + ground, b"\x00\x05" + bytes(6)]


def _in_frames_pieces() -> list[bytes]:
    """Return a flight as the target "Mode S frames with right parity" takes it, twelve octets a frame."""
    out = b""
    for k in range(6):
        place = squitters.airborne(48.0 + k / 1000, 11.0, 30_000, odd=bool(k % 2)).to_bytes(7, "big")
        out += bytes([80, 0, 1, 0]) + place + b"\0"
    return [out]


def _tables() -> list[bytes]:
    """Return tables whose columns have the usual types, and one in which everything is text."""
    times = [struct.pack("<q", 1_700_000_000_000_000 + k * 1_000_000) for k in range(3)]
    places = [struct.pack("<d", 48.0 + k / 100) for k in range(3)]
    usual = (
        describe("timestamp", pa.timestamp("us", "UTC"), times)
        + describe("icao24", pa.string(), [b"4840d6"] * 3)
        + describe("latitude", pa.float64(), places)
        + describe("longitude", pa.float64(), places)
        + describe("onground", pa.bool_(), [b"\0", b"\1", b"\0"])
        + describe("squawk", pa.int16(), [b"\1\2"] * 3)
    )
    written = (
        describe("time", pa.string(), [b"2023-06-01T10:00:00Z", b"2023-06-01 10:00:01", b"1"])
        + describe("icao24", pa.dictionary(pa.int32(), pa.string()), [b"a", b"b", b"a"])
        + describe("lat", pa.large_string(), [b"48", b"48.5", b"x"])
        + describe("lon", pa.string(), [b"11", b"-11.5e0", b""])
        + describe("velocity", pa.string(), [b"200", b"nan", b"1e999"])
        + describe("nic", pa.uint8(), [b"\7", b"\10", b"\377"])
    )
    return [usual, written]


def _captured(blocks: bytes) -> bytes:
    return bytes([len(blocks) % 256]) + blocks


def _preset() -> bytes:
    return (files("skyaccord.data") / "presets" / "surveillance-minima.toml").read_bytes()


_SHORT_MEMORANDUM: Final = b"""[memorandum]
title = "Test"
parties = ["blue", "green"]
valid = { from = 2026-12-01T00:00:00Z, until = 2027-12-01T00:00:00Z }
[area.ridge]
centre = [11.0, 50.6]
radius = "7 NM"
ceiling = "9000 ft"
datum = "msl"
[area.valley]
polygon = [[10.4, 50.2], [10.9, 50.2], [10.6, 50.5]]
[line.river]
points = [[179.5, 50.5], [-179.5, 50.9]]
[[provision]]
id = "a.b"
text = "Keep apart."
modality = "shall"
evidence = ["tracks"]
keep = "horizontal >= 3 NM or vertical >= 3000 ft"
restore = "180 s"
source = { text = "a test", confidence = "assumed" }
"""
_FORMULAS: Final = (
    b"horizontal >= 3 NM or vertical >= 3000 ft",
    b"(horizontal < 0.5 NM and vertical < 500 ft) for 10 s",
    b"not (horizontal < 2 km) or vertical > 1 ft",
    b"(inside(north) of either implies (called(121.5 MHz) of blue) within the last 5 min) for the next 1 h",
    b"always (checked since crosses(river-2)) unless eventually (squawking(7700) until altitude > -1e3 ft)",
    b"tau_mod(0.66 NM) < 35 s and (aspect of interceptor <= 60 deg and turn_rate of both > 3 deg/s) within 20 s",
)

_OWN: Final = {
    "resolution advisory (56 bits)": lambda: [
        _ADVISORY.to_bytes(7, "big"),
        bytes(7),
        (_ADVISORY | 1 << 28).to_bytes(7, "big"),
        (0x30 << 48 | 0b0110_0000 << 40 | 1 << 28 | 2 << 26 | 0x123456).to_bytes(7, "big"),
    ],
    "Mode S parity and formats": _bodies,
    "Mode S fields (rs1090)": _bodies,
    "compact positions (CPR)": _compact,
    "receiver clocks": lambda: [
        b"".join((k * 12_000_000).to_bytes(6, "big") for k in range(5)),
        b"".join((k << 30 | 5000).to_bytes(6, "big") for k in range(86_395, 86_400)) + bytes(6),
        (0xFF004D4C4154).to_bytes(6, "big") * 2 + bytes(6),
    ],
    "Beast framing": lambda: _of("Beast"),
    "AVR lines": lambda: [*_of("AVR", "jet1090"), b'{"timestamp":1700000000.5,"frame":"8d4840d6' + b"0" * 20 + b'"}'],
    "GDL 90 between flags": lambda: _of("GDL 90"),
    "GDL 90 messages": lambda: [
        bytes([7]) + _HEARTBEAT + bytes([28]) + _TRAFFIC,
        bytes([7]) + _HEARTBEAT + bytes([5, 11, 4, 4, 0, 10, 28, 10]) + _TRAFFIC[1:],
    ],
    "link layer, IP and UDP": lambda: [b"\0" + ast.udp(b"abc"), b"\4" + bytes(4) + ast.udp(b"a")[14:], b"\1" + _ipv6()],
    "pcap records": lambda: [_files()["pcap"][len(PCAP_HEAD) :]],
    "pcapng blocks": lambda: [_files()["pcapng"][28:]],
    "blocks of pcapng": lambda: [_files()["pcapng"][28:]],
    "ASTERIX blocks": lambda: _of("ASTERIX"),
    "CAT021 walk": lambda: [_CAT021, _CAT021 * 2],
    "CAT021 records": lambda: [_CAT021, _CAT021 * 2],
    "CAT021 walk, edition 0.26": lambda: [_OLD_CAT021],
    "CAT021 records of edition 0.26": lambda: [_OLD_CAT021],
    "CAT021 walk, edition 0.23": lambda: [_OLDEST_CAT021],
    "CAT048 walk": lambda: [_CAT048, _CAT048 * 2],
    "CAT048 records": lambda: [_CAT048, _CAT048 * 2],
    "CAT062 walk": lambda: [_CAT062, _CAT062 * 2],
    "CAT062 records": lambda: [_CAT062, _CAT062 * 2],
    "payloads of datagrams": lambda: [_captured(ast.block(21, _CAT021)) * 2, _captured(_files()["GDL 90"])],
    "Mode S frames with right parity": _in_frames_pieces,
    "tables with columns of any type": _tables,
    "GDL 90 messages with right check sums": lambda: [b"\1" + _TRAFFIC[1:], b"\2" + _TRAFFIC[1:] + b"\3\1\2\0\0"],
    "gzip": lambda: [gzip.compress(b"a" * 100), gzip.compress(b"", 9) + gzip.compress(bytes(range(256)), 0) + bytes(9)],
    "instants in columns": lambda: [
        b"2023-06-01T10:00:00Z\n2023-06-01 10:00:00.123456789+02:00\n2023-06-31",
        b"1700000000\n1.7e9\n1700000000000",
        b"2023-06-01T10:00\n2024-02-29T23:59:59 UTC",
    ],
    "numbers, flags, squawks and codes in columns": lambda: [
        b"1\n-1.5e3\n+7\nNaN",
        b"true\nf\nyes\n-1",
        b"7012\n12.0\n0",
    ],
    "cells of JSON": lambda: [b"[1,2.5,null,true]", b'["a",1,"\\ud800",[1],{"a":1}]', b"[12345678901234567890]"],
    "instant": lambda: [b"2015-10-10T11:42:03Z", b"2015-10-10", b"20151010T114203.5+0330", b"2015-W41-6"],
    "quantity with unit": lambda: [b"3 NM", b"-1.5e3ft/min", b" .5 km/h"],
    "header line and column names": lambda: [
        b"timestamp,icao24,latitude,longitude,altitude\n",
        b"# a\n\ntime;icao24;lat;lon;velocity;baroaltitude\n",
        b'"lastposupdate"\ticao24\tlat\tlon\n',
    ],
    "scenario states (.daa, .xyz)": lambda: [
        _files()["DAIDALUS scenario (.daa)"],
        b"# time 0 is 2017-12-01T10:00:00Z\nNAME sx sy sz vx vy vz time\n[none] [m] [m] [m] [mps] [mps] [mps] [s]\n"
        b"a 0 0 0 1 1 0 0\nb 1 1 1 1 1 1 0\n",
    ],
    "JSON documents": lambda: [
        *_of("GeoJSON"),
        _files()["GeoJSON"] * 1 + b"\n" + _files()["OpenSky state vectors JSON"],
    ],
    "GeoJSON features": lambda: [
        *_of("GeoJSON", "written geojson"),
        b'{"features":[{"geometry":{"type":"Point","coordinates":[1,2,3]},"properties":{"time":1}},{"geometry":'
        b'{"type":"MultiLineString","coordinates":[[[1,2]]]},"properties":{"times":[[1]],"name":"a","altitude":[[5]]}}]}',
    ],
    "readsb aircraft": lambda: [
        *_of("readsb aircraft.json"),
        b'{"now":1,"aircraft":[{"lat":1,"alt_baro":"ground","mlat":["lat"],"seen_pos":2,"type":"mlat"}]}',
    ],
    "readsb trace rows": lambda: _of("readsb trace JSON"),
    "OpenSky state vectors": lambda: _of("OpenSky state vectors JSON"),
    "XML stream": lambda: [
        *_of("GPX", "KML", "Cursor on Target"),
        b"<?xml version='1.0'?><event/><event a='&lt;'>x</event>",
    ],
    "Cursor on Target events": lambda: [_files()["Cursor on Target"], _files()["Cursor on Target"] * 2],
    "GPX points": lambda: [
        *_of("GPX"),
        b'<gpx><trk><name>a</name><trkseg><trkpt lat="1" lon="2"><ele>1</ele><geoidheight>2</geoidheight><speed>1'
        b"</speed></trkpt></trkseg></trk></gpx>",
    ],
    "KML placemarks": lambda: [
        *_of("KML", "written kml"),
        b"<kml><Document><name>d</name><Placemark><name>2023-01-01</name><TimeStamp><when>2023-01-01T00:00:00Z</when>"
        b"</TimeStamp><Point><coordinates>1,2,3</coordinates></Point></Placemark></Document></kml>",
    ],
    "configuration of alerting (.conf)": lambda: [
        conf_text(find_profile(name)).encode() for name in ("cd3d", "do365b-en-route", "tcas-ii")
    ],
    "formula": lambda: list(_FORMULAS),
    "memorandum": lambda: [_SHORT_MEMORANDUM, _preset()],
    **{name: partial(trust_seeds, name) for name in TRUST_DECODERS},
    "records of radio and ground line": lambda: [SOUND.encode(), SOUND.encode("utf-16"), b"time,to\n1446544890,A\n"],
}


def _ipv6() -> bytes:
    """Return an IPv6 packet with a hop-by-hop header before its datagram, as a raw capture has it."""
    datagram = struct.pack(">HHHH", 8600, 8600, 11, 0) + b"abc"
    return struct.pack(">IHBB", 6 << 28, 8 + len(datagram), 0, 64) + bytes(32) + bytes([17, 0]) + bytes(6) + datagram
