"""Which of many balls touch: the pruning step of both searches. Cost follows the number of balls, not of pairs.

Balls lie in cubic cells whose edge is the largest diameter, so that touching balls are in the same or in adjoining
cells. Cells are numbered so that the third index runs fastest: the three cells of a column are one stretch of the
sorted order, and each ball looks into five stretches instead of twenty-seven cells.
"""

from __future__ import annotations

import numpy as np

from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints


@kernel
def cell_order(centre: Floats, edge_m: float, most_cells: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Sort points into cells.

    Args:
        centre: points, shape (n, 3), metres.
        edge_m: least edge of a cell; it is enlarged until there are at most ``most_cells`` (cells adjoin as before).
        most_cells: bound on memory.

    Returns:
        ``(order, cell, first, shape)``: point numbers sorted by cell, the cell of each sorted point, for each cell the
        place of its first point in that order (with one entry more at the end), and the number of cells by axis.
    """
    n = centre.shape[0]
    low = np.empty(3)
    span = np.empty(3)
    for axis in range(3):
        low[axis] = centre[:, axis].min()
        span[axis] = centre[:, axis].max() - low[axis]
    shape = np.empty(3, np.int64)
    edge = edge_m
    while True:
        cells = 1.0
        for axis in range(3):
            shape[axis] = np.int64(span[axis] / edge) + 1
            cells *= shape[axis]
        if cells <= most_cells:
            break
        edge *= max(1.05, (cells / most_cells) ** (1.0 / 3.0))
    first = np.zeros(np.int64(cells) + 1, np.int64)
    home = np.empty(n, np.int64)
    for k in range(n):
        ix = np.int64((centre[k, 0] - low[0]) / edge)
        iy = np.int64((centre[k, 1] - low[1]) / edge)
        iz = np.int64((centre[k, 2] - low[2]) / edge)
        home[k] = (ix * shape[1] + iy) * shape[2] + iz
        first[home[k] + 1] += 1
    for c in range(first.size - 1):
        first[c + 1] += first[c]
    place = first[:-1].copy()
    order = np.empty(n, np.int64)
    cell = np.empty(n, np.int64)
    for k in range(n):
        order[place[home[k]]] = k
        cell[place[home[k]]] = home[k]
        place[home[k]] += 1
    return order, cell, first, shape


@kernel
def stretch(first: Ints, shape: Ints, ix: int, iy: int, low_z: int, high_z: int) -> tuple[int, int]:
    """Return the places in the sorted order of the cells (ix, iy, low_z…high_z), empty where outside the grid."""
    if ix < 0 or iy < 0 or ix >= shape[0] or iy >= shape[1]:
        return (0, 0)
    base = (ix * shape[1] + iy) * shape[2]
    return (first[base + max(low_z, 0)], first[base + min(high_z, shape[2] - 1) + 1])


@kernel
def touching_pairs(group: Ints, centre: Floats, radius: Floats, low: Floats, high: Floats) -> Ints:
    """Return all pairs of one group whose balls touch and whose height bands overlap, shape (pairs, 2).

    Args:
        group: number of the group each ball belongs to, ascending.
        centre: centres, shape (n, 3), metres.
        radius: radii, metres.
        low: lower edge of each ball's height band.
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
        if end - begin > 1:
            widest = max(radius[begin:end].max(), 1.0)
            order, cell, first, shape = cell_order(centre[begin:end], 2.0 * widest, max(64, 8 * (end - begin)))
            for k in range(end - begin):
                i = begin + order[k]
                iz = cell[k] % shape[2]
                iy = (cell[k] // shape[2]) % shape[1]
                ix = cell[k] // (shape[2] * shape[1])
                for side in range(5):
                    if side == 0:
                        _, stop = stretch(first, shape, ix, iy, iz, iz + 1)
                        start = k + 1
                    elif side == 1:
                        start, stop = stretch(first, shape, ix, iy + 1, iz - 1, iz + 1)
                    else:
                        start, stop = stretch(first, shape, ix + 1, iy + side - 3, iz - 1, iz + 1)
                    for m in range(start, stop):
                        j = begin + order[m]
                        if low[i] > high[j] or low[j] > high[i]:
                            continue
                        reach = radius[i] + radius[j]
                        dx = centre[i, 0] - centre[j, 0]
                        dy = centre[i, 1] - centre[j, 1]
                        dz = centre[i, 2] - centre[j, 2]
                        if dx * dx + dy * dy + dz * dz <= reach * reach:
                            if count == found.shape[0]:
                                wider = np.empty((2 * count, 2), np.int64)
                                wider[:count] = found
                                found = wider
                            found[count, 0] = i
                            found[count, 1] = j
                            count += 1
        begin = end
    return found[:count]
