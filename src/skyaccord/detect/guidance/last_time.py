"""The last time to manoeuvre: how long one may still fly straight on and find a way that loses nothing.

Found by halving, as DAIDALUS does it; straight flight of both is assumed until then.
"""

from __future__ import annotations

import numpy as np

from skyaccord.detect.alerting import Scene
from skyaccord.detect.guidance.axis import Kind, grid_of
from skyaccord.detect.guidance.bands import stretches
from skyaccord.detect.guidance.exposed import expose
from skyaccord.detect.guidance.foresight import foresee_regions
from skyaccord.detect.guidance.recovery import FINEST_S
from skyaccord.detect.profile import Profile


def last_time_to_manoeuvre(scene: Scene, profile: Profile, kind: Kind) -> float | None:
    """Return the latest time from now (s) at which a manoeuvre of a kind still keeps out of the corrective volume.

    ``None`` where straight flight never enters it; 0 where no manoeuvre keeps out of it even now.
    """
    view = foresee_regions(scene, profile).get(profile.corrective_region)
    violation = view.time_of_violation() if view is not None else None
    if violation is None:
        return None
    low_s, high_s = 0.0, violation[0]
    if not _has_way(scene, profile, kind):
        return 0.0
    while high_s - low_s > FINEST_S:
        middle_s = 0.5 * (low_s + high_s)
        is_early = _has_way(flown(scene, middle_s), profile, kind)
        low_s, high_s = (middle_s, high_s) if is_early else (low_s, middle_s)
    return low_s


def flown(scene: Scene, by_s: float) -> Scene:
    """Return a scene after straight flight of all."""
    move = np.concatenate([np.eye(3), by_s * np.eye(3)]), np.concatenate([np.zeros((3, 3)), np.eye(3)])
    step = np.hstack(move)
    return Scene(scene.ownship @ step, scene.intruders @ step, scene.std, scene.alerters)


def _has_way(scene: Scene, profile: Profile, kind: Kind) -> bool:
    grid = grid_of(kind, scene.ownship, profile)
    view = foresee_regions(scene, profile).get(profile.corrective_region)
    if grid is None or view is None or view.is_violated:
        return False
    mask, _ = expose(grid, view.stakes, profile, ()).free()
    return bool(stretches(mask).any())
