"""The seam between two windows of a recording: what is settled before it, and what the next window must see again.

A pair that may still be within the volume at a window's end is left to the next window, together with the reports of
both aircraft from before it came near, so that it is measured and judged whole, by the same code, once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.model.encounter import Encounter
from skyaccord.model.tracks import Tracks
from skyaccord.rules.judge import Judgement
from skyaccord.tracks.quality.stretches import Stretch

LEAD_S: Final = 600.0
"""Reports this long before a seam are seen again, so that doubts about an aircraft do not begin at the seam."""

BEFORE_S: Final = 60.0
"""Of an aircraft that is left to the next window, the reports from this long before it came near are kept."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seam:
    """The end of a window, and the pairs that are left to the next one with the time from which each is."""

    cutoff_s: float = -math.inf  # what ended before is settled
    left: dict[Pair, float] = field(default_factory=dict)
    stretches: dict[str, float] = field(default_factory=dict)  # doubtful aircraft, and from when
    gap_s: float = 0.0

    def is_settled(self, pair: Pair, encounter: Encounter) -> bool:
        """Return whether an encounter was settled before this seam."""
        return encounter.end_s < self.cutoff_s and not self.is_left(pair, encounter)

    def is_left(self, pair: Pair, encounter: Encounter) -> bool:
        """Return whether an encounter is left to the window after this seam."""
        return encounter.end_s >= self.left.get(pair, math.inf)

    def rows_kept(self, table: pa.Table, edge_s: float) -> pa.Table:
        """Return the rows of a window that the next one must see again."""
        since = {name: from_s - LEAD_S - self.gap_s for name, from_s in self.stretches.items()}
        for pair, begin_s in self.left.items():
            for name in pair:
                since[name] = min(begin_s, since.get(name, math.inf))
        t_s = table["timestamp"].cast(pa.int64()).to_numpy() / 1e6
        keep = t_s >= edge_s - LEAD_S - self.gap_s
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
    for encounter in sorted((*found.around, *found.doubtful), key=lambda e: -e.end_s):
        pair = pair_of(tracks, encounter)
        # What an aircraft's doubt reaches is known only when the doubt has ended.
        in_doubt = encounter.id[0] == "D" and any(encounter.end_s >= doubted.get(name, math.inf) for name in pair)
        if in_doubt or encounter.end_s >= min(cutoff_s, left.get(pair, math.inf) - linger_s):
            left[pair] = min(encounter.start_s, left.get(pair, math.inf))
    return Seam(cutoff_s, left, doubted, linger_s)


def pair_of(tracks: Tracks, encounter: Encounter) -> Pair:
    """Return the ids of a pair."""
    return tracks.aircraft[encounter.a].id, tracks.aircraft[encounter.b].id
