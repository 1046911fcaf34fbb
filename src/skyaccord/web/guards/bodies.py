"""A request's body is read whole before a route sees it: within a size, within a time."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skyaccord.web.problem import Refused, refusal_response

MOST_S: Final = 10.0
"""For the whole body, however it trickles."""

CLOSE: Final = (("connection", "close"),)
"""The rest of such a body is not waited for."""


class WholeBodies:
    """Reads bodies first; one that is too long, too slow or of unclear length is refused."""

    def __init__(self, app: ASGIApp, most_bytes: int, most_s: float = MOST_S) -> None:
        self._app = app
        self._most_bytes = most_bytes
        self._most_s = most_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body, or answer it."""
        try:
            body = await self._read(scope, receive)
        except Refused as refused:
            await refusal_response(refused)(scope, receive, send)
            return
        if body is not None:
            await self._app(scope, _replay(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the body, or nothing where the client has gone."""
        self._check_headers(scope)
        body = bytearray()
        try:
            async with asyncio.timeout(self._most_s):
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        return None
                    body += message.get("body", b"")
                    if len(body) > self._most_bytes:
                        raise self._too_long()
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError:
            detail = f"it took longer than {self._most_s:g} s"
            raise Refused(HTTPStatus.REQUEST_TIMEOUT, "body", detail, "Send it in one piece", CLOSE) from None

    def _check_headers(self, scope: Scope) -> None:
        lengths = [value for name, value in scope["headers"] if name == b"content-length"]
        is_chunked = any(name == b"transfer-encoding" for name, _ in scope["headers"])
        if len(lengths) > 1 or (lengths and is_chunked) or not all(value.isdigit() for value in lengths):
            cure = "Send one Content-Length, or chunks"
            raise Refused(HTTPStatus.BAD_REQUEST, "Content-Length", "the body's length is unclear", cure, CLOSE)
        if lengths and (len(lengths[0]) > 12 or int(lengths[0]) > self._most_bytes):
            raise self._too_long()

    def _too_long(self) -> Refused:
        detail = f"it is longer than {self._most_bytes:,} bytes"
        return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body", detail, "Send less at once", CLOSE)


def _replay(body: bytes, receive: Receive) -> Receive:
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()  # tells when the client goes
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
