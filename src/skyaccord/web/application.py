"""A listener's ASGI application: its table of routes behind the guards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute
from starlette.types import ASGIApp

from skyaccord import __version__
from skyaccord.node.node import Node
from skyaccord.web.dispatch import Dispatch, LocalSession
from skyaccord.web.guards.bodies import WholeBodies
from skyaccord.web.guards.crowd import Crowd
from skyaccord.web.guards.headers import StrictHeaders
from skyaccord.web.guards.paths import PlainPaths
from skyaccord.web.guards.same_origin import SameOrigin
from skyaccord.web.openapi import openapi_document
from skyaccord.web.problem import Refused, refusal_response
from skyaccord.web.route import Route

MOST_AT_ONCE: Final = 128
MOST_OF_ONE: Final = 32
"""From one address, which may be a whole control room's."""


def make_application(
    node: Node,
    title: str,
    routes: Sequence[Route],
    clock: Callable[[], float],
    *,
    most_bytes: int,
    hosts: Sequence[str] | None = None,
    plain: Sequence[StarletteRoute] = (),
    local: LocalSession | None = None,
) -> ASGIApp:
    """Return the application of a listener.

    Args:
        node: whose listener it is.
        title: of its OpenAPI document, which is served at ``/openapi.json``.
        routes: the table.
        clock: seconds since 1970.
        most_bytes: of a request's body.
        hosts: names that browsers may ask for; ``None`` where no browser asks.
        plain: routes that take and give octets of their own, and ask themselves who calls.
        local: gives the session where the machine's owner asks and no one else can.
    """
    dispatch = Dispatch(node, clock, local)
    document = msgspec.json.encode(openapi_document(title, __version__, routes))

    async def openapi(_: Request) -> Response:
        return Response(document, media_type="application/json")

    rows = [StarletteRoute("/openapi.json", openapi, methods=["GET"])]
    rows += [*_by_path(routes, dispatch), *plain]
    refusals: Any = {HTTPException: _refuse, Exception: _fail}
    inner: ASGIApp = Starlette(routes=rows, exception_handlers=refusals)
    inner = WholeBodies(inner, most_bytes)
    if hosts is not None:
        inner = SameOrigin(inner, hosts)
    return StrictHeaders(PlainPaths(Crowd(inner, MOST_AT_ONCE, MOST_OF_ONE)), clock)


def _by_path(routes: Sequence[Route], dispatch: Dispatch) -> list[StarletteRoute]:
    """Return one row for each path: a method that it has not is answered with those that it has."""
    paths: dict[str, dict[str, Callable[[Request], Any]]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method] = dispatch.endpoint(route)
    return [_row(path, methods) for path, methods in paths.items()]


def _row(path: str, methods: dict[str, Callable[[Request], Any]]) -> StarletteRoute:
    async def answer(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        response: Response = await methods[method](request)
        return response

    return StarletteRoute(path, answer, methods=list(methods))


async def _refuse(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    cure = "See openapi.json for what there is"
    headers = tuple((error.headers or {}).items())
    return refusal_response(Refused(status, "path", f"{status.description or status.phrase}".lower(), cure, headers))


async def _fail(_: Request, __: Exception) -> Response:
    """Say nothing of what failed: the listener's log has it."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return refusal_response(Refused(status, "node", "the node failed", "Tell the administrator; the log says why"))
