"""Whether the one behind flies over the same ground as the one ahead: a route does that to everyone on it."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.detect.conduct.closing import SIGMAS
from skyaccord.detect.conduct.look import Look
from skyaccord.detect.conduct.stretches import Stretches
from skyaccord.geometry.vectors import Floats

SAMPLES: Final = 40
"""Places of the one behind that are compared: a turn of 30 s in a station of 20 min is met."""


def off_path(look: Look, stretch: Stretches, ahead_m: Floats) -> tuple[Floats, Floats]:
    """Return how far the one behind is off the path of the one ahead at most, and three standard errors of it.

    Args:
        look: the encounters.
        stretch: the time looked at, one an encounter; NaN comes back where there is none.
        ahead_m: how far b is ahead of a over it.
    """
    far, error = np.full(len(look), np.nan), np.full(len(look), np.nan)
    for n in np.flatnonzero(stretch.exists).tolist():
        lead, tail = (look.b, look.a) if ahead_m[n] > 0.0 else (look.a, look.b)
        own = np.unique(np.linspace(stretch.begin[n], stretch.end[n], SAMPLES).astype(np.int64))
        path = lead.position_m[look.first[n] : stretch.end[n] + 1]
        apart = np.linalg.norm(tail.position_m[own][:, None, :] - path[None, :, :], axis=2)
        far[n] = _between_points(apart, path)
        error[n] = SIGMAS * np.hypot(lead.position_error_m[own], tail.position_error_m[own]).max()
    return far, error


def _between_points(apart: Floats, path: Floats) -> float:
    """Return the largest of the least distances, less half of a step of the path: it is a line, not points.

    Places abreast of the path's first point are left out: where the one ahead flew before that was not seen.
    """
    nearest = apart.argmin(axis=1)
    seen = apart[nearest > 0].min(axis=1)
    if seen.size == 0:
        return float("nan")
    step = float(np.linalg.norm(np.diff(path, axis=0), axis=1).max())
    return max(float(seen.max()) - step / 2.0, 0.0)
