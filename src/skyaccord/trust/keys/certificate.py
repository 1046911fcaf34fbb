"""The body of ``key.certificate``: a root says that a key is its party's, for a role, over a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.errors import MemberError
from skyaccord.model.canonical_json import canonical
from skyaccord.model.instants import format_instant
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.signing_key import fingerprint
from skyaccord.trust.members import DUTY, Members
from skyaccord.trust.notes.base64_text import encode_base64
from skyaccord.trust.notes.ed25519 import PUBLIC_BYTES

NAMES: Final = frozenset({"duty", "from", "public_key", "role", "until"})


@dataclass(frozen=True, slots=True)
class Certificate:
    """A key, its role, the duty of who holds it, and when it may sign: from ``from_s`` until before ``until_s``.

    A root introduces itself by a certificate of its own key with the role `Role.ROOT`: its fingerprint stands in the
    memorandum, and this is how its public key comes into the log. Its times are not looked at: a root is in force as
    long as the memorandum, or until it is followed.
    """

    public: bytes
    role: Role
    duty: str
    from_s: float
    until_s: float

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the certified key."""
        return fingerprint(self.public)

    def body(self) -> bytes:
        """Return the body, as version 1 has it."""
        return canonical(
            {
                "duty": self.duty,
                "from": format_instant(self.from_s),
                "public_key": encode_base64(self.public),
                "role": self.role.value,
                "until": format_instant(self.until_s),
            }
        )


def read_certificate(members: Members) -> Certificate:
    """Return the certificate that a body of version 1 states."""
    from_s, until_s = members.instant_s("from"), members.instant_s("until")
    if until_s <= from_s:
        raise MemberError("until", "is not after 'from'", "a time in which the key may sign")
    role = members.choice("role", Role)
    if role is Role.HEIR:
        raise MemberError("role", "is heir", "root, duty, node or tls: an heir is made by consent, not by certificate")
    duty = members.text("duty", DUTY, "a duty in at most 64 letters A to Z, digits, space, _ . / -")
    return Certificate(members.octets("public_key", PUBLIC_BYTES), role, duty, from_s, until_s)
