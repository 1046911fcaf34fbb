"""Judges an envelope's place in its stream, its time and its version."""

from __future__ import annotations

from typing import Final

from skyaccord.trust.acceptance.case import Case
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.reasons import Reason

AHEAD_S: Final = 60.0
"""How far an envelope's time may lie ahead of one's own clock. Nodes keep time to well below a second; a minute leaves
room for a clock that is set by hand, and is the shortest deadline for an acknowledgement."""


def check_order(case: Case) -> Refused | None:
    """Return why an envelope does not come next, or is dated or written as it cannot be."""
    return (_answers_nothing(case) if case.is_receipt else _is_not_next(case)) or _times(case)


def _is_not_next(case: Case) -> Refused | None:
    header = case.header
    stream = case.standing.stream((header.sender, header.recipient))
    place = case.place
    if place is not None:
        words = f"number {header.sequence} was used before, for another envelope: entry {place}"
        return Refused(Reason.EQUIVOCATION, words, (case.leaf_at(place), case.parcel.leaf))
    if header.sequence > stream.next_number:
        return Refused(Reason.GAP, f"it is number {header.sequence}; number {stream.next_number} comes first")
    if header.time_s < stream.last_s:
        words = f"it is dated {stream.last_s - header.time_s:.3f} s before the one before it"
        return Refused(Reason.TIME_RUNS_BACK, words)
    return None


def _answers_nothing(case: Case) -> Refused | None:
    header = case.header
    sent = case.standing.stream((header.recipient, header.sender)).place_of(header.sequence)
    if header.sender == case.standing.me or sent is None:
        return Refused(Reason.RECEIPT_UNASKED, f"nothing was sent to {header.sender} under number {header.sequence}")
    return None


def _times(case: Case) -> Refused | None:
    """Refuse what is dated ahead, and a version that its sender has left behind."""
    header = case.header
    if header.time_s > case.now_s + AHEAD_S:
        return Refused(Reason.FROM_FUTURE, f"it is dated {header.time_s - case.now_s:.0f} s ahead of this clock")
    newest = case.standing.newest_version(header)
    if header.version < newest:
        return Refused(Reason.DOWNGRADED, f"version {header.version} after version {newest} of {header.kind}")
    return None
