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
    """Return why a refounding does not stand: it must name the log that is known, and another to follow it.

    The lost log's checkpoint stays in the log of whoever judges, in its receipts: that a history was left behind can
    be shown to anyone. A name that is not new would let two histories pass under it.
    """
    head = case.standing.heads.get(case.header.sender)
    try:
        old = parse_checkpoint(parse_note(said.checkpoint).text)
    except NoteError as error:
        return Refused(Reason.CHECKPOINT_FORM, str(error))
    if head is not None and old.origin != head.origin:
        return Refused(Reason.CHECKPOINT_OTHER_LOG, f"{old.origin[:120]!a} is not the log that is known: {head.origin}")
    names = {old.origin} | {said_of.origin for said_of in case.standing.left_behind.get(case.header.sender, ())}
    if first_origin(said.origin) != first_origin(old.origin) or said.origin in names:
        return Refused(
            Reason.CHECKPOINT_OTHER_LOG, f"{said.origin[:120]!a} is no new name for what follows {old.origin}"
        )
    if said.kept >= old.size:
        return Refused(Reason.CHECKPOINT_FORM, f"nothing was lost: {said.kept} entries kept of {old.size}")
    return None
