"""Numbers as text: so many digits, nothing for what is not there."""

from __future__ import annotations

import math


def digits(value: float, count: int) -> str:
    """Return a number with so many significant digits, ``inf`` for infinity, nothing for NaN, no minus zero."""
    if math.isnan(value):
        return ""
    return f"{value + 0.0:.{count}g}"


def rounded(value: float) -> float | int | str:
    """Return a number of eight digits for JSON; infinity as text, whole numbers without point."""
    if math.isinf(value):
        return "inf" if value > 0.0 else "-inf"
    short = float(f"{value:.8g}") + 0.0
    return int(short) if short.is_integer() else short
