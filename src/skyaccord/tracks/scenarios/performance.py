"""How fast, how steeply and how hard classes of aircraft are flown, and how large types are, with the sources.

Speeds near the lower end are airspeeds as the wing feels them (calibrated), since the least speed in level flight grows
with height as true airspeed and hardly as calibrated. `true_airspeed_mps` turns one into the other in the standard
atmosphere, without compressibility: below 300 kt that errs by less than one part in a hundred up to 30,000 ft.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from skyaccord.units import FPM, FT, KMH, KT, MI, H

_LAPSE_PER_M: Final = 2.25577e-5  # of temperature over that at sea level, ICAO Doc 7488
_DENSITY_POWER: Final = 4.2559  # of that ratio, the same
_SCALE_M: Final = 6341.6  # R T / g of the lower stratosphere, the same
TROPOPAUSE_M: Final = 11_000.0
STEEPEST_G: Final = 2.5
"""Load factor that every transport aeroplane bears: 14 CFR 25.337."""

DOC_8168: Final = "ICAO Doc 8168 vol. I, speeds for initial and final approach by approach category"


@dataclass(frozen=True, slots=True)
class Class:
    """What a class of aircraft is flown at."""

    name: str
    landing_mps: float  # calibrated; slower only stalled: least speed of final approach, flaps and gear down
    slowest_mps: float  # calibrated; slower only to land: least speed of initial approach
    fastest_mps: float  # true
    vertical_mps: float  # steepest climb or descent that is flown
    load_factor: float
    source: str


@dataclass(frozen=True, slots=True)
class Type:
    """A type: its class, and the box that holds it."""

    name: str
    of: Class
    span_m: float
    length_m: float
    height_m: float
    source: str


FAST_JET: Final = Class(
    "fast jet", 130 * KT, 185 * KT, 1700 * KMH, 200.0, 6.0,
    f"{DOC_8168}: D 130 and 185 kt (E, some military types: 155 and 185); Su-24M 1,700 km/h (aviamuseum.com.ua), the "
    "least of the class; J-8II 39,370 ft/min (aircraft.fandom.com); 6 g assumed, fighters bear more",
)  # fmt: skip
ATTACK_JET: Final = Class(
    "attack jet", 115 * KT, 160 * KT, 590 * MI / H, 6000 * FPM, 6.0,
    f"{DOC_8168}: C 115 and 160 kt; Su-25 590 mph (warriormaven.com), A-10 420 mph (BBC News, 6 March 2003); "
    "6,000 ft/min and 6 g assumed",
)  # fmt: skip
LARGE_JET: Final = Class(
    "large jet", 115 * KT, 160 * KT, 530 * KT, 6000 * FPM, STEEPEST_G,
    f"{DOC_8168}: C 115 and 160 kt; 530 kt is Mach 0.92 at 36,000 ft, assumed; 6,000 ft/min, an emergency descent, "
    "assumed; 2.5 g, 14 CFR 25.337",
)  # fmt: skip
TURBOPROP: Final = Class(
    "four-engined turboprop", 115 * KT, 160 * KT, 411 * KT, 4000 * FPM, STEEPEST_G,
    f"{DOC_8168}: C 115 and 160 kt; P-3C 411 kt (navy.mil, as carried by daytonairshow.com); 4,000 ft/min assumed; "
    "2.5 g, 14 CFR 25.337",
)  # fmt: skip
DRONE: Final = Class(
    "medium-altitude drone", 85 * KT, 120 * KT, 240 * KT, 3000 * FPM, STEEPEST_G,
    f"{DOC_8168}: B 85 and 120 kt; MQ-9 240 kt true (General Atomics, as carried by defence-blog.com), cruise 230 mph "
    "(UPI, as carried by thegunpage.com); 3,000 ft/min and 2.5 g assumed",
)  # fmt: skip
HELICOPTER: Final = Class(
    "helicopter", 0.0, 0.0, 180 * KT, 2000 * FPM, STEEPEST_G,
    "hovers; MH-60R 180 kt, common knowledge, unchecked; 2,000 ft/min and 2.5 g assumed",
)  # fmt: skip

_UNCHECKED: Final = "common knowledge, unchecked"
_TYPES: Final = (
    Type("Su-24", FAST_JET, 17.64, 24.6, 6.19, "aviamuseum.com.ua, wings at 16°; height nighthawk.o.oo7.jp"),
    Type("Su-27", FAST_JET, 14.7, 21.9, 5.9, _UNCHECKED),
    Type("Su-30", FAST_JET, 14.7, 21.9, 6.4, _UNCHECKED),
    Type("Su-34", FAST_JET, 14.7, 23.3, 6.1, _UNCHECKED),
    Type("Su-35", FAST_JET, 15.3, 21.9, 5.9, _UNCHECKED),
    Type("J-8II", FAST_JET, 9.34, 21.59, 5.41, "aviastar.org"),
    Type("J-10", FAST_JET, 9.8, 16.9, 5.4, _UNCHECKED),
    Type("J-11", FAST_JET, 14.7, 21.9, 5.9, _UNCHECKED),
    Type("F-16", FAST_JET, 9.8, 14.8, 4.8, _UNCHECKED),
    Type("F-22", FAST_JET, 13.6, 18.9, 5.1, _UNCHECKED),
    Type("A-10", ATTACK_JET, 17.4, 16.2, 4.4, "BBC News, 6 March 2003; height unchecked"),
    Type("Su-25", ATTACK_JET, 14.4, 15.5, 4.8, _UNCHECKED),
    Type("B-52", LARGE_JET, 56.4, 48.5, 12.4, _UNCHECKED),
    Type("RC-135", LARGE_JET, 39.9, 41.1, 12.8, _UNCHECKED),
    Type("E-3", LARGE_JET, 44.4, 46.6, 12.7, _UNCHECKED),
    Type("P-8", LARGE_JET, 37.6, 39.5, 12.8, _UNCHECKED),
    Type("B737", LARGE_JET, 35.8, 39.5, 12.5, _UNCHECKED),
    Type("B757", LARGE_JET, 38.1, 47.3, 13.6, _UNCHECKED),
    Type("Tu-154", LARGE_JET, 37.6, 47.9, 11.4, _UNCHECKED),
    Type("EP-3", TURBOPROP, 99.5 * FT, 116.6 * FT, 33.6 * FT, "P-3C: navy.mil, as carried by daytonairshow.com"),
    Type("Il-20", TURBOPROP, 37.4, 35.9, 10.2, _UNCHECKED),
    Type("MQ-9", DRONE, 20.1, 11.0, 3.8, _UNCHECKED),
    Type("MH-60R", HELICOPTER, 16.4, 19.8, 5.1, _UNCHECKED),
)
TYPES: Final = {type_.name: type_ for type_ in _TYPES}


def density_ratio(altitude_m: float) -> float:
    """Return the density of the standard atmosphere over that at sea level, up to 20 km.

    ``(1 - lapse · h)^4.2559`` in the troposphere; above it, where the temperature stays the same, ``exp(-h / scale)``.
    """
    ratio = (1.0 - _LAPSE_PER_M * min(altitude_m, TROPOPAUSE_M)) ** _DENSITY_POWER
    return float(ratio * math.exp(-max(altitude_m - TROPOPAUSE_M, 0.0) / _SCALE_M))


def true_airspeed_mps(calibrated_mps: float, altitude_m: float) -> float:
    """Return true airspeed: ``calibrated / sqrt(density ratio)``."""
    return float(calibrated_mps / density_ratio(altitude_m) ** 0.5)


def calibrated_airspeed_mps(true_mps: float, altitude_m: float) -> float:
    """Return calibrated airspeed: ``true · sqrt(density ratio)``."""
    return float(true_mps * density_ratio(altitude_m) ** 0.5)
