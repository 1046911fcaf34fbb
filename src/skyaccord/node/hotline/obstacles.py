"""What keeps a message from being said: a duty without a key, an actor left out, a reference that does not fit."""

from __future__ import annotations

from typing import Final

from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.book.plan import Plan
from skyaccord.hotline.kinds import BY_NAME, Refers
from skyaccord.node.hotline.office import Office
from skyaccord.node.hotline.outcome import NotSaid
from skyaccord.node.hotline.writing import Draft

_TARGETS: Final = {"countersignature": "minute", "differing_minute": "minute", "check_answer": "check"}


def find_obstacle(office: Office, plan: Plan, draft: Draft, target: Entry | None) -> NotSaid | None:
    """Return why a draft may not be said: the duty, whom it is for, or what it refers to."""
    if draft.authority not in office.keys.duties:
        have = ", ".join(office.keys.duties)
        return NotSaid("duty", f"{draft.authority!r} has no key to speak with", f"Duties with a key: {have}")
    for name in (*draft.to, *draft.on_behalf_of):
        if name in plan.excluded:
            return NotSaid("to", f"the memorandum leaves {name} out", "Nothing is said to it, or for it, here")
    for name in draft.to:
        if name not in plan.peers and not (draft.kind == "handover" and name == plan.me):
            return NotSaid("to", f"{name} is no party of this line", f"Parties: {', '.join(plan.peers)}")
    return _wrong_reference(draft, target, plan)


def _wrong_reference(draft: Draft, target: Entry | None, plan: Plan) -> NotSaid | None:
    if target is None:
        return None
    expected = _TARGETS.get(draft.kind)
    if expected is not None and target.kind.name != f"hotline.{expected}":
        return NotSaid("answers", f"it is a {target.kind.name}", f"A {draft.kind} answers a {expected}")
    refers = _refers(draft.kind)
    other = target.recipient if target.sender == plan.me else target.sender
    if refers is Refers.THEIRS and target.sender == plan.me:
        return NotSaid("answers", "it is this party's own", f"A {draft.kind} is about a message of the other party")
    if refers is Refers.OWN and target.sender != plan.me:
        return NotSaid("answers", "it is not this party's own", f"A {draft.kind} is about a message of one's own")
    if refers in (Refers.THEIRS, Refers.OWN) and list(draft.to) != [other]:
        return NotSaid("to", f"it goes to {', '.join(draft.to)}", f"It is about a message with {other}: send it there")
    return None


def _refers(kind: str) -> Refers:
    return BY_NAME[f"hotline.{kind}"].refers
