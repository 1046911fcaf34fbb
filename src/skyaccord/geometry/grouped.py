"""Search in values that are sorted within groups: rows by aircraft and time, intervals by pair and time."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from skyaccord.geometry.vectors import Floats, Ints

Side = Literal["left", "right"]


def search_grouped(group: Ints, value: Floats, of: Ints, at: Floats, side: Side = "left") -> Ints:
    """Return where each ``at`` stands in ``value`` among those of the group ``of``: `numpy.searchsorted` by group.

    ``group`` and ``value`` are sorted by both. Places before and after a group's own are its first and its last
    plus one.
    """
    found: Ints = np.searchsorted(_keys(group, value), _keys(of, at), side)
    return found


def _keys(group: Ints, value: Floats) -> npt.NDArray[np.complex128]:
    """Return numbers that sort by group, then value: numpy orders complex numbers by real, then by imaginary part."""
    keys = np.empty(len(group), np.complex128)
    keys.real, keys.imag = group, value
    return keys
