"""A line that can be spoilt: HTTP requests and answers are dropped, delayed, doubled, reordered or cut, as seeded."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Mode(StrEnum):
    OPEN = "open"
    REFUSING = "refusing"  # the connection is closed at once
    SILENT = "silent"  # the connection is taken, and nothing comes


@dataclass(frozen=True)
class Rates:
    """How often each thing happens to a request."""

    drop_request: float = 0.0
    drop_answer: float = 0.0
    delay: float = 0.0
    double: float = 0.0
    reorder: float = 0.0
    cut: float = 0.0


CLEAN = Rates()
SPOILT = Rates(drop_request=0.04, drop_answer=0.06, delay=0.10, double=0.08, reorder=0.10, cut=0.04)


class Proxy:
    """Stands before one node; in a thread of its own."""

    def __init__(self, backend: int, seed: int, rates: Rates = CLEAN) -> None:
        self.rates = rates
        self.mode = Mode.OPEN
        self.counts: Counter[str] = Counter()
        self.port = 0
        self._backend = backend
        self._random = Random(seed)  # noqa: S311 - repeatable, not secret
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10.0)

    def set_mode(self, mode: Mode) -> None:
        self.mode = mode
        if mode is not Mode.OPEN:
            self.counts[mode.value] += 1
            self._loop.call_soon_threadsafe(lambda: [writer.transport.abort() for writer in list(self._writers)])

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10.0)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 24))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with suppress(OSError, EOFError, ValueError, asyncio.CancelledError):
                while self.mode is Mode.OPEN and await self._pass_on(reader, writer):
                    pass
                if self.mode is Mode.SILENT:
                    await reader.read()
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Pass one request on and its answer back; return whether the connection goes on."""
        request = await _read_message(reader)
        fate = self._draw()
        if fate:
            self.counts[fate] += 1
        if fate == "drop_request":
            return False
        if fate in ("delay", "reorder"):
            await asyncio.sleep(self._random.uniform(0.01, 0.15 if fate == "delay" else 0.4))
        if self.mode is not Mode.OPEN:
            return True
        answer = await self._ask(request)
        if fate == "double":
            answer = await self._ask(request)
        if fate == "drop_answer" or self.mode is not Mode.OPEN:
            return False
        if fate == "cut":
            writer.write(answer[: len(answer) // 2])
            await writer.drain()
            return False
        writer.write(answer)
        await writer.drain()
        return True

    def _draw(self) -> str | None:
        chance = self._random.random()
        for name in ("drop_request", "drop_answer", "delay", "double", "reorder", "cut"):
            chance -= getattr(self.rates, name)
            if chance < 0.0:
                return name
        return None

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._backend, limit=1 << 24)
        try:
            writer.write(request)
            await writer.drain()
            return await _read_message(reader)
        finally:
            writer.transport.abort()


async def _read_message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    fields = head.lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in fields if line.startswith(b"content-length:")), 0)
    return head + await reader.readexactly(length)
