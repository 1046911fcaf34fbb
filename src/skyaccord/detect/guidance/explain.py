"""Why a band is forbidden: the intruder that forbids it and the moment at which the volume would be entered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.alerting import Scene
from skyaccord.detect.guidance.axis import Grid, grid_of
from skyaccord.detect.guidance.bands import Band
from skyaccord.detect.guidance.exposed import Exposed, expose
from skyaccord.detect.guidance.foresight import foresee_regions
from skyaccord.detect.guidance.guide import AxisGuidance
from skyaccord.detect.profile import Profile, Region
from skyaccord.geometry.vectors import Floats, Ints

OPEN = frozenset((Region.NONE, Region.RECOVERY))


@dataclass(frozen=True, slots=True)
class Cause:
    """What forbids a band: the intruder whose volume is entered first, and when, on the way or after the manoeuvre."""

    intruder: int  # number in the scene
    entry_s: float


def explain(scene: Scene, profile: Profile, axis: AxisGuidance) -> tuple[Cause | None, ...]:
    """Return the cause of each band of one kind of manoeuvre; ``None`` for bands that are free or recover."""
    grid = grid_of(axis.kind, scene.ownship, profile)
    if grid is None:
        return tuple(None for _ in axis.bands)
    views = foresee_regions(scene, profile)
    exposed = {region: expose(grid, view.stakes, profile, ()) for region, view in views.items()}
    who = {region: view.who[exposed[region].numbers] for region, view in views.items()}
    return tuple(
        None if band.region in OPEN else _cause(grid, band, exposed[band.region], who[band.region])
        for band in axis.bands
    )


def _cause(grid: Grid, band: Band, exposed: Exposed, who: Ints) -> Cause | None:
    inside = np.flatnonzero((grid.values >= band.low - 1e-9) & (grid.values <= band.high + 1e-9))
    if not len(who) or not len(inside):
        return None
    entry_s = _entries(grid, exposed)[:, inside].min(axis=1)
    first = int(np.argmin(entry_s))
    return Cause(int(who[first]), float(entry_s[first])) if np.isfinite(entry_s[first]) else None


def _entries(grid: Grid, exposed: Exposed) -> Floats:
    """Return when each stake's volume is first entered by way of each value of the grid, shape (stakes, values)."""
    volume = exposed.volume
    entry_s: Floats = np.minimum(volume.entry_s, volume.way_entry_s)
    if not len(grid.left):
        return entry_s
    left, right = entry_s[:, : len(grid.left)], entry_s[:, len(grid.left) :]
    return np.concatenate([left[:, :0:-1], np.minimum(left[:, :1], right[:, :1]), right[:, 1:]], axis=1)
