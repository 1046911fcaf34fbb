"""How long a duty was lost: the clock of ``keep`` and ``restore``, with its rule of re-entry.

The clock starts when the duty is lost and stops when it has held again for the time of re-entry; the loss then ends
where it was restored. A second outside does not reset it: losses with less than that between them are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skyaccord.model.encounter import Edge, Encounter
from skyaccord.rules.spans import Spans


@dataclass(frozen=True, slots=True)
class Loss:
    """A time over which a duty was lost, by its clock."""

    begin_s: float
    end_s: float
    is_open: bool  # it may have begun before, or gone on after: the pair was not seen there

    @property
    def duration_s(self) -> float:
        """Return how long the clock ran under observation."""
        return self.end_s - self.begin_s

    def overlaps(self, encounter: Encounter) -> bool:
        """Return whether some of it lies in an encounter."""
        return self.begin_s <= encounter.end_s and encounter.start_s <= self.end_s


def losses(spans: Spans, stretches: Sequence[tuple[int, Encounter]], reenter_s: float, across_gaps: bool) -> list[Loss]:
    """Return the losses of one pair in order of time.

    Args:
        spans: when the duty was lost, by owner.
        stretches: the owners of the pair with the encounter each stands for, in order of time.
        reenter_s: how long the duty must hold for a loss to have ended.
        across_gaps: whether time in which the pair was not seen counts as lost where it was lost on both sides of it
            (what is possible), or as the end of a loss (what is certain).
    """
    found: list[Loss] = []
    previous: Encounter | None = None
    for owner, stretch in stretches:
        for begin_s, end_s in spans.of(owner):
            open_begin = begin_s <= stretch.start_s and stretch.starts_by is not Edge.CROSSING
            open_end = end_s >= stretch.end_s and stretch.ends_by is not Edge.CROSSING
            new = Loss(begin_s, end_s, open_begin or open_end)
            unseen = (
                previous is not None
                and previous is not stretch
                and (previous.ends_by is not Edge.CROSSING or stretch.starts_by is not Edge.CROSSING)
            )
            if found and _goes_on(found[-1], new, reenter_s, unseen, across_gaps and open_begin):
                found[-1] = Loss(found[-1].begin_s, end_s, found[-1].is_open or new.is_open)
            else:
                found.append(new)
            previous = stretch
    return found


def _goes_on(last: Loss, new: Loss, reenter_s: float, unseen: bool, bridges: bool) -> bool:
    if unseen:
        return bridges and last.is_open
    return new.begin_s - last.end_s < reenter_s
