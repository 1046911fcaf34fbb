"""ASTERIX recordings: CAT021, CAT048 and CAT062, among blocks of any category.

A broken record ends its block, a broken block the recording, or the packet that carries it; both are counted.
Source: EUROCONTROL SPEC-0149, part 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.model.file_report import MOST_COMPLAINTS, Complaint
from skyaccord.model.tracks import Ints
from skyaccord.tracks.formats import acas, cat021, cat048, cat062
from skyaccord.tracks.formats.asterix_blocks import Blocks, Piece, batches, block_length, walk
from skyaccord.tracks.formats.asterix_layout import Layout
from skyaccord.tracks.formats.asterix_records import Records, Sighting, States, Tally, join_states
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.decoded import Decoded, decoded_part
from skyaccord.tracks.formats.frames import Octets
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.report import Part, Rows
from skyaccord.tracks.formats.time_of_day import date_times_of_day

NAME: Final = "ASTERIX"

_READ: Final = (21, 48, 62)
_BESIDE: Final = (1, 2, 4, 8, 9, 10, 11, 15, 16, 17, 18, 19, 20, 23, 25, 32, 34, 63, 65, 128, 129, 204, 205, 240, 247)
"""Other categories that recordings have."""


def is_asterix(content: Content) -> bool:
    """Return whether content is a chain of data blocks, and the records of the first that would be read are whole."""
    head = content.head
    blocks = Blocks()
    at = blocks.fill(Piece(head), 0)
    is_cut = at + 3 > len(head) or block_length(head, at) >= 3
    if not is_cut or not blocks.category or not set(blocks.category) <= {*_READ, *_BESIDE}:
        return False
    octets = np.frombuffer(bytes(blocks.octets), np.uint8)
    known = [k for k, category in enumerate(blocks.category) if category in _READ]
    return bool(known) and _is_whole(octets, blocks, known[0])


def read_asterix(content: pa.Buffer, name: str, options: ReadingOptions = NOTHING_KNOWN) -> Part:
    """Return the tracks and advisories in a recording of data blocks.

    Raises:
        FormatError: no position and no advisory is in it.
    """
    return read_pieces([Piece(memoryview(content).cast("B"))], name, options)


def read_pieces(pieces: Iterable[Piece], name: str, options: ReadingOptions, kind: str = NAME) -> Part:
    """Return the tracks and advisories in data blocks that came in one or many pieces.

    Args:
        pieces: in the order of the recording.
        name: the file, for the report and for errors.
        options: edition, radar's site and day.
        kind: the format's name for people.

    Raises:
        FormatError: no position and no advisory is in it.
    """
    reader = _Reader(options)
    for blocks in batches(pieces, reader.complain):
        reader.take(blocks)
    decoded, advisories, rows = reader.result()
    return decoded_part(decoded, rows, advisories, name=name, kind=kind)


def _is_whole(octets: Octets, blocks: Blocks, k: int) -> bool:
    """Return whether the records of a block are whole, in one of its category's layouts."""
    begin, end = np.array([blocks.begin[k]]), np.array([blocks.end[k]])
    for edition in ("2.4", "0.26", "0.23"):
        walked = walk(octets, begin, end, _layout(blocks.category[k], edition))
        if len(walked.owner) and walked.broken[0] < 0:
            return True
    return False


def _layout(category: int, edition: str) -> Layout:
    if category == cat021.CATEGORY:
        return cat021.layout(edition)
    return cat048.layout() if category == cat048.CATEGORY else cat062.layout()


class _Reader:
    """Takes in batches of blocks and gathers what their records say."""

    def __init__(self, options: ReadingOptions) -> None:
        self._options = options
        self._bad: list[Complaint] = []
        self._unlisted = 0
        self._tally = Tally()
        self._states: list[States] = []
        self._sightings: list[Sighting] = []
        self._captured: list[tuple[Ints, Ints]] = []  # numbers of records, and when they were captured
        self._others: dict[int, int] = {}

    def complain(self, number: int, problem: str) -> None:
        """Count what cannot be read, by the number of its block."""
        if len(self._bad) < MOST_COMPLAINTS:
            self._bad.append((number, problem))
        else:
            self._unlisted += 1

    def take(self, blocks: Blocks) -> None:
        """Read one batch of blocks."""
        octets = np.frombuffer(bytes(blocks.octets), np.uint8)
        categories = np.array(blocks.category, np.int64)
        for category in np.unique(categories).tolist():
            which = np.flatnonzero(categories == category)
            if category in _READ:
                self._read(category, octets, blocks, which)
            else:
                self._others[category] = self._others.get(category, 0) + len(which)

    def result(self) -> tuple[Decoded, pa.Table, Rows]:
        """Return all that was read, dated and in order of reception."""
        cat048.refuse_two_radars(self._states, self._tally)
        states = join_states(self._states)
        seen = np.concatenate((states.number, [each.number for each in self._sightings])).astype(np.int64)
        since_us = np.concatenate((states.since_us, [each.since_us for each in self._sightings])).astype(np.int64)
        order = np.argsort(seen, kind="stable")
        t_us = np.empty_like(since_us)
        t_us[order], dating = date_times_of_day(since_us[order], self._options, self._captured_of(seen[order]))
        count = len(states.number)
        reports = [
            acas.Report(t, each.icao24, each.carrier, True, each.advisory)
            for t, each in zip(t_us[count:].tolist(), self._sightings, strict=True)
        ]
        bad = tuple(self._bad)
        rows = Rows("block", 1, states.number >> 16, bad, (*self._notes(), *dating), self._unlisted)
        return states.dated(t_us[:count]), acas.advisories_table(reports), rows

    def _read(self, category: int, octets: Octets, blocks: Blocks, which: Ints) -> None:
        """Read the blocks of one category. A record's number is that of its block, and in 16 bits its place there."""
        layout = _layout(category, self._options.cat021_edition)
        begin, end = np.array(blocks.begin, np.int64)[which], np.array(blocks.end, np.int64)[which]
        walked = walk(octets, begin, end, layout)
        for k in np.flatnonzero(walked.broken >= 0).tolist():
            problem = f"a record of CAT{category:03d} does not fit, {end[k] - walked.broken[k]:,} bytes are left out"
            self.complain(blocks.first + int(which[k]), problem)
        owner = walked.owner
        numbers = ((blocks.first + which[owner]) << 16) + np.arange(len(owner)) - np.searchsorted(owner, owner)
        self._captured.append((numbers, np.array(blocks.captured_us, np.int64)[which][owner]))
        records = Records(octets, walked.places, layout.columns, numbers)
        states, sightings = self._states_of(category, records)
        self._states.append(states)
        self._sightings += sightings

    def _states_of(self, category: int, records: Records) -> tuple[States, list[Sighting]]:
        if category == cat021.CATEGORY:
            return cat021.read(records, self._options.cat021_edition, self._tally)
        if category == cat048.CATEGORY:
            return cat048.read(records, self._options.site, self._tally)
        return cat062.read(records, self._tally)

    def _captured_of(self, numbers: Ints) -> Ints | None:
        """Return when records were captured; None where any of them has no such time."""
        if not len(numbers):
            return None
        known, captured = (np.concatenate(each) for each in zip(*self._captured, strict=True))
        order = np.argsort(known)
        found: Ints = captured[order][np.searchsorted(known[order], numbers)]
        return None if (found < 0).any() else found

    def _notes(self) -> Iterator[str]:
        for category, count in sorted(self._others.items()):
            yield f"{count:,} blocks of CAT{category:03d}: not read"
        for reason, count in self._tally.counts.items():
            yield f"{count:,} {reason}: left out"
