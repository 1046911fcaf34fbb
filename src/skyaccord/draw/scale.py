"""Axes: values to pixels, and the round numbers at which an axis is marked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np

from skyaccord.draw.polyline import Floats

_TIME_STEPS_S: Final = (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis: ``low`` lies at pixel ``start``, ``high`` at pixel ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the pixel of a value; also outside the axis."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def each(self, values: Floats) -> Floats:
        """Return the pixels of an array."""
        return self.start + (np.asarray(values, float) - self.low) / (self.high - self.low) * (self.end - self.start)


def nice_step(span: float, most: int) -> float:
    """Return the smallest of 1, 2, 2.5 and 5 times a power of ten that cuts ``span`` in at most ``most`` parts."""
    least = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= least * (1 - 1e-9))


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round numbers from ``low`` to ``high``, both included where they are round."""
    if not high > low:
        return [low]
    step = nice_step(high - low, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [k * step for k in range(first, last + 1)]


def nice_range(low: float, high: float, most: int = 5) -> tuple[float, float]:
    """Return a range that holds both values and ends on round numbers; never empty."""
    if not high > low:
        low, high = low - 0.5, high + 0.5
    step = nice_step(high - low, most)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def number_text(value: float) -> str:
    """Return a tick's number: thousands separated, no needless decimals."""
    if value == 0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.6g}"


def time_step_s(low_s: float, high_s: float, most: int) -> float:
    """Return the step of a time axis, in seconds; whole weeks beyond the table."""
    span = max(high_s - low_s, 1e-9)
    fitting = (float(step) for step in _TIME_STEPS_S if span / step <= most)
    return next(fitting, math.ceil(span / most / 604800) * 604800.0)


def time_ticks(low_s: float, high_s: float, most: int = 6) -> list[tuple[float, str]]:
    """Return instants that are round in UTC, with their labels: ``11:42``, ``11:42:30`` or ``10 Oct``."""
    step = time_step_s(low_s, high_s, most)
    first, last = math.ceil(low_s / step - 1e-9), math.floor(high_s / step + 1e-9)
    return [(k * step, _time_text(k * step, step)) for k in range(first, last + 1)]


def date_text(low_s: float, high_s: float) -> str:
    """Return the day or days of a span, ``10 Oct 2015`` or ``10 Oct to 12 Oct 2015``."""
    first, last = datetime.fromtimestamp(low_s, UTC), datetime.fromtimestamp(high_s, UTC)
    end = f"{last.day} {last:%b %Y}"
    if first.date() == last.date():
        return end
    same_year = first.year == last.year
    return f"{first.day} {first:%b}{'' if same_year else f' {first.year}'} to {end}"


def _time_text(t_s: float, step_s: float) -> str:
    when = datetime.fromtimestamp(t_s, UTC)
    if step_s >= 86400 or (step_s >= 21600 and when.hour == 0):
        return f"{when.day} {when:%b}"
    return f"{when:%H:%M:%S}" if step_s < 60 else f"{when:%H:%M}"
