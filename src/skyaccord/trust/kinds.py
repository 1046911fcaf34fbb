"""The table of kinds: what envelopes may say, in which versions, and keys of which role sign it.

`KINDS` has those of this room. Other rooms hand in theirs: ``KINDS.joined(HOTLINE_KINDS)`` is a new table; none is
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.errors import SkyaccordError
from skyaccord.model.canonical_json import Json
from skyaccord.trust.envelopes import receipt, refounding
from skyaccord.trust.keys import certificate, revocation, succession
from skyaccord.trust.keys.role import Role
from skyaccord.trust.members import KIND, Members

Decoder = Callable[[Members], object]

KEY_BODY_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a kind: the members that a body has, and what reads them."""

    names: frozenset[str]
    read: Decoder

    def decode(self, content: Mapping[str, Json]) -> object:
        """Return what a body states; raise `MemberError` where it states nothing."""
        return self.read(Members(content, self.names))


class Numbering(StrEnum):
    """What the sequence of an envelope counts."""

    COUNTED = "counted"
    """The envelopes of its sender to its recipient."""
    ANSWERS = "answers"
    """Nothing: it is the number of the envelope that this one acknowledges."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its versions, old ones too; the roles that sign it; bounds; whether its bodies may be erased."""

    name: str
    versions: Mapping[int, Version]
    roles: frozenset[Role]
    most_body_bytes: int = 1 << 16
    keeps_body: bool = False
    numbering: Numbering = Numbering.COUNTED


@dataclass(frozen=True, slots=True)
class Kinds:
    """A table of kinds by name."""

    table: Mapping[str, Kind]

    def joined(self, more: Kinds) -> Kinds:
        """Return a table that has both; a kind that stands in both is refused."""
        twice = sorted(self.table.keys() & more.table.keys())
        if twice:
            raise SkyaccordError(f"the kind {twice[0]!r} stands in two tables: each kind has one owner")
        return Kinds({**self.table, **more.table})


def make_kinds(kinds: Iterable[Kind]) -> Kinds:
    """Return the table of some kinds; refuse a name of another form, twice the same, or a kind without a version."""
    table: dict[str, Kind] = {}
    for kind in kinds:
        if not KIND.fullmatch(kind.name) or kind.name in table or not kind.versions or min(kind.versions) < 1:
            raise SkyaccordError(f"the kind {kind.name!r} cannot stand in a table: room.word, once, versions from 1")
        table[kind.name] = kind
    return Kinds(table)


_ROOT: Final = frozenset({Role.ROOT})
_ANY: Final = frozenset({Role.ROOT, Role.DUTY, Role.NODE, Role.TLS})  # a key may always end itself


def _of_keys(name: str, names: frozenset[str], read: Decoder, roles: frozenset[Role]) -> Kind:
    """Return a kind about keys: its bodies stay, since later envelopes are judged by them."""
    return Kind(name, {1: Version(names, read)}, roles, KEY_BODY_BYTES, keeps_body=True)


KINDS: Final = make_kinds(
    [
        _of_keys("key.certificate", certificate.NAMES, certificate.read_certificate, _ROOT),
        _of_keys("key.revocation", revocation.NAMES, revocation.read_revocation, _ANY),
        _of_keys("root.successor", succession.SUCCESSOR_NAMES, succession.read_successor, _ROOT),
        _of_keys("root.consent", succession.CONSENT_NAMES, succession.read_consent, _ROOT),
        _of_keys("root.replacement", succession.REPLACEMENT_NAMES, succession.read_replacement, frozenset({Role.HEIR})),
        Kind(
            receipt.KIND,
            {receipt.VERSION: Version(receipt.NAMES, receipt.read_receipt)},
            frozenset({Role.NODE}),
            receipt.MOST_BYTES,
            keeps_body=True,  # the proof that something was acknowledged
            numbering=Numbering.ANSWERS,
        ),
        Kind(
            refounding.KIND,
            {refounding.VERSION: Version(refounding.NAMES, refounding.read_refounding)},
            frozenset({Role.NODE}),
            refounding.MOST_BYTES,
            keeps_body=True,  # receipts after it are judged by it
        ),
    ]
)
"""The kinds of the room itself."""
