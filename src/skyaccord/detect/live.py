"""Alerts while they happen: states in, alerts out, one update after the other, for one ownship.

An `AlertService` remembers what each intruder's alerts were (M of N, persistence, early alerting) and nothing else.
On the same updates it finds what `detect.alerting` and `detect.hysteresis` find of a recording. What it cannot judge
has no level, but the reason and the level that stood last: an intruder whose states stop coming is not clear.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.advance import advance_states, take_states
from skyaccord.detect.histories import AlertHistories
from skyaccord.detect.ladder import ladder
from skyaccord.detect.levels import UNDETERMINED, pair_levels
from skyaccord.detect.profile import Profile
from skyaccord.errors import SkyaccordError
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.states import States

STALE_AFTER_S: Final = 10.0
"""A state older than this is not carried on: the other may have turned by 30° at standard rate. Assumption."""

AHEAD_S: Final = 1.0
"""A state dated later than this beyond now is not believed. Assumption."""

FORGET_AFTER_S: Final = 60.0
"""An intruder unseen for so long is no longer named. Assumption: at any speed it is elsewhere."""

_LACKS: Final = (
    ("lat_deg", "no position"),
    ("lon_deg", "no position"),
    ("altitude_m", "no altitude"),
    ("groundspeed_mps", "no groundspeed"),
    ("track_deg", "no track"),
    ("vertical_rate_mps", "no vertical_rate"),
)


@dataclass(frozen=True, slots=True)
class Alert:
    """One intruder at one update. ``level`` is None where it cannot be determined; ``reason`` then says why."""

    intruder: str
    level: int | None
    t_entry_s: float | None  # until the volume of the level seen now is entered; None without one
    last_level: int  # that stood at the last update at which there was one
    reason: str | None = None


@dataclass(slots=True)
class _Memory:
    """What is kept of an intruder: its place in the histories and when it was last heard of."""

    slot: int
    heard_s: float


class AlertService:
    """Alerts of one ownship. Memory holds the intruders of the last update and at most ``most_absent`` others."""

    def __init__(
        self,
        profile: Profile,
        *,
        stale_after_s: float = STALE_AFTER_S,
        forget_after_s: float = FORGET_AFTER_S,
        most_absent: int = 10_000,
    ) -> None:
        self._profile = profile
        self._rules = [ladder(alerter, profile.look_ahead_s) for alerter in profile.alerters]
        self._stale_after_s = stale_after_s
        self._forget_after_s = forget_after_s
        self._most_absent = most_absent
        self._known: dict[str, _Memory] = {}
        self._free: list[int] = []
        self._histories = AlertHistories(profile.hysteresis, 0)

    def __len__(self) -> int:
        """Return how many intruders are remembered."""
        return len(self._known)

    def update(
        self,
        now_s: float,
        ownship: States,
        intruders: Sequence[str],
        states: States,
        *,
        ownship_at_s: float | None = None,
        at_s: Floats | None = None,
        alerters: Ints | None = None,
        std: Floats | None = None,
    ) -> list[Alert]:
        """Return an alert for each intruder of the update, in its order, then for those that are missing from it.

        Args:
            now_s: time of the update, seconds on the clock of the states.
            ownship: one state; altitudes in one datum with those of the intruders.
            intruders: their ids.
            states: theirs, in that order.
            ownship_at_s: when the ownship's state held; now where not given. Older states are carried on straight.
            at_s: the same of each intruder.
            alerters: number of each intruder's alerter in the profile, from 1; the first where not given.
            std: standard deviations of each pair, shape (n, 4), as in `detect.hazard`.

        Raises:
            SkyaccordError: numbers of ids and states differ, or there is not one ownship.
        """
        if len(ownship) != 1 or len(intruders) != len(states):
            problem = f"{len(ownship)} ownships, {len(intruders)} ids and {len(states)} states"
            raise SkyaccordError(f"{problem}: give one ownship, and a state for each id")
        times = np.full(len(states), now_s) if at_s is None else np.asarray(at_s, float)
        numbers = np.ones(len(states), np.int64) if alerters is None else np.asarray(alerters, np.int64)
        reasons = self._reasons(now_s, ownship, ownship_at_s, intruders, states, times, numbers)
        self._remember(intruders, times, now_s)
        slots = np.array([self._known[name].slot for name in intruders], np.int64)
        own = advance_states(ownship, np.array([0.0 if ownship_at_s is None else now_s - ownship_at_s]))
        judged = np.array([k for k, reason in enumerate(reasons) if reason is None], np.int64)
        level, entry_s = np.full(len(states), UNDETERMINED), np.full(len(states), math.nan)
        for number in np.unique(numbers[judged]):
            which = judged[numbers[judged] == number]
            there = advance_states(take_states(states, which), now_s - times[which])
            error = None if std is None else std[which]
            standing = self._histories.standing(slots[which], now_s)
            found = pair_levels(own, there, self._rules[number - 1], std=error, standing=standing)
            level[which] = self._histories.update(slots[which], found.level, now_s)
            entry_s[which] = found.entry_s
        alerts = [
            Alert(name, int(level[k]), _known(entry_s[k]), int(level[k]))
            if reasons[k] is None
            else Alert(name, None, None, int(self._histories.level[slots[k]]), reasons[k])
            for k, name in enumerate(intruders)
        ]
        return alerts + self._missing(set(intruders), now_s)

    def _reasons(
        self,
        now_s: float,
        ownship: States,
        ownship_at_s: float | None,
        intruders: Sequence[str],
        states: States,
        times: Floats,
        numbers: Ints,
    ) -> list[str | None]:
        """Return why each intruder cannot be judged, None where it can."""
        own = _why_not(ownship, np.array([now_s if ownship_at_s is None else ownship_at_s]), now_s, self._stale_after_s)
        if own[0] is not None:
            return [f"ownship: {own[0]}"] * len(states)
        reasons = _why_not(states, times, now_s, self._stale_after_s)
        seen: dict[str, int] = {}
        for name in intruders:
            seen[name] = seen.get(name, 0) + 1
        for k, name in enumerate(intruders):
            if seen[name] > 1:
                reasons[k] = "several states at this instant"
            elif not 1 <= numbers[k] <= len(self._rules):
                reasons[k] = f"the profile has no alerter {numbers[k]}"
        return reasons

    def _remember(self, intruders: Sequence[str], times: Floats, now_s: float) -> None:
        """Give each intruder a place, free those of the long unseen first."""
        present = set(intruders)
        absent = sorted((memory.heard_s, name) for name, memory in self._known.items() if name not in present)
        surplus = len(absent) - self._most_absent
        for k, (heard_s, name) in enumerate(absent):
            if k < surplus or now_s - heard_s > self._forget_after_s:
                self._free.append(self._known.pop(name).slot)
        for name, time_s in zip(intruders, times.tolist(), strict=True):
            heard_s = time_s if math.isfinite(time_s) else -math.inf
            if name in self._known:
                self._known[name].heard_s = max(self._known[name].heard_s, min(heard_s, now_s))
                continue
            if not self._free:
                size = len(self._histories)
                self._histories.grow(2 * size + 8)
                self._free = list(range(len(self._histories) - 1, size - 1, -1))
            slot = self._free.pop()
            self._histories.forget(np.array([slot]))
            self._known[name] = _Memory(slot, min(heard_s, now_s))

    def _missing(self, present: set[str], now_s: float) -> list[Alert]:
        return [
            Alert(
                name,
                None,
                None,
                int(self._histories.level[memory.slot]),
                f"no state for {now_s - memory.heard_s:.1f} s",
            )
            for name, memory in self._known.items()
            if name not in present
        ]


def _why_not(states: States, times: Floats, now_s: float, stale_after_s: float) -> list[str | None]:
    reasons: list[str | None] = [None] * len(states)
    for name, reason in reversed(_LACKS):
        for k in np.flatnonzero(~np.isfinite(getattr(states, name))).tolist():
            reasons[k] = reason
    age_s = now_s - times
    for k in np.flatnonzero(~((age_s <= stale_after_s) & (age_s >= -AHEAD_S))).tolist():
        late = age_s[k] > stale_after_s
        reasons[k] = f"stale: {age_s[k]:.1f} s old" if late else f"dated {-age_s[k]:.1f} s after now"
    return reasons


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
