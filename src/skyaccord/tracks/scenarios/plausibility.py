"""Whether what a report says can be: numbers that imply another one, against how the class of aircraft is flown.

Everything here is computed from the numbers of the reports (`plan.Figures`) and the bounds of `performance`; nothing is
written by hand. A finding is a reason to ask, not a verdict on who said it: the wind, the rounding and the unit of a
report are seldom told.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.tracks.scenarios.legs import GRAVITY_MPS2
from skyaccord.tracks.scenarios.noise import NAC_P_BOUNDS_M
from skyaccord.tracks.scenarios.performance import TYPES, Class, calibrated_airspeed_mps, true_airspeed_mps
from skyaccord.tracks.scenarios.plan import Figures, Reported, Scenario, Span, SpeedKind
from skyaccord.units import FPM, FT, KT

EVERYDAY_WIND_MPS: Final = 25 * KT
"""A headwind that is met at any height on any day: an implied speed is doubtful within it, and implausible beyond."""

ROUNDED_MPS: Final = 10 * KT
"""Speeds are told in tens of knots: a told speed is doubtful within one step, and implausible beyond."""

FLOOR_M: Final = math.sqrt(2.0) * NAC_P_BOUNDS_M[11 - 8]
"""What positions of two aircraft resolve at best where each is good to NACp 8 (0.05 NM, DO-260B)."""

_SPEEDS: Final = ("calibrated", "true")


class Finding(StrEnum):
    """What a check says, the gravest first."""

    IMPLAUSIBLE = "implausible"
    DOUBTFUL = "doubtful"
    NOTED = "noted"
    PLAUSIBLE = "plausible"


class Kind(StrEnum):
    """What is checked."""

    IMPLIED_SPEED = "implied speed"  # a path in a time
    TOLD_SPEED = "told speed"
    COMPANY = "speed in company"  # of an aircraft that kept station
    VERTICAL_RATE = "implied vertical rate"
    REACTION = "time at closing speed"
    FLOOR = "measurement floor"
    ACCOUNTS = "accounts"  # of the parties
    REPORTS = "reports"  # of one party


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it says in words, and the numbers, SI, by name."""

    kind: Kind
    finding: Finding
    text: str
    values: dict[str, float]


def gravest(checks: Sequence[Check]) -> Finding:
    """Return the gravest finding, ``plausible`` where there is none."""
    return min((check.finding for check in checks), key=list(Finding).index, default=Finding.PLAUSIBLE)


def check_reports(scenario: Scenario) -> tuple[Check, ...]:
    """Return all checks of a scenario's reports that their numbers allow."""
    return tuple(check for report in scenario.reported for check in _of_report(scenario, report))


def _of_report(scenario: Scenario, report: Reported) -> Iterator[Check]:
    figures = report.figures
    if figures.of and figures.altitude_m is not None:
        bounds = TYPES[scenario.flight(figures.of).type].of
        yield from _of_motion(figures, figures.altitude_m, bounds)
        if figures.beside and figures.speed_mps is not None:
            company = TYPES[scenario.flight(figures.beside).type]
            yield _told_speed(figures, figures.altitude_m, company.of, Kind.COMPANY, f"{company.name}: ")
    near = report.clearance_m or report.distance_m
    if near and figures.is_head_on and figures.speed_mps is not None:
        yield _reaction(near, 2.0 * figures.speed_mps)
    if near and near[1] < FLOOR_M and report.is_flown:
        yield _floor(near)


def _of_motion(figures: Figures, altitude_m: float, bounds: Class) -> Iterator[Check]:
    if figures.path_m is not None and figures.took_s is not None:
        yield _implied_speed(figures.path_m, figures.took_s, altitude_m, bounds)
    if figures.climbed_m is not None and figures.took_s is not None:
        yield _vertical_rate(figures.climbed_m, figures.took_s, bounds)
    if figures.speed_mps is not None:
        yield _told_speed(figures, altitude_m, bounds, Kind.TOLD_SPEED, "")


def _implied_speed(path_m: Span, took_s: float, altitude_m: float, bounds: Class) -> Check:
    """Return what a path in a time implies, in still air; of two readings the graver finding counts."""
    slowest_mps = true_airspeed_mps(bounds.slowest_mps, altitude_m)
    readings = sorted({way / took_s for way in path_m})
    findings = [_of_speed(speed, slowest_mps, bounds.fastest_mps, EVERYDAY_WIND_MPS) for speed in readings]
    said = " or ".join(f"{way:,.0f} m" for way in sorted(set(path_m)))
    text = f"{said} in {took_s:g} s is {' or '.join(_kt(speed) for speed in readings)}"
    if readings[0] < slowest_mps:
        wind = " or ".join(_kt(max(slowest_mps - speed, 0.0)) for speed in readings)
        text += (
            f"; a {bounds.name} at {_ft(altitude_m)} is flown at {_kt(slowest_mps)} true ({_kt(bounds.slowest_mps)} "
            f"indicated) at least, slower only to land: it would take a headwind of {wind}"
        )
    elif readings[-1] > bounds.fastest_mps:
        text += f"; a {bounds.name} reaches {_kt(bounds.fastest_mps)}"
    values = {"low_mps": readings[0], "high_mps": readings[-1], "slowest_mps": slowest_mps}
    finding = min(findings, key=list(Finding).index)
    return Check(Kind.IMPLIED_SPEED, finding, text, values | {"fastest_mps": bounds.fastest_mps})


def _told_speed(figures: Figures, altitude_m: float, bounds: Class, kind: Kind, who: str) -> Check:
    """Return what a told speed implies; where it is not said which speed it is, the reading that fits better counts."""
    told_mps = figures.speed_mps or 0.0
    readings = {  # calibrated and true
        SpeedKind.INDICATED: (told_mps, true_airspeed_mps(told_mps, altitude_m)),
        SpeedKind.TRUE: (calibrated_airspeed_mps(told_mps, altitude_m), told_mps),
    }
    said = {
        SpeedKind.INDICATED: f"{_kt(readings[SpeedKind.INDICATED][1])} true if it was indicated",
        SpeedKind.TRUE: f"{_kt(readings[SpeedKind.TRUE][0])} indicated if it was true",
    }
    if figures.speed_kind is not SpeedKind.UNTOLD:
        readings = {figures.speed_kind: readings[figures.speed_kind]}
    text = f"{who}{_kt(told_mps)} at {_ft(altitude_m)} is {', '.join(said[reading] for reading in readings)}"
    findings = [_of_airspeed(*reading, bounds) for reading in readings.values()]
    finding = max(findings, key=list(Finding).index)
    if finding is not Finding.PLAUSIBLE or len(set(findings)) > 1:
        text += f"; a {bounds.name} is flown at {_kt(bounds.slowest_mps)} indicated at least, slower only to land"
    values = {f"if_{name}_{what}_mps": v for name, r in readings.items() for what, v in zip(_SPEEDS, r, strict=True)}
    return Check(kind, finding, text, values | {"slowest_calibrated_mps": bounds.slowest_mps})


def _of_airspeed(calibrated_mps: float, true_mps: float, bounds: Class) -> Finding:
    slow = _of_speed(calibrated_mps, bounds.slowest_mps, math.inf, ROUNDED_MPS)
    fast = _of_speed(true_mps, 0.0, bounds.fastest_mps, ROUNDED_MPS)
    return min(slow, fast, key=list(Finding).index)


def _of_speed(speed_mps: float, slowest_mps: float, fastest_mps: float, leeway_mps: float) -> Finding:
    outside_mps = max(slowest_mps - speed_mps, speed_mps - fastest_mps)
    if outside_mps <= 0.0:
        return Finding.PLAUSIBLE
    return Finding.DOUBTFUL if outside_mps <= leeway_mps else Finding.IMPLAUSIBLE


def _vertical_rate(climbed_m: float, took_s: float, bounds: Class) -> Check:
    """Return what a change of height in a time implies: steeper than the class is flown, it is an upset."""
    rate_mps = abs(climbed_m) / took_s
    finding = Finding.PLAUSIBLE
    text = f"{abs(climbed_m) / FT:,.0f} ft in {took_s:g} s is {rate_mps / FPM:,.0f} ft/min"
    if rate_mps > bounds.vertical_mps:
        pull_g = 4.0 * abs(climbed_m) / took_s**2 / GRAVITY_MPS2  # least, from level flight to level flight
        finding = Finding.IMPLAUSIBLE if rate_mps > bounds.fastest_mps else Finding.DOUBTFUL
        text += (
            f"; a {bounds.name} is flown at {bounds.vertical_mps / FPM:,.0f} ft/min at most: an upset. From level "
            f"flight to level flight it takes {pull_g:.1f} g one way and as much the other"
        )
    values = {"rate_mps": math.copysign(rate_mps, climbed_m), "steepest_mps": bounds.vertical_mps}
    return Check(Kind.VERTICAL_RATE, finding, text, values)


def _reaction(near_m: Span, closing_mps: float) -> Check:
    time_s = near_m[1] / closing_mps
    text = f"nose to nose the two close at {_kt(closing_mps)}: {near_m[1] / FT:,.0f} ft are {time_s:.2f} s of flight"
    return Check(Kind.REACTION, Finding.NOTED, text, {"closing_mps": closing_mps, "time_s": time_s})


def _floor(near_m: Span) -> Check:
    text = (
        f"{distance_text(near_m[1])} lies below what surveillance resolves: two positions of NACp 8 are good to "
        f"{FLOOR_M:.0f} m from each other; only video or crews can say"
    )
    return Check(Kind.FLOOR, Finding.NOTED, text, {"reported_m": near_m[1], "floor_m": FLOOR_M})


def _kt(speed_mps: float) -> str:
    return f"{speed_mps / KT:.0f} kt"


def _ft(height_m: float) -> str:
    return f"{height_m / FT:,.0f} ft"


def distance_text(distance_m: float) -> str:
    """Return a small distance for people: feet and metres, or what contact is called."""
    if distance_m <= 0.0:
        return "contact"
    return f"{distance_m / FT:.0f} ft ({distance_m:.1f} m)" if distance_m < 30.0 else f"{distance_m:,.0f} m"
