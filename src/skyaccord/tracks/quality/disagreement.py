"""Positions that move otherwise than the reported velocity says, by more than their accuracy explains.

A stale position, a shift of some kilometres by interference, a wrong decoding: each leaves a track whose steps do not
agree with its velocities. How far apart the two are, added up from the step where they part until they agree again, is
how wrong the positions between may be. Where they never agree again, either side of the step, or the much shorter one,
may be wrong; but where the velocity may be what is stale, only if the steps before and after contradict it too. That
is added to the error of these positions.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.earth import surface_motion
from skyaccord.geometry.kernel import kernel
from skyaccord.model.tracks import UNSTATED_POSITION_M, Floats, Ints, Tracks
from skyaccord.tracks.quality.clock import stamp_error_s
from skyaccord.tracks.quality.motion import ERRORS, Flags
from skyaccord.units import KT

LONGEST_STEP_S: Final = 60.0
"""Positions further apart in time are not compared: too much may have happened between them."""

RETURN_S: Final = 180.0
"""For so long positions may be off and come back, and for so long on either side of a step they are unsure that does
not come back. Assumption."""

BACK: Final = 0.5
"""Positions and velocities agree again when less than this share of the step is left."""

MAJORITY: Final = 0.5
"""A side of such a step that was seen for less than this share of the time of the other side is the wrong one: many
tracks begin or end with a position that was held."""

SPEED_SHARE: Final = 0.03
SPEED_MPS: Final = 2.0
"""Granted to reported speeds: 3 % and 4 kt. Assumption; NACv 2 of DO-260B allows 3 m/s."""

HOVERING_MPS: Final = 5.0 * KT
"""An aircraft reported slower than this may stay where it is."""

AROUND: Final = 2
"""Steps to either side whose middle stands for a velocity that is not reported."""

WIDEST_ARC: Final = 1.0
"""Half of a turn, in radians, up to which a step is taken for an arc of it."""

UNTOLD_MPS2: Final = 6.0
"""And so hard the aircraft may turn meanwhile: 31° of bank."""


def find_disagreement(tracks: Tracks, rows: Ints, aircraft: Ints) -> Floats:
    """Return by how many metres the position of each of ``rows`` may be off by what velocities say; 0 where they agree.

    Args:
        tracks: the recording.
        rows: those that take part, ascending.
        aircraft: of each row of the recording.
    """
    of, t_s = aircraft[rows], tracks.t_s[rows]
    moved = np.empty((len(rows), 6))
    surface_motion(
        tracks.lat_deg[rows], tracks.lon_deg[rows], tracks.groundspeed_mps[rows], tracks.track_deg[rows], moved
    )
    if len(rows) < 2:
        return np.zeros(len(rows))
    took_s = np.where(np.diff(of) == 0, np.diff(t_s), np.inf)
    step = np.diff(moved[:, :3], axis=0)
    usable = (took_s > 0.0) & (took_s <= LONGEST_STEP_S)
    over_s = np.where(usable, took_s, 1.0)
    told, is_told = _told(step / over_s[:, None], usable, tracks.groundspeed_mps[rows], moved[:, 3:])
    off = np.where(usable[:, None], step - told[0] * over_s[:, None], 0.0)
    speed = np.linalg.norm(told[0], axis=1)
    error = tracks.horizontal_error_m[rows]
    error = np.where(np.isfinite(error), error, UNSTATED_POSITION_M)
    granted = ERRORS * np.hypot(error[1:], error[:-1]) + 2.0 * stamp_error_s(tracks)[of[1:]] * speed
    granted += (SPEED_SHARE * speed + SPEED_MPS) * over_s
    granted += np.where(is_told, 0.25 * told[1] * over_s, 0.5 * UNTOLD_MPS2 * over_s**2)
    size = np.linalg.norm(off, axis=1)
    parted = np.flatnonzero(usable & (size > granted))
    noise_m = ERRORS * np.hypot(error[1:], error[:-1])
    said = np.column_stack((tracks.groundspeed_mps[rows], tracks.track_deg[rows]))
    may_be_stale = ~is_told | (said[1:] == said[:-1]).all(axis=1)  # the same to the last digit
    vouched = may_be_stale & _is_vouched(step, over_s, usable, noise_m)
    found = spread(parted, off, granted, vouched, usable, t_s)
    held = ~(step != 0.0).any(axis=1) & (np.diff(of) == 0)
    off_m: Floats = np.maximum(found, _held(held, parted, size, t_s, tracks.groundspeed_mps[rows]))
    return off_m


def _held(held: Flags, parted: Ints, size_m: Floats, t_s: Floats, speed_mps: Floats) -> Floats:
    """Return how far each row that repeats the position before it may be off: by what was flown since its first sight.

    Where no speed is reported, that is by the step that ends it where positions part there.
    """
    row = np.arange(len(t_s))
    is_repeat = np.concatenate(([False], held))
    first = np.maximum.accumulate(np.where(is_repeat, 0, row))
    speed = np.fmax(speed_mps, speed_mps[first])
    flown_m = np.where(is_repeat & (speed > HOVERING_MPS), (t_s - t_s[first]) * speed, 0.0)
    for k in parted[is_repeat[parted]].tolist():
        if not speed[k] > 0.0:
            flown_m[first[k] + 1 : k + 1] = size_m[k]
    return flown_m


def _is_vouched(step_m: Floats, over_s: Floats, usable: Flags, noise_m: Floats) -> Flags:
    """Return which steps go on as the one before or after does, as far as a turn allows; and moves."""
    found = np.zeros(len(step_m), np.bool_)
    moves = usable & (step_m != 0.0).any(axis=1)
    for one, other in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None))):
        ratio = over_s[one] / over_s[other]
        off = np.linalg.norm(step_m[one] - ratio[:, None] * step_m[other], axis=1)
        granted = (1.0 + ratio) * noise_m[one] + 0.5 * UNTOLD_MPS2 * over_s[one] * (over_s[one] + over_s[other])
        found[one] |= moves[one] & moves[other] & (off <= granted)
    return found


def _told(flown: Floats, usable: Flags, speed_mps: Floats, velocity: Floats) -> tuple[tuple[Floats, Floats], Flags]:
    """Return velocity over each step and how much it changed, and whether that is as reported."""
    velocity = np.where((speed_mps > 0.0)[:, None], velocity, np.nan)
    mean, change = 0.5 * (velocity[1:] + velocity[:-1]), np.linalg.norm(np.diff(velocity, axis=0), axis=1)
    # Along an arc: its chord is longer than the mean of both velocities by tan(half the turn) over half the turn.
    half = np.arctan2(0.5 * change, np.linalg.norm(mean, axis=1))
    half = np.where((half > 1e-6) & (half < WIDEST_ARC), half, 1e-6)
    mean *= (np.tan(half) / half)[:, None]
    is_told = np.isfinite(change)
    known = np.where(usable[:, None], flown, np.nan)
    untold = np.flatnonzero(~is_told & usable)
    if len(untold):
        near = np.clip(untold[:, None] + np.arange(-AROUND, AROUND + 1), 0, len(flown) - 1)
        mean[untold] = np.nan_to_num(np.nanmedian(known[near], axis=1))
    return (np.nan_to_num(mean), np.nan_to_num(change)), is_told


@kernel
def spread(parted: Ints, off: Floats, granted: Floats, vouched: Flags, usable: Flags, t_s: Floats) -> Floats:
    """Return how far each row may be off; ``parted`` are steps at which positions and velocities part.

    What is granted to a step may hide as much of how far they part, and is added.

    A step k leads from row k to row k + 1; ``vouched`` ones go on as a neighbour does, and ``usable`` ones are those of
    one aircraft without a pause.
    """
    found = np.zeros(t_s.size)
    explained = np.zeros(usable.size, np.bool_)
    for way in (1, -1):
        for k in parted:
            if explained[k]:
                continue
            until = back_at(off, usable, t_s, k, way)
            if until >= 0:
                ascribe(found, off, granted[k], k, until, way)
                explained[min(k, until) : max(k, until) + 1] = True
    for k in parted:
        if not explained[k] and not vouched[k]:
            size = np.sqrt((off[k] ** 2).sum()) + granted[k]
            first, last = edge(usable, t_s, k, -1), edge(usable, t_s, k, 1)
            before_s, after_s = t_s[k] - t_s[first], t_s[last] - t_s[k + 1]
            is_edge = min(before_s, after_s) < MAJORITY * max(before_s, after_s)
            if not is_edge or before_s < after_s:
                found[first : k + 1] = np.maximum(found[first : k + 1], size)
            if not is_edge or after_s < before_s:
                found[k + 1 : last + 1] = np.maximum(found[k + 1 : last + 1], size)
    return found


@kernel
def edge(usable: Flags, t_s: Floats, k: int, way: int) -> int:
    """Return the last row to one side of step k that is within `RETURN_S` and before any pause."""
    at = k + 1 if way == 1 else k
    while True:
        step = at if way == 1 else at - 1
        if step < 0 or step >= usable.size or not usable[step] or abs(t_s[at + way] - t_s[k]) > RETURN_S:
            return at
        at += way


@kernel
def back_at(off: Floats, usable: Flags, t_s: Floats, k: int, way: int) -> int:
    """Return the step after which positions and velocities that part at step k agree again, or -1."""
    size = np.sqrt((off[k] ** 2).sum())
    total, left = off[k].copy(), size
    at = k + way
    while 0 <= at < usable.size and usable[at] and abs(t_s[at] - t_s[k]) <= RETURN_S:
        total += off[at]
        now = np.sqrt((total**2).sum())
        if left < BACK * size and now >= left:
            return at - way
        left = now
        at += way
    return at - way if left < BACK * size else -1


@kernel
def ascribe(found: Floats, off: Floats, granted_m: float, k: int, until: int, way: int) -> None:
    """Write to the rows between two steps how far positions and velocities have parted there."""
    total = np.zeros(3)
    at = k
    while at != until:
        total += off[at]
        row = at + 1 if way == 1 else at
        found[row] = max(found[row], np.sqrt((total**2).sum()) + granted_m)
        at += way
