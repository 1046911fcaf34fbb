"""In which steps each aircraft reports its pressure altitude: 25 ft, or the 100 ft of Mode C.

One altitude that is no multiple of 100 ft shows the fine step. An aircraft that shows none may report in either, and is
taken to report in the coarse one: nothing else is safe.
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

_SAME: Final = 1e-3  # of a step: what conversion between feet and metres may add
_ABSURD_M: Final = 1e6  # higher than any aircraft: such a value says nothing


def altitude_steps_m(tracks: Tracks) -> Floats:
    """Return the step of each aircraft's pressure altitudes, from all that it reports."""
    known = np.flatnonzero(np.abs(tracks.altitude_m) < _ABSURD_M)
    owner = np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))[known]
    steps = tracks.altitude_m[known] / COARSE_M
    is_fine = np.abs(steps - np.rint(steps)) >= _SAME
    shows_fine = np.bincount(owner[is_fine], minlength=len(tracks.aircraft)) > 0
    return np.where(shows_fine, FINE_M, COARSE_M)
