"""The states that a peer can be in, and what the officer is told; what the node does in each: docs/node-line.md."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class PeerState(StrEnum):
    """A state of a peer; several may hold at once. The gravest stands first."""

    FORKED = "forked"
    RESTORED = "restored"
    CERTIFICATE_EXPIRED = "certificate_expired"
    BLOCKED = "blocked"
    DOWN = "down"
    ONE_WAY = "one_way"
    FLAPPING = "flapping"
    CLOCK_WRONG = "clock_wrong"
    SUSPENDED = "suspended"
    NOT_MET = "not_met"
    REACHABLE = "reachable"


WORDS: Final[Mapping[PeerState, str]] = {
    PeerState.FORKED: (
        "{peer} has signed two histories of its log that contradict each other. Both are kept as evidence. Messages"
        " still go through; do not rely on its receipts, and tell your superior"
    ),
    PeerState.RESTORED: (
        "{peer} works with an old copy of its log: it has lost what was said since, and fetches it again. What it now"
        " says it did not receive, it did acknowledge; the receipts are kept here"
    ),
    PeerState.CERTIFICATE_EXPIRED: (
        "The certificate of the connection with {peer} has ended: nothing goes through. Let the administrators renew"
        " it; until then use the telephone"
    ),
    PeerState.BLOCKED: "{peer} does not accept a message, and all after it wait: {detail}",
    PeerState.DOWN: (
        "{peer} cannot be reached since {since} ({detail}). Messages are kept, and sent when it can; use the telephone"
    ),
    PeerState.ONE_WAY: "The line with {peer} works in one direction only: {detail}",
    PeerState.FLAPPING: "The line with {peer} comes and goes. Messages get through late; wait for the receipt",
    PeerState.CLOCK_WRONG: "The clocks differ: that of {peer} is {detail}. Read times in its messages with care",
    PeerState.SUSPENDED: (
        "The memorandum with {peer} is declared suspended. The line works all the same, and emergencies are passed on"
    ),
    PeerState.NOT_MET: "{peer} has not been reached since this node was started",
    PeerState.REACHABLE: "The line with {peer} works",
}
