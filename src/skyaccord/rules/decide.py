"""From what is certain and what is possible to an outcome, with its reason in words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from skyaccord.model.encounter import Datum, Encounter, Grade, Outcome
from skyaccord.model.instants import format_instant
from skyaccord.rules.losses import Loss


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome, the time that decided it, and why."""

    outcome: Outcome
    loss: Loss | None
    reason: str


def decide_keep(
    encounter: Encounter, certain: Sequence[Loss], possible: Sequence[Loss], span: tuple[float, float], restore_s: float
) -> Decision:
    """Return the outcome of a duty to keep something, with ``restore_s`` to restore it.

    What is certain counts where it lies in the encounter itself; what is possible counts over ``span`` too, the time
    about the encounter in which the pair may have been within the volume.

    ``breach`` where it was certainly lost for longer; ``undetermined`` where that is only possible; ``infringed``
    where it was certainly lost and certainly restored in time; ``undetermined`` where a loss is only possible.
    """
    sure = _gravest(certain, (encounter.start_s, encounter.end_s), restore_s)
    may = _gravest(possible, span, restore_s)
    allowed = f"{restore_s:.0f} s allowed" if restore_s else "none allowed"
    if sure and sure.duration_s > restore_s:
        return Decision(Outcome.BREACH, sure, f"lost for {_span(sure)}; {allowed}")
    if may and (may.is_open or may.duration_s > restore_s):
        return Decision(Outcome.UNDETERMINED, sure or may, _why_not(encounter, sure, may, restore_s))
    if sure:
        return Decision(Outcome.INFRINGED, sure, f"lost for {_span(sure)}, restored in time ({allowed})")
    if may:
        return Decision(Outcome.UNDETERMINED, may, _doubt(encounter))
    return Decision(Outcome.COMPLIANT, None, "kept throughout")


def decide_breach(
    encounter: Encounter, certain: Sequence[Loss], possible: Sequence[Loss], span: tuple[float, float]
) -> Decision:
    """Return the outcome of a ban: ``breach`` where the formula was certainly true at some instant."""
    sure = _gravest(certain, (encounter.start_s, encounter.end_s), 0.0)
    may = _gravest(possible, span, 0.0)
    if sure:
        return Decision(Outcome.BREACH, sure, f"true for {_span(sure)}")
    if may:
        return Decision(Outcome.UNDETERMINED, may, _doubt(encounter))
    return Decision(Outcome.COMPLIANT, None, "never true")


def _gravest(found: Sequence[Loss], span: tuple[float, float], restore_s: float) -> Loss | None:
    """Return the gravest loss about an encounter: too long by itself, else open, else the longest."""
    first = bisect_left(found, span[0], key=lambda loss: loss.end_s)  # losses of a pair are in order
    inside = takewhile(lambda loss: loss.begin_s <= span[1], found[first:])
    return max(inside, key=lambda x: (x.duration_s > restore_s, x.is_open, x.duration_s), default=None)


def _span(loss: Loss) -> str:
    return (
        f"{loss.duration_s:.0f} s from {format_instant(loss.begin_s)[11:19]}Z to {format_instant(loss.end_s)[11:19]}Z"
    )


def _why_not(encounter: Encounter, sure: Loss | None, may: Loss, restore_s: float) -> str:
    if sure and may.is_open:
        return (
            f"lost for at least {_span(sure)}, where the record of the pair breaks off; whether it lasted longer than "
            f"{restore_s:.0f} s is not known"
        )
    if sure:
        return (
            f"lost for {sure.duration_s:.0f} to {may.duration_s:.0f} s, {restore_s:.0f} s allowed: {_doubt(encounter)}"
        )
    return _doubt(encounter)


def _doubt(encounter: Encounter) -> str:
    """Return what makes an encounter undecidable, the gravest ground first."""
    if encounter.grade is Grade.DOUBTFUL:
        return encounter.reasons[0]
    if encounter.datum is Datum.NONE:
        return "no altitude in a common datum: vertical distance is unknown"
    return (
        "the limit lies inside the error of measurement "
        f"(±{encounter.horizontal_error_m:.0f} m horizontally, ±{encounter.vertical_error_m:.0f} m vertically)"
    )
