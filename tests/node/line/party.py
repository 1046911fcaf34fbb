"""A party in a process of its own: a line over HTTP on loopback, told by lines on standard input what to do.

Started as ``python -m tests.node.line.party CONFIGURATION``, JSON with ``name``, ``parties``, ``folder``, ``port``,
``ways`` (peer to URL), ``seed``, and where to end: ``stop`` is a step and how often it is passed before.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request

from skyaccord.errors import JournalError
from skyaccord.node.delivery.http_transport import HttpTransport
from skyaccord.node.desk.jobs import Noted
from skyaccord.node.desk.journal_files import connect_across_threads
from skyaccord.node.desk.steps import Step
from skyaccord.node.party_line import PartyLine
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.envelope import read_envelope, read_leaf
from skyaccord.trust.journals.sqlite.database import Connection
from skyaccord.web.line_routes import line_routes
from tests.node.line.cast import introduce, open_line, say

NAME_HEADER = "x-party"


class Clock:
    """A clock that can be set."""

    def __init__(self) -> None:
        self.offset_s = 0.0

    def __call__(self) -> float:
        return time.time() + self.offset_s


class Stop:
    """Ends the process at a step, without a chance to clean up, as a power cut does."""

    def __init__(self, step: str, after: int) -> None:
        self._step = Step(step)
        self._left = after

    def __call__(self, step: Step) -> None:
        if step is self._step:
            self._left -= 1
            if self._left < 0:
                os.kill(os.getpid(), signal.SIGKILL)


def tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Told:
    """Does what standard input says, and tells of it on standard output."""

    def __init__(self, line: PartyLine, me: str, clock: Clock, connection: sqlite3.Connection) -> None:
        self.line = line
        self.connection = connection
        self.me = me
        self.clock = clock
        self.acknowledged: dict[tuple[str, int], float] = {}
        self.loads: set[asyncio.Task[None]] = set()
        line.desk.when_noted(self._note)

    def _note(self, noted: list[Noted]) -> None:
        now_s = time.monotonic()
        for each in noted:
            if each.header.kind == "log.receipt":
                self.acknowledged[each.header.sender, each.header.sequence] = now_s

    async def do(self, told: dict[str, Any]) -> None:
        what = told.pop("do")
        await getattr(self, f"do_{what}")(**told)

    async def do_say(self, to: str, text: str, is_urgent: bool = False) -> None:
        try:
            outcome = await say(self.line, self.me, to, text, is_urgent=is_urgent)
        except JournalError as error:
            tell(text=text, failed=str(error), is_full=self.line.desk.room.is_full)
            return
        if isinstance(outcome, Refused):
            tell(text=text, refused=outcome.reason.value, words=outcome.words)
        else:
            tell(text=text, said=read_envelope(read_leaf(outcome.leaf)).header.sequence)

    async def do_clock(self, offset_s: float) -> None:
        self.clock.offset_s = offset_s

    async def do_full(self, spare_pages: int = 0) -> None:
        """Leave the journal no more pages than it has and a few."""

        def fill(desk: Correspondence) -> None:
            (pages,) = self.connection.execute("PRAGMA page_count").fetchone()
            self.connection.execute(f"PRAGMA max_page_count = {pages + spare_pages}").fetchall()

        await asyncio.wrap_future(self.line.desk.ask(fill))
        tell(full=True)

    async def do_room(self) -> None:
        """Let the journal grow again."""

        def free(desk: Correspondence) -> None:
            self.connection.execute(f"PRAGMA max_page_count = {1 << 30}").fetchall()

        await asyncio.wrap_future(self.line.desk.ask(free))
        tell(room=True)

    async def do_states(self) -> None:
        tell(
            states={
                peer: [[each.state.value, each.words] for each in self.line.states(peer)] for peer in self.line.watches
            },
            trouble=self.line.desk.room.trouble,
        )

    async def do_waiting(self, to: str) -> None:
        """Tell how much is open."""
        tally = await asyncio.wrap_future(self.line.desk.ask(lambda desk: self.line.tallies.of(desk, to)))
        tell(waiting=tally.waiting, sent=tally.sent, expects=tally.expects, size=tally.size)

    async def do_load(self, to: str, count: int, rate: float, text: str = "x" * 200) -> None:
        """Say things at a rate (0: as fast as some callers can), and tell how long each took to be acknowledged."""
        task = asyncio.create_task(self._load(to, count, rate, text))
        self.loads.add(task)
        task.add_done_callback(self.loads.discard)

    async def _load(self, to: str, count: int, rate: float, text: str) -> None:
        begun_s = time.monotonic()
        said: dict[int, float] = {}

        async def one(k: int, at_s: float) -> None:
            outcome = await say(self.line, self.me, to, f"{text} {k}")
            assert not isinstance(outcome, Refused), outcome
            said[read_envelope(read_leaf(outcome.leaf)).header.sequence] = at_s

        tasks: set[asyncio.Task[None]] = set()
        for k in range(count):
            if rate:
                await asyncio.sleep(max(0.0, begun_s + k / rate - time.monotonic()))
            elif len(tasks) >= 64:
                _, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            tasks.add(asyncio.create_task(one(k, time.monotonic())))
        await asyncio.wait(tasks)
        while any((to, number) not in self.acknowledged for number in said):
            await asyncio.sleep(0.005)
        took = sorted(self.acknowledged[to, number] - at_s for number, at_s in said.items())
        tell(loaded=count, took_s=max(self.acknowledged[to, n] for n in said) - begun_s, latencies_s=took)


async def serve(configuration: dict[str, Any]) -> None:
    clock = Clock()
    clock.offset_s = configuration.get("clock_s", 0.0)
    stop = configuration.get("stop")
    steps: dict[str, Any] = {"steps": Stop(*stop)} if stop else {}
    me = configuration["name"]
    connections: list[Any] = []

    def connect(path: Path) -> Connection:
        connections.append(connect_across_threads(path))
        return connections[-1]  # type: ignore[no-any-return]

    parties, folder = tuple(configuration["parties"]), Path(configuration["folder"])
    line = open_line(me, parties, folder, clock, configuration["seed"], connect=connect, **steps)
    told = Told(line, me, clock, connections[0])
    ways = {peer: HttpTransport(url, headers={NAME_HEADER: me}) for peer, url in configuration["ways"].items()}
    line.open(ways)

    def recognise(request: Request) -> str | None:
        return request.headers.get(NAME_HEADER)

    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or answers are held back
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", configuration["port"]))
    app = Starlette(routes=line_routes(line.service, recognise))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    running = asyncio.create_task(server.serve([listener]))
    for peer in ways:
        await introduce(line, me, peer)
    tell(ready=True)
    reader = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while text := await reader.readline():
        asked = json.loads(text)
        if asked == {"do": "end"}:
            break
        await told.do(asked)
    server.should_exit = True
    await line.close()
    await running


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.argv[1])))
