"""Stretches of a track whose positions are doubted, with the reports to either side that can still be believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.model.quality import DOUBTFUL, Mark
from skyaccord.model.tracks import Floats, Ints, Marks, Tracks, takes_part
from skyaccord.tracks.quality.disagreement import find_disagreement
from skyaccord.tracks.quality.duplicates import find_interleaved
from skyaccord.tracks.quality.frozen import find_frozen
from skyaccord.tracks.quality.interference import find_doubtful
from skyaccord.tracks.quality.motion import Fixes, Flags, excess, find_fixes, find_impossible
from skyaccord.tracks.quality.outliers import find_outliers
from skyaccord.units import KT, NM

NO_ROW: Final = -1


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which an aircraft's positions are doubted. Rows are those of the whole table, or `NO_ROW`."""

    aircraft: int
    from_s: float  # first and last doubted row
    until_s: float
    mark: Mark
    last_believed: int
    first_believed: int
    reason: str


class Doubts:
    """What is found on one recording: marks to add, and stretches with their reasons."""

    def __init__(self, tracks: Tracks, aircraft: Ints) -> None:
        self.tracks = tracks
        self.takes_part: Flags = takes_part(tracks.marks)
        self.marks: Marks = np.zeros(len(tracks), np.uint32)
        self.stretches: list[Stretch] = []
        self.is_in_turns: Flags = np.zeros(len(tracks), np.bool_)  # rows of either of two tracks told in turns
        self.of_second: Flags = np.zeros(len(tracks), np.bool_)  # rows of a second track under an id
        self.off_m: Floats = np.zeros(len(tracks))  # by how much positions and velocities disagree
        rows = np.flatnonzero(self.takes_part)
        self.fixes = self._without_outliers(find_fixes(tracks, rows, aircraft))

    def _without_outliers(self, fixes: Fixes) -> Fixes:
        stray = find_outliers(fixes)
        if not stray.any():
            return fixes
        for row, until in zip(fixes.row[stray].tolist(), fixes.until[stray].tolist(), strict=True):
            rows = self.inside(row, until)
            self.marks[rows] |= np.uint32(Mark.OUTLIER)
            self.takes_part[rows] = False
        return fixes.take(~stray)

    def inside(self, first: int, last: int) -> Ints:
        """Return the rows from ``first`` to ``last``, both included, that take part."""
        return first + np.flatnonzero(self.takes_part[first : last + 1])

    def doubt(self, mark: Mark, first: int, last: int, believed: tuple[int, int], reason: str) -> None:
        """Mark the rows ``first`` to ``last`` (both included) and keep the stretch."""
        inside = self.inside(first, last)
        if not len(inside):
            return
        self.marks[inside] |= np.uint32(mark)
        t_s = self.tracks.t_s
        of = int(np.searchsorted(self.tracks.start, inside[0], "right")) - 1
        self.stretches.append(Stretch(of, float(t_s[inside[0]]), float(t_s[inside[-1]]), mark, *believed, reason))


def find_doubts(tracks: Tracks, aircraft: Ints) -> Doubts:
    """Return OUTLIER, FROZEN, DUPLICATE_ID, JUMPING and IMPOSSIBLE_SPEED for rows that are not left out."""
    doubts = Doubts(tracks, aircraft)
    fixes = doubts.fixes
    _doubt_frozen(doubts)
    leaps = np.flatnonzero(excess(fixes) > 1.0) + 1
    for index in np.unique(fixes.aircraft[leaps]):
        low, high = np.searchsorted(fixes.aircraft, (index, index + 1))
        own = fixes.take(slice(int(low), int(high)))
        interleaved = find_interleaved(own, tracks.altitude_m[own.row])
        if interleaved is None:
            _doubt_runs(doubts, own, find_doubtful(own), Mark.JUMPING)
        else:
            mark = Mark.DUPLICATE_ID if interleaved.are_two else Mark.JUMPING
            _doubt_runs(doubts, own, interleaved.during, mark)
            for part, flags in ((interleaved.during, doubts.is_in_turns), (interleaved.second, doubts.of_second)):
                for row, until in zip(own.row[part], own.until[part], strict=True):
                    flags[doubts.inside(int(row), int(until))] = True
    _doubt_impossible(doubts)
    _note_disagreement(doubts, aircraft)
    doubts.stretches.sort(key=lambda s: (s.aircraft, s.from_s, s.until_s, s.mark))
    return doubts


def _doubt_frozen(doubts: Doubts) -> None:
    """Doubt every repeat of a position that is held too long; its first sight is believed."""
    fixes = doubts.fixes
    for k in np.flatnonzero(find_frozen(doubts.tracks, fixes)).tolist():
        row, until = int(fixes.row[k]), int(fixes.until[k])
        held_s = fixes.t_until_s[k] - fixes.t_s[k]
        speed = doubts.tracks.groundspeed_mps[until]
        reported = f" at {speed / KT:.0f} kt reported" if speed > 0.0 else " while the aircraft flew on"
        doubts.doubt(
            Mark.FROZEN, row + 1, until, (row, _row_after(fixes, k)), f"position unchanged for {held_s:.0f} s{reported}"
        )


def _doubt_runs(doubts: Doubts, own: Fixes, flags: Flags, mark: Mark) -> None:
    """Doubt each run of flagged fixes of one aircraft, from just after the fix before to just before the fix after."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        before = int(own.row[begin - 1]) if begin > 0 else NO_ROW
        after = int(own.row[end]) if end < len(own) else NO_ROW
        first = before + 1 if before != NO_ROW else int(own.row[begin])
        last = after - 1 if after != NO_ROW else int(own.until[end - 1])
        span = own.take(slice(max(begin - 1, 0), end + 1))
        doubts.doubt(mark, first, last, (before, after), _leap_reason(span, mark))


def _leap_reason(fixes: Fixes, mark: Mark) -> str:
    """Return the number of leaps among fixes, and the largest against what was reported."""
    step = excess(fixes)
    distance = np.linalg.norm(np.diff(fixes.points_m, axis=0), axis=1)
    worst = int(np.argmax(step))
    elapsed = max(float(fixes.t_s[worst + 1] - fixes.t_s[worst]), 1.0)
    speed = np.fmax(fixes.speed_mps[worst], fixes.speed_mps[worst + 1])
    reported = "no speed reported" if np.isnan(speed) else f"{speed / KT:.0f} kt reported"
    what = "two tracks in turns" if mark is Mark.DUPLICATE_ID else "positions jump"
    return (
        f"{what}: {int((step > 1.0).sum())} leaps, the worst {distance[worst] / NM:.1f} NM in {elapsed:.0f} s "
        f"({distance[worst] / elapsed / KT:.0f} kt, {reported})"
    )


def _doubt_impossible(doubts: Doubts) -> None:
    """Doubt each fix that nothing could have reached from one that is believed, or that is doubted anyway.

    The first believed fix after a longer doubt lies far from the last doubted one; that speaks against the latter. From
    one of two tracks told in turns to the other no one flew.
    """
    fixes = doubts.fixes.take(~doubts.is_in_turns[doubts.fixes.row])
    in_doubt = (doubts.marks[fixes.row] & np.uint32(Mark.JUMPING | Mark.DUPLICATE_ID)) != 0
    for k in find_impossible(fixes).tolist():
        if in_doubt[k]:
            doubts.marks[fixes.row[k]] |= np.uint32(Mark.IMPOSSIBLE_SPEED)
        elif not in_doubt[k - 1]:
            reason = _leap_reason(fixes.take(slice(k - 1, k + 1)), Mark.IMPOSSIBLE_SPEED)
            row, before = int(fixes.row[k]), int(fixes.row[k - 1])
            doubts.doubt(Mark.IMPOSSIBLE_SPEED, row, row, (before, _row_after(fixes, k)), reason)


def _note_disagreement(doubts: Doubts, aircraft: Ints) -> None:
    rows = np.flatnonzero(doubts.takes_part & ((doubts.marks & np.uint32(DOUBTFUL)) == 0))
    doubts.off_m[rows] = find_disagreement(doubts.tracks, rows, aircraft)


def _row_after(fixes: Fixes, k: int) -> int:
    """Return the row of the next fix of the same aircraft, or `NO_ROW`."""
    is_there = k + 1 < len(fixes) and fixes.aircraft[k + 1] == fixes.aircraft[k]
    return int(fixes.row[k + 1]) if is_there else NO_ROW
