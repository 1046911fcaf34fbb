"""What the data of a recording was like, counted over its windows; rows seen twice count once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.quality import Mark, names
from skyaccord.model.tracks import Tracks, takes_part
from skyaccord.tracks.build import Build
from skyaccord.tracks.quality.assess import Assessment

ACTIVITY_BINS: Final = 96
OVERVIEW_POINTS: Final = 20_000
"""Points of all tracks that are kept for a map of the whole recording."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A time in which an aircraft's positions are doubted."""

    aircraft: str
    from_s: float
    until_s: float
    marks: str
    reason: str


@dataclass(slots=True)
class Tally:
    """Counts over windows. ``begin_s``, ``end_s`` and ``rows`` of the whole recording set the scales."""

    begin_s: float
    end_s: float
    expected_rows: int
    rows: int = 0
    first_s: float = float("inf")
    last_s: float = float("-inf")
    marks: Counter[str] = field(default_factory=Counter)
    aircraft_marks: dict[str, set[str]] = field(default_factory=dict)
    ghosts: dict[str, tuple[str, str]] = field(default_factory=dict)  # ghost → host, ground
    suspected_ghosts: dict[str, tuple[str, str]] = field(default_factory=dict)
    doubts: dict[tuple[str, float], Doubt] = field(default_factory=dict)
    duplicate_rows: int = 0
    altitudes_withdrawn: int = 0
    gaps: int = 0
    unobserved_s: float = 0.0
    contested: dict[str, None] = field(default_factory=dict)
    overview: dict[str, list[tuple[Floats, Floats, Floats]]] = field(default_factory=dict)
    seen_in: set[tuple[int, str]] = field(default_factory=set)
    _last_seen: dict[str, float] = field(default_factory=dict)

    def add(self, build: Build, quality: Assessment, new_rows: int, since_s: float, gap_s: float) -> None:
        """Add what is new in a window: its ``new_rows`` rows as read, from ``since_s`` on."""
        tracks = quality.tracks
        fresh = np.flatnonzero(tracks.t_s >= since_s)
        owner = np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))
        self.rows += len(fresh)
        self.duplicate_rows += new_rows - len(fresh)
        withdrawn = np.isfinite(build.tracks.altitude_m[fresh]) & np.isnan(tracks.altitude_m[fresh])
        self.altitudes_withdrawn += int(withdrawn.sum())
        self.contested.update(dict.fromkeys(build.contested))
        if len(fresh):
            self.first_s = min(self.first_s, float(tracks.t_s[fresh].min()))
            self.last_s = max(self.last_s, float(tracks.t_s[fresh].max()))
        for mark in Mark:
            if mark and (count := int(np.count_nonzero(tracks.marks[fresh] & np.uint32(mark)))):
                self.marks[names(mark)[0]] += count
        for name, marks in quality.aircraft.items():
            self.aircraft_marks.setdefault(name, set()).update(marks)
        for of, into in ((quality.ghosts, self.ghosts), (quality.suspected_ghosts, self.suspected_ghosts)):
            for ghost in of:
                into[tracks.aircraft[ghost.ghost].id] = (tracks.aircraft[ghost.host].id, ghost.reason(tracks))
        for s in quality.doubtful_stretches:
            doubt = Doubt(tracks.aircraft[s.aircraft].id, s.from_s, s.until_s, ", ".join(names(s.mark)), s.reason)
            self.doubts[doubt.aircraft, doubt.from_s] = doubt
        self._add_gaps(tracks, fresh, owner, gap_s)
        self._add_activity(tracks, fresh, owner)
        self._add_overview(tracks, fresh, owner)

    def _add_gaps(self, tracks: Tracks, fresh: Ints, owner: Ints, gap_s: float) -> None:
        """Count pauses before fresh rows, also those that began in an earlier window."""
        if len(fresh) == 0:
            return
        heads = np.flatnonzero(np.diff(owner[fresh], prepend=-1))
        pauses = np.diff(tracks.t_s[fresh], prepend=-np.inf)
        for head in heads:
            name = tracks.aircraft[owner[fresh[head]]].id
            pauses[head] = tracks.t_s[fresh[head]] - self._last_seen.get(name, np.inf)
        for tail in np.append(heads[1:], len(fresh)) - 1:
            self._last_seen[tracks.aircraft[owner[fresh[tail]]].id] = float(tracks.t_s[fresh[tail]])
        long = pauses[pauses > gap_s]
        self.gaps += len(long)
        self.unobserved_s += float(long.sum())

    def _add_activity(self, tracks: Tracks, fresh: Ints, owner: Ints) -> None:
        span_s = max(self.end_s - self.begin_s, 1e-9)
        which = np.clip(
            ((tracks.t_s[fresh] - self.begin_s) / span_s * ACTIVITY_BINS).astype(np.int64), 0, ACTIVITY_BINS - 1
        )
        pairs = np.unique(which * len(tracks.aircraft) + owner[fresh])
        for pair in pairs.tolist():
            self.seen_in.add((pair // len(tracks.aircraft), tracks.aircraft[pair % len(tracks.aircraft)].id))

    def _add_overview(self, tracks: Tracks, fresh: Ints, owner: Ints) -> None:
        usable = fresh[takes_part(tracks.marks[fresh])]
        kept = usable[:: max(1, self.expected_rows // OVERVIEW_POINTS)]
        for index in np.unique(owner[kept]):
            rows = kept[owner[kept] == index]
            place = tracks.t_s[rows], tracks.lat_deg[rows], tracks.lon_deg[rows]
            self.overview.setdefault(tracks.aircraft[index].id, []).append(place)

    def activity(self) -> tuple[Floats, Ints]:
        """Return the edges of the bins and how many aircraft were seen in each."""
        counts = np.bincount([which for which, _ in self.seen_in], minlength=ACTIVITY_BINS).astype(np.int64)
        return np.linspace(self.begin_s, self.end_s, ACTIVITY_BINS + 1), counts
