"""What the alerts of many pairs were, as arrays: the same steadying as `detect.hysteresis`, all pairs in one call."""

from __future__ import annotations

import math

import numpy as np

from skyaccord.detect.profile import Hysteresis
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints


@kernel
def standing_levels(time_s: float, now_s: float, which: Ints, level: Ints, last_s: Floats) -> Ints:
    """Return the level that stands for each pair at an update, 0 where what was before is forgotten."""
    out = np.zeros(which.size, np.int64)
    for k in range(which.size):
        gap_s = now_s - last_s[which[k]]
        if 0.0 < gap_s <= time_s:
            out[k] = level[which[k]]
    return out


@kernel
def reached_in_m(recent: Ints, m: int) -> int:
    """Return the highest level that m of the recent raw levels reached."""
    best = -1
    for k in range(recent.size):
        count = 0
        for other in range(recent.size):
            if recent[other] >= recent[k]:
                count += 1
        if count >= m and recent[k] > best:
            best = recent[k]
    return best


@kernel
def steady(
    settings: tuple[float, float, int, int],
    now_s: float,
    which: Ints,
    raw: Ints,
    level: Ints,
    last_s: Floats,
    raised_s: Floats,
    recent: Ints,
) -> Ints:
    """Take the raw level of each pair and return the steadied one; settings are time, persistence, m and n."""
    time_s, persistence_s, m, n = settings
    out = np.empty(which.size, np.int64)
    for k in range(which.size):
        i = which[k]
        gap_s = now_s - last_s[i]
        last_s[i] = now_s
        if time_s <= 0.0:
            level[i] = out[k] = raw[k]
            continue
        if not 0.0 < gap_s <= time_s:
            level[i], raised_s[i] = 0, -math.inf
            for slot in range(n):
                recent[i, slot] = raw[k] if slot < m else -1
        filtered = raw[k]
        if n > 0:
            for slot in range(n - 1):
                recent[i, slot] = recent[i, slot + 1]
            recent[i, n - 1] = raw[k]
            if m > 0:
                filtered = reached_in_m(recent[i], m)
        if level[i] > 0 and filtered < level[i] and now_s - raised_s[i] < persistence_s:
            out[k] = level[i]
            continue
        if filtered > level[i]:
            raised_s[i] = now_s
        level[i] = out[k] = max(0, filtered)
    return out


class AlertHistories:
    """The alerts of pairs that are numbered from 0; `detect.hysteresis.AlertHistory` for each of them."""

    def __init__(self, settings: Hysteresis, count: int) -> None:
        self.settings = settings
        self.level = np.zeros(count, np.int64)  # that stands
        self.last_s = np.full(count, -math.inf)  # of the last update
        self.raised_s = np.full(count, -math.inf)
        self.recent = np.full((count, max(settings.n, 0)), -1, np.int64)

    def __len__(self) -> int:
        return len(self.level)

    def standing(self, which: Ints, now_s: float) -> Ints:
        """Return the level that stands for each of some pairs at an update."""
        return standing_levels(self.settings.time_s, now_s, which, self.level, self.last_s)

    def update(self, which: Ints, raw: Ints, now_s: float) -> Ints:
        """Take the raw levels of some pairs, each once, and return the steadied ones."""
        of = self.settings
        settings = float(of.time_s), float(of.persistence_s), int(of.m), int(of.n)
        return steady(settings, now_s, which, raw, self.level, self.last_s, self.raised_s, self.recent)

    def forget(self, which: Ints) -> None:
        """Return some pairs to having no past."""
        self.level[which], self.last_s[which], self.raised_s[which] = 0, -math.inf, -math.inf
        self.recent[which] = -1

    def grow(self, count: int) -> None:
        """Make room for more pairs."""
        more = AlertHistories(self.settings, count - len(self))
        self.level = np.concatenate([self.level, more.level])
        self.last_s = np.concatenate([self.last_s, more.last_s])
        self.raised_s = np.concatenate([self.raised_s, more.raised_s])
        self.recent = np.concatenate([self.recent, more.recent])
