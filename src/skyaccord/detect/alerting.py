"""Alert levels of an instant: which intruders will be in which hazard volume, and how soon.

A level of an alerter stands when its volume will be entered, in straight flight within the look-ahead, earlier than its
alerting time, or is violated now. The alert of an intruder is the highest level that stands, 0 where none does.

An instant is a `Scene`: the ownship and its intruders in one plane. Source: DAIDALUS, DASC 2015; see docs/detection.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.hazard import hazard_interval, is_hazard_violated
from skyaccord.detect.profile import Alerter, Profile
from skyaccord.detect.well_clear import TIE
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

NO_ALERTER: Final = -1


@dataclass(frozen=True, slots=True)
class Scene:
    """One instant: an ownship and its intruders in one plane, x east, y north, z up; m and m/s through the air."""

    ownship: Floats  # shape (6,): x, y, z and their rates
    intruders: Floats  # shape (n, 6)
    std: Floats  # shape (n, 4): standard deviations of detect.hazard, ownship's and intruder's added
    alerters: Ints  # shape (n,): index of each intruder's alerter in the profile, or NO_ALERTER

    def __len__(self) -> int:
        return len(self.intruders)


@dataclass(frozen=True, slots=True)
class LevelTimes:
    """What each level of an alerter foresees for each intruder, shape (intruders, levels).

    ``entry_s`` and ``exit_s`` bound the time in the volume within the look-ahead, NaN where there is none.
    """

    entry_s: Floats
    exit_s: Floats
    is_violated: np.ndarray


def stack_hazards(alerter: Alerter) -> Floats:
    """Return the volumes of an alerter's levels as rows."""
    return np.array([level.hazard for level in alerter.levels])


@kernel
def foresee(
    hazards: Floats, ownship: Floats, intruders: Floats, std: Floats, until_s: float, entry_s: Floats, exit_s: Floats
) -> Ints:
    """Write entry and exit of each intruder and volume, NaN where there is none; return whether violated now."""
    violated = np.zeros(entry_s.shape, np.int64)
    for k in range(intruders.shape[0]):
        pair = (
            ownship[0] - intruders[k, 0],
            ownship[1] - intruders[k, 1],
            ownship[2] - intruders[k, 2],
            ownship[3] - intruders[k, 3],
            ownship[4] - intruders[k, 4],
            ownship[5] - intruders[k, 5],
        )
        error = (std[k, 0], std[k, 1], std[k, 2], std[k, 3])
        for level in range(hazards.shape[0]):
            begin_s, end_s = hazard_interval(hazards[level], pair, error, ownship[2], ownship[5], until_s)
            if begin_s < end_s:
                entry_s[k, level], exit_s[k, level] = begin_s, end_s
            else:
                entry_s[k, level], exit_s[k, level] = math.nan, math.nan
            violated[k, level] = is_hazard_violated(hazards[level], pair, error, ownship[2])
    return violated


def level_times(scene: Scene, alerter: Alerter, look_ahead_s: float) -> LevelTimes:
    """Return what an alerter's levels foresee for every intruder of a scene."""
    entry_s = np.empty((len(scene), len(alerter.levels)))
    exit_s = np.empty_like(entry_s)
    violated = foresee(stack_hazards(alerter), scene.ownship, scene.intruders, scene.std, look_ahead_s, entry_s, exit_s)
    return LevelTimes(entry_s, exit_s, violated != 0)


@kernel
def is_before(time_s: float, limit_s: float) -> bool:
    """Return whether a time is before a limit by more than rounding; NaN is not."""
    return time_s < limit_s and limit_s - time_s > TIE * limit_s


def alert_level(entry_s: Floats, alerter: Alerter, standing: int = 0) -> int:
    """Return the highest level that stands for one intruder.

    Args:
        entry_s: entry of each level's volume, NaN where none.
        alerter: the levels.
        standing: the level of the update before; it alone is held by its early alerting time.
    """
    for k in range(len(alerter.levels), 0, -1):
        level = alerter.levels[k - 1]
        limit_s = level.early_alerting_time_s if k == standing else level.alerting_time_s
        if entry_s[k - 1] == 0.0 or is_before(float(entry_s[k - 1]), limit_s):
            return k
    return 0


def time_to_corrective(entry_s: Floats, alerter: Alerter, profile: Profile) -> float:
    """Return the entry of the corrective level's volume for one intruder, infinite where there is none."""
    for k, level in enumerate(alerter.levels):
        if level.region == profile.corrective_region:
            return float(entry_s[k]) if not math.isnan(entry_s[k]) else math.inf
    return math.inf
