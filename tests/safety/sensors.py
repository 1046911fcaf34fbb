"""What is recorded of an aircraft without any fault: rates, stamps, noise, steps of altitude, missed reports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.units import FPM, FT, KT, NM
from tests.safety.flights import Flights, Floats

NAC_P = {6: 0.3 * NM, 7: 0.1 * NM, 8: 0.05 * NM, 9: 30.0, 10: 10.0, 11: 3.0}  # 95 % radius, DO-260B
UNSTATED = 0
ASSUMED_M = 0.05 * NM  # 95 % radius that is assumed where none is stated
SIGMAS = 2.448  # of an axis in the 95 % radius of a round normal distribution
MEMORY_S = 60.0
SHARES = {6: 0.05, 7: 0.10, 8: 0.25, 9: 0.25, 10: 0.15, 11: 0.05, UNSTATED: 0.15}
SPARSE = {9: 0.4, 10: 0.4, 11: 0.2}
CLEAN = {10: 0.5, 11: 0.5}
LOST = 0.05  # share of reports that are not received
NO_VELOCITY = 0.1  # share of aircraft that report none
COARSE = 0.2  # share that report altitude in steps of 100 ft


@dataclass
class Sensor:
    """How each of n aircraft is recorded."""

    every_s: Floats
    stamp_step_s: Floats  # 0: exact
    nac_p: Floats
    radius_95_m: Floats  # of the noise that is there
    granted_m: Floats  # 95 % radius that is stated, or assumed
    white: Floats  # share of its variance that is new with each report; the rest drifts with a memory
    altitude_step_m: Floats
    has_velocity: Floats
    lost: Floats

    @property
    def sigma_m(self) -> Floats:
        return self.radius_95_m / SIGMAS


@dataclass
class Reports:
    """What is recorded of each of n aircraft; shape (n, m) but for ``position_m``, (2, n, m). Faults change it."""

    t_s: Floats  # when it was true
    stamp_s: Floats
    is_there: Floats
    position_m: Floats
    altitude_m: Floats
    speed_mps: Floats
    track_deg: Floats
    climb_mps: Floats
    displaced_m: Floats  # (2, n, m): by faults, beside the noise

    def join(self, other: Reports, only: Floats) -> Reports:
        """Return both under one id, in the order of their stamps; of ``other`` only the rows of some aircraft."""
        other.is_there = other.is_there & only[:, None]
        joined = {n: np.concatenate([getattr(self, n), getattr(other, n)], axis=-1) for n in self.__dataclass_fields__}
        order = np.argsort(np.where(joined["is_there"], joined["stamp_s"], np.inf), axis=-1, kind="stable")
        return Reports(**{n: np.take_along_axis(v, np.broadcast_to(order, v.shape), -1) for n, v in joined.items()})


def draw_sensor(rng: np.random.Generator, count: int, is_clean: Floats, is_sparse: Floats) -> Sensor:
    """Return sensors; those of clean and sparse draws state a good accuracy, and have no noise and exact stamps."""
    is_exact = is_clean | is_sparse
    nac_p, good, best = (rng.choice(list(s), size=count, p=list(s.values())) for s in (SHARES, SPARSE, CLEAN))
    nac_p = np.where(is_clean, best, np.where(is_sparse, good, nac_p))
    radius = np.select([nac_p == k for k in NAC_P], list(NAC_P.values()), ASSUMED_M)
    noise = np.where(nac_p == UNSTATED, rng.uniform(size=count), 1.0) * radius
    return Sensor(
        every_s=np.where(is_clean, 1.0, rng.uniform(1.0, 10.0, count)),
        stamp_step_s=np.where(is_exact, 0.0, rng.choice([0.0, 0.1, 1.0], size=count)),
        nac_p=nac_p,
        radius_95_m=np.where(is_exact, 0.0, noise),
        granted_m=radius,
        white=rng.choice([0.0, 0.5, 1.0], size=count),
        altitude_step_m=np.where(~is_exact & (rng.uniform(size=count) < COARSE), 100 * FT, 25 * FT),
        has_velocity=is_exact | (rng.uniform(size=count) >= NO_VELOCITY),
        lost=np.where(is_exact, 0.0, LOST),
    )


def observe(rng: np.random.Generator, flights: Flights, half_s: Floats, sensor: Sensor, clock_s: Floats) -> Reports:
    """Return the reports of flights; stamps are ``clock_s`` late."""
    count = len(half_s)
    most = int(np.ceil((2 * half_s / sensor.every_s).max())) + 1
    begin = -half_s + rng.uniform(size=count) * sensor.every_s
    t_s = begin[:, None] + np.arange(most) * sensor.every_s[:, None]
    jitter = np.where(rng.uniform(size=count) < 0.5, 0.2, 0.0) * sensor.every_s
    t_s = t_s + jitter[:, None] * rng.uniform(-0.5, 0.5, t_s.shape)
    is_there = (np.abs(t_s) <= half_s[:, None]) & (rng.uniform(size=t_s.shape) >= sensor.lost[:, None])
    true = flights.at(t_s)
    noise = _noise(rng, t_s, sensor)
    has = np.where(sensor.has_velocity, 1.0, np.nan)[:, None]
    drift = rng.normal(size=(3, *t_s.shape)) * np.where(sensor.radius_95_m > 0.0, 1.0, 0.0)[:, None]
    speed = np.round((flights.speed_mps[:, None] + drift[0]) / KT) * KT * has
    wander = np.degrees(drift[1] / flights.speed_mps[:, None])
    track = np.round((np.degrees(flights.heading_at(t_s)) + wander) % 360.0, 1) % 360.0 * has
    climb = np.round((flights.climb_at(t_s) + 0.3 * drift[2]) / (64 * FPM)) * 64 * FPM * has
    step = np.where(sensor.stamp_step_s > 0.0, sensor.stamp_step_s, 1e-6)[:, None]
    return Reports(
        t_s=t_s,
        stamp_s=np.round((t_s + clock_s[:, None]) / step) * step,
        is_there=is_there,
        position_m=true[:2] + noise,
        altitude_m=true[2],
        speed_mps=np.maximum(speed, 0.0),
        track_deg=track,
        climb_mps=climb,
        displaced_m=np.zeros((2, *t_s.shape)),
    )


def _noise(rng: np.random.Generator, t_s: Floats, sensor: Sensor) -> Floats:
    """Return errors of position, shape (2, n, m): white and with a memory, of the sensor's 95 % radius together."""
    fresh, white = rng.normal(size=(2, 2, *t_s.shape))
    drift = np.empty_like(fresh)
    drift[..., 0] = fresh[..., 0]
    keep = np.exp(-np.abs(np.diff(t_s, axis=1)) / MEMORY_S)
    anew = np.sqrt(1.0 - keep**2)
    for k in range(1, t_s.shape[1]):
        drift[..., k] = keep[:, k - 1] * drift[..., k - 1] + anew[:, k - 1] * fresh[..., k]
    share = sensor.white[:, None]
    return sensor.sigma_m[:, None] * (np.sqrt(share) * white + np.sqrt(1.0 - share) * drift)


def quantise(reports: Reports, sensor: Sensor) -> None:
    """Round altitudes to the steps in which they are reported."""
    step = sensor.altitude_step_m[:, None]
    reports.altitude_m = np.round(reports.altitude_m / step) * step
