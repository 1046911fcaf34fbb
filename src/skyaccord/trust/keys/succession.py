"""The bodies by which one root follows another: named by the old root, or consented to by the other parties.

``root.successor`` is signed by the old root and proves that the new key is held. Where the old root is lost, the roots
of all other parties sign ``root.consent`` first; only then can the new root speak, by ``root.replacement``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.keys.signing_key import SigningKey, fingerprint
from skyaccord.trust.members import Members
from skyaccord.trust.notes.base64_text import encode_base64
from skyaccord.trust.notes.ed25519 import PUBLIC_BYTES, SIGNATURE_BYTES, is_signed

SUCCESSOR_NAMES: Final = frozenset({"possession", "public_key"})
CONSENT_NAMES: Final = frozenset({"old", "party", "public_key"})
REPLACEMENT_NAMES: Final = frozenset({"old"})

_POSSESSION: Final = b"skyaccord/root.successor/1\n"


@dataclass(frozen=True, slots=True)
class Successor:
    """The next root, with its own signature that it will follow this root of this party."""

    public: bytes
    possession: bytes

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the next root."""
        return fingerprint(self.public)

    def is_held(self, party: str, old: str) -> bool:
        """Return whether the new key signed that it follows the old."""
        return is_signed(self.public, self.possession, _follows(party, old, self.public))

    def body(self) -> bytes:
        """Return the body, as version 1 has it."""
        return canonical({"possession": encode_base64(self.possession), "public_key": encode_base64(self.public)})


@dataclass(frozen=True, slots=True)
class Consent:
    """Another party's root is lost; this key may take its place."""

    party: str
    old: str
    public: bytes

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the key consented to."""
        return fingerprint(self.public)

    def body(self) -> bytes:
        """Return the body, as version 1 has it."""
        return canonical({"old": self.old, "party": self.party, "public_key": encode_base64(self.public)})


@dataclass(frozen=True, slots=True)
class Replacement:
    """The key that signs this takes the place of a root that is lost."""

    old: str

    def body(self) -> bytes:
        """Return the body, as version 1 has it."""
        return canonical({"old": self.old})


def name_successor(party: str, old: str, new: SigningKey) -> Successor:
    """Return the statement by which a root, given by its fingerprint, names the next; the old root must sign it."""
    return Successor(new.public, new.sign(_follows(party, old, new.public)))


def read_successor(members: Members) -> Successor:
    """Return the successor that a body of version 1 states."""
    return Successor(members.octets("public_key", PUBLIC_BYTES), members.octets("possession", SIGNATURE_BYTES))


def read_consent(members: Members) -> Consent:
    """Return the consent that a body of version 1 states."""
    return Consent(members.party("party"), members.digest("old"), members.octets("public_key", PUBLIC_BYTES))


def read_replacement(members: Members) -> Replacement:
    """Return the replacement that a body of version 1 states."""
    return Replacement(members.digest("old"))


def _follows(party: str, old: str, new: bytes) -> bytes:
    return _POSSESSION + canonical({"new": fingerprint(new), "old": old, "party": party})
