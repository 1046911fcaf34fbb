"""A listener by itself: how long it waits, and how it ends."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from skyaccord.errors import NodeError
from skyaccord.node.authority.line import people_line
from skyaccord.node.configuration import Listener
from skyaccord.web.listen import Listening, bind, listen
from skyaccord.web.protocol import GuardedProtocol
from tests.node.authority.parties import party

HEAD_S = 0.4
HERE = Listener("127.0.0.1", 0)


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    if scope["path"] == "/slow":
        await asyncio.sleep(0.5)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


Lines = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Story = Callable[[Listening, Callable[[], Awaitable[Lines]]], Awaitable[None]]


def with_listener(folder: Path, story: Story) -> None:
    files = party(folder, "blue", time.time())
    trust = ssl.create_default_context(cafile=str(files.path("authority")))

    async def run() -> None:
        listening = await listen(answer, bind(HERE, "people"), people_line(files), lambda _: True, HEAD_S)

        async def connect() -> Lines:
            return await asyncio.open_connection("127.0.0.1", listening.port, ssl=trust, server_hostname="localhost")

        async with asyncio.timeout(20):
            await story(listening, connect)
            await listening.close()

    asyncio.run(run())


async def read_answer(reader: asyncio.StreamReader) -> bytes:
    return await reader.readuntil(b"ok")


def test_a_head_that_does_not_end_is_cut_however_it_trickles(tmp_path: Path) -> None:
    async def story(_: Listening, connect: Callable[[], Awaitable[Lines]]) -> None:
        for sent in (b"", b"GET /a HTTP/1.1\r\nHost: localhost\r\nX-Long: "):
            reader, writer = await connect()
            began, octets = time.monotonic(), 0
            while time.monotonic() - began < 10 * HEAD_S and not reader.at_eof():
                if sent:
                    writer.write(sent if not octets else b"y")
                octets += 1
                await asyncio.sleep(0.05)
                try:
                    await asyncio.wait_for(reader.read(1), 0.01)
                except TimeoutError:
                    continue
                except ConnectionError:
                    break
            assert HEAD_S * 0.8 < time.monotonic() - began < HEAD_S * 5
            writer.close()

    with_listener(tmp_path, story)


def test_a_second_head_on_a_connection_has_its_own_time(tmp_path: Path) -> None:
    async def story(_: Listening, connect: Callable[[], Awaitable[Lines]]) -> None:
        reader, writer = await connect()
        for _ in range(3):
            writer.write(b"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert (await read_answer(reader)).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(HEAD_S * 0.7)
        await asyncio.sleep(HEAD_S * 2)
        writer.write(b"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert (await read_answer(reader)).startswith(b"HTTP/1.1 200"), "between requests it may idle for longer"
        writer.write(b"GET /a HTTP/1.1\r\nHost: ")
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await read_answer(reader)
        writer.close()

    with_listener(tmp_path, story)


def test_a_request_that_is_worked_on_is_not_cut_by_the_time_of_heads(tmp_path: Path) -> None:
    async def story(_: Listening, connect: Callable[[], Awaitable[Lines]]) -> None:
        reader, writer = await connect()
        writer.write(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert (await read_answer(reader)).startswith(b"HTTP/1.1 200")
        writer.close()

    with_listener(tmp_path, story)


def test_closing_lets_end_what_is_under_way_and_takes_no_more(tmp_path: Path) -> None:
    async def story(listening: Listening, connect: Callable[[], Awaitable[Lines]]) -> None:
        reader, writer = await connect()
        idle_reader, idle_writer = await connect()
        writer.write(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await asyncio.sleep(0.1)
        closing = asyncio.create_task(listening.close())
        assert (await read_answer(reader)).startswith(b"HTTP/1.1 200")
        await closing
        assert await idle_reader.read() == b""
        with pytest.raises(OSError):
            await connect()
        writer.close()
        idle_writer.close()

    with_listener(tmp_path, story)


def test_plain_text_on_the_port_is_not_answered(tmp_path: Path) -> None:
    async def story(listening: Listening, _: Callable[[], Awaitable[Lines]]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", listening.port)
        writer.write(b"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"HTTP" not in await reader.read()
        writer.close()

    with_listener(tmp_path, story)


def test_small_answers_leave_at_once(tmp_path: Path) -> None:
    """An answer of two pieces would wait 40 ms for the other side to acknowledge the first, where the socket delays."""
    options: list[int] = []

    class Asking(GuardedProtocol):
        def connection_made(self, transport: Any) -> None:
            own = transport.get_extra_info("socket")
            options.append(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            super().connection_made(transport)

    async def story(_: Listening, connect: Callable[[], Awaitable[Lines]]) -> None:
        reader, writer = await connect()
        writer.write(b"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await read_answer(reader)
        writer.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("skyaccord.web.listen.GuardedProtocol", Asking)
        with_listener(tmp_path, story)
    assert options == [1]


def test_a_port_that_is_taken_or_an_address_of_others_is_said() -> None:
    with bind(HERE, "people") as taken:
        port = taken.getsockname()[1]
        taken.listen()
        with pytest.raises(NodeError, match=rf"127.0.0.1 port {port}: .*Change \[people\] in node.toml"):
            bind(Listener("127.0.0.1", port), "people")
    with pytest.raises(NodeError, match=r"Change \[peers\]"):
        bind(Listener("192.0.2.1", 0), "peers")
