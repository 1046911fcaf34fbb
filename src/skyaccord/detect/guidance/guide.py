"""Guidance of one instant: for each kind of manoeuvre the bands, ways out and who forbids what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.alerting import Scene
from skyaccord.detect.guidance.axis import Kind, grid_of, present_value
from skyaccord.detect.guidance.bands import Band, colour, stretches
from skyaccord.detect.guidance.exposed import Exposed, expose
from skyaccord.detect.guidance.foresight import RegionView, foresee_regions
from skyaccord.detect.guidance.free import Mask
from skyaccord.detect.guidance.recovery import RecoveryFound, recover
from skyaccord.detect.guidance.resolution import Resolution, resolve
from skyaccord.detect.profile import Profile, Region

ALL_KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class AxisGuidance:
    """Guidance for one kind of manoeuvre. No bands where the present value is outside its limits."""

    kind: Kind
    current: float  # the present value: rad, m/s or m
    bands: tuple[Band, ...] = ()
    resolution: Resolution | None = None
    recovery: RecoveryFound | None = None  # only where nothing was free
    peripheral: tuple[tuple[Region, tuple[int, ...]], ...] = ()  # intruders not alerting that forbid some value


@dataclass(frozen=True, slots=True)
class Guidance:
    """Guidance of one instant; intruders are numbers of the scene."""

    violation: tuple[tuple[Region, float, float], ...]  # region, first entry and last exit in straight flight (s)
    alerting: tuple[tuple[Region, tuple[int, ...]], ...]
    axes: tuple[AxisGuidance, ...]

    def axis(self, kind: Kind) -> AxisGuidance:
        """Return the guidance for one kind of manoeuvre."""
        return next(each for each in self.axes if each.kind is kind)


def guide(scene: Scene, profile: Profile, kinds: tuple[Kind, ...] = ALL_KINDS) -> Guidance:
    """Return the guidance of an instant, as a pure function of it.

    Args:
        scene: ownship and intruders.
        profile: volumes, times and the ownship's performance.
        kinds: the manoeuvres to look at.
    """
    views = foresee_regions(scene, profile)
    times = ((region, views[region].time_of_violation()) for region in sorted(views))
    return Guidance(
        violation=tuple((region, *time) for region, time in times if time is not None),
        alerting=_named(views, {region: view.is_alerting for region, view in views.items()}),
        axes=tuple(_guide_axis(kind, scene, profile, views) for kind in kinds),
    )


def _guide_axis(kind: Kind, scene: Scene, profile: Profile, views: dict[Region, RegionView]) -> AxisGuidance:
    grid = grid_of(kind, scene.ownship, profile)
    if grid is None:
        return AxisGuidance(kind, present_value(kind, scene.ownship))
    free: dict[Region, Mask] = {}
    others: dict[Region, Mask] = {}
    exposed: dict[Region, Exposed] = {}
    least_violated = min((region for region, view in views.items() if view.is_violated), default=None)
    is_saturated = False
    for region in sorted(views):
        view = views[region]
        found = exposed[region] = expose(grid, view.stakes, profile, list(exposed.values()))
        mask, forbids = found.free()
        if region == least_violated:
            mask[:] = False
        free[region] = mask
        marks = np.zeros(len(view.who), np.bool_)
        marks[found.numbers] = forbids > 0
        others[region] = marks & ~view.is_alerting
        is_saturated |= region >= profile.corrective_region and (view.is_violated or not stretches(mask).any())
    corrective = exposed.get(profile.corrective_region)
    recovery, recovered = None, None
    if is_saturated and corrective is not None and grid.axis.is_recovered:
        recovery, recovered = recover(corrective, profile.recovery)
    bands = colour(grid, free, recovered)
    return AxisGuidance(kind, grid.current, bands, resolve(bands, grid.current), recovery, _named(views, others))


def _named(views: dict[Region, RegionView], marks: dict[Region, Mask]) -> tuple[tuple[Region, tuple[int, ...]], ...]:
    """Return the marked intruders of each region that has any, in the scene's order."""
    found = ((region, np.unique(views[region].who[marks[region]])) for region in sorted(views))
    return tuple((region, tuple(who.tolist())) for region, who in found if len(who))
