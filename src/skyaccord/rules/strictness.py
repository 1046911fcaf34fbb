"""How much stricter than written a rule is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from skyaccord.geometry.vectors import Floats


class Error(IntEnum):
    """What is granted to the error of measurement."""

    CERTAINLY = 1  # every comparison holds even if measured wrong against it
    AS_MEASURED = 0
    POSSIBLY = -1  # every comparison may hold if measured wrong in its disfavour


@dataclass(frozen=True, slots=True)
class Strictness:
    """How much stricter than written each comparison is."""

    normalised: Floats  # in units of the comparison's scale, one an encounter
    error: Error

    def opposite(self) -> Strictness:
        """Return the strictness at which a denial's part is read."""
        return Strictness(-self.normalised, Error(-self.error))
