"""``skyaccord profile``: list and show."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

import numpy as np

from skyaccord.cli.words import feet, nautical
from skyaccord.detect import hazard
from skyaccord.detect.profile import Alerter, Profile
from skyaccord.detect.profiles import built_in_profiles, conf_text, find_profile
from skyaccord.detect.well_clear import TAUMOD, TCPA, TEP
from skyaccord.geometry.vectors import Floats
from skyaccord.units import FPM, NM

_VARIABLES = {TAUMOD: "modified tau", TCPA: "t_cpa", TEP: "time to entry", hazard.UNCERTAIN: "modified tau"}

_SHORT_M = 0.5 * NM  # radii up to here are written in feet by those who use them


def list_profiles(as_json: bool) -> None:
    """Print names and titles."""
    rows = [{"name": each.name, "title": each.title, "daidalus": each.alias} for each in built_in_profiles()]
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    width = max(len(each.name) for each in built_in_profiles())
    for each in built_in_profiles():
        print(f"{each.name:{width}}  {each.title}{f' ({each.alias})' if each.alias else ''}")


def show(name: str, as_json: bool, as_conf: bool) -> None:
    """Print a profile for reading, as JSON or as a ``.conf`` file."""
    profile = find_profile(name)
    if as_conf:
        print(conf_text(profile), end="")
    elif as_json:
        print(json.dumps({"name": profile.name, "settings": profile.echo}, indent=1))
    else:
        print("\n".join(_lines(profile)))


def _lines(profile: Profile) -> Iterator[str]:
    title = next((each.title for each in built_in_profiles() if each.name == profile.name), "")
    yield f"{profile.name}{f': {title}' if title else ''}"
    chosen = (
        "the ownship's alerter serves for every intruder" if profile.is_ownship_centric else "an alerter an intruder"
    )
    yield f"looks {profile.look_ahead_s:g} s ahead; {chosen}; {_memory(profile)}"
    for number, alerter in enumerate(profile.alerters, 1):
        yield f"\nalerter {number}, {alerter.name}"
        yield from _levels(alerter)
    yield f"\nmanoeuvres: {_performance(profile)}"


def _memory(profile: Profile) -> str:
    steady = profile.hysteresis
    if steady.time_s <= 0.0:
        return "memory-less"
    return f"alerts steadied: {steady.m} of {steady.n} updates, {steady.persistence_s:g} s at least"


def _levels(alerter: Alerter) -> Iterator[str]:
    for number, level in enumerate(alerter.levels, 1):
        when = f"{level.alerting_time_s:g} s ahead" if level.alerting_time_s > 0.0 else "once violated"
        if level.early_alerting_time_s > level.alerting_time_s:
            when += f", {level.early_alerting_time_s:g} s once it stands"
        yield f"  {number} {level.region.name:4}  {_volume(level.hazard)}; {when}"


def _volume(row: Floats) -> str:
    kind = int(row[hazard.KIND])
    if kind == hazard.TCAS:
        return f"TCAS II volumes by altitude{', miss distance asked for' if row[hazard.IS_FILTERED] else ''}"
    range_m = float(row[hazard.RANGE])
    size = f"{nautical(range_m) if range_m > _SHORT_M else feet(range_m)}, {feet(float(row[hazard.HEIGHT]))}"
    if kind == hazard.CYLINDER:
        return f"cylinder {size}"
    words = f"{size}, {_VARIABLES[kind]} {row[hazard.TIME]:g} s"
    if row[hazard.COALTITUDE] > 0.0:
        words += f", co-altitude {row[hazard.COALTITUDE]:g} s"
    return words + (", with sensor errors" if kind == hazard.UNCERTAIN and np.any(row[hazard.Z_POSITION :]) else "")


def _performance(profile: Profile) -> str:
    of = profile.performance
    if not (of.turn_rate_rps or of.bank_rad or of.acceleration_mps2 or of.climb_acceleration_mps2 or of.climb_rate_mps):
        return "instantaneous"
    turn = (
        f"turn {math.degrees(of.turn_rate_rps):g} deg/s"
        if of.turn_rate_rps
        else f"bank {math.degrees(of.bank_rad):g} deg"
    )
    return (
        f"{turn}, {of.acceleration_mps2:g} m/s² along the track, {of.climb_acceleration_mps2:.4g} m/s² vertically, "
        f"{of.climb_rate_mps / FPM:,.0f} ft/min to another altitude"
    )
