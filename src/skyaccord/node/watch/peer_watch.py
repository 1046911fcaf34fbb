"""One peer, watched: what happened on its line, folded into the states that hold."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from skyaccord.model.instants import format_clock
from skyaccord.node.line.skew import Skew, SkewFilter
from skyaccord.node.line.transport import Failure
from skyaccord.node.watch.log_watch import LogFault
from skyaccord.node.watch.peer_state import WORDS, PeerState

HEARD_S: Final = 15.0
"""How long hearing from a peer counts: three times the interval at which each node asks for the other's head."""

HEARD_AGAIN_S: Final = 0.25
"""Between two calls to a peer that calls and cannot be called: it may call hundreds of times a second."""

FLAPS: Final = 4
"""Changes between reached and lost, within `FLAPPING_S`, that make a line one that comes and goes."""

FLAPPING_S: Final = 60.0

CLOCK_S: Final = 1.0
"""A clock further off than this, beyond its uncertainty, is wrong: times of the line are told to the second."""

_ENDED: Final = frozenset({Failure.CERTIFICATE_EXPIRED, Failure.CERTIFICATE_NOT_BELIEVED})


@dataclass(frozen=True, slots=True)
class Holding:
    """A state that holds, in words."""

    state: PeerState
    words: str


class PeerWatch:
    """What happened on the line with one peer; elapsed times are of a clock that is never set."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.skews = SkewFilter()
        self.is_suspended = False
        """As declared; what the line is seen to do is told beside it."""
        self.log_fault: LogFault | None = None
        self.blocked: str | None = None
        self.is_recovering = False
        self.has_waiting = False
        """Whether the peer has something for this node that does not arrive."""
        self._peer_reaches: bool | None = None
        self._is_reached: bool | None = None
        self._failure: tuple[Failure, str] | None = None
        self._lost_at_s = 0.0
        self._lost_s = self._failed_s = float("-inf")
        self._heard_s: float | None = None
        self._changes: deque[float] = deque(maxlen=FLAPS)

    @property
    def is_reached(self) -> bool | None:
        """Return whether the last call was answered; ``None`` where there was none yet."""
        return self._is_reached

    def may_be_tried(self, elapsed_s: float) -> bool:
        """Return whether a peer that was out of reach and is heard may be called again already."""
        return not self._is_reached and elapsed_s - self._failed_s >= HEARD_AGAIN_S

    def note_heard(self, elapsed_s: float) -> None:
        """Take that the peer has called: it reaches this node, whatever it said before."""
        self._heard_s = elapsed_s
        self._peer_reaches = True

    def note_reached(self, elapsed_s: float, peer_reaches: bool | None = None) -> None:
        """Take that a call was answered, and whether the peer says it reaches this node."""
        self._change(True, elapsed_s)
        self._failure = None
        if peer_reaches is not None:
            self._peer_reaches = peer_reaches

    def note_failure(self, failure: Failure, words: str, elapsed_s: float, now_s: float) -> None:
        """Take that a call failed."""
        if self._is_reached is not False:
            self._lost_at_s, self._lost_s = now_s, elapsed_s
        self._failed_s = elapsed_s
        self._change(False, elapsed_s)
        self._failure = (failure, words)

    def _change(self, is_reached: bool, elapsed_s: float) -> None:
        if self._is_reached is not None and self._is_reached is not is_reached:
            self._changes.append(elapsed_s)
        self._is_reached = is_reached

    def states(self, elapsed_s: float) -> list[Holding]:
        """Return the states that hold, the gravest first; never none."""
        found = [state for state in PeerState if self._holds(state, elapsed_s)]
        return [Holding(state, self._words(state)) for state in found] or [self._holding(PeerState.REACHABLE)]

    def _holding(self, state: PeerState) -> Holding:
        return Holding(state, self._words(state))

    def _holds(self, state: PeerState, elapsed_s: float) -> bool:
        is_heard = self._heard_s is not None and self._heard_s >= max(self._lost_s, elapsed_s - HEARD_S)
        holds = {
            PeerState.FORKED: self.log_fault is not None and self.log_fault.is_fork,
            PeerState.RESTORED: self.is_recovering or (self.log_fault is not None and not self.log_fault.is_fork),
            PeerState.CERTIFICATE_EXPIRED: self._failure is not None and self._failure[0] in _ENDED,
            PeerState.BLOCKED: self.blocked is not None,
            PeerState.DOWN: self._is_reached is False and not is_heard,
            PeerState.ONE_WAY: self._one_way(is_heard) is not None,
            PeerState.FLAPPING: len(self._changes) == FLAPS and elapsed_s - self._changes[0] <= FLAPPING_S,
            PeerState.CLOCK_WRONG: self._clock() is not None,
            PeerState.SUSPENDED: self.is_suspended,
            PeerState.NOT_MET: self._is_reached is None,
            PeerState.REACHABLE: False,
        }
        return holds[state]

    def _one_way(self, is_heard: bool) -> str | None:
        if self._is_reached is False and is_heard:
            return "it is heard and cannot be reached. What it sends is acknowledged; what is sent to it waits"
        if self._is_reached and self._peer_reaches is False:
            return "it is reached and does not reach this node. What it has to say is fetched from it"
        return None

    def _clock(self) -> Skew | None:
        best = self.skews.best()
        return best if best and abs(best.offset_s) - best.uncertainty_s > CLOCK_S else None

    def _words(self, state: PeerState) -> str:
        detail = {
            PeerState.BLOCKED: self.blocked or "",
            PeerState.DOWN: self._failure[1] if self._failure else "",
            PeerState.ONE_WAY: self._one_way(True) or "",
            PeerState.CLOCK_WRONG: _ahead(self._clock()),
        }.get(state, "")
        return WORDS[state].format(peer=self.peer, detail=detail, since=f"{format_clock(self._lost_at_s)} UTC")


def _ahead(skew: Skew | None) -> str:
    if skew is None:
        return ""
    way = "ahead of" if skew.offset_s > 0 else "behind"
    return f"{abs(skew.offset_s):.1f} s {way} this one (to within {skew.uncertainty_s:.1f} s)"
