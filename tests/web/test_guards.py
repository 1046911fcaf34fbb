"""Each guard alone, before an application that says what reached it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skyaccord.web.connection import client_certificate, with_certificate
from skyaccord.web.cookie import set_cookie, shown_token
from skyaccord.web.guards.bodies import WholeBodies
from skyaccord.web.guards.crowd import Crowd
from skyaccord.web.guards.headers import StrictHeaders
from skyaccord.web.guards.paths import PlainPaths
from skyaccord.web.guards.same_origin import SameOrigin, host_name
from skyaccord.web.protocol import MOST_CONNECTIONS, MOST_OF_ONE, Gate


def scope_of(path: bytes = b"/a", **more: Any) -> Scope:
    bare, _, query = path.partition(b"?")
    return {
        "type": "http", "method": "GET", "scheme": "https", "path": bare.decode("ascii", "replace"), "raw_path": bare,
        "query_string": query, "headers": [(b"host", b"localhost")], "client": ("192.0.2.1", 1), **more,
    }  # fmt: skip


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message.get("body", b"")})


def drive(app: ASGIApp, scope: Scope, messages: Sequence[Message] = ()) -> tuple[int, dict[str, str], bytes]:
    left, sent = [*messages] or [{"type": "http.request", "body": b""}], []

    async def receive() -> Message:
        if left:
            return left.pop(0)
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        async with asyncio.timeout(10):
            await app(scope, receive, send)

    asyncio.run(run())
    if not sent:
        return 0, {}, b""
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[1]["body"]


def chunk(body: bytes, more: bool = True) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


@given(st.binary(max_size=40).map(lambda tail: b"/" + tail))
def test_only_plain_paths_pass(path: bytes) -> None:
    status = drive(PlainPaths(echo), scope_of(path))[0]
    bare = path.partition(b"?")[0]
    segments = bare.split(b"/")[1:]
    plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
    is_plain = all(each and each not in (b".", b"..") and set(each) <= set(plain) for each in segments)
    is_short = len(segments) <= 8 and all(len(each) <= 64 for each in segments)
    has_plain_query = all(0x21 <= octet <= 0x7E for octet in path.partition(b"?")[2])
    assert (status == 200) == (is_plain and is_short and has_plain_query)


def test_a_path_that_was_decoded_to_another_is_refused() -> None:
    assert drive(PlainPaths(echo), {**scope_of(b"/a"), "path": "/b"})[0] == 400
    assert drive(PlainPaths(echo), scope_of(b"/a?" + b"x" * 513))[0] == 400


@given(st.lists(st.binary(max_size=30), min_size=1, max_size=6))
def test_a_body_arrives_whole_or_is_refused(parts: list[bytes]) -> None:
    messages = [chunk(part, k + 1 < len(parts)) for k, part in enumerate(parts)]
    status, _, body = drive(WholeBodies(echo, 64), scope_of(), messages)
    whole = b"".join(parts)
    assert (status, body) == (200, whole) if len(whole) <= 64 else status == 413


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    status, headers, body = drive(WholeBodies(echo, 64, most_s=0.05), scope_of(), [chunk(b"x")])
    assert (status, headers["connection"]) == (408, "close")
    assert json.loads(body)["cure"] == "Send it in one piece"


def test_a_client_that_goes_is_not_answered() -> None:
    assert drive(WholeBodies(echo, 64), scope_of(), [chunk(b"x"), {"type": "http.disconnect"}])[0] == 0


@pytest.mark.parametrize(
    ("length", "status"), [(b"65", 413), (b"9" * 30, 413), (b"x", 400), (b"-1", 400), (b"64", 200)]
)
def test_a_length_is_believed_when_it_refuses(length: bytes, status: int) -> None:
    headers = [(b"content-length", length)]
    assert drive(WholeBodies(echo, 64), scope_of(headers=headers), [chunk(b"", False)])[0] == status


def test_a_crowd_is_let_in_as_far_as_there_is_room_for_each() -> None:
    async def run() -> list[int]:
        release, statuses = asyncio.Event(), []

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            await release.wait()
            await echo(scope, receive, send)

        crowd = Crowd(slow, most=5, most_of_one=2)

        async def ask(address: str) -> None:
            async def send(message: Message) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(message["status"])

            async def receive() -> Message:
                return chunk(b"", False)

            await crowd(scope_of(client=(address, 1)), receive, send)

        tasks = [asyncio.create_task(ask(address)) for address in ("a", "a", "a", "b", "b", "c", "d")]
        await asyncio.sleep(0.05)
        release.set()
        async with asyncio.timeout(10):
            await asyncio.gather(*tasks)
            await ask("a")
        return statuses

    assert asyncio.run(run()) == [503, 503, 200, 200, 200, 200, 200, 200]


def test_a_page_may_say_more_precisely_what_it_needs() -> None:
    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-security-policy", b"own")]})
        await send({"type": "http.response.body", "body": b""})

    headers = drive(StrictHeaders(page, lambda: 0.0), scope_of())[1]
    assert headers["content-security-policy"] == "own"
    assert headers["x-frame-options"] == "DENY"
    assert headers["date"] == "Thu, 01 Jan 1970 00:00:00 GMT"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 200),
        ({"scheme": "http"}, 421),
        ({"headers": []}, 421),
        ({"headers": [(b"host", b"localhost"), (b"host", b"localhost")]}, 421),
        ({"headers": [(b"host", b"localhost:7"), (b"origin", b"https://localhost:7")]}, 200),
        ({"headers": [(b"host", b"localhost:7"), (b"origin", b"https://localhost:8")]}, 403),
        ({"headers": [(b"host", b"localhost"), (b"origin", b"https://localhost"), (b"origin", b"https://x")]}, 403),
        ({"method": "POST"}, 403),
        ({"method": "POST", "headers": [(b"host", b"localhost"), (b"x-skyaccord", b"")]}, 403),
        ({"method": "POST", "headers": [(b"host", b"localhost"), (b"x-skyaccord", b"1")]}, 200),
    ],
)
def test_where_a_request_may_come_from(more: dict[str, Any], status: int) -> None:
    assert drive(SameOrigin(echo, ["localhost"]), scope_of(**more))[0] == status


@pytest.mark.parametrize(("host", "name"), [("a:1", "a"), ("A", "a"), ("[::1]:8", "::1"), ("[::1]", "::1"), ("", "")])
def test_the_name_in_a_host_header(host: str, name: str) -> None:
    assert host_name(host) == name


def test_a_certificate_comes_from_the_connection_alone() -> None:
    seen = []

    async def look(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(client_certificate(scope))
        await echo(scope, receive, send)

    forged = scope_of(
        headers=[(b"client-cert", b"x"), (b"tls", b"x")], extensions={"tls": {"client_cert_chain": ["x"]}}
    )
    drive(with_certificate(look, b"\x30\x00"), forged)
    drive(with_certificate(look, None), forged)
    assert seen == [b"\x30\x00", None]


TOKEN = "A" * 43


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ([f"__Host-skyaccord={TOKEN}"], TOKEN),
        ([f"x=y; __Host-skyaccord={TOKEN} ; z"], TOKEN),
        ([f"__Host-skyaccord={TOKEN}", f"__Host-skyaccord={TOKEN}"], None),
        ([f"__host-skyaccord={TOKEN}"], None),
        ([f'__Host-skyaccord="{TOKEN}"'], None),
        ([f"__Host-skyaccord={TOKEN}A"], None),
        (["__Host-skyaccord"], None),
        ([], None),
    ],
)
def test_which_cookie_counts(headers: list[str], token: str | None) -> None:
    assert shown_token(headers) == token


def test_an_empty_token_takes_the_cookie_away() -> None:
    assert set_cookie("").endswith("Max-Age=0")


def test_a_gate_counts_who_is_in() -> None:
    gate = Gate(lambda der: der is None)
    assert not gate.enters("a", b"x")
    assert sum(gate.enters("a", None) for _ in range(MOST_OF_ONE + 5)) == MOST_OF_ONE
    others = sum(gate.enters(f"b{k}", None) for k in range(MOST_CONNECTIONS))
    assert others == MOST_CONNECTIONS - MOST_OF_ONE
    gate.leaves("a")
    assert gate.enters("a", None)
