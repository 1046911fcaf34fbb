"""Hypothesis strategies for pairs of aircraft.

All values are multiples of 1/16: sums and differences of them are exact, so that what must be equal is equal to the
bit, and zeros are ordinary values.
"""

from __future__ import annotations

from hypothesis import strategies as st

from skyaccord.geometry.vectors import Pair

LOOK_AHEAD_S = 180.0


def sixteenths(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(round(low * 16), round(high * 16)).map(lambda k: k / 16)


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Return a pair whose closest approach, in any direction, lies within some kilometres and minutes of now."""
    vx, vy = draw(sixteenths(-250, 250)), draw(sixteenths(-250, 250))
    vz = draw(st.one_of(st.just(0.0), sixteenths(-25, 25)))
    at_s, height_s = draw(sixteenths(-60, 240)), draw(sixteenths(-60, 240))
    aside_x, aside_y, aside_z = (
        draw(sixteenths(-3000, 3000)),
        draw(sixteenths(-3000, 3000)),
        draw(sixteenths(-400, 400)),
    )
    return aside_x - at_s * vx, aside_y - at_s * vy, aside_z - height_s * vz, vx, vy, vz


@st.composite
def sizes(draw: st.DrawFn) -> tuple[float, float, float, float]:
    """Return D, ZTHR, TTHR and TCOA."""
    return (
        draw(sixteenths(50, 5000)),
        draw(sixteenths(10, 400)),
        draw(st.one_of(st.just(0.0), sixteenths(0, 60))),
        draw(st.one_of(st.just(0.0), sixteenths(0, 40))),
    )
