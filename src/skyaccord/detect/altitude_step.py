"""In which steps each aircraft reports its pressure altitude: 25 ft, or the 100 ft of Mode C.

The step shows where an aircraft climbs or descends. Levels that are flown, multiples of 500 ft, show nothing: they are
multiples of either step. An aircraft that stays on them is taken to report in steps of 25 ft, as most do.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats, Ints
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

_LEVEL_M: Final = 500 * FT
_SAME: Final = 1e-3  # of a step: what conversion between feet and metres may add


def altitude_steps_m(tracks: Tracks) -> Floats:
    """Return the step of each aircraft's pressure altitudes, from all that it reports."""
    owner = np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))
    known = np.isfinite(tracks.altitude_m)
    altitude_m, owner = tracks.altitude_m[known], owner[known]
    coarse = _is_multiple(altitude_m, COARSE_M)
    is_fine = np.zeros(len(tracks.aircraft), np.bool_)
    is_fine[owner[~coarse]] = True
    shows = coarse & ~_is_multiple(altitude_m, _LEVEL_M) & ~is_fine[owner]
    shown = _count_different(owner[shows], np.rint(altitude_m[shows] / COARSE_M).astype(np.int64), len(is_fine))
    return np.where(shown >= LEAST_SHOWN, COARSE_M, FINE_M)


def _is_multiple(values_m: Floats, step_m: float) -> np.typing.NDArray[np.bool_]:
    steps = values_m / step_m
    is_multiple: np.typing.NDArray[np.bool_] = np.abs(steps - np.rint(steps)) < _SAME
    return is_multiple


def _count_different(owner: Ints, steps: Ints, aircraft: int) -> Ints:
    pairs = np.unique(np.stack((owner, steps)), axis=1)
    return np.bincount(pairs[0], minlength=aircraft).astype(np.int64)
