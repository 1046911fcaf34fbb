"""Settings of a configuration that can be read one by one and make no sense together.

The field's manual asks for some of it (limits in order, a turn rate or a bank angle, not both); the rest would silently
give no warning, or no guidance, where its writer expects some.
"""

from __future__ import annotations

from typing import Final

from skyaccord.detect.conf_settings import ConfError
from skyaccord.detect.profile import Axis, Profile, Recovery, Region

_LEAST_FACTOR: Final = 0.01  # below it the way to the least separation takes thousands of shrinkings


def refuse_senseless(profile: Profile, source: str) -> None:
    """Raise `ConfError` for the first setting of a profile that makes no sense beside another one."""
    found = (
        _steadying(profile)
        or _turning(profile)
        or _ranges(profile)
        or _shrinking(profile.recovery)
        or _corrective(profile)
        or _early_times(profile)
    )
    if found:
        raise ConfError(source, *found)


_Found = tuple[str, str, str] | None
"""Key, what stands there, what to write."""


def _steadying(profile: Profile) -> _Found:
    m, n = profile.hysteresis.m, profile.hysteresis.n
    if m > n:
        return "alerting_m", f"asks for {m} of {n} updates", "write one up to alerting_n"
    if n > 0 and m == 0:
        return "alerting_m", f"asks for 0 of {n} updates", "write 1 at least, or alerting_n = 0"
    return None


def _turning(profile: Profile) -> _Found:
    if profile.performance.turn_rate_rps > 0.0 and profile.performance.bank_rad > 0.0:
        return "bank_angle", "says how fast to turn, and so does turn_rate", "set one of them to 0"
    return None


def _ranges(profile: Profile) -> _Found:
    axes = {"hs": profile.speed, "vs": profile.climb, "alt": profile.altitude}
    for key, axis in axes.items():
        if axis.least > axis.most:
            return f"min_{key}", "is above the most", f"write one up to max_{key}"
        if axis.step > axis.most - axis.least:
            return (
                f"step_{key}",
                "is more than from least to most",
                f"write a smaller one, or widen min_{key} to max_{key}",
            )
    return _directions(profile.direction)


def _directions(axis: Axis) -> _Found:
    if axis.step > axis.least + axis.most:
        return "step_hdir", "is more than from left to right", "write a smaller one, or widen left_hdir and right_hdir"
    return None


def _shrinking(recovery: Recovery) -> _Found:
    if 0.0 < recovery.shrink_factor < _LEAST_FACTOR:
        return "ca_factor", "shrinks too little", f"write 0, or {_LEAST_FACTOR:g} at least"
    return None


def _corrective(profile: Profile) -> _Found:
    regions = {level.region for alerter in profile.alerters for level in alerter.levels} - {Region.NONE}
    if profile.corrective_region in regions or not regions:
        return None
    names = ", ".join(region.name for region in sorted(regions))
    return "corrective_region", f"{profile.corrective_region.name} is the region of no level", f"write one of {names}"


def _early_times(profile: Profile) -> _Found:
    for alerter in profile.alerters:
        for number, level in enumerate(alerter.levels, 1):
            if level.early_alerting_time_s < level.alerting_time_s:
                key = f"{alerter.name}_alert_{number}_early_alerting_time"
                return key, "is below the alerting time", f"write {level.alerting_time_s:g} [s] at least"
    return None
