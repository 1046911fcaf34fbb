"""Keeping station: when one of two aircraft stayed in about the same place beside, before or behind the other."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.detect.conduct.look import STEP_S, Look
from skyaccord.detect.conduct.relative_motion import RelativeMotion
from skyaccord.detect.conduct.stretches import Stretches, longest
from skyaccord.detect.observation import Bools
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.units import KT, NM

STATION_MPS: Final = 20 * KT
"""Slower than this past each other is keeping station. Assumed: what crews correct all the time in loose formation."""

ALIKE_DEG: Final = 20.0
"""Tracks further apart than this are not those of two that fly together. Assumed."""

SAME_TRACK_DEG: Final = 45.0
"""Tracks that differ by less are the same track (ICAO Doc 4444, 5.4.2.1.5): one that follows another through a turn is
behind it in course."""

PASSING_MPS: Final = 10 * KT
"""Faster than this past each other, over a whole stretch, is a slow overtaking and no station. Assumed."""

OVER_S: Final = 30.0
"""Time over which motion past each other is measured: errors of position make 3 m/s of it at most."""

BRIDGE_S: Final = 12.0
"""An interruption of this length is a correction, or an error of measurement."""

FOLLOWING_S: Final = 30.0
"""In a turn, one that follows another at some miles is for this long on another track. Assumed."""

CLOSE_M: Final = 1 * NM
"""Standard formation: no more than 1 mile from the leader (FAA Pilot/Controller Glossary, FORMATION FLIGHT)."""

FAR_M: Final = 5 * NM
"""Further than the common surveillance minimum two aircraft that fly alike have nothing to do with each other."""


def keeps_station(look: Look, pair: RelativeMotion) -> Bools:
    """Return at which instants neither moves past the other, seen from aboard: in turns as in straight flight."""
    before, after, span_s = _about(look)
    moved_m = np.hypot(pair.ahead_m[after] - pair.ahead_m[before], pair.right_m[after] - pair.right_m[before])
    keeps: Bools = (span_s >= OVER_S / 2.0) & (moved_m < STATION_MPS * span_s) & (pair.between_deg < ALIKE_DEG)
    return keeps


def keeps_distance(look: Look, pair: RelativeMotion) -> Bools:
    """Return at which instants two on the same track neither come nearer nor draw apart, whatever side they are on."""
    before, after, span_s = _about(look)
    moved_m = np.abs(pair.distance_m[after] - pair.distance_m[before])
    keeps: Bools = (span_s >= OVER_S / 2.0) & (moved_m < STATION_MPS * span_s) & (pair.between_deg < SAME_TRACK_DEG)
    return keeps


def _about(look: Look) -> tuple[Ints, Ints, Floats]:
    """Return the instants half of `OVER_S` before and after each, within its encounter, and the time between them."""
    steps = round(OVER_S / 2.0 / STEP_S)
    p = np.arange(len(look.t_s))
    owner = np.repeat(np.arange(len(look)), np.diff(look.start))
    before, after = np.maximum(p - steps, look.first[owner]), np.minimum(p + steps, look.last[owner])
    return before, after, look.t_s[after] - look.t_s[before]


def longest_distance(look: Look, pair: RelativeMotion) -> Stretches:
    """Return the longest stretch of each encounter over which a distance was kept, up to `FAR_M`."""
    found = longest(look.start, look.t_s, keeps_distance(look, pair) & (pair.distance_m <= FAR_M), FOLLOWING_S)
    changed_m = np.abs(pair.distance_m[found.end] - pair.distance_m[found.begin])
    return found.only(changed_m < PASSING_MPS * found.lasted(look.t_s))


def longest_station(look: Look, pair: RelativeMotion) -> Stretches:
    """Return the longest stretch of each encounter over which station was kept within `CLOSE_M`.

    A stretch over which one went past the other, however slowly, is none.
    """
    found = longest(look.start, look.t_s, keeps_station(look, pair) & (pair.distance_m <= CLOSE_M), BRIDGE_S)
    return found.only(drift_mps(look, pair, found) < PASSING_MPS)


def drift_mps(look: Look, pair: RelativeMotion, found: Stretches) -> Floats:
    """Return the mean speed past each other over a stretch, infinite where it has no length."""
    moved_m = np.hypot(
        pair.ahead_m[found.end] - pair.ahead_m[found.begin], pair.right_m[found.end] - pair.right_m[found.begin]
    )
    lasted_s = found.lasted(look.t_s)
    return np.where(lasted_s > 0.0, moved_m / np.maximum(lasted_s, STEP_S), np.inf)
