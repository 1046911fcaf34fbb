"""What an aircraft is to be warned of, when, and how it may manoeuvre: a profile of alerting and guidance.

The parts and their names follow the configuration files of DAIDALUS 2.0.4, so that its users find theirs; everything is
SI. A profile is read from such a file (`detect.conf`) or taken by name (`detect.profiles`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from skyaccord.geometry.vectors import Floats


class Region(IntEnum):
    """How grave a conflict is, the least grave first; RECOVERY marks ways out where nothing else is left."""

    NONE = 0
    FAR = 1
    MID = 2
    NEAR = 3
    RECOVERY = 4


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One level of alerting: warn when the volume will be entered within the alerting time."""

    hazard: Floats  # a row of detect.hazard
    alerting_time_s: float
    early_alerting_time_s: float  # in place of the former while the level stands already
    region: Region  # colour of manoeuvres that lead into the volume


@dataclass(frozen=True, slots=True)
class Alerter:
    """Levels of alerting for one kind of intruder, the least grave first."""

    name: str
    levels: tuple[Level, ...]

    def corrective_level(self, corrective: Region) -> Level | None:
        """Return the first level whose region is the corrective one."""
        return next((level for level in self.levels if level.region == corrective), None)


@dataclass(frozen=True, slots=True)
class Hysteresis:
    """How alerts are steadied over successive updates; none of it where ``time_s`` is 0."""

    time_s: float = 0.0  # a longer gap between updates forgets what was before
    persistence_s: float = 0.0  # a raised level stands at least so long
    m: int = 0  # a level counts when it was reached in m of the last n updates
    n: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """One kind of manoeuvre: its range, the step of its grid and how fast it is flown."""

    least: float  # m/s or m; for direction: how far to the left, rad
    most: float
    step: float
    below_relative: float = 0.0  # where positive, in place of ``least``: how far below the present value
    above_relative: float = 0.0
    is_recovered: bool = True  # whether recovery bands are made
    persistence: float = 0.0  # change of a resolution up to which the preferred side stays


@dataclass(frozen=True, slots=True)
class Performance:
    """How one's own aircraft manoeuvres; a rate of 0 is an instantaneous change."""

    turn_rate_rps: float  # rad/s; where 0, the bank angle gives it
    bank_rad: float
    acceleration_mps2: float  # along the track
    climb_acceleration_mps2: float
    climb_rate_mps: float  # at which another altitude is flown to; 0: instantaneous
    least_airspeed_mps: float


@dataclass(frozen=True, slots=True)
class Recovery:
    """Separation that ways out must at least keep, and how it shrinks where none does."""

    least_range_m: float
    least_height_m: float
    stability_s: float
    shrinks: bool  # whether separation shrinks towards the next two
    shrink_factor: float
    nmac_range_m: float
    nmac_height_m: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Alerting and guidance of one ownship."""

    name: str
    look_ahead_s: float
    alerters: tuple[Alerter, ...]
    corrective_region: Region
    is_ownship_centric: bool  # whether the ownship's alerter serves for every intruder
    hysteresis: Hysteresis
    direction: Axis
    speed: Axis
    climb: Axis
    altitude: Axis
    performance: Performance
    recovery: Recovery
    persists_bands: bool = False
    adds_time_to_manoeuvre: bool = False
    echo: dict[str, str] = field(default_factory=dict, compare=False)  # the settings as they were written
