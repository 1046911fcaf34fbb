"""What fuzzers feed: a target a decoder, which takes any bytes and lets nothing but errors of ours pass.

``READERS`` has each format of the registry by its name, recognition of all, and targets that put the bytes into sound
envelopes (parity, check sums, block lengths, packets), so that what lies behind those is reached too. ``TARGETS`` has
these, the functions that decode (`decoders`) and the ground line (`hotline`). A target returns whether the bytes became
rows; any exception out of it is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

import pyarrow as pa

from skyaccord.errors import SkyaccordError
from skyaccord.model.tables import ADVISORIES, TRACKS
from skyaccord.tracks.formats.asterix import read_asterix
from skyaccord.tracks.formats.beast import read_beast
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.dataframe import read_dataframe
from skyaccord.tracks.formats.gdl90 import read_gdl90
from skyaccord.tracks.formats.options import ReadingOptions, Site
from skyaccord.tracks.formats.pcap import read_pcap
from skyaccord.tracks.formats.registry import FORMATS, Format, recognise_format
from skyaccord.tracks.formats.report import Part
from tests.fuzz.decoders import DECODERS, PCAPNG_HEAD, Target
from tests.fuzz.hotline import HOTLINE
from tests.fuzz.node_decoders import NODE_DECODERS
from tests.fuzz.typed_tables import typed_table
from tests.tracks.formats import asterix_encoder, gdl90_encoder, squitters

KNOWN: Final = ReadingOptions(start=datetime(2024, 6, 1, tzinfo=UTC), site=Site(48.0, 11.0, 500.0))
OLD_EDITION: Final = ReadingOptions(cat021_edition="0.26")


def check(part: Part) -> None:
    """Hold what every reader promises of what it returns."""
    assert part.table.schema.equals(TRACKS)
    assert part.table.num_rows == part.report.rows
    assert part.advisories is None or part.advisories.schema.equals(ADVISORIES)


def _guarded(read: Callable[[bytes], Part | None]) -> Target:
    def target(data: bytes) -> bool:
        try:
            part = read(data)
        except SkyaccordError:
            return False
        if part is not None:
            check(part)
        return part is not None and part.report.rows > 0

    return target


def _format(kind: Format) -> Target:
    return _guarded(lambda data: kind.rows(pa.py_buffer(data), "file", KNOWN))


def _recognise_and_read(data: bytes) -> Part | None:
    content = Content(pa.py_buffer(data))
    kind = recognise_format(content)
    return kind.rows(content.buffer, "file") if kind else None


def _in_frames(data: bytes) -> Part:
    """Read bytes as the contents of Mode S frames with right parity, in a Beast recording."""
    return read_beast(pa.py_buffer(squitters.beast(_frames(data))), "file", KNOWN)


def _frames(data: bytes) -> Iterator[tuple[int, bytes]]:
    ticks = 1
    for at in range(0, len(data) - 11, 12):
        piece = data[at : at + 12]
        ticks += piece[0] << 16
        df = (17, 18, 20, 21, 16, 5, 4, 11)[piece[1] & 7]
        body = bytes([df << 3 | piece[1] >> 5, 0x48, 0x40, piece[2] & 3]) + piece[4:11]
        body = body[:4] if df < 16 else body
        overlay = 0 if df in (11, 17, 18) else 0x484000 | piece[3] & 3
        yield ticks, body + (squitters.parity(body) ^ overlay).to_bytes(3, "big")


def _in_blocks(category: int, options: ReadingOptions = KNOWN) -> Target:
    """Read bytes as records of a category, in a sound block."""
    return _guarded(
        lambda data: read_asterix(pa.py_buffer(asterix_encoder.block(category, data[:65_000])), "file", options)
    )


def _in_packets(data: bytes) -> Part:
    """Read bytes as payloads of datagrams in a capture; the first octet of each piece is its length."""
    packets = []
    at = 0
    while at < len(data):
        size = data[at]
        packets.append((1.7e9 + at, asterix_encoder.udp(data[at + 1 : at + 1 + size])))
        at += 1 + size
    return read_pcap(pa.py_buffer(asterix_encoder.pcap(packets)), "file", KNOWN)


def _in_pcapng(data: bytes) -> Part:
    """Read bytes as blocks after the head of a capture."""
    return read_pcap(pa.py_buffer(PCAPNG_HEAD + data), "file", KNOWN)


def _in_messages(data: bytes) -> Part:
    """Read bytes as GDL 90 messages with right check sums."""
    pieces = (data[at : at + 28] for at in range(0, len(data), 28))
    messages = b"".join(gdl90_encoder.frame(bytes([(0, 20, 10, 11)[piece[0] & 3]]) + piece[1:]) for piece in pieces)
    return read_gdl90(pa.py_buffer(gdl90_encoder.heartbeat(100) + messages), "file", KNOWN)


READERS: Final[dict[str, Target]] = {
    **{kind.name: _format(kind) for kind in FORMATS},
    "recognition": _guarded(_recognise_and_read),
    "tables with columns of any type": _guarded(lambda data: read_dataframe(typed_table(data))),
    "Mode S frames with right parity": _guarded(_in_frames),
    "CAT021 records": _in_blocks(21),
    "CAT021 records of edition 0.26": _in_blocks(21, OLD_EDITION),
    "CAT048 records": _in_blocks(48),
    "CAT062 records": _in_blocks(62),
    "payloads of datagrams": _guarded(_in_packets),
    "blocks of pcapng": _guarded(_in_pcapng),
    "GDL 90 messages with right check sums": _guarded(_in_messages),
}

TARGETS: Final[dict[str, Target]] = READERS | DECODERS | HOTLINE | NODE_DECODERS
