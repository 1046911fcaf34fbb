"""The latest value before each message: an aircraft says its position, velocity and name in separate messages."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.model.tracks import Ints
from skyaccord.model.values import Bools

MOST_AGE_S: Final = 10.0
"""How old a value may be that completes a position; older ones are missing."""


def latest(valid: Bools, code: Ints, t_us: Ints, most_age_s: float = MOST_AGE_S) -> tuple[Ints, Bools]:
    """Return for each message the last one up to it that is ``valid``, and whether there is one.

    It must be of the same aircraft and not older than ``most_age_s``. Messages are sorted by aircraft and time.
    """
    at = np.maximum.accumulate(np.where(valid, np.arange(len(valid)), -1))
    found = np.maximum(at, 0)
    is_known = (at >= 0) & (code[found] == code) & (t_us - t_us[found] <= most_age_s * 1e6)
    return found, is_known
