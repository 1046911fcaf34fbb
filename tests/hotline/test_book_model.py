"""The book against a plain model: messages late, twice, out of order, receipts before and after, and odd answers.

The model keeps a list and looks through all of it for each question; it shares no code with the book but the messages.
"""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.clock import State
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.book.inbox import list_pending
from skyaccord.hotline.book.shift import list_open
from skyaccord.hotline.book.threads import list_threads
from tests.hotline.talk import NOON, PLAN, Talk

LIMITS = {"emergency": 60.0, "flash": 120.0, "immediate": 600.0, "priority": 3600.0, "routine": 21600.0}
SETTLED_BY_ANY = {
    *("notice", "counter_notice", "reply", "emergency", "differing_minute", "withdrawal", "correction", "declaration"),
}
ANSWERS = {
    "notice": {"counter_notice", "reply"},
    "counter_notice": {"counter_notice", "reply"},
    "query": {"reply"},
    "reply": {"reply"},
    "protest": {"reply", "protest"},
    "check": {"check_answer"},
    "emergency": {"reply", "emergency"},
    "minute": {"countersignature", "differing_minute"},
    "differing_minute": {"reply"},
    "withdrawal": {"reply"},
    "correction": {"reply", "counter_notice"},
    "declaration": {"reply", "declaration"},
}
ROUTES = ("blue>green", "green>blue", "blue>red", "red>blue", "green>red", "grey>blue")
ALONE = ("notice", "query", "protest", "check", "emergency", "minute", "declaration")
TO_ANOTHER = (
    *("acknowledgement", "acknowledgement", "reply", "counter_notice", "check_answer", "countersignature"),
    *("differing_minute", "withdrawal", "correction", "notice", "emergency", "protest"),
)


def short(entry: Entry) -> str:
    return entry.kind.name.removeprefix("hotline.")


def counts(entry: Entry) -> bool:
    return "blue" in (entry.sender, entry.recipient) and "grey" not in (entry.sender, entry.recipient)


class PlainBook:
    """All that came, as a list."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.receipts: list[tuple[str, float]] = []

    def all(self) -> list[Entry]:
        once = {entry.envelope: entry for entry in self.entries if counts(entry)}
        return [replace(entry, received_s=self.received_s(entry)) for entry in once.values()]

    def received_s(self, entry: Entry) -> float | None:
        times = [t for envelope, t in self.receipts if envelope == entry.envelope]
        times += [e.received_s for e in self.entries if e.envelope == entry.envelope and e.received_s is not None]
        return min(times, default=None)

    def look(self, entry: Entry, among: list[Entry]) -> tuple[Entry | None, Entry | None, Entry | None]:
        """Return what stops its clock, what answers it and what replaces it."""
        stops, answers, replaces = [], [], []
        for other in among:
            reference = other.body.heading.answers
            if reference is None or reference.envelope != entry.envelope:
                continue
            kind = short(other)
            if kind in ("withdrawal", "correction"):
                if (other.sender, other.recipient) == (entry.sender, entry.recipient):
                    replaces.append(other)
                continue
            if (other.recipient, other.sender) != (entry.sender, entry.recipient):
                continue
            if short(entry) == "check" and kind == "check_answer" and other.body.challenge != entry.body.challenge:
                continue
            is_answer = kind in ANSWERS.get(short(entry), ())
            if is_answer:
                answers.append(other)
            if is_answer or short(entry) not in ("check", "minute"):
                stops.append(other)
        first = [min(each, key=lambda e: (e.sent_s, e.envelope), default=None) for each in (stops, answers, replaces)]
        return first[0], first[1], first[2]

    def is_settled(self, entry: Entry, among: list[Entry]) -> bool:
        stop, answer, replaced = self.look(entry, among)
        kind = short(entry)
        return (
            kind not in ANSWERS
            or replaced is not None
            or answer is not None
            or (kind in SETTLED_BY_ANY and stop is not None)
        )


class Line(RuleBasedStateMachine):
    """Blue's book, fed with whatever comes."""

    sent = Bundle("sent")

    def __init__(self) -> None:
        super().__init__()
        self.talk = Talk()
        self.book = Book(PLAN)
        self.model = PlainBook()

    def take(self, entry: Entry) -> None:
        before = len(self.model.all())
        is_new = self.book.add(entry)
        self.model.entries.append(entry)
        assert is_new == (len(self.model.all()) > before)

    @rule(
        target=sent,
        route=st.sampled_from(ROUTES),
        kind=st.sampled_from(ALONE),
        precedence=st.sampled_from(list(LIMITS)),
        at_s=st.integers(0, 500),
        delay_s=st.sampled_from([None, 0.0, 3.0, 70.0]),
        is_taken=st.booleans(),
    )
    def begin(self, route: str, kind: str, precedence: str, at_s: int, delay_s: float | None, is_taken: bool) -> Entry:
        precedence = "emergency" if kind == "emergency" else precedence
        entry = self.talk.say(route, kind, at_s, delay_s=delay_s, heading__precedence=precedence)
        if is_taken:
            self.take(entry)
        return entry

    @rule(
        target=sent,
        to=sent,
        kind=st.sampled_from(TO_ANOTHER),
        after_s=st.integers(-50, 5000),
        delay_s=st.sampled_from([None, 0.0, 3.0]),
        turn=st.integers(0, 9),
        is_taken=st.booleans(),
        challenge=st.sampled_from(["K7Q2", "K7Q2", "AAAA"]),
    )
    def go_on(
        self, to: Entry, kind: str, after_s: int, delay_s: float | None, turn: int, is_taken: bool, challenge: str
    ) -> Entry:
        back, forth = f"{to.recipient}>{to.sender}", f"{to.sender}>{to.recipient}"
        route = forth if (kind in ("withdrawal", "correction")) == (turn < 8) else back
        route = "red>blue" if turn == 9 else route
        changes = {"challenge": challenge} if kind == "check_answer" else {}
        entry = self.talk.say(route, kind, to.sent_s - NOON + after_s, to=to, delay_s=delay_s, **changes)
        if is_taken:
            self.take(entry)
        return entry

    @rule(entry=sent)
    def arrive(self, entry: Entry) -> None:
        """A message that was held back comes now, or one comes again."""
        self.take(entry)

    @rule(target=sent, entry=sent, at_s=st.integers(0, 900))
    def receive(self, entry: Entry, at_s: int) -> object:
        self.book.deliver(entry.envelope, NOON + at_s)
        self.model.receipts.append((entry.envelope, NOON + at_s))
        return multiple()

    @invariant()
    def states_are_those_of_the_model(self) -> None:
        among = self.model.all()
        assert list(self.book) == sorted(among, key=lambda e: (e.sent_s, e.envelope))
        for entry in among:
            clock = self.book.clock(entry.envelope)
            stop, answer, replaced = self.model.look(entry, among)
            if short(entry) in ANSWERS:
                assert (clock.stopped_by, clock.answered_by, clock.replaced_by) == (stop, answer, replaced)
            assert clock.is_settled == self.model.is_settled(entry, among)
            assert (clock.state is State.NOTED) == (short(entry) not in ANSWERS and replaced is None)

    @invariant()
    def pending_is_what_is_not_settled_most_urgent_first(self) -> None:
        among = self.model.all()
        expected = {entry.envelope for entry in among if not self.model.is_settled(entry, among)}
        now_s = NOON + 700
        pending = list_pending(self.book, now_s)
        assert {each.clock.entry.envelope for each in pending} == expected
        ranks = [
            (self.model.look(each.clock.entry, among)[0] is not None, list(LIMITS).index(precedence))
            for each in pending
            for precedence in [each.clock.entry.body.heading.precedence.value]
        ]
        assert ranks == sorted(ranks)
        for each in pending:
            entry, limit_s = each.clock.entry, LIMITS[each.clock.entry.body.heading.precedence.value]
            is_running = self.model.look(entry, among)[0] is None
            is_late = is_running and entry.received_s is not None and now_s > entry.received_s + limit_s
            assert each.is_late == is_late
            assert (each.clock.late_by_s(now_s) > 0) >= is_late

    @invariant()
    def what_was_open_is_what_was_known_then(self) -> None:
        as_of_s = NOON + 400

        def known_s(entry: Entry) -> float:
            return entry.sent_s if entry.sender == "blue" or entry.received_s is None else entry.received_s

        then = [entry for entry in self.model.all() if known_s(entry) <= as_of_s]
        expected = {entry.envelope for entry in then if not self.model.is_settled(entry, then)}
        assert set(list_open(self.book, as_of_s)) == expected

    @invariant()
    def every_message_is_in_one_thread_with_what_it_refers_to(self) -> None:
        place = {entry.envelope: k for k, thread in enumerate(list_threads(self.book)) for entry in thread.entries}
        among = self.model.all()
        assert sorted(place) == sorted(entry.envelope for entry in among)
        for entry in among:
            reference = entry.body.heading.answers
            if reference is not None and reference.envelope in place:
                assert place[reference.envelope] == place[entry.envelope]

    @invariant()
    def the_order_of_arrival_does_not_show(self) -> None:
        entries = self.model.entries[:]
        random.Random(len(entries)).shuffle(entries)  # noqa: S311 - reproducible, not secret
        again = Book(PLAN)
        for envelope, t_s in reversed(self.model.receipts):
            again.deliver(envelope, t_s)
        for entry in entries:
            again.add(entry)
        assert list_pending(again, NOON + 700) == list_pending(self.book, NOON + 700)
        assert list_threads(again) == list_threads(self.book)


TestLine = Line.TestCase
TestLine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
