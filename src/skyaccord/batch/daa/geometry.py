"""``NAME.geometry.csv``: each pair of each step, relative motion and miss distances, SI units."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from skyaccord.batch.daa.numbers import digits
from skyaccord.detect.cpa import horizontal_miss, modified_tau_of, time_of_cpa, time_to_coaltitude, vertical_miss
from skyaccord.detect.scenes import Step
from skyaccord.units import NM

COLUMNS: Final = (
    *("t", "own", "ac", "sx", "sy", "sz", "vx", "vy", "vz", "hsep", "vsep", "hspd", "vspd"),
    *("tcpa", "dcpa", "hmd180", "vmd180", "tcoa", "taumod_066nmi"),
)
LOOK_AHEAD_S: Final = 180.0
TAU_RANGE_M: Final = 0.66 * NM


def geometry_rows(step: Step) -> Iterator[str]:
    """Yield a line for each intruder of a step."""
    for name, relative in zip(step.intruders, (step.scene.ownship - step.scene.intruders).tolist(), strict=True):
        sx, sy, sz, vx, vy, vz = relative
        pair = (sx, sy, sz, vx, vy, vz)
        measures = (
            math.hypot(sx, sy),
            abs(sz),
            math.hypot(vx, vy),
            abs(vz),
            time_of_cpa(pair),
            horizontal_miss(pair, math.inf),
            horizontal_miss(pair, LOOK_AHEAD_S),
            vertical_miss(pair, LOOK_AHEAD_S),
            time_to_coaltitude(pair),
            modified_tau_of(pair, TAU_RANGE_M),
        )
        numbers = [*(digits(value, 10) for value in relative), *(digits(value, 9) for value in measures)]
        yield ",".join([digits(step.time_s, 9), step.ownship, name, *numbers])
