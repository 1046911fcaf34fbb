"""Both listeners of a node, until it is told to end."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Final

from starlette.routing import Route as StarletteRoute

from skyaccord.node.authority.judge import Believed, NotBelieved, Reason, judge
from skyaccord.node.authority.line import believe, peers_line, people_line
from skyaccord.node.authority.own_files import CLIENT, SERVER
from skyaccord.node.node import Node
from skyaccord.node.people.audit import LOCAL, NODE, Actor, Deed, write_down
from skyaccord.web.apps import peers_app, people_app
from skyaccord.web.listen import Listening, bind, listen
from skyaccord.web.route import Route

HOUSE_EVERY_S: Final = 60.0
"""How soon a card that was pinned meanwhile counts, and how often it is looked what must be renewed."""


@dataclass(frozen=True, slots=True)
class Running:
    """The listeners of a node, open."""

    people: Listening
    peers: Listening


async def run_node(
    node: Node,
    clock: Callable[[], float],
    end: asyncio.Event,
    tell: Callable[[Running], None],
    people_routes: Sequence[Route] = (),
    peer_routes: Sequence[Route] = (),
    line: Sequence[StarletteRoute] = (),
) -> None:
    """Serve until ``end`` is set.

    Args:
        node: an open node; who opened it closes it.
        clock: seconds since 1970.
        end: set to end it.
        tell: called once both listeners are open.
        people_routes: further routes for people.
        peer_routes: further routes for peers.
        line: the routes of the node's line, which whoever runs the node opens and closes.

    Raises:
        NodeError: an address or port cannot be had.
    """
    configuration = node.configuration
    people_context = people_line(node.files)
    peers_context = peers_line(node.files, (card.authority for card in node.cards))
    async with AsyncExitStack() as open_things:
        sockets = bind(configuration.people, "people"), bind(configuration.peers, "peers")
        people = await listen(people_app(node, clock, people_routes), sockets[0], people_context, _anyone)
        open_things.push_async_callback(people.close)
        peers = await listen(
            peers_app(node, clock, peer_routes, line),
            sockets[1],
            peers_context,
            lambda der: admits_peer(node, der, clock()),
        )
        open_things.push_async_callback(peers.close)
        write_down(node.store, Actor(NODE, LOCAL, clock()), Deed.NODE_STARTED)
        tell(Running(people, peers))
        await _keep_house(node, clock, end, people_context, peers_context)
    write_down(node.store, Actor(NODE, LOCAL, clock()), Deed.NODE_STOPPED)


def admits_peer(node: Node, der: bytes | None, now_s: float) -> bool:
    """Return whether a connection of the listener for peers may stay: only a pinned party's node's."""
    judged = judge(der, node.peer_authorities(), now_s)
    if isinstance(judged, Believed) and judged.bearer.person is not None:
        judged = NotBelieved(Reason.WRONG_PURPOSE)
    if isinstance(judged, NotBelieved):
        node.count_refusal(judged)
        return False
    return True


def _anyone(_: bytes | None) -> bool:
    return True


async def _keep_house(
    node: Node, clock: Callable[[], float], end: asyncio.Event, people: ssl.SSLContext, peers: ssl.SSLContext
) -> None:
    while not end.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(HOUSE_EVERY_S):
                await end.wait()
                return
        renewed = node.keep_house(clock())
        believe(peers, (card.authority for card in node.cards))
        if SERVER in renewed or CLIENT in renewed:
            for context in (people, peers):
                context.load_cert_chain(node.files.path(SERVER), node.files.key_path(SERVER))
