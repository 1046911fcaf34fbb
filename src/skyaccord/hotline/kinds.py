"""The table of kinds: every message that the line carries, its versions, who signs it, and what it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from skyaccord.errors import MemberError, SkyaccordError
from skyaccord.hotline.bodies import check, declaration, emergency, handover, minute, notice, protest, spoken
from skyaccord.hotline.bodies.body import Body
from skyaccord.hotline.forms.compound import Layout
from skyaccord.model.canonical_json import Json
from skyaccord.trust.keys.role import Role

MOST_BODY_BYTES: Final = 1 << 17
"""The longest message that the layouts allow, 16 polygons of 64 corners with each number at its longest, has 66,000."""


class Refers(StrEnum):
    """To what a message refers in its heading."""

    NOTHING = "nothing"
    ANY = "any"  # to a message, or to none
    THEIRS = "theirs"  # to a message of the party that it goes to
    OWN = "own"  # to an earlier message of one's own


class Awaits(StrEnum):
    """What stops the clock of a message."""

    NOTHING = "nothing"
    ACKNOWLEDGEMENT = "acknowledgement"  # or any message that answers it; then it is settled
    REPLY = "reply"  # an acknowledgement in time, and it stays open until one of its answers
    ANSWER = "answer"  # one of its answers; an acknowledgement is none


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message."""

    name: str
    versions: Mapping[int, Layout[Any]]  # old ones stay readable
    refers: Refers
    awaits: Awaits
    answered_by: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset({Role.DUTY})
    most_body_bytes: int = MOST_BODY_BYTES

    @property
    def newest(self) -> int:
        """Return the version that is written."""
        return max(self.versions)


def _kind(name: str, layout: Layout[Any], refers: Refers, awaits: Awaits, *answered_by: str) -> Kind:
    return Kind(f"hotline.{name}", {1: layout}, refers, awaits, frozenset(f"hotline.{each}" for each in answered_by))


KINDS: Final = (
    _kind("notice", notice.NOTICE, Refers.ANY, Awaits.ACKNOWLEDGEMENT, "counter_notice", "reply"),
    _kind("counter_notice", notice.COUNTER_NOTICE, Refers.THEIRS, Awaits.ACKNOWLEDGEMENT, "counter_notice", "reply"),
    _kind("acknowledgement", notice.ACKNOWLEDGEMENT, Refers.THEIRS, Awaits.NOTHING),
    _kind("query", spoken.QUERY, Refers.ANY, Awaits.REPLY, "reply"),
    _kind("reply", spoken.REPLY, Refers.THEIRS, Awaits.ACKNOWLEDGEMENT, "reply"),
    _kind("protest", protest.PROTEST, Refers.ANY, Awaits.REPLY, "reply", "protest"),
    _kind("check", check.CHECK, Refers.NOTHING, Awaits.ANSWER, "check_answer"),
    _kind("check_answer", check.CHECK_ANSWER, Refers.THEIRS, Awaits.NOTHING),
    _kind("emergency", emergency.EMERGENCY, Refers.ANY, Awaits.ACKNOWLEDGEMENT, "reply", "emergency"),
    _kind("minute", minute.MINUTE, Refers.ANY, Awaits.ANSWER, "countersignature", "differing_minute"),
    _kind("countersignature", spoken.COUNTERSIGNATURE, Refers.THEIRS, Awaits.NOTHING),
    _kind("differing_minute", minute.DIFFERING_MINUTE, Refers.THEIRS, Awaits.ACKNOWLEDGEMENT, "reply"),
    _kind("withdrawal", spoken.WITHDRAWAL, Refers.OWN, Awaits.ACKNOWLEDGEMENT, "reply"),
    _kind("correction", spoken.CORRECTION, Refers.OWN, Awaits.ACKNOWLEDGEMENT, "reply", "counter_notice"),
    _kind("declaration", declaration.DECLARATION, Refers.ANY, Awaits.ACKNOWLEDGEMENT, "reply", "declaration"),
    _kind("handover", handover.HANDOVER, Refers.NOTHING, Awaits.NOTHING),
)
"""The kinds of the ground line. None is a permission or an agreement."""

BY_NAME: Final = MappingProxyType({kind.name: kind for kind in KINDS})
_BY_TYPE: Final = MappingProxyType({layout.make: kind for kind in KINDS for layout in kind.versions.values()})


def find_kind(body: Body) -> Kind:
    """Return the kind of a body."""
    return _BY_TYPE[type(body)]


def decode(name: str, version: int, content: Json) -> Body:
    """Return what a body states.

    Args:
        name: the kind, ``hotline.notice``.
        version: its version.
        content: the value of its canonical JSON.

    Raises:
        MemberError: a member is missing, unknown or not of its form; its place is named.
        SkyaccordError: no such kind or version.
    """
    kind = BY_NAME.get(name)
    if kind is None or version not in kind.versions:
        raise SkyaccordError(f"{name[:80]!a} version {version} is no message of the ground line: {', '.join(BY_NAME)}")
    body: Body = kind.versions[version].read(content)
    _refuse_reference(kind, body)
    return body


def encode(body: Body) -> dict[str, Json]:
    """Return the value whose canonical JSON is sent; nothing is written that `decode` would refuse.

    Raises:
        MemberError: as `decode`.
    """
    kind = find_kind(body)
    content = kind.versions[kind.newest].write(body)
    if decode(kind.name, kind.newest, content) != body:
        raise SkyaccordError(f"a {kind.name} would read otherwise than it was made: times are in whole milliseconds")
    return content


def _refuse_reference(kind: Kind, body: Body) -> None:
    answers = body.heading.answers
    if kind.refers is Refers.NOTHING and answers is not None:
        raise MemberError("heading.answers", "is there", f"null: a {kind.name} answers nothing")
    if kind.refers in (Refers.THEIRS, Refers.OWN) and answers is None:
        raise MemberError("heading.answers", "is null", f"the message that a {kind.name} is about")
