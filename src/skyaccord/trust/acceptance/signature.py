"""Judges key and signature of an envelope."""

from __future__ import annotations

from skyaccord.trust.acceptance.case import Case
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.acceptance.read import open_body
from skyaccord.trust.keys.certificate import Certificate
from skyaccord.trust.keys.keyring import Denied
from skyaccord.trust.keys.soundness import is_of_one_form
from skyaccord.trust.notes.ed25519 import is_signed
from skyaccord.trust.reasons import Reason


def check_signature(case: Case) -> Refused | None:
    """Return why key or signature are not believed."""
    header, standing = case.header, case.standing
    ring = standing.rings.of(header)
    allowed = ring.may_sign(header.sender, header.key, case.kind.roles, header.time_s, standing.count)
    if isinstance(allowed, Denied):
        return Refused(allowed.reason, allowed.words)
    public = allowed.public or _introduced(case)
    if isinstance(public, Refused):
        return public
    if not is_of_one_form(case.envelope.signature):
        return Refused(Reason.SIGNATURE_FORM, "the signature's S is not below the group's order (RFC 8032, 5.1.7)")
    if not is_signed(public, case.envelope.signature, header.signed):
        return Refused(Reason.BAD_SIGNATURE, "the signature was not made with this key over this header")
    return None


def _introduced(case: Case) -> bytes | Refused:
    """Return the public key by which a pinned root introduces itself.

    It stands in the body, which is read before the signature for this alone: the key is believed because it has the
    fingerprint that the memorandum pins, and nothing else of the body is.
    """
    opened = open_body(case.parcel, case.header, case.kind)
    if isinstance(opened, Refused):
        return opened
    if not isinstance(opened.content, Certificate) or opened.content.fingerprint != case.header.key:
        return Refused(Reason.UNKNOWN_KEY, "the root has not introduced itself by a certificate of its own key")
    return opened.content.public
