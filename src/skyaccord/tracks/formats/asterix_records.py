"""The records of one ASTERIX category, field by field over all of them, and the states that come out of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

import numpy as np
import pyarrow as pa

from skyaccord.model.tracks import Floats, Ints
from skyaccord.model.values import Bools
from skyaccord.tracks.formats import acas
from skyaccord.tracks.formats.decoded import UNKNOWN, Codes, Decoded
from skyaccord.tracks.formats.frames import Octets

_LETTERS: Final = np.frombuffer(b" ABCDEFGHIJKLMNOPQRSTUVWXYZ                     0123456789      ", np.uint8)


@dataclass(frozen=True, slots=True)
class Records:
    """Where the needed items of records begin; a field of an item that a record lacks is zero."""

    octets: Octets
    places: Ints  # (records, columns), -1 where an item is missing
    columns: tuple[str, ...]
    numbers: Ints  # place of each among all records of the recording, from 1

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, which: Ints | Bools) -> Records:
        """Return some of the records."""
        return Records(self.octets, self.places[which], self.columns, self.numbers[which])

    def has(self, item: str) -> Bools:
        """Return which records have an item."""
        found: Bools = self.places[:, self.columns.index(item)] >= 0
        return found

    def octet(self, item: str, index: int) -> Ints:
        """Return one octet from where an item begins; zero beyond the end of the recording."""
        place = self.places[:, self.columns.index(item)]
        at = place + index
        inside = (place >= 0) & (at < len(self.octets))
        return np.where(inside, self.octets[np.where(inside, at, 0)].astype(np.int64), 0)

    def bits(self, item: str, first: int, count: int) -> Ints:
        """Return a field of an item; its first bit is bit 0."""
        value = np.zeros(len(self), np.int64)
        for index in range(first // 8, (first + count + 7) // 8):
            value = (value << 8) | self.octet(item, index)
        return (value >> (-(first + count) % 8)) & ((1 << count) - 1)

    def signed(self, item: str, first: int, count: int) -> Ints:
        """Return a field in two's complement."""
        value = self.bits(item, first, count)
        return value - ((value >> (count - 1)) << count)

    def number(self, item: str, first: int, count: int, unit: float, *, signed: bool = False) -> Floats:
        """Return a field as a quantity, NaN where the item is missing."""
        raw = self.signed(item, first, count) if signed else self.bits(item, first, count)
        return np.where(self.has(item), raw.astype(np.float64) * unit, np.nan)

    def extension(self, item: str, octet: int) -> Bools:
        """Return which records have this octet of a chained item, the first being 0."""
        has = self.has(item)
        for index in range(octet):
            has = has & (self.octet(item, index) & 1 == 1)
        return has

    def callsign(self, item: str, first: int) -> pa.Array:
        """Return eight letters of six bits each, null where they are blank or the item is missing."""
        letters = np.stack([_LETTERS[self.bits(item, first + 6 * k, 6)] for k in range(8)], axis=1)
        texts = [row.tobytes().decode("ascii").strip() or None for row in letters]
        return pa.array(texts, pa.string(), mask=~self.has(item))


@dataclass(slots=True)
class States:
    """What the records of one category say; the columns are those of `decoded.Decoded`, times are times of day."""

    number: Ints
    since_us: Ints
    icao24: pa.Array
    latitude: Floats
    longitude: Floats
    numbers: dict[str, Floats]
    texts: dict[str, pa.Array]
    codes: dict[str, Codes]
    radar: Ints  # SAC and SIC where a radar's site was used, else -1

    def keep(self, kept: Bools) -> None:
        """Leave out the others."""
        which = pa.array(kept)
        self.number, self.since_us, self.radar = self.number[kept], self.since_us[kept], self.radar[kept]
        self.icao24 = self.icao24.filter(which)
        self.latitude, self.longitude = self.latitude[kept], self.longitude[kept]
        self.numbers = {column: values[kept] for column, values in self.numbers.items()}
        self.texts = {column: values.filter(which) for column, values in self.texts.items()}
        self.codes = {column: values[kept] for column, values in self.codes.items()}

    def dated(self, t_us: Ints) -> Decoded:
        """Return the states with instants instead of times of day."""
        return Decoded(t_us, self.icao24, self.latitude, self.longitude, self.numbers, self.texts, self.codes)


def join_states(states: Sequence[States]) -> States:
    """Return states of several categories as one, by number; a column that one of them lacks is missing there."""
    numbers, texts, codes = (
        {
            column: [_column(each, kind, column) for each in states]
            for column in chain(*(getattr(s, kind) for s in states))
        }
        for kind in ("numbers", "texts", "codes")
    )
    order = np.argsort(_joined([each.number for each in states], np.int64), kind="stable")
    return States(
        _joined([each.number for each in states], np.int64)[order],
        _joined([each.since_us for each in states], np.int64)[order],
        _joined_texts([each.icao24 for each in states], order),
        _joined([each.latitude for each in states], np.float64)[order],
        _joined([each.longitude for each in states], np.float64)[order],
        {column: np.concatenate(arrays)[order] for column, arrays in numbers.items()},
        {column: _joined_texts(arrays, order) for column, arrays in texts.items()},
        {column: np.concatenate(arrays)[order] for column, arrays in codes.items()},
        _joined([each.radar for each in states], np.int64)[order],
    )


def _column(states: States, kind: str, column: str) -> Any:
    count = len(states.number)
    if kind == "texts":
        return states.texts.get(column, pa.nulls(count, pa.string()))
    if kind == "codes":
        return states.codes.get(column, np.full(count, UNKNOWN, np.int8))
    return states.numbers.get(column, np.full(count, np.nan))


def _joined(arrays: Sequence[Any], kind: type) -> Any:
    return np.concatenate(arrays).astype(kind) if arrays else np.zeros(0, kind)


def _joined_texts(arrays: Sequence[pa.Array], order: Ints) -> pa.Array:
    flat = [array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array for array in arrays]
    return (pa.concat_arrays(flat) if flat else pa.nulls(0, pa.string())).take(pa.array(order))


@dataclass(frozen=True, slots=True)
class Sighting:
    """An advisory that a record carries, with the record's number and time of day."""

    number: int
    since_us: int
    icao24: str
    carrier: acas.Carrier
    advisory: acas.Advisory


@dataclass(slots=True)
class Tally:
    """How many records were left out, by reason."""

    counts: dict[str, int] = field(default_factory=dict)

    def drop(self, kept: Bools, which: Bools, reason: str) -> None:
        """Take records out of ``kept`` and count those that were still in it."""
        if count := int((kept & which).sum()):
            self.counts[reason] = self.counts.get(reason, 0) + count
        kept &= ~which


def sightings(
    records: Records, since_us: Ints, icao24: pa.Array, item: str, carrier: acas.Carrier, *, first: int = 0
) -> Iterator[Sighting]:
    """Yield the advisories in the 56 bits from octet ``first`` of an item; without address or time there are none."""
    at = np.flatnonzero(records.has(item) & np.asarray(icao24.is_valid()) & (since_us >= 0))
    some = records.take(at)
    bits = some.bits(item, 8 * first, 56).tolist()
    cells = zip(some.numbers.tolist(), since_us[at].tolist(), icao24.take(pa.array(at)).to_pylist(), bits, strict=True)
    for number, since, sender, report in cells:
        advisory = acas.decode_advisory(report)
        if advisory is not None:
            yield Sighting(number, since, sender, carrier, advisory)
