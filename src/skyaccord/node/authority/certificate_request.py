"""A request for a certificate (PKCS #10): the key in it, and nothing else that it asks for."""

from __future__ import annotations

from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from skyaccord.errors import AuthorityError
from skyaccord.node.authority.certificates import PublicKey

CURVES: Final = ("secp256r1", "secp384r1", "secp521r1")
LEAST_RSA_BITS: Final = 3072
"""As strong as P-256 (NIST SP 800-57, part 1, table 2)."""


def key_of_request(request: str) -> PublicKey:
    """Return the key of a certificate request, which must have been signed with it; nothing else of it counts.

    Raises:
        AuthorityError: it is none, its signature is not its key's, or the key is too weak.
    """
    cure = "Make one so: openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj / -keyout my.key"
    try:
        read = x509.load_pem_x509_csr(request.encode("ascii", "replace"))
        key = read.public_key()
        is_signed = read.is_signature_valid
    except Exception:  # noqa: BLE001 - the parser has many errors of its own
        raise AuthorityError("the request", "it is no certificate request in PEM", cure) from None
    if is_signed:
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES:
            return key
        if isinstance(key, rsa.RSAPublicKey) and key.key_size >= LEAST_RSA_BITS:
            return key
        if isinstance(key, ed25519.Ed25519PublicKey):
            return key
    raise AuthorityError("the request", "its key is weak, or did not sign it", cure)
