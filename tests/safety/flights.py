"""Encounters with known truth: two aircraft whose motion is given in closed form, in a plane.

Each aircraft flies at constant speed; it may turn once, by up to half a circle or in circles throughout, at 5° to 30°
of bank, and change its rate of climb once. Banks and changes of climb begin at once, which no aircraft can: harder than
flight. Distances and altitudes in metres, headings clockwise from north; time 0 is about the closest approach.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from skyaccord.units import FPM, FT, KT
from tests.safety.rules import RuleCase

Floats = np.ndarray

GRAVITY_MPS2 = 9.81
CLASSES = (
    # slowest and fastest, spread of the rate of climb, change of it, lowest and highest level
    (20 * KT, 80 * KT, 300 * FPM, 1.0, 1_000 * FT, 8_000 * FT),  # drone
    (70 * KT, 180 * KT, 600 * FPM, 1.0, 2_000 * FT, 15_000 * FT),  # light
    (220 * KT, 500 * KT, 1500 * FPM, 0.5, 8_000 * FT, 40_000 * FT),  # airliner
    (250 * KT, 700 * KT, 4000 * FPM, 3.0, 5_000 * FT, 40_000 * FT),  # fighter
)
SHORTEST_S, LONGEST_S = 180.0, 480.0  # of the time flown before and after time 0


@dataclass(frozen=True)
class Flights:
    """One aircraft of each of n encounters."""

    speed_mps: Floats
    heading_rad: Floats  # before the turn
    turn_radps: Floats  # 1 where it does not turn, for 0 s
    turn_from_s: Floats
    turn_for_s: Floats
    climb_mps: Floats  # before the change
    change_mps2: Floats
    change_from_s: Floats
    change_for_s: Floats
    origin_m: Floats  # (3, n): east, north, up at time 0

    def at(self, t_s: Floats) -> Floats:
        """Return east, north and up at times of shape (n, m): shape (3, n, m)."""
        shift = self.origin_m[:, :, None] - self._relative(np.zeros((t_s.shape[0], 1)))
        return self._relative(t_s) + shift

    def _relative(self, t_s: Floats) -> Floats:
        speed, heading, turn = (x[:, None] for x in (self.speed_mps, self.heading_rad, self.turn_radps))
        since = t_s - self.turn_from_s[:, None]
        turning = np.clip(since, 0.0, self.turn_for_s[:, None])
        before, after = np.minimum(since, 0.0), np.maximum(since - self.turn_for_s[:, None], 0.0)
        now, last = heading + turn * turning, heading + turn * self.turn_for_s[:, None]
        east = speed * (before * np.sin(heading) + (np.cos(heading) - np.cos(now)) / turn + after * np.sin(last))
        north = speed * (before * np.cos(heading) + (np.sin(now) - np.sin(heading)) / turn + after * np.cos(last))
        since = t_s - self.change_from_s[:, None]
        changing = np.clip(since, 0.0, self.change_for_s[:, None])
        after = np.maximum(since - self.change_for_s[:, None], 0.0)
        gained = self.change_mps2[:, None] * (0.5 * changing**2 + self.change_for_s[:, None] * after)
        return np.stack([east, north, self.climb_mps[:, None] * since + gained])

    def heading_at(self, t_s: Floats) -> Floats:
        """Return headings at times of shape (n, m), radians."""
        turning = np.clip(t_s - self.turn_from_s[:, None], 0.0, self.turn_for_s[:, None])
        return self.heading_rad[:, None] + self.turn_radps[:, None] * turning

    def climb_at(self, t_s: Floats) -> Floats:
        changing = np.clip(t_s - self.change_from_s[:, None], 0.0, self.change_for_s[:, None])
        return self.climb_mps[:, None] + self.change_mps2[:, None] * changing

    @property
    def acceleration_mps2(self) -> Floats:
        """Return how hard each turns, at most."""
        return np.where(self.turn_for_s > 0.0, self.speed_mps * np.abs(self.turn_radps), 0.0)

    def take(self, index: Floats) -> Flights:
        return Flights(**{f.name: getattr(self, f.name)[..., index] for f in fields(self)})


@dataclass(frozen=True)
class Encounters:
    """Both aircraft, flown from ``-half_s`` to ``half_s``."""

    own: Flights
    other: Flights
    half_s: Floats

    def __len__(self) -> int:
        return len(self.half_s)

    def distances(self, t_s: Floats) -> tuple[Floats, Floats]:
        """Return horizontal and vertical distance at times of shape (n, m)."""
        apart = self.other.at(t_s) - self.own.at(t_s)
        return np.hypot(apart[0], apart[1]), np.abs(apart[2])


def draw_encounters(rng: np.random.Generator, count: int, rule: RuleCase) -> Encounters:
    """Return encounters whose distances at time 0 spread evenly from none to twice the limits of a rule.

    Half of them cross at any angle, half fly alongside: courses within 20° and speeds within 40 kt, so that the time
    within the limits spreads about the time to restore. The horizontal distance is drawn across the relative motion.
    Half of them have a vertical distance even up to twice the limit at time 0, half up to half of the limit.
    """
    kind = rng.integers(len(CLASSES), size=(2, count))
    is_alongside = rng.uniform(size=count) < 0.5
    kind[1] = np.where(is_alongside, kind[0], kind[1])
    slow, fast, spread, change, low, high = (np.array(column)[kind] for column in zip(*CLASSES, strict=True))
    speed = rng.uniform(slow, fast)
    speed[1] = np.where(is_alongside, np.clip(speed[0] + rng.uniform(-40, 40, count) * KT, slow[1], fast[1]), speed[1])
    heading = rng.uniform(0.0, 2 * np.pi, (2, count))
    heading[1] = np.where(is_alongside, heading[0] + np.radians(rng.uniform(-20, 20, count)), heading[1])
    closing = speed[1] * np.exp(1j * heading[1]) - speed[0] * np.exp(1j * heading[0])
    closing_mps = np.maximum(np.abs(closing), 5 * KT)
    half_s = np.clip((2.5 * rule.range_m + 2_000.0) / closing_mps, SHORTEST_S, LONGEST_S)

    miss_m = rng.uniform(0.0, 2.0, count) * rule.range_m
    across = np.angle(closing) + np.where(rng.uniform(size=count) < 0.5, 0.5, -0.5) * np.pi
    apart_m = rng.uniform(0.0, 2.0, count) * rule.height_m
    apart_m = np.where(rng.uniform(size=count) < 0.5, apart_m, 0.25 * apart_m)
    level = rng.uniform(low[0], high[0])
    up = level + np.where(rng.uniform(size=count) < 0.5, 1, -1) * apart_m
    flights = [
        _draw(rng, speed[0], heading[0], spread[0], change[0], half_s, np.stack([0 * miss_m, 0 * miss_m, level])),
        _draw(
            rng,
            speed[1],
            heading[1],
            spread[1],
            change[1],
            half_s,
            np.stack([miss_m * np.sin(across), miss_m * np.cos(across), up]),
        ),
    ]
    return Encounters(flights[0], flights[1], half_s)


def _draw(
    rng: np.random.Generator,
    speed: Floats,
    heading: Floats,
    spread: Floats,
    change: Floats,
    half_s: Floats,
    origin: Floats,
) -> Flights:
    """Return flights that have this heading at time 0."""
    count = len(speed)
    turns, circles = rng.uniform(size=count) < 0.5, rng.uniform(size=count) < 0.1
    bank = np.radians(rng.uniform(5.0, 30.0, count))
    turn = np.where(rng.uniform(size=count) < 0.5, 1, -1) * GRAVITY_MPS2 * np.tan(bank) / speed
    turn_for = np.radians(rng.uniform(15.0, 180.0, count)) / np.abs(turn)
    turn_from = np.where(circles, -half_s, rng.uniform(-0.5, 0.5, count) * half_s)
    turn_for = np.where(circles, 2 * half_s, turn_for)
    turn, turn_for = np.where(turns, turn, 1.0), np.where(turns, turn_for, 0.0)
    start = heading - turn * np.clip(-turn_from, 0.0, turn_for)
    rates = rng.normal(0.0, 1.0, (2, count)) * spread * (rng.uniform(size=(2, count)) < 0.5)
    step = rates[1] - rates[0]
    return Flights(
        speed_mps=speed,
        heading_rad=start,
        turn_radps=turn,
        turn_from_s=turn_from,
        turn_for_s=turn_for,
        climb_mps=rates[0],
        change_mps2=np.sign(step) * change,
        change_from_s=rng.uniform(-0.5, 0.5, count) * half_s,
        change_for_s=np.abs(step) / change,
        origin_m=origin,
    )
