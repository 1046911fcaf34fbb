"""The list of certificates that an authority takes back. A serial number that stands on it never leaves it.

A list that is out of date is still believed, in place of refusing everyone: the line that it protects keeps aircraft
apart, and certificates are short-lived anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from skyaccord.errors import AuthorityError
from skyaccord.model.instants import from_seconds
from skyaccord.node.authority.certificates import Authority

LIST_DAYS: Final = 30
MOST_BYTES: Final = 256 * 1024
"""Some six thousand entries."""


def make_list(
    authority: Authority, revoked: Iterable[int], number: int, now_s: float
) -> x509.CertificateRevocationList:
    """Return a signed list of serial numbers; ``number`` counts the lists of an authority from 1."""
    now = from_seconds(now_s).replace(microsecond=0)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now)
        .next_update(now + timedelta(days=LIST_DAYS))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(issuer, critical=False)
    )
    for serial in sorted(revoked):
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(authority.key, hashes.SHA256())


def read_list(text: str, authority: x509.Certificate, source: str) -> x509.CertificateRevocationList:
    """Return a list, which the authority must have signed.

    Raises:
        AuthorityError: it is none, too long, or another's.
    """
    cure = "Ask the party whose list it is for a new card"
    try:
        if len(text) > MOST_BYTES:
            raise ValueError("too long")
        found = x509.load_pem_x509_crl(text.encode("ascii"))
        number_of(found)
        key = authority.public_key()
        is_its = found.is_signature_valid(key)  # type: ignore[arg-type]  # a key that signs no list raises, below
        is_signed = found.issuer == authority.subject and is_its
    except Exception:  # noqa: BLE001 - the parser has many errors of its own
        raise AuthorityError(source, "it has no revocation list that can be read", cure) from None
    if not is_signed:
        raise AuthorityError(source, "its revocation list is not signed by its authority", cure)
    return found


def number_of(revocations: x509.CertificateRevocationList) -> int:
    """Return which of its authority's lists it is."""
    return revocations.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def serials_of(revocations: x509.CertificateRevocationList) -> frozenset[int]:
    """Return the serial numbers on a list."""
    return frozenset(entry.serial_number for entry in revocations)
