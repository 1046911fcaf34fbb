"""The time over which a memorandum binds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Validity:
    """From entry into force until it ends; the first instant belongs to it, the last does not. Seconds since 1970."""

    from_s: float
    until_s: float

    def covers(self, t_s: float) -> bool:
        """Return whether an instant lies in it."""
        return self.from_s <= t_s < self.until_s
