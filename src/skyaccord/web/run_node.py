"""Both listeners of a node, until it is told to end."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Final

from starlette.routing import Route as StarletteRoute
from starlette.types import ASGIApp

from skyaccord.node.authority.judge import Believed, NotBelieved, Reason, judge
from skyaccord.node.authority.line import believe, calling_line, peers_line, people_line
from skyaccord.node.authority.own_files import CLIENT, SERVER
from skyaccord.node.delivery.http_transport import HttpTransport
from skyaccord.node.hotline.room import Room
from skyaccord.node.identity.open import Speaking
from skyaccord.node.node import Node
from skyaccord.node.party import Restored
from skyaccord.node.people.audit import LOCAL, NODE, Actor, Deed, write_down
from skyaccord.node.restore.backup import forget_restoration, is_restored
from skyaccord.web.apps import local_app, peers_app, people_app
from skyaccord.web.hotline_routes import hotline_routes
from skyaccord.web.line_routes import line_routes, recognise_peers
from skyaccord.web.listen import Listening, bind, listen
from skyaccord.web.node_routes import HEALTH
from skyaccord.web.owner import listen_to_owner, owner_session
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
    speaks: Speaking | None = None,
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
        speaks: the party's line and room, opened and not yet at work; ``None`` for a node without a peer.
        line: the routes of the node's line, which whoever runs the node opens and closes.

    Raises:
        NodeError: an address or port cannot be had.
    """
    configuration = node.configuration
    people_context = people_line(node.files)
    peers_context = peers_line(node.files, (card.authority for card in node.cards))
    renewing = [people_context, peers_context]
    async with AsyncExitStack() as open_things:
        sockets = bind(configuration.people, "people"), bind(configuration.peers, "peers")
        if speaks is not None:
            renewing += await _speak(node, speaks, open_things)
            line = line_routes(speaks.line.service, recognise_peers(node, clock))
            owner = owner_app(node, clock, speaks.room)
            people_routes = (*people_routes, *hotline_routes(speaks.room))
            local = await listen_to_owner(owner, node.folder.socket)
            open_things.callback(lambda: node.folder.socket.unlink(missing_ok=True))
            open_things.push_async_callback(local.close)
        people = await listen(people_app(node, clock, people_routes), sockets[0], people_context, _anyone)
        open_things.push_async_callback(people.close)
        peers = await listen(
            peers_app(node, clock, peer_routes, line),
            sockets[1],
            peers_context,
            lambda der: admits_peer(node, der, clock()),
        )
        open_things.push_async_callback(peers.close)
        if speaks is not None:
            open_things.callback(speaks.room.events.close)
        write_down(node.store, Actor(NODE, LOCAL, clock()), Deed.NODE_STARTED)
        tell(Running(people, peers))
        await _keep_house(node, clock, end, peers_context, renewing)
    write_down(node.store, Actor(NODE, LOCAL, clock()), Deed.NODE_STOPPED)


def owner_app(node: Node, clock: Callable[[], float], room: Room) -> ASGIApp:
    """Return the application on the owner's socket: the line, and whether the node answers."""
    return local_app(node, clock, (HEALTH, *hotline_routes(room)), owner_session(room))


async def _speak(node: Node, speaks: Speaking, open_things: AsyncExitStack) -> list[ssl.SSLContext]:
    """Begin to call the peers and to keep the book; return the contexts with which peers are called."""
    cards = {card.party: card for card in node.cards if card.party in speaks.room.office.memoranda}
    contexts = {peer: calling_line(node.files, card.authority) for peer, card in cards.items()}
    ways = {peer: HttpTransport(f"{card.address}/line/", contexts[peer]) for peer, card in cards.items()}
    place = node.folder.path
    speaks.line.open(ways, Restored(lambda: forget_restoration(place)) if is_restored(place) else None)
    open_things.push_async_callback(speaks.line.close)
    await asyncio.to_thread(speaks.room.start, asyncio.get_running_loop())
    open_things.push_async_callback(asyncio.to_thread, speaks.room.close)
    return list(contexts.values())


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
    node: Node,
    clock: Callable[[], float],
    end: asyncio.Event,
    peers: ssl.SSLContext,
    all_of_them: Sequence[ssl.SSLContext],
) -> None:
    while not end.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(HOUSE_EVERY_S):
                await end.wait()
                return
        renewed = node.keep_house(clock())
        believe(peers, (card.authority for card in node.cards))
        if SERVER in renewed or CLIENT in renewed:
            for number, context in enumerate(all_of_them):
                name = SERVER if number < 2 else CLIENT
                context.load_cert_chain(node.files.path(name), node.files.key_path(name))
