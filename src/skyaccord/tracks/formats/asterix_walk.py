"""The walk through ASTERIX records, from item to item by their lengths. Source: EUROCONTROL SPEC-0149, part 1."""

from __future__ import annotations

import numpy as np

from skyaccord.geometry.kernel import kernel
from skyaccord.model.tracks import Ints
from skyaccord.tracks.formats.frames import Octets


@kernel
def walk_records(
    octets: Octets,
    begin: Ints,
    end: Ints,
    form: Ints,
    size: Ints,
    column: Ints,
    part_table: Ints,
    part_form: Ints,
    part_size: Ints,
    part_column: Ints,
    places: Ints,
    owner: Ints,
) -> tuple[int, Ints]:
    """Find the needed items of all records in data blocks.

    Nothing beyond a block's end is read. A record that does not fit, or names an item that does not exist, ends its
    block: where the next one would begin is then unknown.

    Args:
        octets: the whole recording.
        begin: of each block's records.
        end: of each block.
        form: of items, as all down to ``part_column`` an array of a `Layout`.
        size: of items.
        column: of items, -1 where one is not needed.
        part_table: of items that have parts.
        part_form: of parts.
        part_size: of parts.
        part_column: of parts.
        places: (records, columns), filled with where each needed item begins, -1 where it is missing; with no rows
            records are only counted.
        owner: the block of each record.

    Returns:
        How many records there are, and where each block is broken, -1 where it is not.
    """
    count = 0
    broken = np.full(begin.size, -1)
    for block in range(begin.size):
        at = begin[block]
        while at < end[block]:
            keep = count < places.shape[0]
            if keep:
                places[count, :] = -1
                owner[count] = block
            after = _walk_record(
                octets, at, end[block], form, size, column, part_table, part_form, part_size, part_column, places, count
            )
            if after < 0:
                broken[block] = at
                break
            at = after
            count += 1
    return count, broken


@kernel
def _walk_record(
    octets: Octets,
    at: int,
    end: int,
    form: Ints,
    size: Ints,
    column: Ints,
    part_table: Ints,
    part_form: Ints,
    part_size: Ints,
    part_column: Ints,
    places: Ints,
    row: int,
) -> int:
    """Return where the next record begins, -1 where this one is broken."""
    bits, at = _chain(octets, at, end, 1)
    if at < 0:
        return -1
    items = 0
    for k in range(7 * (at - bits)):
        if not octets[bits + k // 7] >> (7 - k % 7) & 1:
            continue
        if k >= form.size or form[k] == 0:
            return -1
        items += 1
        if column[k] >= 0 and row < places.shape[0]:
            places[row, column[k]] = at
        if form[k] == 5:
            table = part_table[k]
            at = _walk_parts(octets, at, end, part_form[table], part_size[table], part_column[table], places, row)
        else:
            at = _skip(octets, at, end, form[k], size[k])
        if at < 0:
            return -1
    return at if items else -1


@kernel
def _walk_parts(octets: Octets, at: int, end: int, form: Ints, size: Ints, column: Ints, places: Ints, row: int) -> int:
    """Return where an item of parts ends, -1 where it is broken."""
    bits, at = _chain(octets, at, end, 1)
    if at < 0:
        return -1
    for k in range(7 * (at - bits)):
        if not octets[bits + k // 7] >> (7 - k % 7) & 1:
            continue
        if k >= form.size or form[k] == 0:
            return -1
        if column[k] >= 0 and row < places.shape[0]:
            places[row, column[k]] = at
        at = _skip(octets, at, end, form[k], size[k])
        if at < 0:
            return -1
    return at


@kernel
def _skip(octets: Octets, at: int, end: int, form: int, size: int) -> int:
    """Return where an item without parts ends, -1 where it does not fit."""
    if form == 2:
        return _chain(octets, at, end, size)[1]
    length = size
    if form != 1:
        if at >= end:
            return -1
        length = 1 + octets[at] * size if form == 3 else int(octets[at])
        if length < 1:
            return -1
    return at + length if at + length <= end else -1


@kernel
def _chain(octets: Octets, at: int, end: int, unit: int) -> tuple[int, int]:
    """Return where a chain begins and ends; the end is -1 where it does not fit."""
    first = at
    while at + unit <= end:
        at += unit
        if not octets[at - 1] & 1:
            return first, at
    return first, -1
