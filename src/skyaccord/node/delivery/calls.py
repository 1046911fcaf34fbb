"""Calls to one peer: asked, timed for the clocks' difference, and read; what is no answer is a `LineError`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from skyaccord.errors import CanonicalError, MemberError
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.node.line.reply import Reply, Status
from skyaccord.node.line.skew import Skew, measure
from skyaccord.node.line.transport import Failure, LineError, Transport
from skyaccord.node.watch.peer_watch import PeerWatch

_CURES: Final = {
    Status.NO_ROOM: "The peer's disk is full: its administrators must make room",
    Status.RECOVERING: "The peer fetches what it lost; it is tried again",
    Status.STRANGER: "The peer does not know this party: let both compare their configuration",
}


class Timed(Protocol):
    """An answer that says when its question arrived and when it left."""

    @property
    def received_s(self) -> float:
        """By the peer's clock."""

    @property
    def answered_s(self) -> float:
        """By the peer's clock."""


AnyTimed = TypeVar("AnyTimed", bound=Timed)
Answer = TypeVar("Answer")


class Calls:
    """Asks one peer."""

    def __init__(self, transport: Transport, watch: PeerWatch, now: Callable[[], float]) -> None:
        self._transport = transport
        self._watch = watch
        self._now = now

    async def ask(self, question: str, body: bytes, read: Callable[[bytes], AnyTimed]) -> tuple[AnyTimed, Skew]:
        """Return an answer with its times, and the skew of the clocks that they show."""
        sent_s = self._now()
        reply = await self._transport.call(question, body)
        returned_s = self._now()
        answer = self._read(reply, read)
        skew = measure(sent_s, answer.received_s, answer.answered_s, returned_s)
        self._watch.skews.add(skew)
        return answer, skew

    async def ask_plainly(self, question: str, body: bytes, read: Callable[[bytes], Answer]) -> Answer:
        """Return an answer without times."""
        return self._read(await self._transport.call(question, body), read)

    def _read(self, reply: Reply, read: Callable[[bytes], Answer]) -> Answer:
        if reply.status is not Status.DONE:
            cure = _CURES.get(reply.status, "It is tried again")
            raise LineError(self._watch.peer, Failure.DECLINED, f"it declines: {_words(reply)}", cure)
        try:
            return read(reply.body)
        except (CanonicalError, MemberError) as error:
            words = f"its answer is not understood: {error}"
            raise LineError(self._watch.peer, Failure.NOT_UNDERSTOOD, words) from error


def _words(reply: Reply) -> str:
    try:
        return f"{reply.status.value}: {str(read_canonical_object(reply.body).get('words'))[:300]}"
    except CanonicalError:
        return reply.status.value
