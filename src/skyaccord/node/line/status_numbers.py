"""The numbers that HTTP has for the statuses of the line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from skyaccord.node.line.reply import Status

NUMBERS: Final[Mapping[Status, int]] = {
    Status.DONE: 200,
    Status.MALFORMED: 400,
    Status.STRANGER: 403,
    Status.BUSY: 429,
    Status.RECOVERING: 503,
    Status.NO_ROOM: 507,
}

STATUSES: Final[Mapping[int, Status]] = {number: status for status, number in NUMBERS.items()}
