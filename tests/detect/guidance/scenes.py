"""Scenes for guidance, and a profile like those that DAIDALUS ships, made here so that no file is needed."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import strategies as st

from skyaccord.detect import hazard
from skyaccord.detect.alerting import Scene
from skyaccord.detect.profile import Alerter, Axis, Hysteresis, Level, Performance, Profile, Recovery, Region
from skyaccord.detect.well_clear import TAUMOD
from skyaccord.units import FPM, FT, KT, NM

VOLUME = hazard.well_clear(TAUMOD, 0.66 * NM, 450 * FT, 35.0)
PROFILE = Profile(
    name="test",
    look_ahead_s=180.0,
    alerters=(Alerter("en route", (Level(VOLUME, 55.0, 75.0, Region.MID), Level(VOLUME, 25.0, 55.0, Region.NEAR))),),
    corrective_region=Region.MID,
    is_ownship_centric=False,
    hysteresis=Hysteresis(),
    direction=Axis(math.pi, math.pi, math.radians(1.0)),
    speed=Axis(10 * KT, 700 * KT, 5 * KT),
    climb=Axis(-6000 * FPM, 6000 * FPM, 100 * FPM),
    altitude=Axis(100 * FT, 50_000 * FT, 100 * FT),
    performance=Performance(math.radians(3.0), 0.0, 2.0, 0.25 * 9.80665, 500 * FPM, 10 * KT),
    recovery=Recovery(0.66 * NM, 450 * FT, 3.0, True, 0.1, 500 * FT, 100 * FT),
)


def scene_of(own: tuple[float, ...], intruders: list[tuple[float, ...]]) -> Scene:
    count = len(intruders)
    states = np.array(intruders, float).reshape(count, 6)
    return Scene(np.array(own, float), states, np.zeros((count, 4)), np.zeros(count, np.int64))


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False).map(lambda x: round(x, 3))


@st.composite
def states(draw: st.DrawFn, reach_m: float = 15_000.0) -> tuple[float, ...]:
    """Draw an aircraft within some reach of the origin at about 3,000 m."""
    track, speed = draw(numbers(0.0, 2 * math.pi)), draw(numbers(40.0, 250.0))
    place = (draw(numbers(-reach_m, reach_m)), draw(numbers(-reach_m, reach_m)), draw(numbers(2_500.0, 3_500.0)))
    return (*place, speed * math.sin(track), speed * math.cos(track), draw(numbers(-10.0, 10.0)))


@st.composite
def aimed_scenes(draw: st.DrawFn) -> Scene:
    """Draw an ownship and an intruder that comes near it, in 5 to 120 seconds."""
    own, other = np.array(draw(states(0.0))), np.array(draw(states(0.0)))
    ahead_s = draw(numbers(5.0, 120.0))
    miss = np.array([draw(numbers(-2_500.0, 2_500.0)), draw(numbers(-2_500.0, 2_500.0)), draw(numbers(-300.0, 300.0))])
    other[:3] = own[:3] + miss - ahead_s * (other[3:] - own[3:])
    return scene_of(tuple(own.tolist()), [tuple(other.tolist())])


@st.composite
def scenes(draw: st.DrawFn, most: int = 3) -> Scene:
    """Draw an ownship at the origin and some intruders about it."""
    own = draw(states(0.0))
    return scene_of(own, draw(st.lists(states(), min_size=1, max_size=most)))
