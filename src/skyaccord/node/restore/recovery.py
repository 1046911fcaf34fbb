"""What a node does that was restored from an old copy: it stops signing, fetches what it had said, and says so.

1. On meeting a peer it is looked whether the peer holds a checkpoint or envelopes of one's own that are not in the log
   (`restore.loss`). Only one's own signature is believed.
2. From then on nothing is sent, acknowledged or taken from people, until what the peer holds has been fetched: one's
   own envelopes, so that no number is used for other content, and the peer's.
3. The log goes on under a new name (`restore.refound`): under the old one its checkpoints would contradict those given
   away. The first new entry, to oneself, and the next envelope to each peer say so and name the last checkpoint known.
4. A peer that was not met since is told nothing before it has been asked what it holds.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.node.delivery.calls import Calls
from skyaccord.node.desk.desk import Desk
from skyaccord.node.desk.journal_files import JournalFiles
from skyaccord.node.line.entries import EntriesRequest, read_stream_part
from skyaccord.node.line.head import LogHead
from skyaccord.node.line.lines import MOST_ITEMS
from skyaccord.node.line.questions import Tally
from skyaccord.node.line.transport import Failure, LineError
from skyaccord.node.restore.loss import Loss, find_loss
from skyaccord.node.restore.refound import Conflict, carry_over, find_conflict, find_contradicted
from skyaccord.node.restore.statement import find_lost_statement, is_declared, last_statement
from skyaccord.trust.acceptance.case import Direction
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.judge import judge
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes import refounding
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.origin import first_origin, following_origin
from skyaccord.trust.reasons import Reason

_ONLY_OUT_OF_ORDER: Final = frozenset({Reason.GAP, Reason.EQUIVOCATION, Reason.TIME_RUNS_BACK, Reason.DOWNGRADED})
"""Why an envelope that this party did sign is not the next: its signature was found right before."""

Reopen = Callable[[Journal], Correspondence]


class Recovery:
    """Recovers one party's log; shared by the couriers of all its peers."""

    def __init__(
        self,
        me: str,
        desk: Desk,
        files: JournalFiles,
        reopen: Reopen,
        key: SigningKey,
        now: Callable[[], float],
        *,
        is_first: bool,
    ) -> None:
        self.looked: set[str] = set()
        """Peers that were asked, since the node was begun, what they hold."""
        self.unmet: set[str] = set()
        """Peers that must be met before anything is signed: after a restoration that is known of, all."""
        self.is_first = is_first
        """Whether the log has the name it began with: nothing was ever lost."""
        self.withdrawn = 0
        """Envelopes that were signed and withdrawn, since their numbers had been used before: to be said again."""
        self.when_met: Callable[[], None] = _do_nothing
        """Called when the last of them was met: what was said is known, and the mark of the folder may go."""
        self._me = me
        self._desk = desk
        self._files = files
        self._reopen = reopen
        self._key = key
        self._now = now
        self._lock = asyncio.Lock()
        self._pending: dict[str, bool] = {}

    def holds_up(self, peer: str) -> bool:
        """Return whether nothing may be said to or acknowledged for a peer: something is to be recovered first.

        What is proven by one's own signature holds up everything. What a peer merely claims holds up that peer.
        """
        return bool(self.unmet) or peer in self._pending or any(self._pending.values())

    async def why_not_say(self, peer: str) -> str | None:
        """Return in words why nothing can be said to a peer now."""
        if self.holds_up(peer):
            return "this node was restored from an old copy and first learns what it had said"
        if peer != self._me and not await self.has_said(peer):
            return f"this node was restored from an old copy; what it said to {peer} is not known until it is reached"
        return None

    async def has_said(self, peer: str) -> bool:
        """Return whether a peer knows, or need not know, under which name the log goes on."""
        return self.is_first or await asyncio.wrap_future(self._desk.ask(lambda desk: is_declared(desk, peer)))

    async def meet(self, peer: str, head: LogHead, stands: Tally, calls: Calls) -> bool:
        """Look whether a peer holds what was lost, and recover it; return whether anything was changed.

        Raises:
            LineError: the peer was lost meanwhile, or gives what does not belong to this party's log.
        """
        async with self._lock:
            loss, is_same = await asyncio.wrap_future(self._desk.ask(lambda desk: self._compare(desk, peer, head)))
            is_changed = loss is not None or not is_same or not await self.has_said(peer)
            if is_changed:
                self._pending[peer] = loss is not None
                await self._recover(peer, head, stands, loss, calls)
                del self._pending[peer]
            self.looked.add(peer)
            if self.unmet:
                self.unmet.discard(peer)
                if not self.unmet:
                    self.when_met()
            return is_changed

    async def _recover(self, peer: str, head: LogHead, stands: Tally, loss: Loss | None, calls: Calls) -> None:
        theirs = await self._fetch_own(peer, stands.first_open, head.expects, calls)
        await asyncio.wrap_future(self._desk.replace(lambda desk: self._mend(desk, peer, theirs, head.holds, loss)))

    async def _fetch_own(self, peer: str, first: int, expects: int, calls: Calls) -> list[Parcel]:
        """Return one's own envelopes from a number on, as the peer holds them; they are judged when they are taken."""
        found: list[Parcel] = []
        while first + len(found) < expects:
            request = EntriesRequest(self._me, first + len(found), MOST_ITEMS)
            part = await calls.ask_plainly("entries", request.packed(), read_stream_part)
            found += [each for each in part.parcels if isinstance(each, Parcel)]
            if not part.parcels or any(isinstance(each, Refused) for each in part.parcels):
                words = f"it expects number {expects} and does not give all before it"
                raise LineError(peer, Failure.NOT_UNDERSTOOD, words)
        return found

    def _compare(self, desk: Correspondence, peer: str, head: LogHead) -> tuple[Loss | None, bool]:
        """Return what a peer's head shows to be lost, and whether the peer knows the same of this log as it says.

        It does where the last envelope that it heard is the one that stands here under that number, and the name by
        which it knows this log is one that it has, or had.
        """
        own, names = desk.log.journal.origin, desk.standing.names
        place = desk.standing.stream((self._me, peer)).place_of(head.expects - 1)
        heard = b"" if place is None else hash_leaf(desk.leaf_at(place))
        is_same = heard == head.heard and head.known_as in {"", own, first_origin(own), *names}
        return (find_loss(desk.log, head.holds, self._key.public, names) if head.holds else None), is_same

    def _mend(
        self, desk: Correspondence, peer: str, theirs: list[Parcel], held: bytes | None, loss: Loss | None
    ) -> Correspondence:
        """Return the correspondence with what the peer holds of one's own, under another name where that must be."""
        for parcel in theirs:
            self._check(desk, peer, parcel)
        loss = loss or find_lost_statement(desk, theirs)
        conflict = find_conflict(desk.log.journal, self._me, peer, theirs)
        if loss is not None or conflict is not None:
            return self._refound(desk, peer, theirs, held, conflict, loss or find_contradicted(desk.log, conflict))
        self._take_back(desk, peer, theirs, held)
        return desk

    def _check(self, desk: Correspondence, peer: str, parcel: Parcel) -> None:
        """Refuse what a peer gives as this party's and this party has not signed, or cannot be sure of."""
        found = judge(parcel, desk.standing, desk.leaf_at, self._now(), Direction.OWN)
        if isinstance(found, Refused) and found.reason not in _ONLY_OUT_OF_ORDER:
            words = f"what it gives as said by {self._me} is not believed: {found.words}"
            raise LineError(peer, Failure.NOT_UNDERSTOOD, words)

    def _refound(
        self,
        desk: Correspondence,
        peer: str,
        theirs: list[Parcel],
        held: bytes | None,
        conflict: Conflict | None,
        loss: Loss | None,
    ) -> Correspondence:
        """Return the correspondence over the log that follows; made whole before it is put in place."""
        old = desk.log.journal
        origin = following_origin(old.origin, secrets.token_hex(4)) if loss else old.origin
        following = self._files.begin_next(origin)
        try:
            withdrawn = carry_over(old, following, self._me, peer, conflict, self._now())
            new = self._reopen(following)
            if loss:
                kept = conflict.index if conflict else old.frontier.size
                self._say(new, self._me, refounding.Refounding(loss.note, kept, origin))
            self._take_back(new, peer, theirs, held)
        except BaseException:
            following.close()
            raise
        self.withdrawn += withdrawn
        self.is_first = self.is_first and loss is None
        return self._reopen(self._files.put_in_place(following, old))

    def _take_back(self, desk: Correspondence, peer: str, theirs: list[Parcel], held: bytes | None) -> None:
        """Append one's own envelopes that were lost, in their order, and say to the peer that the log goes on."""
        for parcel in theirs:
            outcome = desk.admit(parcel, self._now(), Direction.OWN)
            if isinstance(outcome, Refused):
                desk.abandon()
                words = f"what it gives as said by {self._me} cannot be taken: {outcome.words}"
                raise LineError(peer, Failure.NOT_UNDERSTOOD, words)
        desk.commit()
        if not is_declared(desk, peer):
            said = last_statement(desk)
            self._say(desk, peer, replace(said, checkpoint=held or said.checkpoint))

    def _say(self, desk: Correspondence, recipient: str, said: refounding.Refounding) -> None:
        memorandum = next(hash_ for hash_, each in desk.standing.agreements.items() if recipient in each.roots)
        message = Message(memorandum, self._me, recipient, refounding.KIND, refounding.VERSION, said.body())
        outcome = desk.send(message, self._key, self._now())
        if isinstance(outcome, Refused):
            raise JournalError("the log", f"that it goes on cannot be said: {outcome.words}", "Ask the administrators")


def _do_nothing() -> None:
    pass
