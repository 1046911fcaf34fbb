"""Warnings in recorded traffic, every aircraft as ownship in turn, and which of them were for nothing.

A warning is a stretch in which the steadied level of a pair is corrective or above, pauses of up to a minute included.
It is a nuisance where the pair, from the warning's begin until the look-ahead after its end, never violated the
corrective volume itself. Aircraft are taken at common instants (`detect.resample`) after the project's own cleaning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from skyaccord.detect.histories import AlertHistories
from skyaccord.detect.ladder import Ladder, ladder
from skyaccord.detect.levels import pair_levels
from skyaccord.detect.observation import observe
from skyaccord.detect.profile import Alerter, Hysteresis
from skyaccord.detect.resample import Resampled, resample
from skyaccord.model.states import States
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.quality.assess import assess
from skyaccord.tracks.read import read_tracks
from tests.detect.pairs import LOOK_AHEAD_S

Ints = np.ndarray
CORRECTIVE = 2
PAUSE_S = 60.0
CHUNK = 500_000


@dataclass(frozen=True)
class Updates:
    """Ordered pairs at instants, sorted by instant: numbers of entries of `Resampled`."""

    instant: Ints
    own: Ints
    other: Ints


@dataclass(frozen=True)
class Count:
    """Flight hours of all ownships, warnings, and those for nothing."""

    hours: float
    warnings: int
    idle: int

    @property
    def per_ten_hours(self) -> float:
        return 10.0 * self.idle / self.hours


def load(file: Path, every_s: float) -> Resampled:
    tracks = assess(build_tracks(read_tracks(file).table).tracks).tracks
    return resample(tracks, observe(tracks), every_s)


def every_pair(seen: Resampled) -> Updates:
    """Return each aircraft with each other one at each instant."""
    begins = np.concatenate(([0], np.flatnonzero(np.diff(seen.instant)) + 1, [len(seen)]))
    own, other = [], []
    for begin, end in pairwise(begins.tolist()):
        rows = np.arange(begin, end)
        a, b = np.repeat(rows, len(rows)), np.tile(rows, len(rows))
        own.append(a[a != b])
        other.append(b[a != b])
    a, b = (np.concatenate(each) if each else np.empty(0, np.int64) for each in (own, other))
    return Updates(seen.instant[a], a, b)


def take(states: States, rows: Ints) -> States:
    return States(*(getattr(states, name)[rows] for name in States.__slots__))


def raw_levels(seen: Resampled, updates: Updates, rule: Ladder) -> tuple[Ints, np.ndarray]:
    level, entry_s = np.empty(len(updates.own), np.int64), np.empty(len(updates.own))
    for k in range(0, len(level), CHUNK):
        part = slice(k, k + CHUNK)
        found = pair_levels(take(seen.states, updates.own[part]), take(seen.states, updates.other[part]), rule)
        level[part], entry_s[part] = found.level, found.entry_s
    return level, entry_s


def of_interest(seen: Resampled, alerter: Alerter) -> Updates:
    """Return all updates of those ordered pairs that ever have a level: the others can have no warning."""
    updates = every_pair(seen)
    level, _ = raw_levels(seen, updates, ladder(alerter, LOOK_AHEAD_S))
    key = pair_key(seen, updates)
    chosen = np.isin(key, np.unique(key[level > 0]))
    return Updates(updates.instant[chosen], updates.own[chosen], updates.other[chosen])


def pair_key(seen: Resampled, updates: Updates) -> Ints:
    return seen.aircraft[updates.own] * (int(seen.aircraft.max(initial=0)) + 1) + seen.aircraft[updates.other]


def count(seen: Resampled, updates: Updates, alerter: Alerter, hysteresis: Hysteresis) -> Count:
    """Return warnings and nuisances under an alerter."""
    hours = len(seen) * seen.every_s / 3600.0
    rule = ladder(alerter, LOOK_AHEAD_S)
    pairs, which = np.unique(pair_key(seen, updates), return_inverse=True)
    level = _steadied(seen, updates, rule, hysteresis, which, len(pairs))
    violated = _is_violated(seen, updates, alerter)
    warnings, idle = 0, 0
    for rows in np.split(np.argsort(which, kind="stable"), np.cumsum(np.bincount(which, minlength=len(pairs)))[:-1]):
        time_s = updates.instant[rows] * seen.every_s
        warned = np.flatnonzero(level[rows] >= CORRECTIVE)
        if not len(warned):
            continue
        breaks = np.flatnonzero(np.diff(time_s[warned]) > PAUSE_S) + 1
        for stretch in np.split(warned, breaks):
            begin_s, end_s = time_s[stretch[0]], time_s[stretch[-1]]
            lost = violated[rows] & (time_s >= begin_s) & (time_s <= end_s + LOOK_AHEAD_S)
            warnings, idle = warnings + 1, idle + int(not lost.any())
    return Count(hours, warnings, idle)


def _steadied(seen: Resampled, updates: Updates, rule: Ladder, hysteresis: Hysteresis, which: Ints, pairs: int) -> Ints:
    if hysteresis.time_s <= 0.0 or not pairs:
        return raw_levels(seen, updates, rule)[0]
    histories = AlertHistories(hysteresis, pairs)
    level = np.zeros(len(which), np.int64)
    begins = np.concatenate(([0], np.flatnonzero(np.diff(updates.instant)) + 1, [len(which)]))
    for begin, end in pairwise(begins.tolist()):
        who, now_s = which[begin:end], float(updates.instant[begin] * seen.every_s)
        own, other = take(seen.states, updates.own[begin:end]), take(seen.states, updates.other[begin:end])
        raw = pair_levels(own, other, rule, standing=histories.standing(who, now_s)).level
        level[begin:end] = histories.update(who, raw, now_s)
    return level


def _is_violated(seen: Resampled, updates: Updates, alerter: Alerter) -> np.ndarray:
    """Return where the corrective volume is violated now."""
    corrective = replace(alerter, levels=(alerter.levels[CORRECTIVE - 1],))
    _, entry_s = raw_levels(seen, updates, ladder(corrective, LOOK_AHEAD_S))
    violated: np.ndarray = entry_s == 0.0
    return violated
