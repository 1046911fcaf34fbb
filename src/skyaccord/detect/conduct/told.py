"""Who came and who left, with how long that was seen; and why it may not be believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from skyaccord.detect.belief import ABOUT_CLOSEST_S
from skyaccord.detect.conduct.closing import Closing, closing_to, leaving_from
from skyaccord.detect.conduct.features import Told
from skyaccord.detect.conduct.pursuit import pursuit_to
from skyaccord.detect.conduct.scene import Scene
from skyaccord.detect.encounters import Found
from skyaccord.detect.observation import Bools
from skyaccord.detect.pieces import T0, T1

SEEN_S: Final = 30.0
"""Seen for less than this before or after, nothing is known of how one came or left."""


def who_joined(scene: Scene) -> Iterator[Told]:
    """Yield who came into a close station, or steered for the closest approach where there is none."""
    look = scene.look
    to_station, pursuit = closing_to(look, scene.event), pursuit_to(look, scene.event)
    seen = look.t_s[scene.event] - look.t_s[look.first] >= SEEN_S
    for is_close, *pair in zip(scene.is_close.tolist(), _told(to_station, seen), _told(pursuit, seen), strict=True):
        yield pair[0] if is_close else pair[1]


def who_left(scene: Scene) -> Iterator[Told]:
    """Yield who left a close station."""
    look, stretch = scene.look, scene.station
    seen = scene.is_close & (look.t_s[look.last] - look.t_s[scene.after] >= SEEN_S)
    return _told(leaving_from(look, np.where(scene.is_close, stretch.begin, scene.after), scene.after), seen)


def _told(closing: Closing, seen: Bools) -> Iterator[Told]:
    who = {1: 0, -1: 1, 0: None}
    columns = (closing.by, closing.seconds, closing.instead_m, closing.contradicts, closing.both, seen)
    for by, *row in zip(*(column.tolist() for column in columns), strict=True):
        yield Told(who[by], *row)


def why_doubtful(found: Found) -> Iterator[str]:
    """Yield why positions about the closest instant are not to be believed, or an empty text."""
    pieces, bounds = found.pieces()
    closest_s = found.measured.closest.t_closest_s[found.index]
    which = np.repeat(np.arange(len(found)), np.diff(pieces.start))
    is_about = (pieces.value[:, T0] < closest_s[which] + ABOUT_CLOSEST_S) & (
        pieces.value[:, T1] > closest_s[which] - ABOUT_CLOSEST_S
    )
    doubtful = np.zeros(len(found), np.bool_)
    doubtful[which[bounds.is_doubtful & is_about]] = True
    pairs = zip(doubtful.tolist(), found.intervals.a.tolist(), found.intervals.b.tolist(), strict=True)
    for is_doubtful, a, b in pairs:
        twin = found.measured.twins.get((a, b), "")
        reason = f"the two may be one aircraft reported twice: {twin}" if twin else "positions are not to be believed"
        yield reason if is_doubtful else ""
