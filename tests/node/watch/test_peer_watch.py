"""What is said of a peer follows from what the line was seen to do."""

from __future__ import annotations

from skyaccord.node.watch.peer_state import PeerState
from skyaccord.node.watch.peer_watch import PeerWatch


def states(watch: PeerWatch, elapsed_s: float) -> list[PeerState]:
    return [each.state for each in watch.states(elapsed_s)]


def test_a_peer_that_says_it_does_not_reach_this_node_makes_the_line_one_way() -> None:
    watch = PeerWatch("green")
    watch.note_reached(1.0, peer_reaches=False)
    assert states(watch, 1.5) == [PeerState.ONE_WAY]


def test_a_peer_that_calls_reaches_this_node_whatever_it_said_before() -> None:
    watch = PeerWatch("green")
    watch.note_reached(1.0, peer_reaches=False)
    watch.note_heard(1.2)
    assert states(watch, 1.5) == [PeerState.REACHABLE]
    watch.note_reached(6.0, peer_reaches=False)
    assert states(watch, 6.5) == [PeerState.ONE_WAY]
