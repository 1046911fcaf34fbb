"""The keyring: what the log says about keys, folded entry by entry, and who may sign what, when, judged at which entry.

A value: each entry about keys gives a new one (`keys.fold`). It forgets nothing, so that an entry can be judged by what
stood before it, at any time after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from skyaccord.trust.keys.role import Role
from skyaccord.trust.reasons import Reason

PINNED: Final = -1
"""The index at which what the memorandum pins came to be known: before any entry."""


@dataclass(frozen=True, slots=True)
class Term:
    """A time in which a key may sign, from ``from_s`` until before ``until_s``, as certified by an entry."""

    index: int
    duty: str
    from_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class End:
    """The entry from which on a key signs nothing more, and why."""

    index: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Key:
    """One key of one party: its role for good, its terms in the order of the log, and its end."""

    fingerprint: str
    public: bytes | None  # None of a root that has not introduced itself
    role: Role
    terms: tuple[Term, ...]
    end: End | None = None

    def ended(self, index: int, reason: Reason) -> Key:
        """Return the key with this end, unless it had one before."""
        return self if self.end else replace(self, end=End(index, reason))


@dataclass(frozen=True, slots=True)
class Heir:
    """A key that other parties consent to as the next root: in place of which, and the entry of each consent."""

    public: bytes
    old: str
    consents: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PartyKeys:
    """All keys of a party, which of them is its root now, and keys that may become it."""

    root: str
    keys: Mapping[str, Key]
    heirs: Mapping[str, Heir] = field(default_factory=dict)

    def with_key(self, key: Key) -> PartyKeys:
        """Return the same with a key put in or in place of what it was."""
        return replace(self, keys={**self.keys, key.fingerprint: key})


@dataclass(frozen=True, slots=True)
class Allowed:
    """A key may sign: its public key, its role and the duty it was certified for."""

    public: bytes | None
    role: Role
    duty: str


@dataclass(frozen=True, slots=True)
class Denied:
    """A key may not sign, or what it signed cannot stand."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of the parties of one memorandum."""

    parties: Mapping[str, PartyKeys]

    def may_sign(self, party: str, key: str, roles: frozenset[Role], t_s: float, index: int) -> Allowed | Denied:
        """Return whether a key may sign for a party what these roles may sign, at a time, judged at an entry.

        Args:
            party: the sender.
            key: fingerprint.
            roles: those that the table of kinds names.
            t_s: the time that the envelope states, seconds since 1970.
            index: the entry that is judged; only what stands before it counts.
        """
        keys = self.parties[party]
        known = keys.keys.get(key)
        if roles == {Role.HEIR} and (known is None or known.terms[0].index >= index):
            return self._may_inherit(party, keys.heirs.get(key), index)
        if known is None:
            return Denied(Reason.UNKNOWN_KEY, f"no entry says that {key[:23]}… is a key of {party}")
        before = [term for term in known.terms if term.index < index]
        if not before:
            words = f"the key was certified by entry {known.terms[0].index}, after entry {index}"
            return Denied(Reason.CERTIFIED_TOO_LATE, words)
        if known.end and known.end.index < index:
            return Denied(known.end.reason, f"the key ended with entry {known.end.index}")
        if known.role not in roles:
            return _wrong_role(known.role, roles)
        valid = next((term for term in reversed(before) if term.from_s <= t_s < term.until_s), None)
        if valid is not None:
            return Allowed(known.public, known.role, valid.duty)
        if t_s < min(term.from_s for term in before):
            return Denied(Reason.KEY_NOT_YET_VALID, "the envelope's time is before the key's first")
        return Denied(Reason.KEY_EXPIRED, "the envelope's time is not within a time of the key")

    def _may_inherit(self, party: str, heir: Heir | None, index: int) -> Allowed | Denied:
        others = sorted(self.parties.keys() - {party})
        given = {name for name, at in heir.consents.items() if at < index} if heir else set()
        if heir is None or not given.issuperset(others):
            missing = ", ".join(name for name in others if name not in given)
            return Denied(Reason.NO_CONSENT, f"no consent of {missing} to this key as root of {party}")
        return Allowed(heir.public, Role.HEIR, "")

    def with_party(self, party: str, keys: PartyKeys) -> Keyring:
        """Return the same with the keys of one party put in place of what they were."""
        return Keyring({**self.parties, party: keys})


def begin(roots: Mapping[str, str]) -> Keyring:
    """Return the keyring before any entry: the fingerprint of each party's root, as the memorandum pins it."""
    return Keyring({party: PartyKeys(root, {root: _pinned(root)}) for party, root in roots.items()})


def _pinned(root: str) -> Key:
    return Key(root, None, Role.ROOT, (Term(PINNED, "", float("-inf"), float("inf")),))


def _wrong_role(role: Role, roles: frozenset[Role]) -> Denied:
    allowed = ", ".join(sorted(each.value for each in roles))
    reason = Reason.NOT_ROOT if roles == {Role.ROOT} else Reason.ROLE_NOT_ALLOWED
    return Denied(reason, f"a {role.value} key signed what {allowed} keys sign")
