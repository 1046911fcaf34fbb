"""A distance in the other system of units, rounded so that who keeps the rounded figure keeps the rule too."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from skyaccord.memorandum.quantity_text import format_duration
from skyaccord.model.canonical_json import format_number
from skyaccord.units import FT, KM, LENGTH, MIN, NM, H, M, Quantity

LARGEST: Final = 1e6
"""Beyond it a converted figure says nothing to a pilot, and none is given."""

_SLACK: Final = 1e-9
"""Share by which a product of floats may miss a whole number that it stands for: 3 * 1852 / 1852 is 3."""

_STEPS: Final = MappingProxyType({"km": (KM, 0.1), "m": (M, 1.0), "NM": (NM, 0.1), "ft": (FT, 1.0)})
"""Unit by metres, and the step it is rounded to."""


def counterpart(quantity: Quantity, signal: str, *, is_least: bool) -> str:
    """Return a length in the other system, ``5.6 km`` of ``3 NM``; empty where there is none to give.

    Args:
        quantity: as the rule has it. Only lengths have a counterpart.
        signal: the signal it limits; vertical distances are never given in km or NM.
        is_least: whether at least so much is to be kept: rounded up; else down.
    """
    if quantity.dimension != LENGTH:
        return ""
    unit = _other_unit(quantity, is_vertical=signal == "vertical")
    unit_m, step = _STEPS[unit]
    rounding: Callable[[float], int] = math.ceil if is_least else math.floor
    steps = quantity.si / unit_m / step
    if not 0 < steps < LARGEST:
        return ""
    count = rounding(steps * (1 - _SLACK if is_least else 1 + _SLACK))
    return f"{format_number(round(count * step, 1))} {unit}" if count else ""


def _other_unit(quantity: Quantity, *, is_vertical: bool) -> str:
    match quantity.unit:
        case "ft":
            return "m"
        case "NM" | "mi":
            return "km" if quantity.si >= KM and not is_vertical else "m"
        case _:
            return "NM" if quantity.si >= NM and not is_vertical else "ft"


def say_duration(duration_s: float) -> str:
    """Return ``3 min`` of 180 s: the largest unit in which it is a whole number, else seconds."""
    for unit, unit_s in (("h", H), ("min", MIN)):
        if duration_s >= unit_s and duration_s % unit_s == 0:
            return f"{format_number(duration_s / unit_s)} {unit}"
    return format_duration(duration_s)
