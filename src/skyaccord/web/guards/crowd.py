"""How many requests are worked on at once: in all, and from one address, so that one cannot take every place."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from skyaccord.web.problem import Refused, refusal_response


class Crowd:
    """Refuses what is too much at once, with the time after which to ask again."""

    def __init__(self, app: ASGIApp, most: int, most_of_one: int) -> None:
        self._app = app
        self._most = most
        self._most_of_one = most_of_one
        self._now: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        address = scope["client"][0] if scope.get("client") else ""
        if self._now.total() >= self._most or self._now[address] >= self._most_of_one:
            again = (("retry-after", "1"), ("connection", "close"))
            cure = "Ask again in a second"
            refused = Refused(HTTPStatus.SERVICE_UNAVAILABLE, "node", "too many requests are open", cure, again)
            await refusal_response(refused)(scope, receive, send)
            return
        self._now[address] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._now[address] -= 1
            if not self._now[address]:
                del self._now[address]
