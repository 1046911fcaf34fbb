"""The seam between two windows of a recording: what is settled before it, and what the next window must see again.

A pair that may still be within the volume at a window's end is left to the next window, together with the reports of
both aircraft from before it came near, so that it is measured and judged whole, by the same code, once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.detect.encounters import Found
from skyaccord.detect.hidden import ABOUT_S, LONGEST_SILENCE_S
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.encounter import Encounter
from skyaccord.model.tracks import SECOND, Bools, Tracks, recorded_id
from skyaccord.rules.judge import Judgement
from skyaccord.rules.scene import number_pairs
from skyaccord.tracks.quality.stretches import Stretch

LEAD_S: Final = LONGEST_SILENCE_S + ABOUT_S
"""Reports this long before a seam are seen again, so that silence and doubts about an aircraft do not begin at it."""

BEFORE_S: Final = LEAD_S
"""Of an aircraft that is left to the next window, the reports from this long before it came near are kept."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lasted:
    """From when until when encounters of a window's tracks lasted, and between whom."""

    tracks: Tracks
    a: Ints  # aircraft
    b: Ints
    start_s: Floats
    end_s: Floats

    def __len__(self) -> int:
        return len(self.a)

    @classmethod
    def of(cls, tracks: Tracks, found: Found, doubtful: Sequence[Encounter] = ()) -> Lasted:
        """Return the times of what was found, then those of doubtful pairs."""
        intervals = found.intervals
        return cls(
            tracks,
            np.append(intervals.a, np.array([e.a for e in doubtful], np.int64)),
            np.append(intervals.b, np.array([e.b for e in doubtful], np.int64)),
            np.append(intervals.begin_s, [e.start_s for e in doubtful]),
            np.append(intervals.end_s, [e.end_s for e in doubtful]),
        )

    def with_also(self, other: Lasted) -> Lasted:
        """Return both, these first."""
        columns = zip(
            (self.a, self.b, self.start_s, self.end_s), (other.a, other.b, other.start_s, other.end_s), strict=True
        )
        return Lasted(self.tracks, *(np.append(mine, theirs) for mine, theirs in columns))


@dataclass(frozen=True, slots=True)
class Seam:
    """The end of a window, and the pairs that are left to the next one with the time from which each is."""

    cutoff_s: float = -math.inf  # what ended before is settled
    left: dict[Pair, float] = field(default_factory=dict)
    stretches: dict[str, float] = field(default_factory=dict)  # doubtful aircraft, and from when
    gap_s: float = 0.0

    def are_settled(self, lasted: Lasted) -> Bools:
        """Return which encounters were settled before this seam."""
        return (lasted.end_s < self.cutoff_s) & ~self.are_left(lasted)

    def are_left(self, lasted: Lasted) -> Bools:
        """Return which encounters are left to the window after this seam."""
        number = {aircraft.id: n for n, aircraft in enumerate(lasted.tracks.aircraft)}
        since_s = np.full(len(lasted.end_s), math.inf)
        for (a, b), from_s in self.left.items():
            if a in number and b in number:
                since_s[(lasted.a == number[a]) & (lasted.b == number[b])] = from_s
        left: Bools = lasted.end_s >= since_s
        return left

    def rows_kept(self, table: pa.Table, edge_s: float) -> pa.Table:
        """Return the rows of a window that the next one must see again."""
        since = {name: from_s - LEAD_S - self.gap_s for name, from_s in self.stretches.items()}
        for pair, begin_s in self.left.items():
            for name in pair:
                since[name] = min(begin_s, since.get(name, math.inf))
        t_s = table["timestamp"].cast(pa.int64()).to_numpy() / 1e6
        keep = t_s >= edge_s - LEAD_S - self.gap_s
        for name in [name for name in since if name.endswith(SECOND)]:
            recorded = recorded_id(name)
            since[recorded] = min(since.pop(name), since.get(recorded, math.inf))
        if since:
            place = pc.index_in(table["icao24"], pa.array(list(since))).to_numpy(zero_copy_only=False)
            begins = np.array([*since.values(), math.inf]) - max(BEFORE_S, 2.0 * self.gap_s)
            keep |= t_s >= begins[np.where(np.isnan(place.astype(float)), len(since), place).astype(np.int64)]
        return table.filter(pa.array(keep))


def seam_after(
    tracks: Tracks, found: Judgement, stretches: tuple[Stretch, ...], edge_s: float, linger_s: float
) -> Seam:
    """Return the seam at the end of a window.

    Args:
        tracks: the window's tracks.
        found: what was found in it.
        stretches: where positions are doubted.
        edge_s: the window's end.
        linger_s: for how long after a pair parted it is not settled: the longest gap and time of re-entry.
    """
    cutoff_s = edge_s - linger_s
    doubted = {tracks.aircraft[s.aircraft].id: s.from_s for s in stretches if s.until_s >= cutoff_s}
    left: dict[Pair, float] = {}
    around, passages = Lasted.of(tracks, found.around, found.doubtful), Lasted.of(tracks, found.passages)
    lasted = around.with_also(passages)
    place = np.arange(len(lasted))
    is_doubt = (place >= len(found.around)) & (place < len(around))
    pair = number_pairs(tracks, lasted.a, lasted.b)
    # Only a pair that is in doubt, or was together after the cut, can be left; few are, so that the rest may be slow.
    rows = np.flatnonzero(np.isin(pair, pair[is_doubt | (lasted.end_s >= cutoff_s)]))
    for n in rows[np.argsort(-lasted.end_s[rows], kind="stable")].tolist():
        names = tracks.aircraft[lasted.a[n]].id, tracks.aircraft[lasted.b[n]].id
        start_s, end_s = float(lasted.start_s[n]), float(lasted.end_s[n])
        # What an aircraft's doubt reaches is known only when the doubt has lasted.
        in_doubt = is_doubt[n] and any(end_s >= doubted.get(name, math.inf) for name in names)
        if in_doubt or end_s >= min(cutoff_s, left.get(names, math.inf) - linger_s):
            left[names] = min(start_s, left.get(names, math.inf))
    return Seam(cutoff_s, left, doubted, linger_s)
