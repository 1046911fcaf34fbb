"""The authority and the node's own certificates, as files of its folder: made, read, renewed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from skyaccord.errors import AuthorityError
from skyaccord.model.instants import from_seconds
from skyaccord.node.authority.certificates import (
    RENEW_DAYS,
    Authority,
    Issued,
    issue_node,
    issue_server,
    make_authority,
    pem,
)
from skyaccord.node.authority.judge import Pinned
from skyaccord.node.authority.revocations import make_list, number_of, read_list, serials_of
from skyaccord.node.folder import Folder, read_private, write_private

MOST_BYTES: Final = 512 * 1024
AUTHORITY: Final = "authority"
SERVER: Final = "server"
CLIENT: Final = "client"
REVOKED: Final = "revoked.pem"


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """What lies in ``tls``: NAME.pem and NAME.key for each of the names above, and the list of what is revoked."""

    folder: Folder
    authority: Authority
    revocations: x509.CertificateRevocationList

    def path(self, name: str) -> Path:
        """Return the path of a certificate."""
        return self.folder.tls / f"{name}.pem"

    def key_path(self, name: str) -> Path:
        """Return the path of a certificate's key."""
        return self.folder.tls / f"{name}.key"

    def certificate(self, name: str) -> x509.Certificate:
        """Return one of the node's certificates."""
        return _read_certificate(self.path(name))

    def pinned(self) -> Pinned:
        """Return the own authority, as its own people's certificates are judged by it."""
        return Pinned(self.authority.party, self.authority.certificate, serials_of(self.revocations))


def make_own_files(folder: Folder, party: str, hosts: Sequence[str], now_s: float) -> OwnFiles:
    """Make an authority, an empty list, and the certificates of the node."""
    authority = make_authority(party, now_s)
    _write(folder, AUTHORITY, Issued(authority.certificate, authority.key))
    files = OwnFiles(folder, authority, _write_list(folder, authority, frozenset(), 1, now_s))
    for name in (SERVER, CLIENT):
        _issue(files, name, hosts, now_s)
    return files


def open_own_files(folder: Folder, party: str) -> OwnFiles:
    """Read them.

    Raises:
        AuthorityError: one of them is damaged, or another's.
    """
    place = folder.tls / f"{AUTHORITY}.pem"
    certificate = _read_certificate(place)
    key = _read_key(folder.tls / f"{AUTHORITY}.key")
    if certificate.public_key() != key.public_key():
        raise AuthorityError(str(place), "it does not belong to the key beside it", "Restore both from one backup")
    text = read_private(folder.tls / REVOKED, MOST_BYTES).decode("ascii", "replace")
    revocations = read_list(text, certificate, str(folder.tls / REVOKED))
    return OwnFiles(folder, Authority(party, certificate, key), revocations)


def renew(files: OwnFiles, hosts: Sequence[str], now_s: float) -> tuple[OwnFiles, Sequence[str]]:
    """Issue anew what ends within a month or bears other hosts, and return the names of that."""
    soon = from_seconds(now_s) + timedelta(days=RENEW_DAYS)
    renewed = [name for name in (SERVER, CLIENT) if files.certificate(name).not_valid_after_utc < soon]
    if SERVER not in renewed and _hosts(files.certificate(SERVER)) != set(hosts):
        renewed.append(SERVER)
    for name in renewed:
        _issue(files, name, hosts, now_s)
    next_update = files.revocations.next_update_utc
    if next_update is None or next_update < from_seconds(now_s) + timedelta(days=RENEW_DAYS / 2):
        renewed.append(REVOKED)
        files = revoke(files, frozenset(), now_s)
    return files, renewed


def revoke(files: OwnFiles, serials: frozenset[int], now_s: float) -> OwnFiles:
    """Take certificates back: sign and write a longer list; those on the last one stay on it."""
    all_of_them = serials_of(files.revocations) | serials
    number = number_of(files.revocations) + 1
    written = _write_list(files.folder, files.authority, all_of_them, number, now_s)
    return OwnFiles(files.folder, files.authority, written)


def _issue(files: OwnFiles, name: str, hosts: Sequence[str], now_s: float) -> None:
    issued = issue_server(files.authority, hosts, now_s) if name == SERVER else issue_node(files.authority, now_s)
    _write(files.folder, name, issued)


def _write_list(
    folder: Folder, authority: Authority, revoked: frozenset[int], number: int, now_s: float
) -> x509.CertificateRevocationList:
    made = make_list(authority, revoked, number, now_s)
    write_private(folder.tls / REVOKED, pem(made).encode("ascii"))
    return made


def _write(folder: Folder, name: str, issued: Issued) -> None:
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_private(folder.tls / f"{name}.key", issued.key.private_bytes(*form))
    write_private(folder.tls / f"{name}.pem", pem(issued.certificate).encode("ascii"))


def _read_certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(read_private(path, MOST_BYTES))
    except ValueError:
        raise AuthorityError(str(path), "it is no certificate", "Take it from a backup of this folder") from None


def _read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(read_private(path, MOST_BYTES), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise AuthorityError(str(path), "it is no key of an authority", "Take it from a backup of this folder")
    return key


def _hosts(certificate: x509.Certificate) -> set[str]:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = names.get_values_for_type(x509.IPAddress)
    return {*names.get_values_for_type(x509.DNSName), *(str(each) for each in addresses)}
