"""Positions that stand still while the aircraft flies."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.model.tracks import Tracks
from skyaccord.tracks.quality.motion import POSITION_NOISE_M, Fixes, Flags, step_lengths
from skyaccord.units import FT, KT, NM

FLYING_MPS: Final = 10.0 * KT
"""Reported speed above which an unchanged position is not that of an aircraft standing, or drifting in a hover."""

FLOWN_M: Final = 150.0
"""So far it must have flown meanwhile: 15 s at 20 kt, and far more than positions are coded to."""

CLIMBED_M: Final = 200.0 * FT
"""Change of altitude over an unchanged position that tells the same where no speed is reported: 8 steps of 25 ft."""

HELD_S: Final = 15.0
"""Sampling repeats a position for a second or two, and up to one interval of 10 s in slow recordings; beyond 15 s
it is stale. Assumption: three updates of a terminal radar."""

HELD_M: Final = 1.0 * NM
"""Or sooner, where the aircraft flew this far by its reported speed meanwhile: 8 s at 450 kt. Assumption."""

MOVING_MPS: Final = 50.0 * KT
"""Speed of the step before above which an aircraft without reported speed is taken to fly: slower may be noise."""

TOO_FAST_MPS: Final = 200.0 * KT
"""Faster aircraft cannot be standing at their next report, helicopters included: none flies so fast."""

CAUGHT_UP: Final = 0.5
"""Share of the way flown meanwhile, at the speed of the step before, by which the next position must lie ahead where no
speed is reported: an aircraft that stood, or hovered, begins to move from where it was. Half, since tracks bend."""

LEFT_BEHIND: Final = 1.5
"""And so many times what can have been flown since the position was last repeated, at that speed."""


def find_frozen(tracks: Tracks, fixes: Fixes) -> Flags:
    """Return which fixes are held for `HELD_S`, or over `HELD_M` of flight, by an aircraft that flies.

    Where no speed is reported, it flies if it climbs meanwhile, or if the next position has caught up with a flight
    that never stopped, or if it was too fast to stop at once.
    """
    held_s = fixes.t_until_s - fixes.t_s
    speed = tracks.groundspeed_mps[fixes.until]
    is_fast = speed > FLYING_MPS
    is_long = ((held_s >= HELD_S) & (held_s * speed >= FLOWN_M)) | (held_s * speed >= HELD_M)
    climbed = np.abs(tracks.altitude_m[fixes.until] - tracks.altitude_m[fixes.row]) >= CLIMBED_M
    is_unknown = ~(speed > 0.0)  # none reported
    is_flown = climbed | _has_caught_up(fixes) | _cannot_have_stopped(fixes)
    return (is_fast & is_long) | (is_unknown & is_flown & (held_s >= HELD_S))


def _has_caught_up(fixes: Fixes) -> Flags:
    """Return after which fixes the next lies as far on as if the aircraft had flown on from when it was first seen."""
    caught = np.zeros(len(fixes), np.bool_)
    if len(fixes) < 3:
        return caught
    length_m, took_s = step_lengths(fixes.points_m), np.diff(fixes.t_s)
    before_mps = length_m[:-1] / np.maximum(took_s[:-1], 1.0)
    since_m = before_mps * (fixes.t_s[2:] - fixes.t_until_s[1:-1])
    is_one = (fixes.aircraft[2:] == fixes.aircraft[:-2]) & (before_mps > MOVING_MPS)
    is_far = (length_m[1:] >= CAUGHT_UP * before_mps * took_s[1:]) & (
        length_m[1:] >= LEFT_BEHIND * since_m + POSITION_NOISE_M
    )
    caught[1:-1] = is_one & is_far
    return caught


def _cannot_have_stopped(fixes: Fixes) -> Flags:
    """Return before which fixes an aircraft flew two steps too fast to stand still from one report to the next."""
    found = np.zeros(len(fixes), np.bool_)
    speed = step_lengths(fixes.points_m) / np.maximum(np.diff(fixes.t_s), 1.0)
    is_fast = (speed > TOO_FAST_MPS) & (np.diff(fixes.aircraft) == 0)
    found[2:] = is_fast[1:] & is_fast[:-1]
    return found
