"""How long a duty was lost: the clock of ``keep`` and ``restore``, with its rule of re-entry.

The clock starts when the duty is lost and stops when it has held again for the time of re-entry; the loss then ends
where it was restored. A second outside does not reset it: losses with less than that between them are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skyaccord.model.encounter import Edge, Encounter


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


def losses(
    spans: Mapping[int, Sequence[tuple[float, float]]], stretches: Sequence[tuple[int, Encounter]], reenter_s: float
) -> list[Loss]:
    """Return the losses of one pair in order of time.

    A loss ends where the pair was no longer seen, and is then open: it may have gone on, for how long no one knows.

    Args:
        spans: when the duty was lost, by owner.
        stretches: the owners of the pair with the encounter each stands for, in order of time.
        reenter_s: how long the duty must hold for a loss to have ended.
    """
    found: list[Loss] = []
    previous: Encounter | None = None
    for owner, stretch in stretches:
        for begin_s, end_s in spans.get(owner, ()):
            open_begin = begin_s <= stretch.start_s and stretch.starts_by is not Edge.CROSSING
            open_end = end_s >= stretch.end_s and stretch.ends_by is not Edge.CROSSING
            new = Loss(begin_s, end_s, open_begin or open_end)
            if found and not _was_unseen(previous, stretch) and begin_s - found[-1].end_s < reenter_s:
                found[-1] = Loss(found[-1].begin_s, end_s, found[-1].is_open or new.is_open)
            else:
                found.append(new)
            previous = stretch
    return found


def _was_unseen(previous: Encounter | None, stretch: Encounter) -> bool:
    """Return whether the pair was out of sight at some time between two stretches."""
    if previous is None or previous is stretch:
        return False
    return previous.ends_by is not Edge.CROSSING or stretch.starts_by is not Edge.CROSSING
