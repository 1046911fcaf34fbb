"""The types that kernels take."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Singles: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

Pair: TypeAlias = tuple[float, float, float, float, float, float]
"""Relative position (m) and velocity (m/s) of two aircraft, x and y horizontal, z up: ownship minus intruder."""
