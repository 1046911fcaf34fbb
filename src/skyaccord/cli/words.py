"""How errors and quantities are put into words on the terminal."""

from __future__ import annotations

import math
import sys

from skyaccord.errors import FormulaError, SkyaccordError
from skyaccord.units import FT, NM


def tell(error: SkyaccordError) -> None:
    """Print an error to standard error; a rule that cannot be read is shown with the place marked."""
    print(f"skyaccord: {error}", file=sys.stderr)
    if isinstance(error, FormulaError) and error.pointer() not in str(error):
        print(error.pointer(), file=sys.stderr)


def nautical(distance_m: float) -> str:
    """Return a horizontal distance, ``0.43 NM``; metres below a tenth of a mile."""
    if not math.isfinite(distance_m):
        return "unknown"
    return f"{distance_m / NM:.2f} NM" if distance_m >= 0.1 * NM else f"{distance_m:.0f} m"


def feet(distance_m: float) -> str:
    """Return a vertical distance in feet, ``1,025 ft``."""
    return f"{distance_m / FT:,.0f} ft" if math.isfinite(distance_m) else "unknown"


def count(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun, ``1 breach``, ``1,204 encounters``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
