"""Quantities in the words and units of the air, for grounds that people read."""

from __future__ import annotations

from skyaccord.units import FT, KT, MIN, NM


def distance(value_m: float) -> str:
    """Return ``0.31 NM``, or metres where it is less than a tenth of a mile."""
    return f"{value_m / NM:.{2 if value_m < NM else 1}f} NM" if value_m >= 0.1 * NM else f"{value_m:.0f} m"


def height(value_m: float) -> str:
    """Return ``350 ft``."""
    return f"{abs(value_m) / FT:.0f} ft"


def speed(value_mps: float) -> str:
    """Return ``60 kt``, without sign."""
    return f"{abs(value_mps) / KT:.0f} kt"


def lasting(value_s: float) -> str:
    """Return ``40 s`` or ``4 min``."""
    return f"{value_s:.0f} s" if value_s < 2 * MIN else f"{value_s / MIN:.0f} min"


def angle(value_deg: float) -> str:
    """Return ``40°``, without sign."""
    return f"{abs(value_deg):.0f}°"
