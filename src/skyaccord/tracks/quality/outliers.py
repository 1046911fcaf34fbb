"""One or two positions far off a track that goes on undisturbed without them."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.model.tracks import Ints
from skyaccord.tracks.quality.motion import Fixes, Flags, excess, excess_between

LONGEST: Final = 2
"""Fixes in a row that may be called an outlier; three agreeing positions are a claim, to be doubted, not dropped."""

NEIGHBOURHOOD: Final = 10
"""Fixes on either side that are searched for more of the same."""

MOST: Final = 3
"""Suspects within the neighbourhood on both sides; more is not a stray position but two tracks or interference."""

TOGETHER_S: Final = 60.0
"""Suspects no further apart in time than this may be one track: of a second aircraft under the id. Assumption."""


def find_outliers(fixes: Fixes) -> Flags:
    """Return which fixes are outliers: out of reach from both neighbours, which reach each other.

    Out of reach is gross already: at one fix a second, `motion.reach_m` allows 4.6 times the reported speed.
    """
    found = np.zeros(len(fixes), np.bool_)
    leap = excess(fixes) > 1.0
    for length in range(1, LONGEST + 1):
        found[_runs_off_track(fixes, leap, length)] = True
    suspects = np.flatnonzero(found)
    found[suspects[_is_crowded(suspects, fixes) | _is_a_track(suspects, fixes)]] = False
    return found


def _runs_off_track(fixes: Fixes, leap: Flags, length: int) -> Ints:
    """Return the fixes of runs of ``length`` whose step in and step out are leaps, and whose bridge is none."""
    before = np.flatnonzero(leap[: len(leap) - length] & leap[length:])
    after = before + length + 1
    is_bridged = excess_between(fixes, before, after) <= 1.0
    before = before[is_bridged & (fixes.aircraft[before] == fixes.aircraft[after])]
    run: Ints = (before[:, None] + np.arange(1, length + 1)).ravel()
    return run


def _is_crowded(suspects: Ints, fixes: Fixes) -> Flags:
    """Return which suspects have more than `MOST` of the same aircraft around them, themselves counted."""
    of = fixes.aircraft[suspects]
    low = np.maximum(suspects - NEIGHBOURHOOD, np.searchsorted(fixes.aircraft, of, "left"))
    high = np.minimum(suspects + NEIGHBOURHOOD + 1, np.searchsorted(fixes.aircraft, of, "right"))
    crowded: Flags = np.searchsorted(suspects, high) - np.searchsorted(suspects, low) > MOST
    return crowded


def _is_a_track(suspects: Ints, fixes: Fixes) -> Flags:
    """Return which suspects make up a track of their own, of more than `LONGEST` positions in reach of each other."""
    goes_on = np.zeros(len(suspects) + 1, np.bool_)
    earlier, later = suspects[:-1], suspects[1:]
    goes_on[1:-1] = (fixes.aircraft[earlier] == fixes.aircraft[later]) & (
        fixes.t_s[later] - fixes.t_s[earlier] <= TOGETHER_S
    )
    goes_on[1:-1] &= excess_between(fixes, earlier, later) <= 1.0
    number = np.cumsum(~goes_on[:-1])
    long: Flags = np.bincount(number)[number] > LONGEST
    return long
