"""A line within one process: calls go straight to the other's service, unless the test spoils it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from skyaccord.node.line.reply import Reply
from skyaccord.node.line.transport import Failure, LineError
from skyaccord.node.party import Restored
from skyaccord.node.party_line import PartyLine
from skyaccord.node.watch.peer_state import PeerState
from skyaccord.trust.acceptance.correspondence import Correspondence
from tests.node.line.cast import introduce, open_line, say
from tests.trust.cast import NOW_S

Change = Callable[[str, Reply], Reply]


@dataclass
class Wire:
    """The way from one party to another."""

    caller: str
    failure: Failure | None = None
    delay_s: float = 0.0
    change: Change | None = None
    asked: list[str] = field(default_factory=list)
    end: PartyLine | None = None

    async def call(self, question: str, body: bytes) -> Reply:
        await asyncio.sleep(self.delay_s)
        self.asked.append(question)
        if self.failure is not None or self.end is None:
            raise LineError("the wire", self.failure or Failure.UNREACHABLE, "it is cut")
        reply = await self.end.service.answer(self.caller, question, body)
        return self.change(question, reply) if self.change else reply

    async def close(self) -> None:
        pass


class Scene:
    """Some parties in one process, each with a folder, a clock and a wire to each other."""

    def __init__(self, folder: Path, parties: tuple[str, ...] = ("blue", "green")) -> None:
        self.parties = parties
        self.folders = {name: folder / name for name in parties}
        self.offsets_s = dict.fromkeys(parties, 0.0)
        self.wires = {(one, other): Wire(one) for one in parties for other in parties if one != other}
        self.lines: dict[str, PartyLine] = {}
        self.met: list[str] = []
        for each in self.folders.values():
            each.mkdir()

    def now(self, name: str) -> Callable[[], float]:
        return lambda: NOW_S + time.monotonic() % 1e5 + self.offsets_s[name]

    def open(self, name: str, *, is_restored: bool = False) -> PartyLine:
        line = self.lines[name] = open_line(name, self.parties, self.folders[name], self.now(name))
        for (_, other), wire in self.wires.items():
            if other == name:
                wire.end = line
        ways = {other: wire for (one, other), wire in self.wires.items() if one == name}
        line.open(ways, Restored(lambda: self.met.append(name)) if is_restored else None)
        return line

    async def close(self, name: str) -> None:
        for (_, other), wire in self.wires.items():
            if other == name:
                wire.end = None
        await self.lines.pop(name).close()

    async def introduce(self) -> None:
        for one, other in self.wires:
            await introduce(self.lines[one], one, other)

    async def say(self, one: str, other: str, text: str, *, is_urgent: bool = False) -> object:
        return await say(self.lines[one], one, other, text, is_urgent=is_urgent)

    async def ask(self, name: str, question: Callable[[Correspondence], object]) -> object:
        return await asyncio.wrap_future(self.lines[name].desk.ask(question))

    async def waiting(self, one: str, other: str) -> int:
        line = self.lines[one]
        return (await asyncio.wrap_future(line.desk.ask(lambda desk: line.tallies.of(desk, other)))).waiting

    async def settle(self, timeout_s: float = 10.0) -> None:
        """Wait until everything that was said is acknowledged."""
        until_s = time.monotonic() + timeout_s
        while sum([await self.waiting(one, other) for one, other in self.wires]):
            assert time.monotonic() < until_s, {pair: self.lines[pair[0]].states(pair[1]) for pair in self.wires}
            await asyncio.sleep(0.01)

    async def until(self, name: str, peer: str, state: PeerState, timeout_s: float = 10.0) -> str:
        """Wait until a state of a peer holds; return its words."""
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    for each in self.lines[name].states(peer):
                        if each.state is state:
                            return each.words
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"{peer} is {self.lines[name].states(peer)}, not {state}") from None

    def has(self, name: str, peer: str, state: PeerState) -> bool:
        return any(each.state is state for each in self.lines[name].states(peer))


@asynccontextmanager
async def opened(folder: Path, parties: tuple[str, ...] = ("blue", "green")) -> AsyncIterator[Scene]:
    """Parties who know each other's keys."""
    scene = Scene(folder, parties)
    for name in parties:
        scene.open(name)
    try:
        await scene.introduce()
        await scene.settle()
        yield scene
    finally:
        for name in list(scene.lines):
            await scene.close(name)
