"""Two tracks under one id become two aircraft, so that either is searched along the way it went."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from skyaccord.model.tracks import SECOND, Ints, Tracks
from skyaccord.tracks.quality.motion import Flags
from skyaccord.tracks.quality.stretches import NO_ROW, Stretch


def part_seconds(
    tracks: Tracks, stretches: list[Stretch], of_second: Flags, aircraft: Ints
) -> tuple[Tracks, list[Stretch]]:
    """Return the tracks with the rows of second tracks under ids of their own (`SECOND`), after all others.

    Args:
        tracks: the recording.
        stretches: where positions are doubted; their rows are numbered anew.
        of_second: rows of second tracks, all of them doubted.
        aircraft: of each row.
    """
    if not of_second.any():
        return tracks, stretches
    twice = np.unique(aircraft[of_second])
    count = len(tracks.aircraft)
    owner = aircraft.copy()
    owner[of_second] = count + np.searchsorted(twice, aircraft[of_second])
    order = np.argsort(owner, kind="stable")
    place = np.empty(len(order) + 1, np.int64)
    place[order], place[NO_ROW] = np.arange(len(order)), NO_ROW
    rows = {f.name: getattr(tracks, f.name)[order] for f in fields(tracks) if f.name not in ("aircraft", "start")}
    seconds = tuple(replace(tracks.aircraft[k], id=tracks.aircraft[k].id + SECOND) for k in twice.tolist())
    start = np.searchsorted(owner[order], np.arange(count + len(seconds) + 1)).astype(np.int64)
    parted = Tracks(aircraft=(*tracks.aircraft, *seconds), start=start, **rows)
    moved = [
        replace(s, last_believed=int(place[s.last_believed]), first_believed=int(place[s.first_believed]))
        for s in stretches
    ]
    for number, k in enumerate(twice.tolist()):
        own = parted.rows(count + number)
        for s in stretches:
            inside = parted.t_s[own][(parted.t_s[own] >= s.from_s) & (parted.t_s[own] <= s.until_s)]
            if s.aircraft == k and len(inside):
                moved.append(
                    replace(
                        s,
                        aircraft=count + number,
                        from_s=float(inside[0]),
                        until_s=float(inside[-1]),
                        last_believed=NO_ROW,
                        first_believed=NO_ROW,
                    )
                )
    return parted, moved
