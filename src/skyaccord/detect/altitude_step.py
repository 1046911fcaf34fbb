"""In which steps each aircraft reports its pressure altitude: 25 ft, or the 100 ft of Mode C.

One altitude that is no multiple of 100 ft shows the fine step. An aircraft that shows none may report in either, and is
taken to report in the coarse one: nothing else is safe.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.grouped import search_grouped
from skyaccord.geometry.vectors import Floats
from skyaccord.model.tracks import Tracks
from skyaccord.units import FT

FINE_M: Final = 25 * FT
"""Step of most ADS-B altitudes (DO-260B, Q bit)."""

COARSE_M: Final = 100 * FT
"""Step of Mode C (ICAO Annex 10, volume IV, 3.1.1.7.12), which altitude encoders of light aircraft have, also where
their transponder could do better, and which radars that ask in Mode C only see of everyone."""

ABOUT_S: Final = 300.0
"""How far away in time an altitude tells of the step. Assumption."""

_SAME: Final = 1e-3  # of a step: what conversion between feet and metres may add
_ABSURD_M: Final = 1e6  # higher than any aircraft: such a value says nothing


def altitude_steps_m(tracks: Tracks) -> Floats:
    """Return the step of the pressure altitude of each row, from what its aircraft reports within `ABOUT_S` of it."""
    owner = np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))
    steps = tracks.altitude_m / COARSE_M
    is_known = np.abs(tracks.altitude_m) < _ABSURD_M
    with np.errstate(invalid="ignore"):
        is_fine = is_known & (np.abs(steps - np.rint(steps)) >= _SAME)
    fine = np.flatnonzero(is_fine)
    begin = search_grouped(owner[fine], tracks.t_s[fine], owner, tracks.t_s - ABOUT_S)
    end = search_grouped(owner[fine], tracks.t_s[fine], owner, tracks.t_s + ABOUT_S, "right")
    return np.where(end > begin, FINE_M, COARSE_M)
