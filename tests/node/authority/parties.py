"""Two parties and a stranger, with certificates of every kind that must not be believed."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from skyaccord.node.authority.own_files import OwnFiles, make_own_files
from skyaccord.node.folder import Folder
from tests.node.people.cast import NOW_S

HOSTS = ("localhost", "127.0.0.1", "::1")
DAY_S = 86_400.0


def party(tmp_path: Path, name: str, now_s: float = NOW_S, folder: str | None = None) -> OwnFiles:
    place = Folder(tmp_path / (folder or name))
    place.make()
    return make_own_files(place, name, HOSTS, now_s)


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def request(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None) -> str:
    """Return a certificate request that asks to be somebody else, which must not matter."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "skyaccord green authority")])
    asked = x509.BasicConstraints(ca=True, path_length=None)
    built = x509.CertificateSigningRequestBuilder().subject_name(name).add_extension(asked, critical=True)
    return built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
