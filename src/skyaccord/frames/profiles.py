"""Which profile of alerting is meant: one at hand, one by name, or a configuration file of DAIDALUS."""

from __future__ import annotations

from pathlib import Path

from skyaccord.detect.profile import Alerter, Profile
from skyaccord.detect.profiles import find_profile
from skyaccord.errors import SkyaccordError


def resolve_profile(profile: Profile | str | Path) -> Profile:
    """Return the profile that is given, that has a name, or that a ``.conf`` file holds."""
    return profile if isinstance(profile, Profile) else find_profile(profile)


def pick_alerter(profile: Profile, number: int) -> Alerter:
    """Return an alerter by its number, counted from 1 as the files do."""
    if not 1 <= number <= len(profile.alerters):
        names = ", ".join(f"{k} {each.name}" for k, each in enumerate(profile.alerters, 1))
        raise SkyaccordError(f"profile {profile.name} has no alerter {number}: it has {names}")
    return profile.alerters[number - 1]
