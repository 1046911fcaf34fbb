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
from skyaccord.trust.envelopes.envelope import Header, read_envelope, read_leaf
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
        found = [self.admit(each, now_s) for each in arrivals]
        self.commit()
        for arrival, outcome in zip(arrivals, found, strict=True):
            self.record(arrival, outcome, now_s)
        return found

    def send(self, message: Message, key: SigningKey, now_s: float) -> Parcel | Refused:
        """Give a message the next number of its stream, sign it, and return it once it is durable in one's own log.

        It is judged as its recipient will, so that nothing is logged that would be refused there. Time never runs back
        in a stream: where the clock was put back, the time of the envelope before is taken.
        """
        parcel = self.compose(message, key, now_s)
        if isinstance(parcel, Parcel):
            self.commit()
        return parcel

    def erase(self, indexes: Sequence[int], now_s: float) -> None:
        """Erase bodies whose time of retention is over; the entries and all proofs stay.

        Raises:
            TrustError: one is of a kind that later entries are judged by; then none is erased.
        """
        for index in indexes:
            kind = self.standing.kinds.table.get(read_envelope(read_leaf(self.leaf_at(index))).header.kind)
            if kind is not None and kind.keeps_body:
                raise TrustError(f"entry {index}", f"the body of {kind.name} stays", "Leave it out; nothing was erased")
        self.log.journal.erase(indexes, from_seconds(now_s))

    def admit(self, arrival: Parcel | Refused, now_s: float, direction: Direction = Direction.INCOMING) -> Outcome:
        """Judge what arrived; what is accepted is durable, and may be spoken of, only after `commit`."""
        if isinstance(arrival, Refused):
            return arrival
        found = judge(arrival, self.standing, self.leaf_at, now_s, direction)
        if not isinstance(found, Admitted):
            return found
        self._pending.append(_entry(arrival))
        return Accepted(self.standing.note(found))

    def compose(self, message: Message, key: SigningKey, now_s: float) -> Parcel | Refused:
        """Give a message its number and sign it, as `send` does; it may leave only after `commit`."""
        stream = self.standing.stream((message.sender, message.recipient))
        parcel = seal(message, key, stream.next_number, max(now_s, stream.last_s))
        if message.sender != self.standing.me:
            return Refused(Reason.UNKNOWN_SENDER, f"{message.sender} is not {self.standing.me}")
        outcome = self.admit(parcel, now_s, Direction.OWN)
        return outcome if isinstance(outcome, Refused) else parcel

    def commit(self) -> None:
        """Make all that was admitted and composed durable, together; where that fails, go back to what is.

        Raises:
            JournalError: the journal failed.
        """
        pending, self._pending = self._pending, []
        if not pending:
            return
        try:
            self.log.append(pending)
        except BaseException:
            self._go_back()
            raise

    def abandon(self) -> None:
        """Drop what was admitted or composed and not committed; nothing may be said of it."""
        if self._pending:
            self._pending = []
            self._go_back()

    def receipt(self, index: int, key: SigningKey, now_s: float) -> Parcel:
        """Return the receipt of an entry that another party sent: checkpoint durable first, then signed.

        It is not an entry of one's own log; the sender appends it to its own.
        """
        return self.receipts([index], key, now_s)[0]

    def receipts(self, indexes: Sequence[int], key: SigningKey, now_s: float) -> list[Parcel]:
        """Return the receipts of some entries, all under one checkpoint, which is durable first."""
        if not indexes:
            return []
        leaves = [self.leaf_at(index) for index in indexes]
        headers = [read_envelope(read_leaf(leaf)).header for leaf in leaves]
        for index, header in zip(indexes, headers, strict=True):
            if header.recipient != self.standing.me or header.sender == header.recipient:
                raise TrustError(f"entry {index}", "no other party sent it", "Give receipts for what others sent")
        note = bytes(self.log.checkpoint())
        proofs = self.log.prove_inclusions(indexes, self.log.size)
        return [
            _receipt(header, receipts.Receipt(hash_leaf(leaf), index, note, proof.hashes), key, now_s)
            for index, leaf, header, proof in zip(indexes, leaves, headers, proofs, strict=True)
        ]

    def _go_back(self) -> None:
        self.standing = Standing(self.standing.me, self._agreements, self.standing.kinds)
        refold(self.standing, self.log.journal)

    def leaf_at(self, index: int) -> bytes:
        """Return the leaf of an entry, also of one that is admitted and not yet durable."""
        size = self.log.size
        return self._pending[index - size].leaf if index >= size else next(iter(self.log.journal.leaves(index, 1)))

    def record(self, arrival: Parcel | Refused, outcome: Outcome, now_s: float) -> None:
        """Record what was refused or repeated, durably, with the evidence where it convicts the sender."""
        at, material = from_seconds(now_s), arrival.leaf if isinstance(arrival, Parcel) else b""
        if isinstance(outcome, Known):
            words = f"it stands in the log at {outcome.index}"
            self.log.journal.refuse(Refusal(at, Reason.REPLAY.value, words))
        if isinstance(outcome, Refused):
            self.log.journal.refuse(Refusal(at, outcome.reason.value, outcome.words, material))
            if outcome.evidence:
                subject = hash_leaf(outcome.evidence[0]).hex()
                self.log.journal.keep_evidence(Evidence(at, outcome.reason.value, subject, outcome.evidence))


def _receipt(header: Header, receipt: receipts.Receipt, key: SigningKey, now_s: float) -> Parcel:
    kind, version = receipts.KIND, receipts.VERSION
    message = Message(header.memorandum, header.recipient, header.sender, kind, version, receipt.body())
    return seal(message, key, header.sequence, now_s)


def _entry(parcel: Parcel) -> Entry:
    if parcel.body is None or parcel.salt is None:
        raise TrustError("an envelope", "its body is missing", "Nothing is admitted without its body")
    return Entry(parcel.leaf, Body(parcel.salt, parcel.body))
