"""Guidance for one ownship among everyone else in a dataframe, instant by instant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from skyaccord.detect.advisory import advised_against
from skyaccord.detect.alerting import Scene
from skyaccord.detect.guidance.axis import Kind
from skyaccord.detect.guidance.explain import OPEN, explain
from skyaccord.detect.guidance.guide import guide
from skyaccord.detect.profile import Profile
from skyaccord.frames.give_back import give_back
from skyaccord.frames.instants import Instants, read_instants
from skyaccord.frames.pairing import in_common_datum, reasons_of_pairs, row_of_ownship
from skyaccord.frames.profiles import pick_alerter, resolve_profile
from skyaccord.geometry.earth import surface_motion
from skyaccord.geometry.local_frame import LocalFrame
from skyaccord.model.states import States
from skyaccord.model.tables import GUIDANCE
from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.formats.dataframe import ArrowStream
from skyaccord.units import FPM, FT, KT, NM

NAMES: Final = {
    Kind.DIRECTION: ("direction", np.radians(1.0)),
    Kind.SPEED: ("groundspeed", KT),
    Kind.CLIMB: ("vertical_rate", FPM),
    Kind.ALTITUDE: ("altitude", FT),
}
FASTEST_MPS: Final = 700 * KT
"""Speed that an aircraft of unknown speed is thought to have, where it is asked whether it could matter."""

ADVISED: Final = "follow the resolution advisory"

Row = tuple[Any, ...]


def guidance(frame: ArrowStream, *, ownship: str, profile: Profile | str | Path, alerter: int = 1) -> Any:
    """Return which directions, speeds, vertical speeds and altitudes of the ownship lead into a conflict.

    Memory-less, on WGS-84, for one's own aircraft only: it says where not to go. Inside the time of a
    collision-avoidance advisory it says nothing but to follow that.

    Args:
        frame: one row for each aircraft and instant; columns as in docs/python.md.
        ownship: its icao24.
        profile: volumes, times and performance: a `Profile`, a name, or a ``.conf`` file of DAIDALUS.
        alerter: number of the profile's alerter, from 1.

    Returns:
        Rows of `GUIDANCE`: the bands of each manoeuvre, each forbidden one with who forbids it and when. Where an
        aircraft that could matter lacks data, no band is free: its region is null, with the reason.

    Raises:
        FormatError: ``frame`` is no dataframe.
        ColumnError: it lacks a needed column.
        SkyaccordError: the profile is unknown.
    """
    chosen = resolve_profile(profile)
    pick_alerter(chosen, alerter)
    found = read_instants(frame)
    name = ownship.strip().lower()
    own = row_of_ownship(found, found.icao24 == name)
    rows: list[Row] = []
    for begin, end in zip(found.start[:-1].tolist(), found.start[1:].tolist(), strict=True):
        members = np.arange(begin, end)
        others = members[found.icao24[members] != name]
        rows += [(begin, name, *row) for row in _instant(found, int(own[begin]), others, chosen, alerter - 1)]
    where = pa.array([row[0] for row in rows], pa.int64())
    columns = list(zip(*(row[1:] for row in rows), strict=True)) or [()] * (len(GUIDANCE) - 1)
    arrays = [pa.array(each, field.type) for each, field in zip(columns, list(GUIDANCE)[1:], strict=True)]
    return give_back(pa.table([found.timestamp.take(where), *arrays], schema=GUIDANCE), frame)


def _instant(found: Instants, own: int, others: Ints, profile: Profile, alerter: int) -> Iterator[Row]:
    """Yield manoeuvre, low, high, region, cause, its time and reason of each band of an instant."""
    reason = _own_reason(found, own)
    if reason is not None:
        yield from _blank(reason)
        return
    mine = np.full(len(others), own)
    a, b, datum = in_common_datum(found, mine, others)
    missing = reasons_of_pairs(found, mine, others, datum)
    is_known = np.array([each is None for each in missing], bool)
    scene = _scene(_own_states(found, own), a, b, is_known, alerter)
    if len(advised_against(scene)):
        yield from _blank(ADVISED)
        return
    names = found.icao24[others[is_known]]
    doubt = _doubt(found, own, others[~is_known], missing[~is_known], profile.look_ahead_s)
    for axis in guide(scene, profile).axes:
        kind, unit = NAMES[axis.kind]
        if not axis.bands:
            yield kind, None, None, None, None, None, "the present value is outside the profile's limits"
        for band, cause in zip(axis.bands, explain(scene, profile, axis), strict=True):
            low, high = band.low / unit, band.high / unit
            if band.region in OPEN and doubt is not None:
                yield kind, low, high, None, None, None, doubt
            elif cause is None:
                yield kind, low, high, band.region.name, None, None, None
            else:
                yield kind, low, high, band.region.name, names[cause.intruder], cause.entry_s, None


def _blank(reason: str) -> Iterator[Row]:
    return ((kind, None, None, None, None, None, reason) for kind, _ in NAMES.values())


def _own_reason(found: Instants, own: int) -> str | None:
    if own < 0:
        return "ownship: not seen at this instant"
    if found.reason[own] is not None:
        return f"ownship: {found.reason[own]}"
    if np.isnan(found.states.vertical_rate_mps[own]):
        return "ownship: no vertical_rate"
    if np.isnan(found.states.altitude_m[own]) and np.isnan(found.geoaltitude_m[own]):
        return "ownship: no altitude"
    return None


def _own_states(found: Instants, own: int) -> States:
    of, pressure = found.states, found.states.altitude_m[own]
    altitude_m = pressure if np.isfinite(pressure) else found.geoaltitude_m[own]
    values = of.lat_deg[own], of.lon_deg[own], altitude_m, of.groundspeed_mps[own], of.track_deg[own]
    return States(*(np.array([value]) for value in (*values, of.vertical_rate_mps[own])))


def _scene(own: States, a: States, b: States, is_known: np.ndarray, alerter: int) -> Scene:
    """Return the scene in the plane below the ownship; heights are those of each pair's datum, about the ownship's."""
    frame = LocalFrame(float(own.lat_deg[0]), float(own.lon_deg[0]))
    here = _in_plane(own, frame)[0]
    other = _in_plane(b, frame)[is_known]
    other[:, :2] -= here[:2]
    other[:, 2] = own.altitude_m[0] + (b.altitude_m - a.altitude_m)[is_known]
    here[:2], here[2] = 0.0, own.altitude_m[0]
    count = len(other)
    return Scene(here, other, np.zeros((count, 4)), np.full(count, alerter, np.int64))


def _in_plane(states: States, frame: LocalFrame) -> Floats:
    motion = np.empty((len(states), 6))
    surface_motion(states.lat_deg, states.lon_deg, states.groundspeed_mps, states.track_deg, motion)
    east_north = frame.axes()[:2].T
    out: Floats = np.empty((len(states), 6))
    out[:, :2], out[:, 3:5] = motion[:, :3] @ east_north, motion[:, 3:] @ east_north
    out[:, 5] = states.vertical_rate_mps
    return out


def _doubt(found: Instants, own: int, unknown: Ints, missing: np.ndarray, look_ahead_s: float) -> str | None:
    """Return why nothing can be called free: an aircraft near enough to matter of which too little is known."""
    for row, reason in zip(unknown.tolist(), missing.tolist(), strict=True):
        if reason == "on the ground":
            continue
        states = found.states
        place = np.array([[states.lat_deg[k], states.lon_deg[k]] for k in (own, row)])
        speed = states.groundspeed_mps[row]
        reach_m = (FASTEST_MPS + (speed if np.isfinite(speed) else FASTEST_MPS)) * look_ahead_s + 5 * NM
        step = LocalFrame(*place[0].tolist()).project(place[1:, 0], place[1:, 1])
        if not np.hypot(*step[0]) > reach_m:
            return f"{found.icao24[row] or 'an aircraft'}: {reason}"
    return None
