"""In which steps each aircraft reports its pressure altitude: 25 ft, or the 100 ft of Mode C.

The step shows where an aircraft climbs or descends. Levels that are flown, multiples of 500 ft, show nothing: they are
multiples of either step. An aircraft that stays on them is taken to report in steps of 25 ft, as most do.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats
from skyaccord.model.tracks import Tracks
from skyaccord.units import FT

FINE_M: Final = 25 * FT
"""Step of most ADS-B altitudes (DO-260B, Q bit)."""

COARSE_M: Final = 100 * FT
"""Step of Mode C (ICAO Annex 10, volume IV, 3.1.1.7.12), which altitude encoders of light aircraft have, also where
their transponder could do better, and which radars that ask in Mode C only see of everyone."""

LEAST_SHOWN: Final = 3
"""So many different altitudes between levels, all multiples of 100 ft, show the coarse step: of altitudes in steps of
25 ft four of nineteen are such, so that three of three are in 1 % of cases."""

_LEVEL: Final = 5  # coarse steps from one level to the next
_SAME: Final = 1e-3  # of a step: what conversion between feet and metres may add
_ABSURD_M: Final = 1e6  # higher than any aircraft: such a value says nothing
_OWNER: Final = 1 << 32


def altitude_steps_m(tracks: Tracks) -> Floats:
    """Return the step of each aircraft's pressure altitudes, from all that it reports."""
    count = len(tracks.aircraft)
    known = np.flatnonzero(np.abs(tracks.altitude_m) < _ABSURD_M)
    owner = np.repeat(np.arange(count), np.diff(tracks.start))[known]
    steps = tracks.altitude_m[known] / COARSE_M
    whole = np.rint(steps)
    is_coarse = np.abs(steps - whole) < _SAME
    is_fine = np.zeros(count, np.bool_)
    is_fine[owner[~is_coarse]] = True
    shows = is_coarse & (whole % _LEVEL != 0.0) & ~is_fine[owner]
    different = np.unique(owner[shows] * _OWNER + whole[shows].astype(np.int64))
    shown = np.bincount((different + _OWNER // 2) // _OWNER, minlength=count)
    return np.where(shown >= LEAST_SHOWN, COARSE_M, FINE_M)
