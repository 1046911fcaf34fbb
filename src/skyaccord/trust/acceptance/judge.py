"""Judges one envelope by what stands: verified before it is decoded, and nothing is changed.

The order: the form of the header, protocol and kind, address, key, signature, place in the stream, hash of the body,
and only then what the body states.
"""

from __future__ import annotations

from skyaccord.trust.acceptance.acknowledge import acknowledge
from skyaccord.trust.acceptance.case import Case, Direction, LeafAt
from skyaccord.trust.acceptance.order import check_order
from skyaccord.trust.acceptance.outcome import Known, Refused
from skyaccord.trust.acceptance.read import Opened, find_kind, open_body, read_header
from skyaccord.trust.acceptance.refound import check_refounding
from skyaccord.trust.acceptance.signature import check_signature
from skyaccord.trust.acceptance.standing import Admitted, Standing
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.receipt import Receipt
from skyaccord.trust.envelopes.refounding import Refounding
from skyaccord.trust.keys.fold import STATEMENTS
from skyaccord.trust.keys.keyring import Denied
from skyaccord.trust.reasons import Reason


def judge(
    parcel: Parcel, standing: Standing, leaf_at: LeafAt, now_s: float, direction: Direction = Direction.INCOMING
) -> Admitted | Known | Refused:
    """Return whether an envelope may be appended, was so before, or is refused, and why.

    Args:
        parcel: what arrived.
        standing: what one's log says so far; it is not changed.
        leaf_at: returns the leaf at an index of the log.
        now_s: one's own clock, seconds since 1970.
        direction: whether it came from another party.
    """
    envelope = read_header(parcel.leaf)
    if isinstance(envelope, Refused):
        return envelope
    kind = find_kind(envelope.header, standing.kinds)
    if isinstance(kind, Refused):
        return kind
    case = Case(parcel, envelope, kind, standing, leaf_at, direction, now_s)
    wrong = _address(case)
    if wrong:
        return wrong
    place = case.place
    if place is not None and leaf_at(place) == parcel.leaf:
        return Known(place)
    wrong = check_signature(case) or check_order(case)
    if wrong:
        return wrong
    opened = _open(case)
    if isinstance(opened, Refused):
        return opened
    return _acknowledge(case, opened) if case.is_receipt else _fold(case, opened)


def _address(case: Case) -> Refused | None:
    header, me = case.header, case.standing.me
    agreement = case.standing.agreements.get(header.memorandum)
    if case.direction is Direction.INCOMING and header.recipient != me:
        return Refused(Reason.WRONG_RECIPIENT, f"it is addressed to {header.recipient}, not to {me}")
    if case.direction is Direction.INCOMING and header.sender == me:
        return Refused(Reason.REFLECTED, f"{me} itself is named as sender: nothing of its own comes from outside")
    if agreement is None:
        return Refused(Reason.UNKNOWN_MEMORANDUM, f"{header.memorandum[:23]}… is no memorandum that is in force here")
    if header.sender not in agreement.roots:
        return Refused(Reason.UNKNOWN_SENDER, f"{header.sender} is no party of the memorandum")
    if header.recipient not in agreement.roots:
        return Refused(Reason.WRONG_RECIPIENT, f"{header.recipient} is no party of the memorandum")
    if me not in (header.sender, header.recipient):
        return Refused(Reason.WRONG_RECIPIENT, f"it is neither from nor to {me}")
    return None


def _open(case: Case) -> Opened | Refused:
    """Return what the body states; nothing of a logged one that was erased, where its kind lets it be."""
    is_gone = case.parcel.body is None and case.parcel.salt is None
    if case.direction is Direction.LOGGED and is_gone and not case.kind.keeps_body:
        return Opened(None)
    return open_body(case.parcel, case.header, case.kind)


def _fold(case: Case, opened: Opened) -> Admitted | Refused:
    header = case.header
    wrong = check_refounding(case, opened.content) if isinstance(opened.content, Refounding) else None
    if wrong:
        return wrong
    if not isinstance(opened.content, STATEMENTS):
        return Admitted(case.envelope, opened.content)
    rings = case.standing.rings.after(header, case.standing.count, opened.content)
    if isinstance(rings, Denied):
        return Refused(rings.reason, rings.words)
    return Admitted(case.envelope, opened.content, rings)


def _acknowledge(case: Case, opened: Opened) -> Admitted | Known | Refused:
    header, standing = case.header, case.standing
    route = (header.recipient, header.sender)
    sent = standing.stream(route).place_of(header.sequence)
    if not isinstance(opened.content, Receipt) or sent is None:
        return Refused(Reason.RECEIPT_UNASKED, "it acknowledges nothing")
    shown = acknowledge(opened.content, header, case.leaf_at(sent), standing)
    if isinstance(shown, Refused):
        return shown
    before = standing.receipt_of(route, header.sequence)
    if before is None:
        return Admitted(case.envelope, opened.content, receipt=shown)
    here, there = before
    if there != shown.index and here >= standing.refounded.get(header.sender, 0):
        words = f"entry {shown.index} is named; the receipt before, entry {here}, named {there}"
        return Refused(Reason.RECEIPT_CHANGED, words, (case.leaf_at(here), case.parcel.leaf))
    return Known(here)  # given again, under a later checkpoint
