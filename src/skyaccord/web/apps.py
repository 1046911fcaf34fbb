"""The applications of the two listeners."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from starlette.routing import Route as StarletteRoute
from starlette.types import ASGIApp

from skyaccord.node.line.lines import MOST_BYTES
from skyaccord.node.node import Node
from skyaccord.web.application import make_application
from skyaccord.web.dispatch import LocalSession
from skyaccord.web.node_routes import NODE_ROUTES
from skyaccord.web.peer_routes import PEER_ROUTES
from skyaccord.web.people_routes import PEOPLE_ROUTES
from skyaccord.web.route import Route
from skyaccord.web.session_routes import SESSION_ROUTES

PEOPLE_BYTES: Final = 64 * 1024
"""Of a request's body; the longest is a message with its volumes."""

PEERS_BYTES: Final = MOST_BYTES
"""Of a request's body; a batch of envelopes."""

LOCAL_BYTES: Final = 1024 * 1024
"""Of a request's body over the owner's socket; what was carried by hand is long."""


def people_app(node: Node, clock: Callable[[], float], more: Sequence[Route] = ()) -> ASGIApp:
    """Return the application for people; rooms above add their routes as a further table."""
    routes = (*SESSION_ROUTES, *NODE_ROUTES, *PEOPLE_ROUTES, *more)
    hosts = node.configuration.hosts
    return make_application(node, "skyaccord for people", routes, clock, most_bytes=PEOPLE_BYTES, hosts=hosts)


def peers_app(
    node: Node, clock: Callable[[], float], more: Sequence[Route] = (), line: Sequence[StarletteRoute] = ()
) -> ASGIApp:
    """Return the application for peers; rooms above add their routes as a further table.

    ``line`` has the routes of the node's line (`web.line_routes`), whose octets are no JSON documents.
    """
    routes = (*PEER_ROUTES, *more)
    return make_application(node, "skyaccord for peers", routes, clock, most_bytes=PEERS_BYTES, plain=line)


def local_app(node: Node, clock: Callable[[], float], routes: Sequence[Route], local: LocalSession) -> ASGIApp:
    """Return the application for the machine's owner."""
    title = "skyaccord for the machine's owner"
    return make_application(node, title, routes, clock, most_bytes=LOCAL_BYTES, local=local)
