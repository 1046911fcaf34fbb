"""From a request to its route and back: who asks, whether they may, what they say, what the route answers."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import anyio
import msgspec
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from skyaccord.node.authority.judge import Believed, judge
from skyaccord.node.node import Node
from skyaccord.node.people.audit import LOCAL, Actor, Deed, write_down
from skyaccord.node.people.roles import may
from skyaccord.node.people.sessions import Session, resume_session
from skyaccord.web.connection import client_certificate
from skyaccord.web.cookie import set_cookie, shown_token
from skyaccord.web.parameters import read_parameters
from skyaccord.web.problem import Refused, refusal_response
from skyaccord.web.route import Access, Call, Reply, Route

THREADS: Final = 8
COSTLY: Final = 2
"""Passwords hashed at once: 64 MiB, and the rest of the node still answers."""

COSTLY_WAIT_S: Final = 5.0

EVENT_STREAM: Final = "text/event-stream"
LocalSession = Callable[[Request], Session]
"""Gives the session of a request that came over the socket of the machine's owner."""

_SIGN_IN: Final = "Sign in: POST /session"


class Dispatch:
    """Answers requests to the routes of one listener."""

    def __init__(self, node: Node, clock: Callable[[], float], local: LocalSession | None = None) -> None:
        self._node = node
        self._local = local
        self._clock = clock
        self._threads = CapacityLimiter(THREADS)
        self._costly = CapacityLimiter(COSTLY)

    def endpoint(self, route: Route) -> Callable[[Request], Any]:
        """Return the function that Starlette calls for a route."""
        decoder = msgspec.json.Decoder(route.takes) if route.takes else None

        async def answer(request: Request) -> Response:
            try:
                body = await request.body()
                work = lambda: self._answer(route, request, decoder, body)  # noqa: E731
                if not route.is_costly:
                    return await to_thread.run_sync(work, limiter=self._threads)
                return await self._in_turn(work)
            except Refused as refused:
                return refusal_response(refused)

        return answer

    async def _in_turn(self, work: Callable[[], Response]) -> Response:
        try:
            with anyio.fail_after(COSTLY_WAIT_S):
                await self._costly.acquire_on_behalf_of(work)
        except TimeoutError:
            again = (("retry-after", "2"),)
            cure = "Try again in a moment, or sign in with a certificate"
            status = HTTPStatus.SERVICE_UNAVAILABLE
            raise Refused(status, "node", "too many are signing in", cure, again) from None
        try:
            return await to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._costly.release_on_behalf_of(work)

    def _answer(self, route: Route, request: Request, decoder: Any, body: bytes) -> Response:
        now_s = self._clock()
        address = request.client.host if request.client else ""
        shown = self._shown(route, request, now_s)
        token = shown_token(request.headers.getlist("cookie"))
        if self._local is not None:
            session: Session | None = self._local(request)
            self._check_role(route, session, LOCAL, now_s)
        else:
            session = self._session(route, token, address, shown, now_s)
        values = read_parameters(request, route)
        taken = _decode(decoder, request, body)
        seen = request.headers.get("last-event-id")
        call = Call(self._node, now_s, address or LOCAL, values, taken, session, token, shown, seen)
        return _response(route, route.handle(call))

    def _shown(self, route: Route, request: Request, now_s: float) -> Believed | None:
        is_for_peers = route.access is Access.PEER
        pinned = self._node.peer_authorities() if is_for_peers else self._node.own_authority()
        judged = judge(client_certificate(request.scope), pinned, now_s)
        if isinstance(judged, Believed):
            if (judged.bearer.person is None) == is_for_peers:
                return judged
            reason = "wrong_purpose"
        else:
            reason = judged.reason.value
            if is_for_peers:
                self._node.count_refusal(judged)
        if is_for_peers:
            cure = "Show the certificate of a node whose authority is pinned here"
            raise Refused(HTTPStatus.FORBIDDEN, "certificate", f"it is not believed: {reason}", cure)
        return None

    def _session(
        self, route: Route, token: str | None, address: str, shown: Believed | None, now_s: float
    ) -> Session | None:
        if route.access in (Access.OPEN, Access.PEER):
            return None
        store = self._node.store
        certificate = shown.fingerprint if shown else None
        session = resume_session(store, token, address, certificate, now_s) if token else None
        if session is None:
            raise Refused(HTTPStatus.UNAUTHORIZED, "session", "there is none, or it has ended", _SIGN_IN)
        if session.is_partial and route.access is not Access.ENROLLING:
            cure = "Choose a password and enrol an authenticator: POST, then PUT /account/enrolment"
            raise Refused(HTTPStatus.FORBIDDEN, "session", "it serves for enrolment alone", cure)
        self._check_role(route, session, address, now_s)
        return session

    def _check_role(self, route: Route, session: Session | None, address: str, now_s: float) -> None:
        if session is not None and route.act is not None and not may(session.person.role, route.act):
            actor = Actor(session.person.name, address, now_s)
            write_down(self._node.store, actor, Deed.REFUSED, f"{route.method} {route.path}")
            detail = f"a {session.person.role.replace('_', ' ')} may not {route.act.replace('_', ' ')}"
            raise Refused(HTTPStatus.FORBIDDEN, "role", detail, "Ask somebody whose role allows it")


def _decode(decoder: Any, request: Request, body: bytes) -> Any:
    if decoder is None:
        if body:
            raise Refused(HTTPStatus.BAD_REQUEST, "body", "this request takes none", "Leave it out")
        return None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        cure = "Send JSON as application/json"
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type", f"{kind[:40]!r} came", cure)
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at ")
        raise Refused(HTTPStatus.BAD_REQUEST, f"body {place.strip('`') or '$'}", words, "See openapi.json") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "body", f"it is no JSON: {error}", "Send JSON in UTF-8") from None


def _response(route: Route, reply: Reply) -> Response:
    if reply.stream is not None:
        return StreamingResponse(reply.stream, route.status.value, media_type=EVENT_STREAM)
    content = b"" if reply.body is None else msgspec.json.encode(reply.body)
    media_type = None if reply.body is None else "application/json"
    response = Response(content, route.status.value, media_type=media_type)
    if reply.cookie is not None:
        response.headers["set-cookie"] = set_cookie(reply.cookie)
    return response
