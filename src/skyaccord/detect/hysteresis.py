"""Alerts steadied over time: M of N, persistence, and early alerting of a level that stands already.

One `AlertHistory` an intruder, fed with one update after the other; what an update sees is a pure function of the
updates before. Source: behaviour of DAIDALUS 2.0.4; see docs/detection.md.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from skyaccord.detect.profile import Hysteresis


@dataclass(slots=True)
class AlertHistory:
    """What one intruder's alerts were."""

    settings: Hysteresis
    level: int = 0  # that stands
    last_s: float = -math.inf  # of the last update
    raised_s: float = -math.inf  # when the level that stands was raised
    recent: deque[int] = field(default_factory=deque)  # the last n raw levels, -1 for none

    def standing(self, now_s: float) -> int:
        """Return the level that stands at an update, 0 where what was before is forgotten."""
        return 0 if self._is_forgotten(now_s) else self.level

    def update(self, raw: int, now_s: float) -> int:
        """Take the raw level of an update and return the steadied one."""
        settings = self.settings
        if settings.time_s <= 0.0:
            self.level, self.last_s = raw, now_s
            return raw
        if self._is_forgotten(now_s):
            self.level, self.raised_s = 0, -math.inf
            self.recent = deque([raw] * settings.m + [-1] * (settings.n - settings.m), maxlen=max(settings.n, 1))
        self.recent.append(raw)
        filtered = self._m_of_n() if settings.n > 0 else raw
        self.last_s = now_s
        if self.level > 0 and filtered < self.level and now_s - self.raised_s < settings.persistence_s:
            return self.level
        if filtered > self.level:
            self.raised_s = now_s
        self.level = max(0, filtered)
        return self.level

    def _is_forgotten(self, now_s: float) -> bool:
        return not (0.0 < now_s - self.last_s <= self.settings.time_s)

    def _m_of_n(self) -> int:
        """Return the highest level that m of the last n updates reached."""
        return sorted(self.recent, reverse=True)[self.settings.m - 1] if self.settings.m > 0 else self.recent[-1]
