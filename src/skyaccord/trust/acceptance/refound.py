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
    """Return why a refounding does not stand: it must name a log that is known, and a new one to follow it.

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
    if known and old.origin not in known:
        return Refused(Reason.CHECKPOINT_OTHER_LOG, f"{old.origin[:120]!a} is no log of {sender} that is known")
    if first_origin(said.origin) != first_origin(old.origin) or said.origin in known | {old.origin}:
        return Refused(
            Reason.CHECKPOINT_OTHER_LOG, f"{said.origin[:120]!a} is no new name for what follows {old.origin}"
        )
    return None
