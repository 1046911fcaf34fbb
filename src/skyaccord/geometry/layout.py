"""Balls near the earth's surface in rows of latitude, each row cut into cells of longitude, sorted by cell.

Rows are at least as high as two balls that touch can be apart in latitude, so that they are in one row or in two that
adjoin. Longitude counts from the middle of all balls.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.geometry.angles import DIRECTION_ERROR, direction_of
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

CELLS_EACH: Final = 8
"""At most this many cells a ball, so that memory follows the number of balls."""


# What is known of a ball's place, by ball number.
LATITUDE, LONGITUDE, COS_LATITUDE, FROM_CENTRE = range(4)


@kernel
def directions(centre: Floats) -> Floats:
    """Return latitude, longitude (geocentric, from the middle of all, radians), cosine and distance of each centre."""
    n = centre.shape[0]
    x_sum, y_sum = 0.0, 0.0
    for k in range(n):
        x_sum += centre[k, 0]
        y_sum += centre[k, 1]
    middle = math.atan2(y_sum, x_sum)
    cos_m, sin_m = math.cos(middle), math.sin(middle)
    place = np.empty((3, n))
    for k in range(n):
        place[0, k] = centre[k, 0] * cos_m + centre[k, 1] * sin_m
        place[1, k] = centre[k, 1] * cos_m - centre[k, 0] * sin_m
        place[2, k] = centre[k, 2]
    x, y, z = place[0], place[1], place[2]
    out = np.empty((4, n))
    for k in range(n):
        axis = math.sqrt(x[k] * x[k] + y[k] * y[k])
        from_centre = math.sqrt(axis * axis + z[k] * z[k])
        out[LATITUDE, k] = direction_of(z[k], axis)
        out[LONGITUDE, k] = direction_of(y[k], x[k])
        out[COS_LATITUDE, k] = axis / max(from_centre, 1e-9)
        out[FROM_CENTRE, k] = from_centre
    return out


@kernel
def rows_of(low: float, high: float, span: float, angle: float, most_cells: int) -> tuple[float, Ints]:
    """Return the height of a row, at least ``angle``, and the number of the first cell of each row (one entry more)."""
    height = max(angle, 1e-9)
    while True:
        rows = np.int64((high - low) / height) + 1
        if rows <= most_cells:
            first_cell = np.zeros(rows + 1, np.int64)
            for row in range(rows):
                furthest = min(max(abs(low + row * height), abs(low + (row + 1) * height)), 0.5 * math.pi)
                cells = np.int64(span * max(math.cos(furthest), 1e-3) / height) + 1
                first_cell[row + 1] = first_cell[row] + cells
            if first_cell[rows] <= most_cells:
                return height, first_cell
        height *= 1.3


@kernel
def lay_out(centre: Floats, widest_m: float) -> tuple[Ints, Floats, Ints, Ints, Ints, Floats]:
    """Sort balls by cell.

    Returns:
        ``(order, direction, row, first_cell, first, frame)``: ball numbers in order of cells; what `directions` returns
        and the row, by ball number; the first cell of each row; the place in the order of each cell's first ball; and
        west edge, inverse span of longitude and least distance from the earth's centre.
    """
    n = centre.shape[0]
    direction = directions(centre)
    south, north = direction[LATITUDE].min(), direction[LATITUDE].max()
    west, east = direction[LONGITUDE].min(), direction[LONGITUDE].max()
    nearest_m = max(direction[FROM_CENTRE].min(), 1.0)
    span = max(east - west, 1e-9)
    angle = 2.0 * math.asin(min(1.0, widest_m / nearest_m)) + 2.0 * DIRECTION_ERROR
    height, first_cell = rows_of(south, north, span, angle, CELLS_EACH * n + CELLS_EACH)
    first = np.zeros(first_cell[-1] + 1, np.int64)
    row = np.empty(n, np.int64)
    home = np.empty(n, np.int64)
    for k in range(n):
        row[k] = int(min((direction[LATITUDE, k] - south) / height, first_cell.size - 2.0))
        cells = first_cell[row[k] + 1] - first_cell[row[k]]
        home[k] = first_cell[row[k]] + min(np.int64((direction[LONGITUDE, k] - west) / span * cells), cells - 1)
        first[home[k] + 1] += 1
    for cell in range(first.size - 1):
        first[cell + 1] += first[cell]
    place = first[:-1].copy()
    order = np.empty(n, np.int64)
    for k in range(n):
        order[place[home[k]]] = k
        place[home[k]] += 1
    return order, direction, row, first_cell, first, np.array((west, 1.0 / span, nearest_m))
