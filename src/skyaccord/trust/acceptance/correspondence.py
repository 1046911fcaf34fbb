"""A party's correspondence: what it sends and receives, each entry durable before anything is said about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skyaccord.errors import TrustError
from skyaccord.model.instants import from_seconds
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.case import Direction
from skyaccord.trust.acceptance.judge import judge
from skyaccord.trust.acceptance.outcome import Accepted, Known, Outcome, Refused
from skyaccord.trust.acceptance.refold import refold
from skyaccord.trust.acceptance.standing import Admitted, Standing
from skyaccord.trust.envelopes import receipt as receipts
from skyaccord.trust.envelopes.envelope import read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.journals.entry import Body, Entry
from skyaccord.trust.journals.refusals import Evidence, Refusal
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.kinds import Kinds
from skyaccord.trust.log import Log
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.reasons import Reason


class Correspondence:
    """One party, its log, and what the log says so far."""

    def __init__(self, log: Log, me: str, agreements: Iterable[Agreement], kinds: Kinds) -> None:
        self.log = log
        self._agreements = tuple(agreements)
        self._pending: list[Entry] = []
        self.standing = Standing(me, self._agreements, kinds)
        refold(self.standing, log.journal)

    def receive(self, arrivals: Sequence[Parcel | Refused], now_s: float) -> list[Outcome]:
        """Judge what arrived in its order; return the outcomes once all that is accepted is durable.

        A refusal is recorded, with its evidence where it convicts the sender, and changes nothing else. What comes as
        `Refused` could not be unpacked, and is recorded likewise.

        Raises:
            JournalError: the journal failed. Nothing was promised; the standing is that of what is durable.
        """
        found = [self._take(each, now_s, Direction.INCOMING) for each in arrivals]
        self._store()
        for arrival, outcome in zip(arrivals, found, strict=True):
            self._record(arrival, outcome, now_s)
        return found

    def send(self, message: Message, key: SigningKey, now_s: float) -> Parcel | Refused:
        """Give a message the next number of its stream, sign it, and return it once it is durable in one's own log.

        It is judged as its recipient will, so that nothing is logged that would be refused there. Time never runs back
        in a stream: where the clock was put back, the time of the envelope before is taken.
        """
        stream = self.standing.stream((message.sender, message.recipient))
        parcel = seal(message, key, stream.next_number, max(now_s, stream.last_s))
        if message.sender != self.standing.me:
            return Refused(Reason.UNKNOWN_SENDER, f"{message.sender} is not {self.standing.me}")
        outcome = self._take(parcel, now_s, Direction.OWN)
        if isinstance(outcome, Refused):
            return outcome
        self._store()
        return parcel

    def receipt(self, index: int, key: SigningKey, now_s: float) -> Parcel:
        """Return the receipt of an entry that another party sent: checkpoint durable first, then signed.

        It is not an entry of one's own log; the sender appends it to its own.
        """
        leaf = self._leaf_at(index)
        header = read_envelope(read_leaf(leaf)).header
        if header.recipient != self.standing.me or header.sender == header.recipient:
            raise TrustError(f"entry {index}", "no other party sent it", "Give receipts for what others sent")
        note = self.log.checkpoint()
        proof = self.log.prove_inclusion(index, self.log.size)
        body = receipts.Receipt(hash_leaf(leaf), index, bytes(note), proof.hashes).body()
        memorandum, version = header.memorandum, receipts.VERSION
        message = Message(memorandum, header.recipient, header.sender, receipts.KIND, version, body)
        return seal(message, key, header.sequence, now_s)

    def _take(self, arrival: Parcel | Refused, now_s: float, direction: Direction) -> Outcome:
        if isinstance(arrival, Refused):
            return arrival
        found = judge(arrival, self.standing, self._leaf_at, now_s, direction)
        if not isinstance(found, Admitted):
            return found
        self._pending.append(_entry(arrival))
        return Accepted(self.standing.note(found))

    def _store(self) -> None:
        """Make what is pending durable; where that fails, go back to what is."""
        pending, self._pending = self._pending, []
        if not pending:
            return
        try:
            self.log.append(pending)
        except BaseException:
            self.standing = Standing(self.standing.me, self._agreements, self.standing.kinds)
            refold(self.standing, self.log.journal)
            raise

    def _leaf_at(self, index: int) -> bytes:
        size = self.log.size
        return self._pending[index - size].leaf if index >= size else next(iter(self.log.journal.leaves(index, 1)))

    def _record(self, arrival: Parcel | Refused, outcome: Outcome, now_s: float) -> None:
        at, material = from_seconds(now_s), arrival.leaf if isinstance(arrival, Parcel) else b""
        if isinstance(outcome, Known):
            words = f"it stands in the log at {outcome.index}"
            self.log.journal.refuse(Refusal(at, Reason.REPLAY.value, words))
        if isinstance(outcome, Refused):
            self.log.journal.refuse(Refusal(at, outcome.reason.value, outcome.words, material))
            if outcome.evidence:
                subject = hash_leaf(outcome.evidence[0]).hex()
                self.log.journal.keep_evidence(Evidence(at, outcome.reason.value, subject, outcome.evidence))


def _entry(parcel: Parcel) -> Entry:
    if parcel.body is None or parcel.salt is None:
        raise TrustError("an envelope", "its body is missing", "Nothing is admitted without its body")
    return Entry(parcel.leaf, Body(parcel.salt, parcel.body))
