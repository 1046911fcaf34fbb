"""What carries questions to a peer and answers back, and how it fails."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Protocol

from skyaccord.errors import NodeError
from skyaccord.node.line.reply import Reply

CONNECT_S: Final = 1.5
CALL_S: Final = 3.0
"""The longest a call may take, so that one that hangs on a dead line is given up and tried on the healed one."""


class Failure(StrEnum):
    """How a call failed."""

    UNREACHABLE = "unreachable"
    NO_ANSWER = "no_answer"
    """The connection was made and then nothing, or half an answer, came."""
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_BELIEVED = "certificate_not_believed"
    DECLINED = "declined"
    NOT_UNDERSTOOD = "not_understood"


class LineError(NodeError):
    """A call that failed; whether the peer did what was asked is not known."""

    def __init__(self, place: str, failure: Failure, words: str, cure: str = "It is tried again") -> None:
        self.failure = failure
        super().__init__(place, words, cure)


class Transport(Protocol):
    """A way to one peer."""

    async def call(self, question: str, body: bytes) -> Reply:
        """Ask and return the answer.

        Raises:
            LineError: there was none.
        """

    async def close(self) -> None:
        """Let go of connections."""
