"""Judges one envelope by what stands: verified before it is decoded, and nothing is changed.

The order: the form of the header, protocol and kind, address, key, signature, place in the stream, hash of the body,
and only then what the body states.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.trust.acceptance.outcome import Known, Refused
from skyaccord.trust.acceptance.read import Opened, find_kind, open_body, read_header
from skyaccord.trust.acceptance.standing import Standing
from skyaccord.trust.envelopes.envelope import Envelope, Header
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.keys.certificate import Certificate
from skyaccord.trust.keys.fold import STATEMENTS, Said, fold
from skyaccord.trust.keys.keyring import Denied, Keyring
from skyaccord.trust.keys.soundness import is_of_one_form, is_sound
from skyaccord.trust.kinds import Kind
from skyaccord.trust.notes.ed25519 import is_signed
from skyaccord.trust.reasons import Reason

AHEAD_S: Final = 60.0
"""How far an envelope's time may lie ahead of one's own clock. Nodes keep time to well below a second; a minute leaves
room for a clock that is set by hand, and is the shortest deadline for an acknowledgement."""

LeafAt = Callable[[int], bytes]


class Direction(StrEnum):
    """Whether an envelope came from another party or is one's own, about to be logged."""

    INCOMING = "incoming"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Admitted:
    """An envelope that may be appended: what it states, and the keyring after it where it changes one."""

    envelope: Envelope
    content: object
    ring: Keyring | None = None


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
    header = envelope.header
    kind = find_kind(header, standing.kinds)
    if isinstance(kind, Refused):
        return kind
    wrong = _address(header, standing, direction)
    if wrong:
        return wrong
    place = standing.stream((header.sender, header.recipient)).place_of(header.sequence)
    if place is not None and leaf_at(place) == parcel.leaf:
        return Known(place)
    wrong = _signature(parcel, envelope, kind, standing) or _order(parcel, header, standing, now_s, place, leaf_at)
    if wrong:
        return wrong
    opened = open_body(parcel, header, kind)
    return opened if isinstance(opened, Refused) else _fold(envelope, opened, standing)


def _address(header: Header, standing: Standing, direction: Direction) -> Refused | None:
    agreement = standing.agreements.get(header.memorandum)
    if direction is Direction.INCOMING and header.recipient != standing.me:
        return Refused(Reason.WRONG_RECIPIENT, f"it is addressed to {header.recipient}, not to {standing.me}")
    if direction is Direction.INCOMING and header.sender == standing.me:
        return Refused(
            Reason.REFLECTED, f"{standing.me} itself is named as sender: nothing of its own comes from outside"
        )
    if agreement is None:
        return Refused(Reason.UNKNOWN_MEMORANDUM, f"{header.memorandum[:23]}… is no memorandum that is in force here")
    if header.sender not in agreement.roots:
        return Refused(Reason.UNKNOWN_SENDER, f"{header.sender} is no party of the memorandum")
    if header.recipient not in agreement.roots:
        return Refused(Reason.WRONG_RECIPIENT, f"{header.recipient} is no party of the memorandum")
    return None


def _signature(parcel: Parcel, envelope: Envelope, kind: Kind, standing: Standing) -> Refused | None:
    header = envelope.header
    ring = standing.rings[header.memorandum]
    allowed = ring.may_sign(header.sender, header.key, kind.roles, header.time_s, standing.count)
    if isinstance(allowed, Denied):
        return Refused(allowed.reason, allowed.words)
    public = allowed.public or _introduced(parcel, header, kind)
    if isinstance(public, Refused):
        return public
    if not is_of_one_form(envelope.signature):
        return Refused(Reason.SIGNATURE_FORM, "the signature's S is not below the group's order (RFC 8032, 5.1.7)")
    if not is_signed(public, envelope.signature, header.signed):
        return Refused(Reason.BAD_SIGNATURE, "the signature was not made with this key over this header")
    return None


def _introduced(parcel: Parcel, header: Header, kind: Kind) -> bytes | Refused:
    """Return the public key by which a pinned root introduces itself.

    It stands in the body, which is read before the signature for this alone: the key is believed because it has the
    fingerprint that the memorandum pins, and nothing else of the body is.
    """
    opened = open_body(parcel, header, kind)
    if isinstance(opened, Refused):
        return opened
    if not isinstance(opened.content, Certificate) or opened.content.fingerprint != header.key:
        return Refused(Reason.UNKNOWN_KEY, "the root has not introduced itself by a certificate of its own key")
    if not is_sound(opened.content.public):
        return Refused(Reason.WEAK_KEY, "the root's key is of small order or not in its only spelling")
    return opened.content.public


def _order(
    parcel: Parcel, header: Header, standing: Standing, now_s: float, place: int | None, leaf_at: LeafAt
) -> Refused | None:
    stream = standing.stream((header.sender, header.recipient))
    if place is not None:
        words = f"number {header.sequence} was used before, for another envelope: entry {place}"
        return Refused(Reason.EQUIVOCATION, words, (leaf_at(place), parcel.leaf))
    if header.sequence > stream.next_number:
        return Refused(Reason.GAP, f"it is number {header.sequence}; number {stream.next_number} comes first")
    if header.time_s > now_s + AHEAD_S:
        return Refused(Reason.FROM_FUTURE, f"it is dated {header.time_s - now_s:.0f} s ahead of this clock")
    if header.time_s < stream.last_s:
        return Refused(
            Reason.TIME_RUNS_BACK, f"it is dated {stream.last_s - header.time_s:.3f} s before the one before it"
        )
    newest = standing.newest_version(header)
    if header.version < newest:
        return Refused(Reason.DOWNGRADED, f"version {header.version} after version {newest} of {header.kind}")
    return None


def _fold(envelope: Envelope, opened: Opened, standing: Standing) -> Admitted | Refused:
    header = envelope.header
    if not isinstance(opened.content, STATEMENTS):
        return Admitted(envelope, opened.content)
    said = Said(header.sender, header.key, standing.count)
    ring = fold(standing.rings[header.memorandum], said, opened.content)
    if isinstance(ring, Denied):
        return Refused(ring.reason, ring.words)
    return Admitted(envelope, opened.content, ring)
