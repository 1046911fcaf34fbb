"""Roles, and the table of what each may do. One person has one role; who has two duties has two accounts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """What a person is at this node."""

    DUTY_OFFICER = "duty_officer"
    SUPERVISOR = "supervisor"
    NEGOTIATOR = "negotiator"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """What a person may do, by role."""

    OWN_ACCOUNT = "own_account"
    READ_NODE = "read_node"
    READ_HOTLINE = "read_hotline"
    SEND_MESSAGE = "send_message"
    ACKNOWLEDGE = "acknowledge"
    CHECK_LINE = "check_line"
    MINUTE_CALL = "minute_call"
    HAND_OVER = "hand_over"
    READ_TALKS = "read_talks"
    TABLE_POSITION = "table_position"
    READ_PEOPLE = "read_people"
    CHANGE_PEOPLE = "change_people"
    CHANGE_PEERS = "change_peers"
    READ_AUDIT = "read_audit"


_EVERYONE: Final = frozenset({Act.OWN_ACCOUNT, Act.READ_NODE})
_LINE: Final = frozenset(
    {Act.READ_HOTLINE, Act.SEND_MESSAGE, Act.ACKNOWLEDGE, Act.CHECK_LINE, Act.MINUTE_CALL, Act.HAND_OVER}
)

MAY: Final[Mapping[Role, frozenset[Act]]] = MappingProxyType(
    {
        Role.DUTY_OFFICER: _EVERYONE | _LINE,
        Role.SUPERVISOR: _EVERYONE | _LINE | {Act.READ_TALKS, Act.READ_PEOPLE, Act.READ_AUDIT},
        Role.NEGOTIATOR: _EVERYONE | {Act.READ_HOTLINE, Act.READ_TALKS, Act.TABLE_POSITION},
        Role.OBSERVER: _EVERYONE | {Act.READ_HOTLINE, Act.READ_TALKS},
        Role.ADMINISTRATOR: _EVERYONE | {Act.READ_PEOPLE, Act.CHANGE_PEOPLE, Act.CHANGE_PEERS, Act.READ_AUDIT},
    }
)
"""Who keeps the machine does not speak for the party, and who speaks for the party gives out no accounts."""


def may(role: Role, act: Act) -> bool:
    """Return whether a role may do something."""
    return act in MAY[role]
