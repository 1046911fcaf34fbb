"""Makes the log that follows one that lost entries: what is left of the old, and no number used twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from skyaccord.model.instants import from_seconds
from skyaccord.node.restore.loss import Loss
from skyaccord.trust.envelopes.envelope import Header, read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.receipt import KIND as RECEIPT
from skyaccord.trust.journals.entry import Body, Entry
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.journals.refusals import Evidence
from skyaccord.trust.log import Log
from skyaccord.trust.merkle.hashing import hash_leaf

AT_ONCE: Final = 1000
WITHDRAWN: Final = "withdrawn"
"""The kind under which evidence is kept of envelopes that were signed after the restoration and never left."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The first envelope of one's own that a peer holds another one of under its number."""

    index: int
    number: int


def find_conflict(old: Journal, me: str, peer: str, theirs: Sequence[Parcel]) -> Conflict | None:
    """Return the first conflict between a log and one's own envelopes as a peer holds them."""
    by_number = {_header(each.leaf).sequence: each.leaf for each in theirs}
    for index, leaf in enumerate(old.leaves(0, old.frontier.size)):
        header = _header(leaf)
        if _is_said(header, me, peer) and by_number.get(header.sequence, leaf) != leaf:
            return Conflict(index, header.sequence)
    return None


def find_contradicted(log: Log, conflict: Conflict | None) -> Loss | None:
    """Return the last checkpoint of a log, if it is over what is to be withdrawn: whatever follows contradicts it."""
    last = log.journal.last_checkpoint()
    return Loss(last.note, last.size) if last and conflict and last.size > conflict.index else None


def carry_over(old: Journal, following: Journal, me: str, peer: str, conflict: Conflict | None, now_s: float) -> int:
    """Fill the following log with the entries of the old; return how many of one's own were withdrawn.

    Args:
        old: the log that lost entries; it is only read.
        following: empty.
        me: whose log it is.
        peer: who holds what was lost.
        conflict: the first number that was used twice.
        now_s: one's own clock.

    An envelope to the peer under a number that it holds another one of was signed after the restoration and never
    reached it. It is withdrawn with all that follow it: the number is used, and stays with what was said first.
    """
    withdrawn, batch = 0, []
    for entry in _entries(old):
        header = _header(entry.leaf)
        if conflict is not None and _is_said(header, me, peer) and header.sequence >= conflict.number:
            withdrawn += 1
            following.keep_evidence(_withdrawn(entry, now_s))
            continue
        batch.append(entry)
        if len(batch) == AT_ONCE:
            following.append(batch)
            batch = []
    if batch:
        following.append(batch)
    for each in old.evidence():
        following.keep_evidence(each)
    return withdrawn


def _header(leaf: bytes) -> Header:
    return read_envelope(read_leaf(leaf)).header


def _is_said(header: Header, sender: str, recipient: str) -> bool:
    return (header.sender, header.recipient) == (sender, recipient) and header.kind != RECEIPT


def _entries(journal: Journal) -> Iterator[Entry]:
    for index, leaf in enumerate(journal.leaves(0, journal.frontier.size)):
        body = journal.body(index)
        yield Entry(leaf, body if isinstance(body, Body) else None)


def _withdrawn(entry: Entry, now_s: float) -> Evidence:
    pieces = (entry.leaf, entry.body.content) if entry.body else (entry.leaf,)
    return Evidence(from_seconds(now_s), WITHDRAWN, hash_leaf(entry.leaf).hex(), pieces)
