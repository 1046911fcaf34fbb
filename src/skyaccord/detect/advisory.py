"""Whether a collision-avoidance system would be advising now: then its advice is followed and no other guidance shown.

Thresholds of the resolution advisory by altitude, as the public booklet "Introduction to TCAS II, Version 7.1" (FAA,
2011, table 2) gives them; HMD as DAIDALUS 2.0.4 configures it. Below 1,000 ft there are no resolution advisories.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from skyaccord.detect import hazard
from skyaccord.detect.alerting import Scene, foresee
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.units import FT, NM

# Up to (ft), TAU (s), DMOD (NM), ZTHR (ft), HMD (ft)
_ROWS = (
    (0.0, 0.0, 0.0, 0.0, 0.0),
    (1_000.0, 0.0, 0.0, 0.0, 0.0),
    (2_350.0, 15.0, 0.20, 600.0, 1_215.0),
    (5_000.0, 20.0, 0.35, 600.0, 2_126.0),
    (10_000.0, 25.0, 0.55, 600.0, 3_342.0),
    (20_000.0, 30.0, 0.80, 600.0, 4_861.0),
    (42_000.0, 35.0, 1.10, 700.0, 6_683.0),
    (np.inf, 35.0, 1.10, 800.0, 6_683.0),
)


@cache
def resolution_advisory() -> Floats:
    """Return the volume of the resolution advisory as a row of `detect.hazard`."""
    table = np.array([(up * FT, tau, tau, dmod * NM, zthr * FT, hmd * FT) for up, tau, dmod, zthr, hmd in _ROWS])
    return hazard.tcas(table, is_filtered=True)


def advised_against(scene: Scene) -> Ints:
    """Return the intruders against which a resolution advisory would stand now."""
    times = np.empty((2, len(scene), 1))
    rows = resolution_advisory()[np.newaxis]
    violated = foresee(rows, scene.ownship, scene.intruders, scene.std, 1.0, times[0], times[1])
    return np.flatnonzero(violated[:, 0])
