"""What provisions are judged in: traces of stretches and encounters, made once for each kind of demand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from skyaccord.detect.encounters import Found
from skyaccord.geometry.vectors import Ints
from skyaccord.rules.demand import Demand
from skyaccord.rules.known import NOTHING_KNOWN, Known
from skyaccord.rules.scene import Surroundings, by_pair, trace_of_found
from skyaccord.rules.trace import Trace


@dataclass(frozen=True, slots=True)
class Setting:
    """The recording's surroundings by demand, and what is known beside the tracks."""

    known: Known = NOTHING_KNOWN
    made: dict[Demand, Surroundings] = field(default_factory=dict, compare=False)

    def surroundings(self, around: Found, demand: Demand) -> Surroundings:
        """Return the surroundings that a provision needs; ``around`` is the same at every call."""
        if demand not in self.made:
            near = Surroundings.of(around, demand.horizon, demand.needs_motion)
            self.made[demand] = replace(near, trace=self._told(near.trace, by_pair(around), demand))
        return self.made[demand]

    def trace(self, found: Found, demand: Demand) -> Trace:
        """Return the trace of encounters that a provision needs."""
        return self._told(trace_of_found(found, demand.horizon, demand.needs_motion), found, demand)

    def _told(self, trace: Trace, found: Found, demand: Demand) -> Trace:
        roles = interceptors(found) if demand.needs_roles else trace.interceptor
        return replace(trace, known=self.known, interceptor=roles)


def interceptors(found: Found) -> Ints:
    """Return which side intercepts in each encounter: 0, 1, or -1 where the tracks do not tell."""
    from skyaccord.detect.conduct.classify import classify  # thirty modules that few rules need

    sides = [-1 if each.interceptor is None else int(each.interceptor == each.b) for each in classify(found)]
    return np.array(sides, np.int64)
