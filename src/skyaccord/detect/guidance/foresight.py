"""What an instant holds for each region: who violates or will violate its volumes, and who is alerting for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skyaccord.detect.alerting import Scene, level_times
from skyaccord.detect.guidance.exposure import Stakes
from skyaccord.detect.profile import Profile, Region
from skyaccord.detect.well_clear import TIE
from skyaccord.geometry.vectors import Floats, Ints


@dataclass(frozen=True, slots=True)
class RegionView:
    """Intruders that have a volume of one region, one a row: as stakes of guidance, and what is foreseen of them."""

    who: Ints  # index into the scene
    stakes: Stakes
    entry_s: Floats  # NaN where straight flight never enters
    exit_s: Floats
    is_alerting: npt.NDArray[np.bool_]

    @property
    def is_violated(self) -> bool:
        """Return whether a volume of the region is violated now."""
        return bool(np.any(self.entry_s <= 0.0))

    def time_of_violation(self) -> tuple[float, float] | None:
        """Return first entry and last exit of all intruders in straight flight, ``None`` where there is none."""
        if np.all(np.isnan(self.entry_s)):
            return None
        return float(np.nanmin(self.entry_s)), float(np.nanmax(self.exit_s))


def foresee_regions(scene: Scene, profile: Profile) -> dict[Region, RegionView]:
    """Return the view of every region that the profile's alerters have.

    The instant alone decides: an intruder is alerting when the volume will be entered within the level's alerting time.
    """
    parts: dict[Region, list[RegionView]] = {}
    for region, view in _parts(scene, profile):
        parts.setdefault(region, []).append(view)
    return {region: _joined(views) for region, views in parts.items()}


def _parts(scene: Scene, profile: Profile) -> Iterator[tuple[Region, RegionView]]:
    for number, alerter in enumerate(profile.alerters):
        who = np.flatnonzero(scene.alerters == number)
        if not len(who):
            continue
        here = Scene(scene.ownship, scene.intruders[who], scene.std[who], scene.alerters[who])
        times = level_times(here, alerter, profile.look_ahead_s)
        for k, level in enumerate(alerter.levels):
            if level.region == Region.NONE:
                continue
            entry_s = times.entry_s[:, k]
            alerting = (entry_s <= 0.0) | (entry_s < level.alerting_time_s * (1.0 - TIE))
            horizon_s = np.where(alerting, profile.look_ahead_s, level.alerting_time_s)
            hazards = np.broadcast_to(level.hazard, (len(who), len(level.hazard))).copy()
            stakes = Stakes(here.intruders, here.std, hazards, horizon_s)
            yield level.region, RegionView(who, stakes, entry_s, times.exit_s[:, k], alerting)


def _joined(views: list[RegionView]) -> RegionView:
    if len(views) == 1:
        return views[0]
    stakes = Stakes(*(np.concatenate(parts) for parts in zip(*(view.stakes for view in views), strict=True)))
    return RegionView(
        np.concatenate([view.who for view in views]),
        stakes,
        np.concatenate([view.entry_s for view in views]),
        np.concatenate([view.exit_s for view in views]),
        np.concatenate([view.is_alerting for view in views]),
    )
