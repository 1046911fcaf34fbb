"""Which of many balls near the earth's surface touch: the pruning step of both searches. Cost follows their number.

The balls are laid out in rows of latitude, each row cut into cells of longitude, and sorted by cell: whatever may touch
a ball then lies in two stretches of that order, the rest of its own row ahead of it and a window of the next row.
Stretches are long and their data lies together (in single precision, widened by what that costs), so that most tests
are a few instructions without a branch. Longitude counts from the middle of all balls, and windows go round the globe.

A window holds every ball that may touch, since for points at least ``r`` from the earth's centre and ``d`` apart the
angle between their directions is at most ``2 asin(d / 2r)``, their latitudes differ by no more than that angle, and
their longitudes by no more than ``asin(sin angle / cos latitude)``, for which its tangent is taken: hardly more, and no
trigonometry for each ball. Latitude and longitude are known to `DIRECTION_ERROR`, which rows and windows grant.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.geometry.angles import DIRECTION_ERROR
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.layout import COS_LATITUDE, LONGITUDE, lay_out
from skyaccord.geometry.vectors import Floats, Ints, Singles

SINGLE_SLACK_M: Final = 2.0
"""Added to radii and height bands: single precision resolves 1 m across the globe."""

BLOCK: Final = 1024
"""Balls whose stretches are listed and searched together, so that the list stays in cache and is never large."""

WIDEST_WINDOW: Final = 0.5 * math.pi
"""A window wider than this to either side (near a pole) is taken as the whole row."""


@kernel
def pack(centre: Floats, radius: Floats, low: Floats, high: Floats) -> Singles:
    """Return centres, radii and height bands in single precision, never too small, shape (6, n)."""
    out = np.empty((6, radius.size), np.float32)
    for k in range(radius.size):
        for axis in range(3):
            out[axis, k] = centre[k, axis]
        out[3, k] = radius[k] + SINGLE_SLACK_M
        out[4, k] = low[k] - SINGLE_SLACK_M
        out[5, k] = high[k] + SINGLE_SLACK_M
    return out


@kernel
def half_window(reach_m: float, nearest_m: float, cosine: float) -> float:
    """Return a bound of the difference of longitude, radians, of what may be ``reach_m`` away; π near a pole.

    ``cosine`` is that of the latitude.
    """
    half_sine = reach_m / (2.0 * nearest_m)
    if half_sine > 0.5:
        return math.pi
    sine = 2.0 * half_sine * math.sqrt(1.0 - half_sine * half_sine)
    rest = cosine * cosine - sine * sine
    if rest <= 0.0:
        return math.pi
    return min(sine / math.sqrt(rest) + 2.0 * DIRECTION_ERROR, math.pi)


@kernel
def windows(
    layout: tuple[Ints, Floats, Ints, Ints, Ints, Floats], radius: Floats, widest_m: float, begin: int, end: int
) -> Ints:
    """Return the stretches of the order that may touch each ball at places begin to end: ``(place, start, stop)``.

    ``radius`` is by place.

    In a ball's own row that is what lies ahead, and round the globe, so that no pair comes twice; in the next row the
    whole window.
    """
    order, direction, row, first_cell, first, frame = layout
    west, scale, nearest_m = frame[0], frame[1], frame[2]
    out = np.empty((4 * (end - begin), 3), np.int64)
    count = 0
    for k in range(begin, end):
        i = order[k]
        half = half_window(radius[k] + widest_m, nearest_m, direction[COS_LATITUDE, i])
        left = (direction[LONGITUDE, i] - half - west) * scale
        right = (direction[LONGITUDE, i] + half - west) * scale
        round_globe = 2.0 * math.pi * scale
        for part in range(2):
            here = row[i] + part
            if here >= first_cell.size - 1:
                continue
            base, cells = first_cell[here], first_cell[here + 1] - first_cell[here]
            is_whole = half > WIDEST_WINDOW
            low = 0 if is_whole else np.int64(max(left * cells, 0.0))
            high = cells - 1 if is_whole else np.int64(min(right * cells, cells - 1.0))
            start, stop = first[base + low], first[base + high + 1]
            if part == 0:
                start = k + 1
            if start < stop:
                out[count, 0], out[count, 1], out[count, 2] = k, start, stop
                count += 1
            if is_whole:
                continue
            if right >= round_globe:
                out[count, 0], out[count, 1] = k, first[base]
                out[count, 2] = first[base + np.int64(min((right - round_globe) * cells, cells - 1.0)) + 1]
                count += 1
            elif part == 1 and left + round_globe <= 1.0:
                out[count, 0], out[count, 2] = k, first[base + cells]
                out[count, 1] = first[base + np.int64(min(max((left + round_globe) * cells, 0.0), cells - 1.0))]
                count += 1
    return out[:count]


@kernel
def touching(ball: Singles, stretches: Ints) -> Ints:
    """Return the places of balls that touch in space and height, given for each place the stretches to look in.

    Testing and collecting are two loops, since the first is compiled to vector instructions only without the second.
    """
    hit = np.empty(ball.shape[1], np.uint8)
    found = np.empty((max(64, stretches.shape[0]), 2), np.int64)
    count = 0
    for n in range(stretches.shape[0]):
        k, start, stop = stretches[n, 0], stretches[n, 1], stretches[n, 2]
        x, y, z, radius, low, high = ball[0, k], ball[1, k], ball[2, k], ball[3, k], ball[4, k], ball[5, k]
        xs, ys, zs = ball[0, start:stop], ball[1, start:stop], ball[2, start:stop]
        radii, lows, highs = ball[3, start:stop], ball[4, start:stop], ball[5, start:stop]
        while count + stop - start > found.shape[0]:
            found = np.concatenate((found, np.empty_like(found)))
        for q in range(stop - start):
            dx, dy, dz, reach = xs[q] - x, ys[q] - y, zs[q] - z, radii[q] + radius
            near = dx * dx + dy * dy + dz * dz <= reach * reach
            hit[q] = near & (lows[q] <= high) & (highs[q] >= low)
        for q in range(stop - start):
            if hit[q]:
                found[count, 0] = k
                found[count, 1] = start + q
                count += 1
    return found[:count]


@kernel
def search(
    layout: tuple[Ints, Floats, Ints, Ints, Ints, Floats],
    ball: Singles,
    radius: Floats,
    widest_m: float,
    begin: int,
    end: int,
) -> Ints:
    """Return the places of the touching pairs that are found from places begin to end, shape (pairs, 2).

    Args:
        layout: what `lay_out` returned.
        ball: what `pack` returned.
        radius: radii by place, metres.
        widest_m: the largest of them with its slack.
        begin: first place.
        end: place after the last.
    """
    found = np.empty((max(64, end - begin), 2), np.int64)
    count = 0
    for first in range(begin, end, BLOCK):
        pair = touching(ball, windows(layout, radius, widest_m, first, min(first + BLOCK, end)))
        while count + pair.shape[0] > found.shape[0]:
            found = np.concatenate((found, np.empty_like(found)))
        found[count : count + pair.shape[0]] = pair
        count += pair.shape[0]
    return found[:count]


@kernel
def pairs_among(centre: Floats, radius: Floats, low: Floats, high: Floats) -> Ints:
    """Return the pairs of balls that touch, each once, shape (pairs, 2), and perhaps some that miss by metres."""
    if radius.size < 2:
        return np.empty((0, 2), np.int64)
    widest_m = radius.max() + SINGLE_SLACK_M
    layout = lay_out(centre, widest_m)
    order = layout[0]
    radius = radius[order]
    place = search(layout, pack(centre[order], radius, low[order], high[order]), radius, widest_m, 0, radius.size)
    pair = np.empty_like(place)
    for n in range(place.shape[0]):
        pair[n, 0], pair[n, 1] = order[place[n, 0]], order[place[n, 1]]
    return pair


@kernel
def touching_pairs(group: Ints, centre: Floats, radius: Floats, low: Floats, high: Floats) -> Ints:
    """Return all pairs of one group whose balls touch and whose height bands overlap, shape (pairs, 2).

    Pairs that miss by a few metres may be among them.

    Args:
        group: number of the group each ball belongs to, ascending.
        centre: centres, shape (n, 3), metres, earth-centred.
        radius: radii, metres.
        low: lower edge of each ball's height band, metres.
        high: upper edge of it.
    """
    n = group.size
    found = np.empty((max(1024, n), 2), np.int64)
    count = 0
    begin = 0
    while begin < n:
        end = begin + 1
        while end < n and group[end] == group[begin]:
            end += 1
        pair = pairs_among(centre[begin:end], radius[begin:end], low[begin:end], high[begin:end])
        while count + pair.shape[0] > found.shape[0]:
            found = np.concatenate((found, np.empty_like(found)))
        found[count : count + pair.shape[0]] = pair + begin
        count += pair.shape[0]
        begin = end
    return found[:count]
