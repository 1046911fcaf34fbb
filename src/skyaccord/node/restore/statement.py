"""What a log says of the one it follows."""

from __future__ import annotations

from collections.abc import Sequence

from skyaccord.errors import JournalError
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.node.restore.loss import Loss
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.envelopes import refounding
from skyaccord.trust.envelopes.envelope import read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.journals.entry import Body
from skyaccord.trust.members import Members
from skyaccord.trust.notes.checkpoint import parse_checkpoint
from skyaccord.trust.notes.signed_note import parse_note
from skyaccord.trust.origin import first_origin


def is_declared(desk: Correspondence, peer: str) -> bool:
    """Return whether a peer has been told under which name the log goes on, or it has the name it began with."""
    origin = desk.log.journal.origin
    return origin == first_origin(origin) or desk.standing.declared.get(peer) == origin


def last_statement(desk: Correspondence) -> refounding.Refounding:
    """Return what was noted to oneself when the log was begun: the same is said to each peer."""
    me = desk.standing.me
    for index in reversed(desk.standing.stream((me, me)).places):
        body = desk.log.journal.body(index)
        header = read_envelope(read_leaf(desk.leaf_at(index))).header
        if header.kind == refounding.KIND and isinstance(body, Body):
            return refounding.read_refounding(Members(read_canonical_object(body.content), refounding.NAMES))
    raise JournalError(desk.log.journal.origin, "nothing says which log it follows", "Restore it from a copy")


def find_lost_statement(desk: Correspondence, theirs: Sequence[Parcel]) -> Loss | None:
    """Return the log that a lost statement of one's own, which a peer holds, says that one's log had followed.

    Whoever has said so is known under a name that this log does not have, and must take another again.
    """
    found = None
    for parcel in theirs:
        header = read_envelope(read_leaf(parcel.leaf)).header
        if header.kind == refounding.KIND and parcel.body is not None:
            said = refounding.read_refounding(Members(read_canonical_object(parcel.body), refounding.NAMES))
            if said.origin not in desk.standing.names:
                found = Loss(said.checkpoint, parse_checkpoint(parse_note(said.checkpoint).text).size)
    return found
