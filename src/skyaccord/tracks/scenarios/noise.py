"""What a sensor makes of exact flights: errors of position, steps of altitude, silence. All from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.model.tracks import Bools, Floats
from skyaccord.tracks.scenarios.flightpath import wgs84
from skyaccord.units import FT, NM

RADIUS_95: Final = 2.4477  # 95 % of a circular normal distribution, in sigmas on one axis
NAC_P_BOUNDS_M: Final = (3.0, 10.0, 30.0, 0.05 * NM, 0.1 * NM, 0.3 * NM, 0.5 * NM, NM, 2 * NM, 4 * NM, 10 * NM)
"""95 % bounds of NACp 11 down to 1, DO-260B table 2-71."""

JUST_INSIDE: Final = 0.999
"""Errors of a stated NACp stay this near its bound: the category says less than, not equal."""

_SILENCE: Final = 1


@dataclass(frozen=True, slots=True)
class Noise:
    """How a sensor errs. Position: normal on each axis, fading over ``correlation_s`` as satellite positions' does."""

    sigma_m: float
    correlation_s: float
    seed: int
    altitude_step_m: float = 0.0  # pressure altitude is rounded to it; 0: as it is
    silent_every_s: float = 0.0  # mean time from the end of a silence to the next; 0: never silent
    silent_for_s: float = 0.0  # mean length of a silence

    @property
    def nac_p(self) -> int:
        """Return the accuracy category that the errors of position keep."""
        return nac_p_of(self.sigma_m)


def usual_noise(seed: int) -> Noise:
    """Return the errors of an ordinary ADS-B receiver.

    NACp 8, the least that 14 CFR 91.227 lets ADS-B Out report; 25 ft, DO-260B; the rest is assumed: errors that fade
    over two minutes, and a silence of four seconds every two minutes.
    """
    return Noise(sigma_of(8), 120.0, seed, altitude_step_m=25 * FT, silent_every_s=120.0, silent_for_s=4.0)


def sigma_of(nac_p: int) -> float:
    """Return the error on each axis that just keeps the bound of a NACp from 1 to 11."""
    return JUST_INSIDE * NAC_P_BOUNDS_M[11 - nac_p] / RADIUS_95


def nac_p_of(sigma_m: float) -> int:
    """Return the NACp whose 95 % bound holds errors of ``sigma_m`` on each axis; 0 where none does."""
    radius_m = RADIUS_95 * sigma_m
    return next((11 - n for n, bound_m in enumerate(NAC_P_BOUNDS_M) if radius_m < bound_m), 0)


def measured_positions(
    noise: Noise, number: int, sample_s: float, lat_deg: Floats, lon_deg: Floats
) -> tuple[Floats, Floats]:
    """Return positions moved by a first-order Gauss-Markov error, one independent series for each aircraft."""
    draws = np.random.default_rng([noise.seed, number]).normal(0.0, noise.sigma_m, (2, len(lat_deg)))
    keeps = float(np.exp(-sample_s / noise.correlation_s)) if noise.correlation_s > 0 else 0.0
    error = draws.copy()
    for k in range(1, len(lat_deg)):
        error[:, k] = keeps * error[:, k - 1] + np.sqrt(1.0 - keeps**2) * draws[:, k]
    east, north = error
    azimuth = np.degrees(np.arctan2(east, north))
    lon, lat, _ = wgs84().fwd(lon_deg, lat_deg, azimuth, np.hypot(east, north))
    return np.asarray(lat), np.asarray(lon)


def measured_altitudes(noise: Noise, altitude_m: Floats) -> Floats:
    """Return altitudes rounded to the sensor's step."""
    step_m = noise.altitude_step_m
    return np.round(altitude_m / step_m) * step_m if step_m else altitude_m


def is_heard(noise: Noise, number: int, sample_s: float, count: int) -> Bools:
    """Return which reports arrive: a Markov chain of two states. First and last do, so that a track keeps its ends."""
    if not noise.silent_every_s:
        return np.ones(count, np.bool_)
    draws = np.random.default_rng([noise.seed, number, _SILENCE]).random(count)
    falls_silent, speaks = sample_s / noise.silent_every_s, sample_s / noise.silent_for_s
    heard = np.ones(count, np.bool_)
    for k in range(1, count - 1):
        heard[k] = draws[k] >= falls_silent if heard[k - 1] else draws[k] < speaks
    return heard
