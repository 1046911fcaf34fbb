"""From what is certain and what is possible to an outcome, with its reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.memorandum.document import Keep, Rule
from skyaccord.model.encounter import Datum, Encounter, Grade, Outcome
from skyaccord.model.instants import format_clock
from skyaccord.rules.losses import Loss


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome, the time that decided it, and why."""

    outcome: Outcome
    loss: Loss | None
    reason: str


def decide(rule: Rule, doubt: str, sure: Loss | None, may: Loss | None) -> Decision:
    """Return the outcome of a rule, from the gravest certain and the gravest possible loss about an encounter.

    ``doubt`` says what makes it undecidable, where it is.
    """
    if isinstance(rule, Keep):
        return _decide_keep(doubt, sure, may, rule.restore_s)
    return _decide_breach(doubt, sure, may)


def _decide_keep(doubt: str, sure: Loss | None, may: Loss | None, restore_s: float) -> Decision:
    """Return the outcome of a duty to keep something, with ``restore_s`` to restore it.

    ``breach`` where it was certainly lost for longer; ``undetermined`` where that is only possible; ``infringed``
    where it was certainly lost and certainly restored in time; ``undetermined`` where a loss is only possible.
    """
    allowed = f"{restore_s:.0f} s allowed" if restore_s else "none allowed"
    if sure and sure.duration_s > restore_s:
        return Decision(Outcome.BREACH, sure, f"lost for {_span(sure)}; {allowed}")
    if may and (may.is_open or may.duration_s > restore_s):
        return Decision(Outcome.UNDETERMINED, sure or may, _why_not(doubt, sure, may, restore_s))
    if sure:
        return Decision(Outcome.INFRINGED, sure, f"lost for {_span(sure)}, restored in time ({allowed})")
    if may:
        return Decision(Outcome.UNDETERMINED, may, doubt)
    return Decision(Outcome.COMPLIANT, None, "kept throughout")


def _decide_breach(doubt: str, sure: Loss | None, may: Loss | None) -> Decision:
    """Return the outcome of a ban: ``breach`` where the formula was certainly true at some instant."""
    if sure:
        return Decision(Outcome.BREACH, sure, f"true for {_span(sure)}")
    if may:
        return Decision(Outcome.UNDETERMINED, may, doubt)
    return Decision(Outcome.COMPLIANT, None, "never true")


def _span(loss: Loss) -> str:
    return f"{loss.duration_s:.0f} s from {format_clock(loss.begin_s)}Z to {format_clock(loss.end_s)}Z"


def _why_not(doubt: str, sure: Loss | None, may: Loss, restore_s: float) -> str:
    if sure and may.is_open:
        return (
            f"lost for at least {_span(sure)}, where the record of the pair breaks off; whether it lasted longer than "
            f"{restore_s:.0f} s is not known"
        )
    if sure:
        return f"lost for {sure.duration_s:.0f} to {may.duration_s:.0f} s, {restore_s:.0f} s allowed: {doubt}"
    return doubt


def doubt_of(encounter: Encounter) -> str:
    """Return what makes an encounter undecidable, the gravest ground first."""
    if encounter.grade is Grade.DOUBTFUL:
        return encounter.reasons[0]
    if encounter.datum is Datum.NONE:
        return "no altitude in a common datum: vertical distance is unknown"
    return (
        "the limit lies inside the error of measurement "
        f"(±{encounter.horizontal_error_m:.0f} m horizontally, ±{encounter.vertical_error_m:.0f} m vertically)"
    )
