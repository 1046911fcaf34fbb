"""Least and greatest values over windows of time, and the recursion of ``since``: one pass over the samples each.

A window holds the samples whose times lie in it, both ends included. The least of a sliding window is kept with the
ascending minima of Lemire (Nordic Journal of Computing 13, 2006): each sample enters and leaves a queue once, so that
the cost does not follow the width of the window.
"""

from __future__ import annotations

import numpy as np

from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints


@kernel
def least_before(value: Floats, t_s: Floats, start: Ints, width_s: float, is_whole: bool, out: Floats) -> None:
    """Write, for each sample, the least value of its trace over ``[t - width, t]`` to ``out``.

    Args:
        value: (n,) of all traces, one after the other.
        t_s: (n,) ascending within each trace.
        start: (traces + 1,) where each begins.
        width_s: 0 or more.
        is_whole: minus infinity where the window begins before the trace does; else what there is of it counts.
        out: (n,) may not be ``value``.
    """
    queue = np.empty(value.size, np.int64)
    for n in range(start.size - 1):
        head, tail = 0, 0
        for k in range(start[n], start[n + 1]):
            while tail > head and value[queue[tail - 1]] >= value[k]:
                tail -= 1
            queue[tail] = k
            tail += 1
            while t_s[queue[head]] < t_s[k] - width_s:
                head += 1
            out[k] = -np.inf if is_whole and t_s[k] - width_s < t_s[start[n]] else value[queue[head]]


@kernel
def least_after(value: Floats, t_s: Floats, start: Ints, width_s: float, is_whole: bool, out: Floats) -> None:
    """Write, for each sample, the least value of its trace over ``[t, t + width]``: as `least_before`, backwards."""
    queue = np.empty(value.size, np.int64)
    for n in range(start.size - 1):
        head, tail = 0, 0
        for k in range(start[n + 1] - 1, start[n] - 1, -1):
            while tail > head and value[queue[tail - 1]] >= value[k]:
                tail -= 1
            queue[tail] = k
            tail += 1
            while t_s[queue[head]] > t_s[k] + width_s:
                head += 1
            out[k] = -np.inf if is_whole and t_s[k] + width_s > t_s[start[n + 1] - 1] else value[queue[head]]


@kernel
def least_to_end(value: Floats, start: Ints, out: Floats) -> None:
    """Write the least value from each sample to the end of its trace."""
    for n in range(start.size - 1):
        least = np.inf
        for k in range(start[n + 1] - 1, start[n] - 1, -1):
            least = min(least, value[k])
            out[k] = least


@kernel
def since(first: Floats, second: Floats, start: Ints, out: Floats) -> None:
    """Write the robustness of ``first since second``: ``s[k] = max(second[k], min(first[k], s[k - 1]))``."""
    for n in range(start.size - 1):
        held = -np.inf
        for k in range(start[n], start[n + 1]):
            held = max(second[k], min(first[k], held))
            out[k] = held


@kernel
def until(first: Floats, second: Floats, start: Ints, out: Floats) -> None:
    """Write the robustness of ``first until second``: ``since`` with time running backwards."""
    for n in range(start.size - 1):
        held = -np.inf
        for k in range(start[n + 1] - 1, start[n] - 1, -1):
            held = max(second[k], min(first[k], held))
            out[k] = held
