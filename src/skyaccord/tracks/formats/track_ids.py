"""Ids of targets that have no address: the number that a tracker gave them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from skyaccord.model.tracks import Ints
from skyaccord.model.values import Bools


def track_ids(prefix: str, source: Ints, number: Ints, known: Bools) -> pa.Array:
    """Return ids as "r025-201-0123" from SAC and SIC (16 bits) and a track number, null where there is none.

    A tracker gives its numbers anew after some time: one id can be several targets, one after another.
    """
    distinct, index = np.unique((source << 16) | number, return_inverse=True)
    names = [f"{prefix}{key >> 24:03d}-{key >> 16 & 0xFF:03d}-{key & 0xFFFF:04d}" for key in distinct.tolist()]
    return pa.array(names, pa.string()).take(pa.array(index.reshape(-1), mask=~known))
