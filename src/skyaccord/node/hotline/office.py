"""Who speaks at this node: under which memorandum with whom, with which keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skyaccord.hotline.book.plan import Plan, make_plan
from skyaccord.memorandum.document import Memorandum
from skyaccord.node.identity.keys import PartyKeys


@dataclass(frozen=True, slots=True)
class Office:
    """Who speaks: under which memorandum with whom, with which keys."""

    me: str
    memoranda: Mapping[str, Memorandum]
    keys: PartyKeys

    def plan(self) -> Plan:
        """Return the plan of the line with all peers; times and exclusions are those of one preset for all."""
        plans = [make_plan(each, self.me) for each in self.memoranda.values()]
        first = plans[0]
        return Plan(
            me=self.me,
            parties=(self.me, *self.memoranda),
            excluded=tuple(sorted({name for plan in plans for name in plan.excluded})),
            acknowledge_s=first.acknowledge_s,
            check_every_s=first.check_every_s,
            from_s=min(plan.from_s for plan in plans),
        )
