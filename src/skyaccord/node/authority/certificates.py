"""Certificates of the party's own authority: who they are for, for how long, and how they are made.

Curve P-256 throughout: TLS 1.3 requires it of everyone, and not every browser takes Ed25519. What is said between nodes
is signed with Ed25519; these certificates protect the line, not the words.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from skyaccord.model.instants import from_seconds

AUTHORITY_DAYS: Final = 3650
LEAF_DAYS: Final = 90
"""Short, since a list of what is revoked may not reach a peer in time."""

RENEW_DAYS: Final = 30
"""Before the end: a month in which renewing may fail and somebody notice."""

BEFORE: Final = timedelta(minutes=10)
"""For a peer whose clock is behind."""

_PREFIX: Final = "urn:skyaccord:"
PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a client's certificate is for."""

    party: str
    person: str | None
    """``None``: the party's node."""

    @property
    def uri(self) -> str:
        """How it stands in the certificate."""
        return f"{_PREFIX}{self.party}:{'node' if self.person is None else f'person:{self.person}'}"


@dataclass(frozen=True, slots=True)
class Authority:
    """A party's certificate authority: the certificate that peers pin, and its key."""

    party: str
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and its key, for a listener or a client of the node itself."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)


def make_authority(party: str, now_s: float) -> Authority:
    """Return a new authority; it issues certificates of ends and no further authorities."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"skyaccord {party} authority")
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    certificate = (
        _builder(name, name, key.public_key(), now_s, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(_key_identifier(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(party, certificate, key)


def issue_server(authority: Authority, hosts: Sequence[str], now_s: float) -> Issued:
    """Return a certificate for a listener that is reached under some names and addresses."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([_host(each) for each in hosts])
    return Issued(_leaf(authority, key.public_key(), names, ExtendedKeyUsageOID.SERVER_AUTH, now_s), key)


def issue_node(authority: Authority, now_s: float) -> Issued:
    """Return the certificate with which the node calls its peers."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Issued(issue_client(authority, key.public_key(), Bearer(authority.party, None), now_s), key)


def issue_client(authority: Authority, key: PublicKey, bearer: Bearer, now_s: float) -> x509.Certificate:
    """Return a certificate for a client that has the key."""
    names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(bearer.uri)])
    return _leaf(authority, key, names, ExtendedKeyUsageOID.CLIENT_AUTH, now_s)


def bearer_of(certificate: x509.Certificate) -> Bearer | None:
    """Return whom a client's certificate is for, where it says so in the one way that is known."""
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return None
    uris = extension.get_values_for_type(x509.UniformResourceIdentifier)
    if len(uris) != 1 or len(list(extension)) != 1 or not uris[0].startswith(_PREFIX):
        return None
    party, _, rest = uris[0].removeprefix(_PREFIX).partition(":")
    kind, _, person = rest.partition(":")
    if rest == "node":
        return Bearer(party, None)
    return Bearer(party, person) if kind == "person" and person else None


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate, in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def spoken(digits: str) -> str:
    """Return a fingerprint in groups of four, to be read over a telephone."""
    return " ".join(digits[k : k + 4] for k in range(0, len(digits), 4))


def pem(certificate: x509.Certificate | x509.CertificateRevocationList) -> str:
    """Return a certificate or a list as PEM."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def _leaf(
    authority: Authority,
    key: PublicKey,
    names: x509.SubjectAlternativeName,
    purpose: x509.ObjectIdentifier,
    now_s: float,
) -> x509.Certificate:
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    return (
        _builder(_name(f"skyaccord {authority.party}"), authority.certificate.subject, key, now_s, LEAF_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(_key_identifier(key), critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority.key, hashes.SHA256())
    )


def _builder(subject: x509.Name, issuer: x509.Name, key: PublicKey, now_s: float, days: int) -> x509.CertificateBuilder:
    now: datetime = from_seconds(now_s).replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BEFORE)
        .not_valid_after(now + timedelta(days=days))
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _key_identifier(key: PublicKey) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(key)


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
