"""The signals that a rule may speak of: the one table that a new signal is added to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import Final

from skyaccord.units import ANGLE, FPM, FT, KT, LENGTH, NM, SPEED, TIME, TURN_RATE

FACT: Final = ""
"""As dimension: the signal is so or is not, and is compared with nothing."""


class Bearer(Enum):
    """Of what a signal tells."""

    PAIR = auto()  # of two aircraft, the same seen from either
    SIDE = auto()  # of two aircraft, seen from one of them: the rule says which
    AIRCRAFT = auto()  # of one aircraft: of a pair the rule says which, and no rule about one aircraft needs to
    RECORD = auto()  # of what was said by radio or on the ground line


class Takes(StrEnum):
    """What stands in the parentheses of a signal."""

    NOTHING = ""
    AREA = "area"
    LINE = "line"
    CODE = "squawk"
    LENGTH = "length"
    FREQUENCY = "frequency"


@dataclass(frozen=True, slots=True)
class Signal:
    """A named quantity, or a fact, at one instant."""

    name: str
    dimension: str  # of skyaccord.units, or FACT
    meaning: str
    bearer: Bearer = Bearer.PAIR
    takes: Takes = Takes.NOTHING
    is_signed: bool = False  # may be below zero
    scale: float = 0.0  # SI: what a margin is measured in where the limit is 0

    @property
    def is_fact(self) -> bool:
        """Return whether it is so or is not, without a number."""
        return self.dimension == FACT


_PAIR: Final = (
    Signal("horizontal", LENGTH, "distance over the ground, along the WGS-84 ellipsoid", scale=1 * NM),
    Signal("vertical", LENGTH, "difference of two altitudes of one datum, without sign", scale=1000 * FT),
    Signal("slant", LENGTH, "straight line between the two, from horizontal and vertical", scale=1 * NM),
    Signal("closure", SPEED, "rate at which horizontal distance shrinks", is_signed=True, scale=100 * KT),
    Signal(
        "t_cpa",
        TIME,
        "time to the least horizontal distance if both fly straight on; negative once past",
        is_signed=True,
        scale=60.0,
    ),
    Signal("hmd", LENGTH, "least horizontal distance from now on if both fly straight on", scale=1 * NM),
    Signal("vmd", LENGTH, "vertical distance at that closest point if both fly straight on", scale=1000 * FT),
    Signal(
        "tau_mod",
        TIME,
        "modified tau with the length as DMOD: 0 s within it, without end where they do not close",
        takes=Takes.LENGTH,
        scale=60.0,
    ),
)
_SIDE: Final = (
    Signal(
        "aspect",
        ANGLE,
        "angle between its tail and the other aircraft: 0 deg dead astern, 180 deg dead ahead",
        Bearer.SIDE,
        scale=90.0,
    ),
    Signal(
        "height_above",
        LENGTH,
        "its altitude less the other's, in one datum",
        Bearer.SIDE,
        is_signed=True,
        scale=1000 * FT,
    ),
    Signal(
        "nose_crossing",
        LENGTH,
        "how far ahead of it the other crosses its track line, for 1 s from the crossing",
        Bearer.SIDE,
        scale=1 * NM,
    ),
    Signal(
        "wake_behind",
        LENGTH,
        "how far the other is behind it in its wake: within 2,500 ft of its track line, from level to 1,000 ft below",
        Bearer.SIDE,
        scale=5 * NM,
    ),
)
_AIRCRAFT: Final = (
    Signal(
        "altitude",
        LENGTH,
        "pressure altitude, else height above the ellipsoid",
        Bearer.AIRCRAFT,
        is_signed=True,
        scale=1000 * FT,
    ),
    Signal("groundspeed", SPEED, "speed over the ground", Bearer.AIRCRAFT, scale=100 * KT),
    Signal(
        "vertical_rate", SPEED, "rate of climb, negative in descent", Bearer.AIRCRAFT, is_signed=True, scale=1000 * FPM
    ),
    Signal("turn_rate", TURN_RATE, "rate of change of track, without sign", Bearer.AIRCRAFT, scale=3.0),
    Signal("inside", FACT, "within the area and its altitude band", Bearer.AIRCRAFT, Takes.AREA),
    Signal("crosses", FACT, "passes over the line, for 1 s from the crossing", Bearer.AIRCRAFT, Takes.LINE),
    Signal("squawking", FACT, "reports this squawk", Bearer.AIRCRAFT, Takes.CODE),
)
_RECORD: Final = (
    Signal("called", FACT, "a call on the frequency by or to it, for 1 s", Bearer.RECORD, Takes.FREQUENCY),
    Signal("answered", FACT, "a reply on the frequency by or to it, for 1 s", Bearer.RECORD, Takes.FREQUENCY),
    Signal("notified", FACT, "a notice of the area is in hand and its time runs", Bearer.RECORD, Takes.AREA),
    Signal("acknowledged", FACT, "such a notice was acknowledged", Bearer.RECORD, Takes.AREA),
    Signal("checked", FACT, "a communications check on the ground line, for 1 s", Bearer.RECORD),
)

SIGNALS: Final = MappingProxyType({signal.name: signal for signal in (*_PAIR, *_SIDE, *_AIRCRAFT, *_RECORD)})
"""By name."""
