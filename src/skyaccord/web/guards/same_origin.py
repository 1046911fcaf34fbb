"""Requests come from the node's own pages or from programs, never from another page in somebody's browser.

Two checks, neither of which needs a secret that could leak or run out:

* every request that changes something carries ``X-Skyaccord: 1``: a form cannot send it, and a script of another origin
  must ask first, which this node never allows (it answers no preflight with permission);
* ``Origin`` and ``Sec-Fetch-Site``, which browsers set and scripts cannot, must name this node where they are there.

``SameSite=Strict`` on the cookie is a third line; it does not hold off pages of the same site under another port. The
``Host`` must be one of the node's names: a name of somebody else's that is made to point here (DNS rebinding) is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from skyaccord.web.problem import Refused, refusal_response

MARK: Final = "x-skyaccord"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """Refuses what another page may have sent."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if refused := self._refusal(scope):
            await refusal_response(refused)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Refused | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or host_name(hosts[0]) not in self._hosts or scope["scheme"] != "https":
            cure = "Use https and one of the names under [node] hosts"
            return Refused(HTTPStatus.MISDIRECTED_REQUEST, "Host", "this node has no such name", cure)
        origins = headers.getlist("origin")
        is_foreign = any(origin != f"https://{hosts[0]}" for origin in origins)
        site = headers.get("sec-fetch-site", "same-origin")
        if is_foreign or (site not in ("same-origin", "none") and scope["method"] not in SAFE):
            cure = "Open this node's own page"
            return Refused(HTTPStatus.FORBIDDEN, "Origin", "the request comes from another page", cure)
        if scope["method"] not in SAFE and headers.getlist(MARK) != ["1"]:
            cure = "Send X-Skyaccord: 1, from a page of this node or a program"
            return Refused(HTTPStatus.FORBIDDEN, "X-Skyaccord", "the header is missing or another", cure)
        return None


def host_name(host: str) -> str:
    """Return the name in a Host header, without port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
