"""Paths have one spelling. What could be read in two ways (escapes, dots, doubled slashes) is refused, not mended."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from skyaccord.web.problem import Refused, refusal_response

PLAIN: Final = re.compile(rb"(/(?!\.{1,2}(/|\Z))[A-Za-z0-9._-]{1,64}){1,8}")
"""Segments of letters, digits, dots, hyphens and underscores, none of them ``.`` or ``..``; no route needs more."""

MOST_QUERY_BYTES: Final = 512


class PlainPaths:
    """Refuses requests whose path or query is not plain."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if fault := _fault(scope):
            place, detail = fault
            refused = Refused(HTTPStatus.BAD_REQUEST, place, detail, "Write it as openapi.json has it, without escapes")
            await refusal_response(refused)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _fault(scope: Scope) -> tuple[str, str] | None:
    raw = scope.get("raw_path") or b""
    if PLAIN.fullmatch(raw) is None or raw.decode("ascii") != scope["path"]:
        return "path", "it is not a plain path"
    query = scope["query_string"]
    if len(query) > MOST_QUERY_BYTES:
        return "query", f"it is longer than {MOST_QUERY_BYTES} bytes"
    if any(octet < 0x21 or octet > 0x7E for octet in query):
        return "query", "it has characters that a URL has not"
    return None
