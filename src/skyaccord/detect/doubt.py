"""Pairs that may have been near each other while one was hidden: silent, or with positions that cannot be believed.

While an aircraft is hidden it is somewhere within reach of the last place it was believed at and of the next one. Every
other aircraft that came within the volume of that region is named: nothing says that the two were close, and nothing
says that they were not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from skyaccord.detect.hidden import Hidden
from skyaccord.detect.meetings import Meetings
from skyaccord.detect.volume import Volume
from skyaccord.model.encounter import Datum, Edge, Encounter, Grade
from skyaccord.model.tracks import Tracks
from skyaccord.tracks.quality.stretches import Stretch


def describe_meetings(
    tracks: Tracks, hidden: Hidden, meetings: Meetings, stretches: Sequence[Stretch], volume: Volume
) -> list[Encounter]:
    """Return an entry for each meeting.

    Distances in it are those of straight lines between believed reports, and not to be believed; errors are infinite.
    """
    return [_entry(tracks, hidden, meetings, n, stretches, volume) for n in range(len(meetings))]


def _entry(
    tracks: Tracks, hidden: Hidden, meetings: Meetings, n: int, stretches: Sequence[Stretch], volume: Volume
) -> Encounter:
    a, b = int(meetings.a[n]), int(meetings.b[n])
    horizontal_m, vertical_m = float(meetings.horizontal_m[n]), float(meetings.vertical_m[n])
    closest_s = float(meetings.closest_s[n])
    known = np.isfinite(vertical_m)
    return Encounter(
        id="",
        a=a,
        b=b,
        start_s=float(meetings.from_s[n]),
        end_s=float(meetings.until_s[n]),
        starts_by=Edge.GAP,
        ends_by=Edge.GAP,
        t_cpa_s=closest_s,
        min_horizontal_m=horizontal_m,
        vertical_at_cpa_m=vertical_m,
        min_vertical_m=vertical_m,
        min_slant_m=float(np.hypot(horizontal_m, vertical_m)),
        t_closest_s=closest_s,
        horizontal_at_closest_m=horizontal_m,
        vertical_at_closest_m=vertical_m,
        min_normalised=max(horizontal_m / volume.range_m, vertical_m / volume.height_m if known else 0.0),
        datum=Datum.PRESSURE if known else Datum.NONE,
        horizontal_error_m=float("inf"),
        vertical_error_m=float("inf"),
        grade=Grade.DOUBTFUL,
        reasons=_reasons(tracks, hidden, int(meetings.hidden[n]), (a, b), stretches),
    )


def _reasons(
    tracks: Tracks, hidden: Hidden, number: int, pair: tuple[int, int], stretches: Sequence[Stretch]
) -> tuple[str, str]:
    of = int(hidden.aircraft[number])
    other = pair[1] if pair[0] == of else pair[0]
    from_s, until_s = float(hidden.from_s[number]), float(hidden.until_s[number])
    name = tracks.aircraft[of].id
    near = f"{tracks.aircraft[other].id} was within reach of where it may have been"
    if not hidden.is_doubt[number]:
        return f"{name} was not seen for {until_s - from_s:.0f} s", near
    why = next(
        (s.reason for s in stretches if s.aircraft == of and s.from_s <= until_s and s.until_s >= from_s),
        "they are marked as doubtful",
    )
    return f"positions of {name} cannot be believed here: {why}", near
