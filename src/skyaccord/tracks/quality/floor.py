"""The lowest pressure altitude flown near a place by anyone in the recording: a stand-in for the height of terrain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.quality.motion import Flags
from skyaccord.units import FT

CELL_DEG: Final = 0.02
"""1.2 NM north to south. The floor of a place is taken from its cell and the eight around it: the size of an
airfield with its final approaches' last mile."""

COLUMNS: Final = round(360.0 / CELL_DEG)

LOWEST_M: Final = -1500.0 * FT
"""Lower pressure altitudes are taken for errors: the shore of the Dead Sea lies near -1,400 ft. Assumption."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Cells that were flown over, by ascending key, with the lowest altitude of each and its neighbours."""

    key: Ints
    lowest_m: Floats

    def at(self, lat_deg: Floats, lon_deg: Floats) -> Floats:
        """Return the floor below positions, metres of pressure altitude; NaN where no one flew with an altitude."""
        if not len(self.key):
            return np.full(len(lat_deg), np.nan)
        wanted = cell_key(lat_deg, lon_deg)
        place = np.searchsorted(self.key, wanted) % len(self.key)
        return np.where(is_among(wanted, self.key), self.lowest_m[place], np.nan)


def cell_key(lat_deg: Floats, lon_deg: Floats) -> Ints:
    """Return the number of the cell of each position."""
    row = np.floor((lat_deg + 90.0) / CELL_DEG).astype(np.int64)
    column = np.floor((lon_deg + 180.0) / CELL_DEG).astype(np.int64) % COLUMNS
    key: Ints = row * COLUMNS + column
    return key


def keys_around(key: Ints, steps: int) -> Ints:
    """Return the numbers of each cell and of those up to ``steps`` away, shape (cells around, n)."""
    row, column = key // COLUMNS, key % COLUMNS
    reach = range(-steps, steps + 1)
    return np.stack([(row + north) * COLUMNS + (column + east) % COLUMNS for north in reach for east in reach])


def is_among(key: Ints, cells: Ints) -> Flags:
    """Return which keys are among ``cells``, which are ascending and at least one."""
    place = np.minimum(np.searchsorted(cells, key), len(cells) - 1)
    found: Flags = cells[place] == key
    return found


def find_floor(lat_deg: Floats, lon_deg: Floats, altitude_m: Floats) -> Floor:
    """Return the floor of everything flown; altitudes that are missing or below `LOWEST_M` say nothing."""
    use = altitude_m >= LOWEST_M  # false for NaN
    cells, low = _lowest(cell_key(lat_deg[use], lon_deg[use]), altitude_m[use])
    around = keys_around(cells, 1)
    return Floor(*_lowest(around.ravel(), np.tile(low, len(around))))


def _lowest(key: Ints, value: Floats) -> tuple[Ints, Floats]:
    """Return each key once, ascending, with the least of its values."""
    if not len(key):
        return np.empty(0, np.int64), np.empty(0)
    order = np.argsort(key, kind="stable")
    key, value = key[order], value[order]
    first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    return key[first], np.minimum.reduceat(value, first)
