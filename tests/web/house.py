"""A node with both listeners open on loopback, in a thread, and clients that speak to it over real sockets."""

from __future__ import annotations

import asyncio
import http.client
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from skyaccord.node.authority.own_files import OwnFiles
from skyaccord.node.authority.peer_card import own_card, pin
from skyaccord.node.configuration import Configuration, Listener
from skyaccord.node.folder import Folder
from skyaccord.node.identity.open import Speaking
from skyaccord.node.node import Node, make_node
from skyaccord.node.people.password import Cost
from skyaccord.node.people.roles import Role
from skyaccord.web.route import Route
from skyaccord.web.run_node import Running, run_node
from tests.node.people.cast import PASSWORD, code, enrolled, forget_code

WAIT_S = 20.0
HOSTS = ("localhost", "127.0.0.1", "::1")
SOMEWHERE = "https://127.0.0.1:9"
NAMES = {role: role.value.replace("_", "-") for role in Role}


class Clock:
    """The real time, which TLS goes by, plus what a test adds."""

    def __init__(self) -> None:
        self.ahead_s = 0.0
        self._stopped_s: float | None = None

    def stop(self) -> None:
        self._stopped_s = time.time()

    def __call__(self) -> float:
        return (self._stopped_s or time.time()) + self.ahead_s


@dataclass
class House:
    """A node that runs."""

    node: Node
    clock: Clock
    running: Running
    speaks: Speaking | None = None

    @property
    def authority(self) -> str:
        return str(self.node.files.path("authority"))

    def client(self, address: str = "127.0.0.1", certificate: tuple[str, str] | None = None) -> Client:
        """Return a client for people."""
        return Client(self.running.people.port, self.authority, address, certificate)

    def signed_in(self, name: str, address: str = "127.0.0.1") -> Client:
        """Return a client in which somebody has signed in."""
        client = self.client(address)
        forget_code(self.node.staff, name)
        given = {"name": name, "password": PASSWORD, "code": code(self.node.staff, name, self.clock())}
        answer = client.ask("POST", "/session", given)
        assert answer.status == 200, answer
        return client


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """What a page or a program of a person sends."""

    port: int
    authority: str
    address: str = "127.0.0.1"
    certificate: tuple[str, str] | None = None
    cookie: str | None = None
    marks: dict[str, str] = field(default_factory=lambda: {"X-Skyaccord": "1"})

    def context(self) -> ssl.SSLContext:
        made = ssl.create_default_context(cafile=self.authority)
        if self.certificate:
            made.load_cert_chain(*self.certificate)
        return made

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
    ) -> Answer:
        """Send one request over a connection of its own."""
        sent = {**self.marks, **(headers or {})}
        if self.cookie is not None:
            sent.setdefault("Cookie", f"__Host-skyaccord={self.cookie}")
        data = raw if body is None else json.dumps(body).encode()
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        line = http.client.HTTPSConnection(
            "127.0.0.1", self.port, context=self.context(), timeout=WAIT_S, source_address=(self.address, 0)
        )
        try:
            line.request(method, path, data, sent)
            got = line.getresponse()
            answer = Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            line.close()
        if (planted := answer.headers.get("set-cookie")) and planted.startswith("__Host-skyaccord="):
            self.cookie = planted.partition("=")[2].partition(";")[0] or None
        return answer


def make_house_node(tmp_path: Path, name: str = "blue") -> Node:
    """Make a node with one person of each role, at a cost that lets many sign in."""
    listener = Listener("127.0.0.1", 0)
    configuration = Configuration(name, HOSTS, listener, listener, None)
    node, _ = make_node(Folder(tmp_path / name), configuration, "first", time.time())
    node.staff = replace(node.staff, cost=Cost(4, 1, 1))
    for role, each in NAMES.items():
        enrolled(node.staff, each, role, time.time())
    return node


@contextmanager
def open_house(
    node: Node,
    peers: Sequence[OwnFiles] = (),
    more: Sequence[Route] = (),
    speaks: Callable[[Node, Clock], Speaking] | None = None,
) -> Iterator[House]:
    """Run a node whose peers are pinned, until the block ends; ``speaks`` opens its party."""
    for peer in peers:
        card = own_card(peer, SOMEWHERE)
        pin(node.folder, card, card.fingerprint)
    node.keep_house(time.time())
    clock, opened, told = Clock(), threading.Event(), []
    party = speaks(node, clock) if speaks else None
    loop_and_end: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def tell(running: Running) -> None:
        told.append(running)
        opened.set()

    async def serve() -> None:
        end = asyncio.Event()
        loop_and_end.append((asyncio.get_running_loop(), end))
        await run_node(node, clock, end, tell, more, speaks=party)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert opened.wait(WAIT_S)
    try:
        yield House(node, clock, told[0], party)
    finally:
        loop, end = loop_and_end[0]
        loop.call_soon_threadsafe(end.set)
        thread.join(WAIT_S)
        assert not thread.is_alive()
        node.close()
