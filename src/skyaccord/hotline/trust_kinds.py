"""The kinds of the ground line as the table that acceptance takes: ``trust.kinds.KINDS.joined(HOTLINE_KINDS)``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from skyaccord.hotline import kinds
from skyaccord.hotline.bodies.body import Body
from skyaccord.model.canonical_json import Json
from skyaccord.trust.kinds import Kind, Version, make_kinds
from skyaccord.trust.members import Members


@dataclass(frozen=True, slots=True)
class MessageVersion(Version):
    """A version whose body has objects within objects: its layout reads all of it, member by member."""

    kind: str
    number: int

    def decode(self, content: Mapping[str, Json]) -> Body:
        """Return what a body states; raise `MemberError` where it states nothing."""
        return kinds.decode(self.kind, self.number, content)


def _names_only(members: Members) -> Members:
    """Stand for the reader of plain members, which `MessageVersion` does not use."""
    return members


def _versions(kind: kinds.Kind) -> dict[int, Version]:
    return {
        number: MessageVersion(layout.names, _names_only, kind.name, number) for number, layout in kind.versions.items()
    }


HOTLINE_KINDS: Final = make_kinds(
    Kind(kind.name, _versions(kind), kind.roles, kind.most_body_bytes) for kind in kinds.KINDS
)
"""Signed by a duty key each; bodies may be erased when the memorandum's retention ends."""
