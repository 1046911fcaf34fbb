"""Whether a message belongs on the line at all. What does not is kept aside and shown, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skyaccord.hotline.bodies.handover import Handover
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.book.plan import Plan


class Why(StrEnum):
    """Why a message does not count."""

    EXCLUDED = "excluded"  # it is from, to, or on behalf of an actor whom the memorandum leaves out
    NO_PARTY = "no_party"
    NOT_OURS = "not_ours"  # neither from nor to this party
    NOT_ADDRESSED = "not_addressed"  # the recipient is not among its addressees
    TO_ITSELF = "to_itself"
    NOT_TO_ITSELF = "not_to_itself"  # a handover is a party's own affair


@dataclass(frozen=True, slots=True)
class Aside:
    """A message that does not count, and why."""

    entry: Entry
    why: Why


def find_fault(entry: Entry, plan: Plan) -> Why | None:
    """Return why a message does not belong on the line; ``None`` where it does."""
    both = (entry.sender, entry.recipient)
    if set(plan.excluded) & {*both, *entry.body.heading.on_behalf_of}:
        return Why.EXCLUDED
    if not set(both) <= set(plan.parties):
        return Why.NO_PARTY
    if plan.me not in both:
        return Why.NOT_OURS
    if entry.recipient not in entry.body.heading.addressees:
        return Why.NOT_ADDRESSED
    if isinstance(entry.body, Handover):
        return None if entry.sender == entry.recipient else Why.NOT_TO_ITSELF
    return Why.TO_ITSELF if entry.sender == entry.recipient else None
