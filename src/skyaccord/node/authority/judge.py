"""Whom a client's certificate is for, judged anew with each request: authority, validity, purpose, revocation.

TLS has checked the chain at the beginning of the connection. This asks again, since a connection may outlast its
certificate, and since TLS alone does not say which of several pinned authorities vouched: a name counts only in a
certificate of the authority that is pinned under that name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from skyaccord.model.instants import from_seconds
from skyaccord.node.authority.certificates import Bearer, bearer_of, fingerprint


class Reason(StrEnum):
    """Why a certificate is not believed."""

    ABSENT = "no_certificate"
    UNREADABLE = "unreadable"
    UNKNOWN_AUTHORITY = "unknown_authority"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    WRONG_PURPOSE = "wrong_purpose"
    WRONG_NAME = "wrong_name"


@dataclass(frozen=True, slots=True)
class Pinned:
    """An authority that is believed, for one party and no other."""

    party: str
    certificate: x509.Certificate
    revoked: frozenset[int]


@dataclass(frozen=True, slots=True)
class Believed:
    """Whom a certificate is for."""

    bearer: Bearer
    fingerprint: str


@dataclass(frozen=True, slots=True)
class NotBelieved:
    """Why it is not believed."""

    reason: Reason


Judgement: TypeAlias = Believed | NotBelieved


def judge(der: bytes | None, pinned: Sequence[Pinned], now_s: float) -> Judgement:
    """Return whom a client's certificate is for, by the authorities that are pinned."""
    if not der:
        return NotBelieved(Reason.ABSENT)
    try:
        certificate = x509.load_der_x509_certificate(der)
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        bearer = bearer_of(certificate)
    except Exception:  # noqa: BLE001 - the parser has many errors of its own, and a pinned peer may be hostile
        return NotBelieved(Reason.UNREADABLE)
    issuer = next((each for each in pinned if _has_issued(each, certificate)), None)
    if issuer is None:
        return NotBelieved(Reason.UNKNOWN_AUTHORITY)
    now = from_seconds(now_s)
    wrong = {
        Reason.NOT_YET_VALID: now < certificate.not_valid_before_utc,
        Reason.EXPIRED: now > certificate.not_valid_after_utc or now > issuer.certificate.not_valid_after_utc,
        Reason.REVOKED: certificate.serial_number in issuer.revoked,
        Reason.WRONG_PURPOSE: ExtendedKeyUsageOID.CLIENT_AUTH not in purposes,
        Reason.WRONG_NAME: bearer is None or bearer.party != issuer.party,
    }
    reason = next((each for each, is_so in wrong.items() if is_so), None)
    if reason is not None or bearer is None:
        return NotBelieved(reason or Reason.WRONG_NAME)
    return Believed(bearer, fingerprint(certificate))


def _has_issued(pinned: Pinned, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(pinned.certificate)
    except Exception:  # noqa: BLE001 - as above
        return False
    return True
