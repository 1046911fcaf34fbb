"""Reads what arrived, header first: form, protocol, kind; and a body only once its hash is the one signed."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.errors import CanonicalError, MemberError
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.envelope import PROTOCOL, Envelope, Header, is_body, read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel, unpack
from skyaccord.trust.kinds import Kind, Kinds
from skyaccord.trust.reasons import Reason

_NAMES_OF_PARTIES = frozenset({"recipient", "sender"})


def open_parcel(data: bytes) -> Parcel | Refused:
    """Return the parcel in octets that arrived, or why there is none."""
    try:
        return unpack(data)
    except CanonicalError as error:
        return Refused(Reason(error.fault), f"parcel, octet {error.place}: {error.words}")
    except MemberError as error:
        return Refused(Reason.MEMBERS, f"parcel: {error}")


def read_header(leaf: bytes) -> Envelope | Refused:
    """Return the envelope of a leaf, or why it is none."""
    try:
        content = read_leaf(leaf)
        protocol = content.get("protocol")
        if isinstance(protocol, str) and protocol != PROTOCOL:
            return Refused(Reason.UNKNOWN_PROTOCOL, f"{protocol[:40]!a} is not spoken here, only {PROTOCOL}")
        if protocol != PROTOCOL:
            return Refused(Reason.MEMBERS, "no protocol is named")
        return read_envelope(content)
    except CanonicalError as error:
        return Refused(Reason(error.fault), f"envelope, octet {error.place}: {error.words}")
    except MemberError as error:
        return Refused(_reason(error), f"envelope: {error}")


def _reason(error: MemberError) -> Reason:
    if error.problem in ("is missing", "is unknown"):
        return Reason.MEMBERS
    return Reason.PARTY_NAME if error.member in _NAMES_OF_PARTIES else Reason.MEMBER_VALUE


def find_kind(header: Header, kinds: Kinds) -> Kind | Refused:
    """Return the kind of an envelope, if it and the version are known."""
    kind = kinds.table.get(header.kind)
    if kind is None:
        return Refused(Reason.UNKNOWN_KIND, f"{header.kind!r} is no kind that is known here")
    if header.version not in kind.versions:
        known = ", ".join(str(version) for version in sorted(kind.versions))
        return Refused(Reason.UNKNOWN_VERSION, f"{header.kind} {header.version} is not known here: known are {known}")
    return kind


@dataclass(frozen=True, slots=True)
class Opened:
    """What a body states."""

    content: object


def open_body(parcel: Parcel, header: Header, kind: Kind) -> Opened | Refused:
    """Return what a body states, or why it is not the one signed for or states nothing."""
    if parcel.body is None or parcel.salt is None:
        return Refused(Reason.BODY_MISSING, "the body or its salt did not come along")
    if not is_body(header, parcel.salt, parcel.body):
        return Refused(Reason.BODY_MISMATCH, "body and salt do not have the hash that was signed")
    try:
        content = read_canonical_object(parcel.body, most_bytes=kind.most_body_bytes)
        return Opened(kind.versions[header.version].decode(content))
    except CanonicalError as error:
        return Refused(Reason(error.fault), f"body, octet {error.place}: {error.words}")
    except MemberError as error:
        return Refused(Reason.BODY_CONTENT, f"body: {error}")
