"""When the network is down: what waits for a peer as lines of text, and what was carried here taken from them.

It is judged as if it had come over the network: the same bytes, the same signatures, the same receipts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from skyaccord.errors import MemberError, SkyaccordError
from skyaccord.hotline.fallback.armour import write_armour
from skyaccord.hotline.fallback.bundle import read_bundle, write_bundle
from skyaccord.hotline.fallback.outcome import Damaged
from skyaccord.hotline.fallback.read_armour import read_armour
from skyaccord.node.line.questions import Tallies, read_stream
from skyaccord.node.party_line import PartyLine
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Accepted, Refused
from skyaccord.trust.acceptance.read import read_header
from skyaccord.trust.envelopes.envelope import Envelope
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.receipt import KIND as RECEIPT

MOST_CARRIED: Final = 16
"""Messages of one text: some ten lines each, which is what two people can read to one another."""

WAIT_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class Carried:
    """Text to carry, how many messages are in it, and how many are left for the next."""

    text: str
    messages: int
    left: int


@dataclass(slots=True)
class Brought:
    """What came of text that was brought."""

    accepted: int = 0
    known: int = 0
    acknowledged: int = 0
    refused: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    back: dict[str, str] = field(default_factory=dict)


def export(line: PartyLine, me: str, peer: str, receipts: Sequence[Parcel] = ()) -> Carried:
    """Return what a peer has not acknowledged, oldest first, and receipts for it."""

    def read(desk: Correspondence) -> tuple[list[Parcel], int]:
        tally = Tallies().of(desk, peer)
        return read_stream(desk, (me, peer), tally.first_open, MOST_CARRIED), tally.waiting

    parcels, waiting = line.desk.ask(read).result(WAIT_S)
    whole = [each for each in parcels if each.body is not None]
    while True:
        try:
            text = write_armour(write_bundle([*whole, *receipts]))
            return Carried(text, len(whole), waiting - len(whole))
        except SkyaccordError:
            if not whole:
                raise
            whole = whole[: len(whole) // 2]


def bring(line: PartyLine, me: str, text: str) -> Brought:
    """Take what is in text that was brought; what is damaged is named and nothing of it is taken."""
    read = read_armour(text)
    brought = Brought()
    if isinstance(read, Damaged):
        brought.damaged = [f"line {each.row}: {each.words}" if each.row else each.words for each in read.faults]
        return brought
    try:
        parcels = read_bundle(read.data)
    except MemberError as error:
        brought.damaged = [str(error)]
        return brought
    by_sender, receipts = _sort(parcels, brought)
    for peer, arrivals in by_sender.items():
        if not line.knows(peer) or peer == me:
            brought.refused.append(f"{peer} is no party with which this node speaks")
            continue
        if line.is_recovering(peer):
            words = "this node was restored from an old copy and first learns what it had said; bring it again"
            brought.refused.append(f"{peer}: {words}")
            continue
        taken = line.desk.accept(peer, arrivals).result(WAIT_S)
        brought.accepted += sum(isinstance(each, Accepted) for each in taken.taken)
        brought.known += sum(not isinstance(each, Accepted) for each in taken.taken)
        if taken.refused is not None:
            brought.refused.append(f"{peer}: {taken.refused.words} ({taken.refused.reason.value})")
        given = [each for each in taken.receipts if each is not None]
        brought.back[peer] = export(line, me, peer, given).text
    _acknowledge(line, receipts, brought)
    return brought


def _sort(parcels: Sequence[Parcel], brought: Brought) -> tuple[dict[str, list[Parcel]], list[Parcel]]:
    by_sender: dict[str, list[Parcel]] = {}
    receipts: list[Parcel] = []
    for parcel in parcels:
        envelope = read_header(parcel.leaf)
        if not isinstance(envelope, Envelope):
            brought.refused.append(f"{envelope.words} ({envelope.reason.value})")
        elif envelope.header.kind == RECEIPT:
            receipts.append(parcel)
        else:
            by_sender.setdefault(envelope.header.sender, []).append(parcel)
    return by_sender, receipts


def _acknowledge(line: PartyLine, receipts: Sequence[Parcel], brought: Brought) -> None:
    if not receipts:
        return
    outcomes = line.desk.acknowledge(receipts).result(WAIT_S)
    brought.acknowledged = sum(not isinstance(each, Refused) for each in outcomes)
    brought.refused += [f"receipt: {e.words} ({e.reason.value})" for e in outcomes if isinstance(e, Refused)]
