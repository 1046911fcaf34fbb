"""The room of the ground line in a running node: says what people want said, keeps the book, tells who must know."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import TimeoutError as NotInTime
from contextlib import suppress
from functools import partial
from typing import Any, Final

from skyaccord.errors import JournalError, MemberError, NodeError, StoreError
from skyaccord.hotline.bodies.declaration import Declaration
from skyaccord.hotline.book.entry import Entry, name_envelope
from skyaccord.hotline.kinds import encode, find_kind
from skyaccord.memorandum.communications import Precedence
from skyaccord.model.canonical_json import canonical
from skyaccord.node.desk.jobs import Noted
from skyaccord.node.hotline.events import Events, Happened
from skyaccord.node.hotline.folding import SOME, Said, read_entries
from skyaccord.node.hotline.ladder import Ladder
from skyaccord.node.hotline.obstacles import find_obstacle
from skyaccord.node.hotline.office import Office
from skyaccord.node.hotline.outcome import NotSaid
from skyaccord.node.hotline.shelf import Shelf
from skyaccord.node.hotline.writing import Draft, write_body
from skyaccord.node.party_line import PartyLine
from skyaccord.node.people.audit import Actor, write_down
from skyaccord.node.store.store import Store
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message

TICK_S: Final = 0.25
"""How often it is looked who must be told: well below a second of the shortest time there is, 60 s."""

SAY_S: Final = 15.0
"""The longest that storing a message may take before who says it is told so."""

FOLD_S: Final = 5.0
DECLARED_EVERY_S: Final = 10.0
"""How soon a declaration with a later beginning is seen to have begun."""

LOOK_EVERY_S: Final = 2.0
"""How soon it is seen that the log goes on under another name."""

URGENT: Final = frozenset({Precedence.EMERGENCY, Precedence.FLASH})
"""What does not wait for the courier's pause."""

_DISK: Final = "Make room on the disk; until then use the telephone and minute the call afterwards"


class Room:
    """Used from any thread."""

    def __init__(self, office: Office, line: PartyLine, store: Store, clock: Callable[[], float]) -> None:
        self.office = office
        self.line = line
        self.events = Events()
        self.shelf = Shelf(office.plan(), line.times, self.events)
        self.clock = clock
        self._store = store
        self._ladder = Ladder(store, self.events)
        self._noted: queue.SimpleQueue[tuple[Sequence[int], float] | None] = queue.SimpleQueue()
        self._line_states: dict[str, list[str]] = {}
        self._declared_at_s: float | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._origin = ""
        self._folded = 0  # entries of the log that are in the book
        self._looked_at_s = 0.0
        self._thread = threading.Thread(target=self._run, name="hotline", daemon=True)

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Read the log and begin to work; called when the line works.

        Args:
            loop: that the line is used from.
        """
        self._loop = loop
        self.line.desk.when_noted(self._note)
        self._fold_all()
        self._thread.start()

    def _fold_all(self) -> None:
        """Read the whole log, without telling of it."""
        self._origin, size = self._head()
        self._folded = 0
        for first in range(0, size, SOME):
            self._fold(range(first, min(first + SOME, size)), self.clock(), is_new=False)

    def _head(self) -> tuple[str, int]:
        return self.line.desk.ask(lambda desk: (desk.log.journal.origin, desk.log.size)).result(SAY_S)

    def close(self) -> None:
        """End; what was not looked at yet is read from the log by the next start."""
        self._noted.put(None)
        self._thread.join(FOLD_S)

    def entry(self, name: str) -> Entry | None:
        """Return a message by its name, or by a beginning of it (6 digits or more) that no other has."""
        digits = name.removeprefix("sha256:").lower()
        if len(digits) < 6:
            return None
        with self.shelf.reading() as book:
            found = [entry for entry in book if entry.envelope.removeprefix("sha256:").startswith(digits)]
        return found[0] if len(found) == 1 else None

    def say(self, draft: Draft, answers: str | None, actor: Actor) -> Sequence[Entry] | NotSaid:
        """Say something to each of its addressees; durable and in the book when this returns.

        Args:
            draft: what is said; its authority is the duty whose key signs.
            answers: the name of the message that it refers to.
            actor: who says it, for the audit.
        """
        target = self.entry(answers) if answers is not None else None
        if answers is not None and target is None:
            cure = "Look it up: hotline inbox, or GET /hotline/messages"
            return NotSaid("answers", f"there is no one message {answers[:24]!r}", cure, is_unknown=True)
        try:
            body = write_body(draft, target, actor.now_s)
            content = canonical(encode(body))
        except MemberError as error:
            return NotSaid(f"content {error.member}", error.problem, f"Expected {error.expected}")
        wrong = find_obstacle(self.office, self.shelf.plan, draft, target)
        if wrong is not None:
            return wrong
        kind = find_kind(body)
        said: list[Entry] = []
        for recipient in draft.to:
            with_whom = recipient if recipient != self.office.me else next(iter(self.office.memoranda))
            message = Message(
                self.office.memoranda[with_whom].hash, self.office.me, recipient, kind.name, kind.newest, content
            )
            outcome = self._say(message, draft, actor)
            if isinstance(outcome, NotSaid):
                return outcome
            said.append(outcome)
        return said

    def _say(self, message: Message, draft: Draft, actor: Actor) -> Entry | NotSaid:
        is_urgent = Precedence(draft.precedence) in URGENT
        key = self.office.keys.duties[draft.authority]
        try:
            parcel = self._on_the_line(self.line.say(message, key, is_urgent=is_urgent))
        except (JournalError, NotInTime) as error:
            return NotSaid("the log", f"it cannot be stored: {error}", _DISK, is_passing=True)
        except NodeError as error:
            return NotSaid(error.place, error.problem, error.cure, is_passing=True)
        if isinstance(parcel, Refused):
            cure = "Nothing was said. Let the administrators look at the party's keys and memorandum"
            return NotSaid("the log", parcel.words, cure)
        name = name_envelope(parcel.leaf)
        deed = f"hotline.{draft.kind}"
        write_down(self._store, actor, deed, f"{draft.authority} to {message.recipient}: {name[:23]}")
        entry = self.shelf.wait_for(name, FOLD_S)
        if entry is None:
            return NotSaid(
                "the book", "it was said, and is not in the book yet", "Read the inbox again", is_passing=True
            )
        return entry

    def _on_the_line(self, said: Coroutine[Any, Any, Parcel | Refused]) -> Parcel | Refused:
        if self._loop is None:
            said.close()
            raise JournalError("the line", "it is not at work yet", "Wait until the node has started")
        return asyncio.run_coroutine_threadsafe(said, self._loop).result(SAY_S)

    def _note(self, noted: Sequence[Noted]) -> None:
        """Take, in the desk's thread, what has become durable."""
        self._noted.put(([each.index for each in noted], self.clock()))

    def _run(self) -> None:
        while True:
            with suppress(queue.Empty):
                noted = self._noted.get(timeout=TICK_S)
                if noted is None:
                    return
                self._work(partial(self._fold, *noted))
            self._work(lambda: self._tick(self.clock()))

    def _work(self, work: Callable[[], None]) -> None:
        """Go on where the store or the journal fails: what was not told is told later."""
        with suppress(JournalError, StoreError, NotInTime):
            work()

    def _fold(self, indexes: Sequence[int], at_s: float, *, is_new: bool = True) -> None:
        """Take entries into the book, and those before them that nobody told of."""
        if indexes[0] > self._folded:
            indexes = range(self._folded, indexes[-1] + 1)
        self._folded = max(self._folded, indexes[-1] + 1)
        read = self.line.desk.ask(lambda desk: read_entries(desk, indexes)).result(SAY_S)
        self.shelf.take(read, at_s, is_new=is_new)
        if any(isinstance(each, Said) and isinstance(each.body, Declaration) for each in read):
            self._declared_at_s = None

    def _tick(self, now_s: float) -> None:
        with self.shelf.reading() as book:
            self._ladder.climb(book, now_s)
        if self._declared_at_s is None or abs(now_s - self._declared_at_s) >= DECLARED_EVERY_S:
            self._look_who_suspended(now_s)
        for peer in self.line.watches:
            self._note_line(peer)
        if abs(now_s - self._looked_at_s) >= LOOK_EVERY_S:
            self._looked_at_s = now_s
            with self.shelf.reading() as book:
                self._ladder.remind_of_checks(book, now_s)
            origin, size = self._head()
            if origin == self._origin and size > self._folded and self._noted.empty():  # a copy was put back
                self._fold(range(self._folded, size), now_s)
            if origin != self._origin:  # restored from an old copy: what was withdrawn is in the book no more
                self.shelf.empty()
                self._fold_all()
                self.events.add(Happened.MISSED, {})

    def _look_who_suspended(self, now_s: float) -> None:
        self._declared_at_s = now_s
        for peer, is_suspended in self.shelf.suspended(now_s).items():
            if self.line.knows(peer):
                self.line.watches[peer].is_suspended = is_suspended

    def _note_line(self, peer: str) -> None:
        holding = self.line.states(peer)
        states = [each.state.value for each in holding]
        if self._line_states.get(peer) != states:
            self._line_states[peer] = states
            words = "; ".join(each.words for each in holding)
            self.events.add(Happened.LINE, {"party": peer, "states": states, "words": {"en": words}})
