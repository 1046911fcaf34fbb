"""What an encounter's manner and roles are decided by: numbers, each with how wrong it may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sense(StrEnum):
    """Which way a turn led, as far as its error lets one say."""

    TOWARD = "toward"
    AWAY = "away"
    NONE = "none"  # no turn beyond error
    UNKNOWN = "unknown"  # it turned, and the other stood too near its nose or tail to say which way


@dataclass(frozen=True, slots=True)
class Own:
    """One aircraft of the pair. Errors are bounds: three standard errors."""

    speed_mps: float  # over the ground, at the closest instant
    bearing_deg: float  # of the other, clockwise from the track, at the closest instant; NaN nearer than the error
    off_tail_begin_deg: float  # where it stands off the other's tail when the encounter begins: 0 behind, 180 ahead
    off_tail_closest_deg: float
    off_tail_end_deg: float
    off_tail_before_deg: float  # before it was beside the other, or before they were nearest
    line_deg: float  # between the line on which it approaches and the other's track: below 70° from the rear
    line_error_deg: float
    turned_deg: float  # change of course before, right positive
    turned_error_deg: float
    turned: Sense
    sped_up_mps: float  # change of ground speed before; negative: slowed down
    sped_up_error_mps: float
    turned_after_deg: float  # change of course in the minute after
    turned_after: Sense
    fastest_turn_degps: float  # within the encounter; 0 where none is beyond error
    crossed_nose_m: float  # how far ahead of the other it crossed the other's nose; NaN where it did not

    @property
    def has_turned(self) -> bool:
        """Return whether it changed course beyond error before."""
        return self.turned is not Sense.NONE

    @property
    def has_slowed(self) -> bool:
        """Return whether it slowed down beyond error before."""
        return self.sped_up_mps < -self.sped_up_error_mps

    @property
    def has_changed_speed(self) -> bool:
        """Return whether it slowed down or sped up beyond error before."""
        return abs(self.sped_up_mps) > self.sped_up_error_mps


@dataclass(frozen=True, slots=True)
class Station:
    """The longest time over which the two kept station on each other."""

    begin_s: float
    end_s: float
    distance_m: float  # mean
    height_m: float  # mean, without sign; NaN where no datum is common
    height_error_m: float
    speed_difference_mps: float  # mean of its magnitude
    off_tail_a_deg: float  # where a stood off b's tail, mean
    off_tail_b_deg: float
    turned_deg: float  # how far the courses of both swung in it
    turned_error_deg: float
    off_path_m: float  # how far the one behind leaves the path of the one ahead; NaN where neither is behind
    off_path_error_m: float
    is_close: bool  # within the mile of a standard formation throughout

    @property
    def lasted_s(self) -> float:
        """Return how long it lasted."""
        return self.end_s - self.begin_s


@dataclass(frozen=True, slots=True)
class Told:
    """Who brought a change about: 0 for a, 1 for b, ``None`` where that cannot be told."""

    by: int | None
    seconds: float  # of comparison; NaN where nothing is told
    instead_m: float  # how far apart they would have been without
    contradicts: bool  # comparisons from several instants do not agree
    both: bool  # both had part in it
    is_seen: bool  # whether the two were seen long enough before (or after)


@dataclass(frozen=True, slots=True)
class Features:
    """An encounter in numbers. Angles in degrees; NaN is unknown."""

    doubt: str  # why positions near the closest instant are not to be believed, or an empty text
    only_parted: bool  # nearest when first seen: how they came together was not seen
    duration_s: float
    distance_m: float  # at the closest instant
    distance_error_m: float
    height_m: float
    height_error_m: float
    between_deg: float  # angle between the tracks shortly before the closest instant
    between_error_deg: float
    between_closest_deg: float
    between_least_deg: float  # within the encounter
    between_most_deg: float
    closure_most_mps: float
    apart_mps: float  # speed past each other shortly before the closest instant
    apart_error_mps: float
    speed_difference_mps: float  # at the closest instant
    alike_share: float  # of the encounter: on the same track, the distance kept
    within_mile_s: float
    within_500_m_s: float
    a: Own
    b: Own
    station: Station | None
    joined: Told  # who came into station, or (pursuit) who steered for the closest approach
    left: Told  # who left the station

    def own(self, side: int) -> Own:
        """Return what is known of a (0) or b (1)."""
        return self.b if side else self.a
