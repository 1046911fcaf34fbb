"""Positions that stand still while the aircraft flies."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.model.tracks import Tracks
from skyaccord.tracks.quality.motion import Fixes, Flags
from skyaccord.units import FT, KT, NM

FLYING_MPS: Final = 50.0 * KT
"""Reported speed above which an unchanged position is not that of an aircraft standing."""

CLIMBED_M: Final = 200.0 * FT
"""Change of altitude over an unchanged position that tells the same where no speed is reported: 8 steps of 25 ft."""

HELD_S: Final = 15.0
"""Sampling repeats a position for a second or two, and up to one interval of 10 s in slow recordings; beyond 15 s
it is stale. Assumption: three updates of a terminal radar."""

HELD_M: Final = 1.0 * NM
"""Or sooner, where the aircraft flew this far by its reported speed meanwhile: 8 s at 450 kt. Assumption."""


def find_frozen(tracks: Tracks, fixes: Fixes) -> Flags:
    """Return which fixes are held for `HELD_S`, or over `HELD_M` of flight, by an aircraft that flies."""
    held_s = fixes.t_until_s - fixes.t_s
    speed = tracks.groundspeed_mps[fixes.until]
    is_fast = speed > FLYING_MPS
    is_long = (held_s >= HELD_S) | (held_s * speed >= HELD_M)
    climbed = np.abs(tracks.altitude_m[fixes.until] - tracks.altitude_m[fixes.row]) >= CLIMBED_M
    is_unknown = ~(speed > 0.0)  # none reported
    return (is_fast & is_long) | (is_unknown & climbed & (held_s >= HELD_S))
