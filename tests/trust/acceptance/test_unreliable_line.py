"""Two parties over a line that drops, repeats and reorders, with keys that rotate and end, beside a plain model."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from skyaccord.trust.acceptance.outcome import Accepted, Known, Outcome, Refused
from skyaccord.trust.acceptance.refold import refold
from skyaccord.trust.acceptance.review import review
from skyaccord.trust.acceptance.standing import Standing
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.keys.revocation import Because, Revocation
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.succession import name_successor
from skyaccord.trust.reasons import Reason
from tests.trust.cast import MEMORANDUM, NOW_S, PLAIN, Note, Side, agreement, certificate, key

PARTIES = ("blue", "green")
OTHER = {"blue": "green", "green": "blue"}


@dataclass
class Model:
    """What one party has said, in order, and how much of it the other has."""

    duty: int = 0  # the number of its duty key; those before it are revoked
    root: int = 0
    has_duty: bool = True
    said: list[Parcel] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)  # by which key
    certified: dict[str, int] = field(default_factory=lambda: {"root": 1})  # by which number
    revoked: dict[str, int] = field(default_factory=dict)  # by name of the key, the number that revoked it
    arrived: int = 0
    acknowledged: set[int] = field(default_factory=set)


def name(word: str, number: int) -> str:
    return word if number == 0 else f"{word} {number}"


class UnreliableLine(RuleBasedStateMachine):
    """Every outcome is what the plain model says; what arrived is a beginning of what was said."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = self.latest_s = NOW_S
        self.sides = {party: Side(party) for party in PARTIES}
        self.models = {party: Model() for party in PARTIES}
        self.line: list[tuple[str, int]] = []  # sender and number

    def say(self, sender: str, body: bytes, by: str, kind: str = "talk.note", certifies: str = "") -> None:
        self.now_s += 1.0
        model = self.models[sender]
        model.said.append(self.sides[sender].say(body, OTHER[sender], by, self.now_s, kind))
        model.signed.append(by)
        model.certified.setdefault(certifies or by, len(model.said))
        self.line.append((sender, len(model.said)))

    @initialize(is_quiet=st.booleans())
    def introduce(self, is_quiet: bool) -> None:
        for party in PARTIES:
            for role in (Role.ROOT, Role.DUTY, Role.NODE):
                body = certificate(f"{party} {role.value}", role).body()
                self.say(party, body, "root", "key.certificate", certifies=role.value)
        while is_quiet and self.line:
            sender, number = self.line.pop(0)
            self.arrive(sender, number)

    @rule(sender=st.sampled_from(PARTIES), text=st.text(max_size=20))
    def note(self, sender: str, text: str) -> None:
        model = self.models[sender]
        if model.has_duty:
            self.say(sender, Note(text).body(), name("duty", model.duty))

    @rule(sender=st.sampled_from(PARTIES))
    def rotate_duty(self, sender: str) -> None:
        model = self.models[sender]
        model.duty += 1
        model.has_duty = True
        body = certificate(f"{sender} {name('duty', model.duty)}", Role.DUTY).body()
        self.say(sender, body, name("root", model.root), "key.certificate", certifies=name("duty", model.duty))

    @rule(sender=st.sampled_from(PARTIES), by_itself=st.booleans())
    def revoke_duty(self, sender: str, by_itself: bool) -> None:
        model = self.models[sender]
        if model.has_duty:
            duty = name("duty", model.duty)
            body = Revocation(key(f"{sender} {duty}").fingerprint, Because.EXPOSED).body()
            self.say(sender, body, duty if by_itself else name("root", model.root), "key.revocation")
            model.has_duty = False
            model.revoked[duty] = len(model.said)

    @rule(sender=st.sampled_from(PARTIES))
    def rotate_root(self, sender: str) -> None:
        model = self.models[sender]
        old, new = name("root", model.root), name("root", model.root + 1)
        body = name_successor(sender, key(f"{sender} {old}").fingerprint, key(f"{sender} {new}")).body()
        self.say(sender, body, old, "root.successor", certifies=new)
        model.root += 1

    @precondition(lambda self: self.line)
    @rule(data=st.data(), stays=st.booleans())
    def deliver(self, data: st.DataObject, stays: bool) -> None:
        place = data.draw(st.integers(0, len(self.line) - 1))
        sender, number = self.line[place] if stays else self.line.pop(place)
        self.arrive(sender, number)

    def arrive(self, sender: str, number: int) -> None:
        model = self.models[sender]
        outcome = self.sides[OTHER[sender]].receive(model.said[number - 1], self.now_s)
        assert (type(outcome), reason(outcome)) == self.expected(model, number)
        model.arrived = max(model.arrived, number if isinstance(outcome, Accepted) else 0)

    def expected(self, model: Model, number: int) -> tuple[type, Reason | None]:
        if number <= model.arrived:
            return Known, None
        if number == model.arrived + 1:
            return Accepted, None
        is_key_known = model.certified[model.signed[number - 1]] <= model.arrived
        return Refused, Reason.GAP if is_key_known else Reason.UNKNOWN_KEY

    @precondition(lambda self: self.line)
    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        self.line.pop(data.draw(st.integers(0, len(self.line) - 1)))

    @rule(back_s=st.floats(0.0, 50.0))
    def set_the_clock(self, back_s: float) -> None:
        """Both clocks are put back, by less than what an envelope may lie ahead; time in a stream does not run back."""
        self.latest_s = max(self.latest_s, self.now_s)
        self.now_s = self.latest_s - back_s

    @rule(sender=st.sampled_from(PARTIES))
    def send_again(self, sender: str) -> None:
        model = self.models[sender]
        self.line += [(sender, number) for number in range(model.arrived + 1, len(model.said) + 1)]

    @precondition(lambda self: any(model.revoked for model in self.models.values()))
    @rule(sender=st.sampled_from(PARTIES), data=st.data())
    def forge_with_a_revoked_key(self, sender: str, data: st.DataObject) -> None:
        """Whoever found the key signs what comes next; once the revocation has arrived it is of no use."""
        model = self.models[sender]
        known = sorted(duty for duty, number in model.revoked.items() if number <= model.arrived)
        if known:
            thief = key(f"{sender} {data.draw(st.sampled_from(known))}")
            message = Message(MEMORANDUM, sender, OTHER[sender], "talk.note", 1, Note("forged").body())
            number = model.arrived + data.draw(st.integers(1, 3))
            outcome = self.sides[OTHER[sender]].receive(seal(message, thief, number, NOW_S - 1e6), self.now_s)
            assert reason(outcome) is Reason.KEY_REVOKED

    @rule(sender=st.sampled_from(PARTIES))
    def say_with_a_revoked_key(self, sender: str) -> None:
        model = self.models[sender]
        for duty in model.revoked:
            message = Message(MEMORANDUM, sender, OTHER[sender], "talk.note", 1, Note("too late").body())
            outcome = self.sides[sender].desk.send(message, key(f"{sender} {duty}"), self.now_s)
            assert isinstance(outcome, Refused)
            assert outcome.reason is Reason.KEY_REVOKED

    @rule(sender=st.sampled_from(PARTIES), data=st.data(), times=st.integers(0, 2))
    def acknowledge(self, sender: str, data: st.DataObject, times: int) -> None:
        """The other gives a receipt, which arrives not at all, once or twice; each may show a later head."""
        model, other = self.models[sender], self.sides[OTHER[sender]]
        if model.arrived < 1 or self.models[OTHER[sender]].arrived < 3:  # its node key is the third that it says
            return
        number = data.draw(st.integers(1, model.arrived))
        place = other.standing.stream((sender, OTHER[sender])).place_of(number)
        assert place is not None
        for _ in range(times):
            outcome = self.sides[sender].receive(other.receipt(place, self.now_s), self.now_s)
            assert type(outcome) is (Known if number in model.acknowledged else Accepted), outcome
            model.acknowledged.add(number)

    @invariant()
    def what_arrived_is_a_beginning_of_what_was_said(self) -> None:
        for sender in PARTIES:
            model, side = self.models[sender], self.sides[OTHER[sender]]
            places = side.standing.stream((sender, OTHER[sender])).places
            log = side.log
            assert [log[place] for place in places] == model.said[: model.arrived]
            own = self.sides[sender].standing
            told = [own.receipt_of((sender, OTHER[sender]), n) for n in range(1, len(model.said) + 1)]
            assert {n for n, receipt in enumerate(told, 1) if receipt} == model.acknowledged
            assert all(receipt is None or receipt[1] == places[n] for n, receipt in enumerate(told))

    @rule(party=st.sampled_from(PARTIES))
    def open_again(self, party: str) -> None:
        """All that is judged by is in the log."""
        side = self.sides[party]
        again = Standing(party, [agreement(*PARTIES)], PLAIN)
        refold(again, side.journal)
        assert again.digest() == side.standing.digest()

    def teardown(self) -> None:
        for side in self.sides.values():
            self.open_again(side.name)
            assert review(side.log, side.name, [agreement(*PARTIES)], PLAIN) == []


def reason(outcome: Outcome) -> Reason | None:
    return outcome.reason if isinstance(outcome, Refused) else None


TestUnreliableLine = UnreliableLine.TestCase
TestUnreliableLine.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
