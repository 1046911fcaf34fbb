"""The line over HTTP: one route a question, the peer recognised by the listener, the octets handed on as they are."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from skyaccord.node.authority.judge import Believed, NotBelieved, judge
from skyaccord.node.line.lines import MOST_BYTES
from skyaccord.node.line.reply import Reply, Status, decline
from skyaccord.node.line.service import Service
from skyaccord.node.line.status_numbers import NUMBERS
from skyaccord.node.node import Node
from skyaccord.web.connection import client_certificate

Recognise = Callable[[Request], str | None]
"""Gives the party that a request comes from, as its connection proves; ``None`` where it proves nothing."""


def recognise_peers(node: Node, clock: Callable[[], float]) -> Recognise:
    """Return what recognises the peers of a node by the certificates of their connections, judged at each request."""

    def recognise(request: Request) -> str | None:
        judged = judge(client_certificate(request.scope), node.peer_authorities(), clock())
        if isinstance(judged, Believed) and judged.bearer.person is None:
            return judged.bearer.party
        if isinstance(judged, NotBelieved):
            node.count_refusal(judged)
        return None

    return recognise


def line_routes(service: Service, recognise: Recognise) -> list[Route]:
    """Return the routes of a listener for peers; the paths stand below ``/line/``."""

    async def answer(request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return _response(decline(Status.MALFORMED, f"more than {MOST_BYTES} octets"))
        return _response(await service.answer(recognise(request), request.path_params["question"], body))

    return [Route("/line/{question:str}", answer, methods=["POST"], name="line")]


async def _read(request: Request) -> bytes | None:
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MOST_BYTES:
            return None
    return bytes(content)


def _response(reply: Reply) -> Response:
    return Response(reply.body, NUMBERS[reply.status], media_type="application/octet-stream")
