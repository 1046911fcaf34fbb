"""Two processes, a spoilt line between them, an end by force at every step: what is said must stand in both logs."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from skyaccord.node.desk.steps import Step
from tests.node.ordeal.accounts import Account, settle_accounts, texts
from tests.node.ordeal.process import Process, free_port
from tests.node.ordeal.proxy import CLEAN, SPOILT, Mode, Proxy

PARTIES = ("blue", "green")
OTHER = {"blue": "green", "green": "blue"}
MOST_ASKED = 12
"""Messages that a party is asked to say before it has said the ones before."""
JUMP_S = 25.0
"""How far each clock is put forward or back: both together stay within what an envelope may be ahead."""


@dataclass
class Tally:
    """What was done and found."""

    kills: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    said: int = 0
    unknown: int = 0
    refused_full: int = 0
    fillings: int = 0
    jumps: int = 0
    cuts: int = 0
    recoveries_s: list[float] = field(default_factory=list)
    receipts: int = 0
    checkpoints: int = 0

    def add(self, other: Tally) -> None:
        self.kills += other.kills
        self.faults += other.faults
        for name in ("said", "unknown", "refused_full", "fillings", "jumps", "cuts", "receipts", "checkpoints"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.recoveries_s += other.recoveries_s


class Side:
    """One party, what it was asked to say, and when it ends next."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.asked: list[str] = []
        self.said: dict[str, int] = {}
        self.unknown: set[str] = set()
        self.refused: set[str] = set()
        self.count = 0
        self.stop: tuple[str, int] | None = None
        self.ready_s: float | None = None
        self.is_full = False

    def hear(self, tally: Tally) -> None:
        for told in self.process.take_all():
            self._hear(told, tally)

    def _hear(self, told: dict[str, Any], tally: Tally) -> None:
        text = told.get("text")
        if "ready" in told:
            self.ready_s = time.monotonic()
        if text is None:
            return
        self.asked.remove(text)
        if "said" in told:
            self.said[text] = told["said"]
        else:
            assert told.get("is_full"), told
            tally.refused_full += 1
            self.refused.add(text)


class Ordeal:
    """One pair of fresh logs, put through it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - repeatable, not secret
        self.tally = Tally()
        ports = {name: free_port() for name in PARTIES}
        self.proxies = {name: Proxy(ports[name], self.random.randrange(1 << 30)) for name in PARTIES}
        self.sides: dict[str, Side] = {}
        for name in PARTIES:
            ways = {OTHER[name]: f"http://127.0.0.1:{self.proxies[OTHER[name]].port}/line/"}
            self.sides[name] = Side(Process(name, folder, ways, ports[name], PARTIES))

    def run(self, kills: int, messages: int, cuts: int) -> Tally:
        try:
            for name in PARTIES:
                self._start(name, stop=None)
            for name in PARTIES:
                self._await_ready(name)
            for proxy in self.proxies.values():
                proxy.rates = SPOILT
            self._go_through(kills, messages)
            self._heal()
            self._measure_recovery(cuts)
            self._drain(60.0)
            for side in self.sides.values():
                side.hear(self.tally)
                assert side.process.end() == 0
            self._settle()
        finally:
            for proxy in self.proxies.values():
                self.tally.faults += proxy.counts
                proxy.close()
            for side in self.sides.values():
                if side.process.is_running:
                    side.process.kill()
        return self.tally

    def _await_ready(self, name: str) -> None:
        assert self.sides[name].process.wait(lambda told: "ready" in told, 60.0), self._where()
        self.sides[name].ready_s = time.monotonic()

    def _go_through(self, kills: int, messages: int) -> None:
        until_s = time.monotonic() + 60.0 + 6.0 * kills
        while sum(self.tally.kills.values()) < kills or sum(len(side.said) for side in self.sides.values()) < messages:
            assert time.monotonic() < until_s, self._where()
            done = sum(self.tally.kills.values())
            most = messages if done >= kills else messages * done // kills + 5 * MOST_ASKED
            for name in PARTIES:
                self._look_after(name, done < kills, most // 2)
            self._meddle()
            time.sleep(0.01)

    def _look_after(self, name: str, is_killing: bool, most: int) -> None:
        side = self.sides[name]
        side.hear(self.tally)
        has_waited = side.ready_s is not None and time.monotonic() - side.ready_s > 4.0
        if side.process.is_running and is_killing and (side.stop is None or has_waited):
            side.process.kill()
            self._note_end(side, "any moment")
        elif not side.process.is_running:
            assert side.process.reap() == -9, f"{name} ended by itself: {self._where()}"
            self._note_end(side, side.stop[0] if side.stop else "any moment")
        if not side.process.is_running:
            self._start(name, stop=self._next_stop() if is_killing else None)
        elif side.ready_s is not None:
            self._ask(name, most)

    def _ask(self, name: str, most: int) -> None:
        side = self.sides[name]
        while len(side.asked) < (1 if side.is_full else MOST_ASKED) and len(side.said) + len(side.asked) < most:
            side.count += 1
            text = f"{name} {side.count}"
            if not side.process.do("say", to=OTHER[name], text=text, is_urgent=self.random.random() < 0.05):
                side.unknown.add(text)
                break
            side.asked.append(text)

    def _note_end(self, side: Side, where: str) -> None:
        side.process.reap()
        side.hear(self.tally)
        self.tally.kills[where] += 1
        side.unknown |= set(side.asked)
        side.asked.clear()

    def _start(self, name: str, stop: tuple[str, int] | None) -> None:
        side = self.sides[name]
        side.stop = stop
        side.is_full = False
        side.ready_s = None
        clock_s = self.random.uniform(-JUMP_S, JUMP_S)
        side.process.start(self.random.randrange(1 << 30), stop, clock_s)

    def _next_stop(self) -> tuple[str, int]:
        """Return the step that was hit least, and how often it is passed before."""
        waiting = Counter(side.stop[0] for side in self.sides.values() if side.stop)
        steps = [step.value for step in Step]
        self.random.shuffle(steps)
        least = min(steps, key=lambda step: self.tally.kills[step] + waiting[step])
        return least, self.random.randrange(0, 3)

    def _meddle(self) -> None:
        """Now and then set a clock, fill a disk, cut the line or make it one-way for a while."""
        chance = self.random.random()
        side = self.sides[self.random.choice(PARTIES)]
        if chance < 0.003 and side.process.do("clock", offset_s=self.random.uniform(-JUMP_S, JUMP_S)):
            self.tally.jumps += 1
        elif chance < 0.006 and not side.is_full and side.process.do("full", spare_pages=self.random.randrange(4)):
            side.is_full = True
            self.tally.fillings += 1
        elif chance < 0.02 and side.is_full:
            side.process.do("room")
            side.is_full = False
        elif chance < 0.022:
            proxy = self.proxies[self.random.choice(PARTIES)]
            proxy.set_mode(self.random.choice((Mode.REFUSING, Mode.SILENT)))
        elif chance < 0.06:
            for proxy in self.proxies.values():
                proxy.mode = Mode.OPEN

    def _heal(self) -> None:
        for proxy in self.proxies.values():
            proxy.mode = Mode.OPEN
            proxy.rates = CLEAN
        for name, side in self.sides.items():
            if side.process.is_running and side.stop is not None:
                side.process.kill()
                self._note_end(side, "any moment")
            if not side.process.is_running:
                self._start(name, stop=None)
                self._await_ready(name)
            side.process.do("room")
        self._drain(60.0)

    def _measure_recovery(self, cuts: int) -> None:
        """Cut the line in one of its ways, say something, heal it: how long until all is acknowledged."""
        for _ in range(cuts):
            mode = self.random.choice((Mode.REFUSING, Mode.SILENT))
            cut = self.random.choice((("blue",), ("green",), PARTIES))
            for name in cut:
                self.proxies[name].set_mode(mode)
            self.tally.cuts += 1
            for name in PARTIES:
                side = self.sides[name]
                side.count += 1
                text = f"{name} {side.count}"
                side.asked.append(text)
                side.process.do("say", to=OTHER[name], text=text)
            time.sleep(self.random.uniform(0.5, 5.0))
            for proxy in self.proxies.values():
                proxy.mode = Mode.OPEN
            self.tally.recoveries_s.append(self._drain(30.0))

    def _drain(self, timeout_s: float) -> float:
        """Wait until nothing is open on either side; return how long that took."""
        begun_s = time.monotonic()
        while time.monotonic() - begun_s < timeout_s:
            open_numbers = 0
            for name, side in self.sides.items():
                told = side.process.ask("waiting", "waiting", to=OTHER[name])
                assert told is not None, self._where()
                open_numbers += told["waiting"]
                side.hear(self.tally)
                open_numbers += len(side.asked)
            if not open_numbers:
                return time.monotonic() - begun_s
            time.sleep(0.02)
        raise AssertionError(f"still open after {timeout_s} s: {self._where()}")

    def _where(self) -> str:
        words = []
        for name, side in self.sides.items():
            errors = (side.process.folder / f"{name}.err").read_text()[-3000:]
            states = side.process.ask("states", "states", 3.0) if side.process.is_running else None
            waiting = side.process.ask("waiting", "waiting", 3.0, to=OTHER[name]) if side.process.is_running else None
            words.append(
                f"{name}: {len(side.said)} said, {side.asked} asked, {side.stop}, {waiting} {states}\n{errors}"
            )
        return "\n".join([str(self.tally), *words])

    def _settle(self) -> None:
        accounts = {name: Account(name, PARTIES, side.process.journal) for name, side in self.sides.items()}
        for name, here in accounts.items():
            there, side = accounts[OTHER[name]], self.sides[name]
            self.tally.receipts += settle_accounts(here, there)
            self.tally.checkpoints += here.checkpoints
            found = texts(there.stream(name, there.name))
            assert len(found) == len(set(found)), "none is heard twice"
            assert set(side.said) <= set(found) <= set(side.said) | side.unknown, "all that was promised, nothing else"
            orders = [int(text.split()[1]) for text in found]
            assert orders == sorted(orders), "in the order in which it was said"
            introduced = len(here.stream(name, there.name)) - len(found)
            by_text = dict(zip(found, range(introduced + 1, introduced + len(found) + 1), strict=True))
            assert all(by_text[text] == number for text, number in side.said.items()), "under the number promised"
            self.tally.said += len(side.said)
            self.tally.unknown += len(side.unknown)
