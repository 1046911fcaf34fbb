"""Makes messages: the heading from who says it and when, the rest as it was typed; read once as its recipient will."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from skyaccord.hotline.bodies.body import Body
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.kinds import BY_NAME, decode
from skyaccord.records.date_time_group import as_group

CHALLENGE_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person wants to say."""

    kind: str
    """Without its room: ``notice``."""

    to: Sequence[str]
    authority: str
    """The duty that says it."""

    content: Mapping[str, Any] = field(default_factory=dict)
    """The members beside the heading."""

    precedence: str = "routine"
    language: str = "en"
    interpreter: Mapping[str, Any] | None = None
    on_behalf_of: Sequence[str] = ()


def write_body(draft: Draft, answers: Entry | None, now_s: float) -> Body:
    """Return the message of a draft.

    Args:
        draft: what is said.
        answers: the message that it refers to.
        now_s: for its date-time group.

    Raises:
        MemberError: a member is missing, unknown or not of its form; its place is named.
    """
    heading = {
        "addressees": list(draft.to),
        "answers": _reference(answers),
        "authority": draft.authority,
        "date_time_group": as_group(now_s),
        "interpreter": dict(draft.interpreter) if draft.interpreter is not None else None,
        "language": draft.language,
        "on_behalf_of": list(draft.on_behalf_of),
        "precedence": draft.precedence,
    }
    kind = BY_NAME[f"hotline.{draft.kind}"]
    return decode(kind.name, kind.newest, {**_empty(kind.name), **draft.content, "heading": heading})


def make_challenge() -> str:
    """Return six letters that nobody could have known beforehand."""
    return "".join(secrets.choice(CHALLENGE_LETTERS) for _ in range(6))


def _reference(entry: Entry | None) -> dict[str, str] | None:
    if entry is None:
        return None
    group = entry.body.heading.date_time_group
    return {"date_time_group": group, "envelope": entry.envelope, "originator": entry.sender}


_TEXT: Final = {"text": ""}
_VOLUMES: Final = {"text": "", "volumes": []}
_UNKNOWN: Final = dict.fromkeys(
    ("call_sign", "aircraft_type", "persons_on_board", "position", "altitude", "datum", "squawk", "frequency")
)
_EMPTY: Final[Mapping[str, Mapping[str, Any]]] = {
    "hotline.notice": _VOLUMES,
    "hotline.counter_notice": _VOLUMES,
    "hotline.acknowledgement": {"readback": "", "will_inform": []},
    "hotline.query": _VOLUMES,
    "hotline.reply": _VOLUMES,
    "hotline.correction": _VOLUMES,
    "hotline.withdrawal": _TEXT,
    "hotline.countersignature": _TEXT,
    "hotline.protest": {"incident": None, "provisions": [], **_VOLUMES},
    "hotline.check": {"scheduled": None, **_TEXT},
    "hotline.check_answer": _TEXT,
    "hotline.emergency": {**_UNKNOWN, **_VOLUMES},
    "hotline.minute": {"channel": None, **_VOLUMES},
    "hotline.differing_minute": {"channel": None, **_VOLUMES},
    "hotline.declaration": {"provisions": [], **_TEXT},
    "hotline.handover": _TEXT,
}
"""What a person need not type: members that say nothing. What must be said has no default."""


def _empty(kind: str) -> Mapping[str, Any]:
    return _EMPTY[kind]
