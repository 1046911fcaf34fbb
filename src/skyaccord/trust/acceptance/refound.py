"""Judges whether a party may go on under another name of its log."""

from __future__ import annotations

from skyaccord.errors import NoteError
from skyaccord.trust.acceptance.case import Case
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.refounding import Refounding
from skyaccord.trust.notes.checkpoint import parse_checkpoint
from skyaccord.trust.notes.signed_note import parse_note
from skyaccord.trust.origin import first_origin
from skyaccord.trust.reasons import Reason


def check_refounding(case: Case, said: Refounding) -> Refused | None:
    """Return why a refounding does not stand: it must name a log of the party, and a new one to follow.

    The lost log's checkpoint stays in the log of whoever judges, in its receipts: that a history was left behind can
    be shown to anyone. A name that is not new would let two histories pass under it.
    """
    sender, standing = case.header.sender, case.standing
    head = standing.heads.get(sender)
    known = {each.origin for each in (*standing.left_behind.get(sender, ()), *([head] if head else ()))}
    try:
        old = parse_checkpoint(parse_note(said.checkpoint).text)
    except NoteError as error:
        return Refused(Reason.CHECKPOINT_FORM, str(error))
    if any(first_origin(each) != first_origin(old.origin) for each in (said.origin, *known)):
        return Refused(Reason.CHECKPOINT_OTHER_LOG, f"{said.origin[:99]!a} after {old.origin[:99]!a}: not of {sender}")
    if said.origin in known | {old.origin}:
        return Refused(Reason.CHECKPOINT_OTHER_LOG, f"{said.origin} is no new name")
    return None
