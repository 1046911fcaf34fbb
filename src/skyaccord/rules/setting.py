"""What provisions are judged in: traces of stretches and encounters, made once for each kind of demand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from skyaccord.detect.encounters import Found
from skyaccord.rules.demand import Demand
from skyaccord.rules.known import NOTHING_KNOWN, Known
from skyaccord.rules.roles import Roles, tell_roles
from skyaccord.rules.scene import Surroundings, by_pair, trace_of_found
from skyaccord.rules.trace import Trace


@dataclass(frozen=True, slots=True)
class Setting:
    """The recording's surroundings by demand, and what is known beside the tracks."""

    known: Known = NOTHING_KNOWN
    made: dict[Demand, Surroundings] = field(default_factory=dict, compare=False)
    told: list[Roles] = field(default_factory=list, compare=False)  # of the surroundings, once they are asked for

    def surroundings(self, around: Found, demand: Demand) -> Surroundings:
        """Return the surroundings that a provision needs; ``around`` is the same at every call."""
        if demand not in self.made:
            near = Surroundings.of(around, demand.horizon, demand.needs_motion)
            roles = self._roles(around) if demand.needs_roles else None
            self.made[demand] = replace(near, trace=self._told(near.trace, roles))
        return self.made[demand]

    def trace(self, found: Found, demand: Demand) -> Trace:
        """Return the trace of encounters that a provision needs."""
        trace = trace_of_found(found, demand.horizon, demand.needs_motion)
        return self._told(trace, self.roles(found) if demand.needs_roles else None)

    def roles(self, found: Found) -> Roles:
        """Return who intercepts in each encounter: as in the surroundings, where these were asked for."""
        return self.told[0].during(found) if self.told else tell_roles(by_pair(found)).during(found)

    def _roles(self, around: Found) -> Roles:
        if not self.told:
            self.told.append(tell_roles(by_pair(around)))
        return self.told[0]

    def _told(self, trace: Trace, roles: Roles | None) -> Trace:
        return replace(trace, known=self.known, interceptor=trace.interceptor if roles is None else roles.sides)
