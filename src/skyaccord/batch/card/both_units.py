"""A distance or a speed in the other system of units, rounded so that who keeps that figure keeps the rule too."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from skyaccord.memorandum.quantity_text import format_duration
from skyaccord.model.canonical_json import format_number
from skyaccord.units import FPM, FT, KM, KMH, KT, MIN, MPS, NM, H, M, Quantity

LARGEST: Final = 1e6
"""Beyond it a converted figure says nothing to a pilot, and none is given."""

_SLACK: Final = 1e-9
"""Share by which a product of floats may miss a whole number that it stands for: 3 * 1852 / 1852 is 3."""

_SIZES: Final = MappingProxyType(
    {
        "km": (KM, 0.1),
        "m": (M, 1.0),
        "NM": (NM, 0.1),
        "ft": (FT, 1.0),
        "kt": (KT, 1.0),
        "km/h": (KMH, 1.0),
        "m/s": (MPS, 0.1),
        "ft/min": (FPM, 1.0),
    }
)
"""Unit in SI, and the step it is rounded to."""

_UPRIGHT: Final = frozenset({"vertical", "vmd", "height_above", "altitude", "vertical_rate"})
"""Signals up and down: never given in km, NM or knots."""


def counterpart(quantity: Quantity, signal: str, *, is_least: bool) -> str:
    """Return a length or a speed in the other system, ``5.6 km`` of ``3 NM``; empty where there is none to give.

    Args:
        quantity: as the rule has it.
        signal: the signal it limits.
        is_least: whether at least so much is to be kept: rounded up; else down.
    """
    unit = _other_unit(quantity, is_upright=signal in _UPRIGHT)
    if not unit:
        return ""
    unit_si, step = _SIZES[unit]
    rounding: Callable[[float], int] = math.ceil if is_least else math.floor
    steps = quantity.si / unit_si / step
    if not 0 < steps < LARGEST:
        return ""
    count = rounding(steps * (1 - _SLACK if is_least else 1 + _SLACK))
    return f"{format_number(round(count * step, 1))} {unit}" if count else ""


def _other_unit(quantity: Quantity, *, is_upright: bool) -> str:
    match quantity.unit:
        case "ft":
            return "m"
        case "NM" | "mi":
            return "km" if quantity.si >= KM and not is_upright else "m"
        case "m" | "km":
            return "NM" if quantity.si >= NM and not is_upright else "ft"
        case "kt":
            return "m/s" if is_upright else "km/h"
        case "ft/min" | "fpm":
            return "m/s"
        case "m/s" | "km/h":
            return "ft/min" if is_upright else "kt"
        case _:
            return ""


def say_duration(duration_s: float) -> str:
    """Return ``3 min`` of 180 s: the largest unit in which it is a whole number, else seconds."""
    for unit, unit_s in (("h", H), ("min", MIN)):
        if duration_s >= unit_s and duration_s % unit_s == 0:
            return f"{format_number(duration_s / unit_s)} {unit}"
    return format_duration(duration_s)
