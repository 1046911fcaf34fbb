"""Folds statements about keys into a keyring: each gives a new keyring, or says why its signer cannot make it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from skyaccord.trust.keys.certificate import Certificate
from skyaccord.trust.keys.keyring import Denied, Heir, Key, Keyring, Term
from skyaccord.trust.keys.revocation import Revocation
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.soundness import is_sound
from skyaccord.trust.keys.succession import Consent, Replacement, Successor
from skyaccord.trust.reasons import Reason

FOREVER_S = float("inf")

Statement = Certificate | Revocation | Successor | Consent | Replacement
STATEMENTS = (Certificate, Revocation, Successor, Consent, Replacement)


@dataclass(frozen=True, slots=True)
class Said:
    """By whom, with which key, and at which entry a statement was made; the key was allowed to sign its kind."""

    party: str
    key: str
    index: int


def fold(ring: Keyring, said: Said, statement: Statement) -> Keyring | Denied:
    """Return the keyring after a statement, or why it cannot stand."""
    match statement:
        case Certificate():
            return _certify(ring, said, statement)
        case Revocation():
            return _revoke(ring, said, statement)
        case Successor():
            return _succeed(ring, said, statement)
        case Consent():
            return _consent(ring, said, statement)
        case Replacement():
            return _replace(ring, said, statement)


def _certify(ring: Keyring, said: Said, certificate: Certificate) -> Keyring | Denied:
    if not is_sound(certificate.public):
        return _weak()
    keys = ring.parties[said.party]
    name = certificate.fingerprint
    if certificate.role is Role.ROOT:
        if name != said.key:
            return Denied(Reason.ROOT_BY_CERTIFICATE, "a root is made by root.successor or root.replacement")
        introduced = replace(keys.keys[name], public=certificate.public)
        return ring.with_party(said.party, keys.with_key(introduced))
    known = keys.keys.get(name)
    if known and known.end:
        return Denied(known.end.reason, f"the key ended with entry {known.end.index} and does not come back")
    if known and known.role is not certificate.role:
        return Denied(Reason.ROLE_CHANGED, f"the key is a {known.role.value} key for good")
    term = Term(said.index, certificate.duty, certificate.from_s, certificate.until_s)
    before = known.terms if known else ()
    if any(replace(each, index=term.index) == term for each in before):
        return ring  # said to another party already
    terms = (*before, term)
    return ring.with_party(said.party, keys.with_key(Key(name, certificate.public, certificate.role, terms)))


def _revoke(ring: Keyring, said: Said, revocation: Revocation) -> Keyring | Denied:
    keys = ring.parties[said.party]
    known = keys.keys.get(revocation.key)
    if known is None:
        return Denied(Reason.FOREIGN_KEY, f"{revocation.key[:23]}… is no key of {said.party}")
    if said.key not in (keys.root, revocation.key):
        return Denied(Reason.NOT_ROOT, "a key is revoked by its party's root or by itself")
    return ring.with_party(said.party, keys.with_key(known.ended(said.index, Reason.KEY_REVOKED)))


def _succeed(ring: Keyring, said: Said, successor: Successor) -> Keyring | Denied:
    keys = ring.parties[said.party]
    if not is_sound(successor.public):
        return _weak()
    if not successor.is_held(said.party, said.key):
        return Denied(Reason.NO_POSSESSION, "the new root did not sign that it follows this one")
    if successor.fingerprint in keys.keys:
        return _used_already()
    old = keys.keys[said.key].ended(said.index, Reason.KEY_SUPERSEDED)
    follows = keys.with_key(old).with_key(_root(successor.public, successor.fingerprint, said.index))
    return ring.with_party(said.party, replace(follows, root=successor.fingerprint))


def _consent(ring: Keyring, said: Said, consent: Consent) -> Keyring | Denied:
    keys = ring.parties.get(consent.party)
    if keys is None or consent.party == said.party:
        return Denied(Reason.CONSENT_MISPLACED, f"{consent.party} is not another party")
    if consent.old != keys.root:
        return Denied(Reason.CONSENT_MISPLACED, f"{consent.old[:23]}… is not the root of {consent.party}")
    if not is_sound(consent.public):
        return _weak()
    name = consent.fingerprint
    if name in keys.keys:
        return _used_already()
    heir = keys.heirs.get(name) or Heir(consent.public, consent.old, {})
    if heir.old != consent.old:  # consented to in place of an earlier root, which was followed otherwise
        heir = Heir(consent.public, consent.old, {})
    given = {**heir.consents, said.party: heir.consents.get(said.party, said.index)}
    return ring.with_party(consent.party, replace(keys, heirs={**keys.heirs, name: replace(heir, consents=given)}))


def _replace(ring: Keyring, said: Said, replacement: Replacement) -> Keyring | Denied:
    keys = ring.parties[said.party]
    heir = keys.heirs[said.key]
    if not keys.root == replacement.old == heir.old:
        return Denied(Reason.NO_CONSENT, "the consent was to replace another root")
    ended = {name: key.ended(said.index, Reason.KEY_REPLACED) for name, key in keys.keys.items()}
    after = replace(keys, root=said.key, keys=ended)
    return ring.with_party(said.party, after.with_key(_root(heir.public, said.key, said.index)))


def _root(public: bytes, name: str, index: int) -> Key:
    return Key(name, public, Role.ROOT, (Term(index, "", -FOREVER_S, FOREVER_S),))


def _weak() -> Denied:
    return Denied(Reason.WEAK_KEY, "the public key is of small order or not in its only spelling")


def _used_already() -> Denied:
    return Denied(Reason.ROLE_CHANGED, "a key that has or had a role does not become root")
