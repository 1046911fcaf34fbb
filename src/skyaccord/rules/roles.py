"""Who was taken as interceptor where a rule speaks of one, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skyaccord.detect.encounters import Found
from skyaccord.geometry.vectors import Ints
from skyaccord.rules.overlaps import overlaps
from skyaccord.rules.scene import times_of
from skyaccord.rules.spans import Spans


@dataclass(frozen=True, slots=True)
class Role:
    """Which of two aircraft intercepted, 0 or 1; ``None`` where the tracks do not tell: rules are then read both ways.

    ``ground`` says why, of either.
    """

    names: tuple[str, str]
    side: int | None
    ground: str

    def allows(self, side: int | None) -> bool:
        """Return whether a rule is read with the aircraft of a side as interceptor; ``None`` is a rule without one."""
        return side is None or self.side is None or side == self.side

    def words(self, decided: bool) -> str:
        """Return in words who was taken as interceptor; ``decided`` is whether either way gave the same."""
        if self.side is not None:
            return f"{self.names[self.side]} taken as interceptor: {self.ground}"
        both = "the same whichever is taken as interceptor" if decided else "read both ways"
        return f"{both}, as the tracks do not tell: {self.ground}"


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles in stretches of time, in the order of pairs and time."""

    times: Spans  # owned by pairs
    each: Sequence[Role]

    @property
    def sides(self) -> Ints:
        """Return the interceptor's side in each stretch, -1 where it is not told."""
        return np.array([-1 if role.side is None else role.side for role in self.each], np.int64)

    def during(self, found: Found) -> Roles:
        """Return the roles in encounters, in their order: those of the stretch that each lies in."""
        times = times_of(found)
        mine, stretch = overlaps(times, self.times)
        place = np.zeros(len(times), np.int64)
        place[mine[::-1]] = stretch[::-1]  # the first of several
        return Roles(times, [self.each[k] for k in place.tolist()])


def tell_roles(found: Found) -> Roles:
    """Return who intercepted whom in stretches that are in the order of pairs and time (`scene.by_pair`)."""
    from skyaccord.detect.conduct.classify import classify  # thirty modules that few rules need

    aircraft = found.measured.tracks.aircraft
    return Roles(
        times_of(found),
        [
            Role(
                (aircraft[each.a].id, aircraft[each.b].id),
                None if each.interceptor is None else int(each.interceptor == each.b),
                each.role_ground,
            )
            for each in classify(found)
        ],
    )
