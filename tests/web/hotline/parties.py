"""Parties whose nodes run in this process on loopback, with real keys, certificates, sessions and files."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path
from typing import Any

from skyaccord.node.configuration import Configuration, LineSettings, Listener
from skyaccord.node.folder import Folder
from skyaccord.node.identity.keys import make_keys, open_keys
from skyaccord.node.identity.open import open_to_speak
from skyaccord.node.identity.party import add_peer, introduce_self, own_introduction
from skyaccord.node.node import Node, make_node, open_node
from skyaccord.node.people.password import Cost
from skyaccord.node.people.roles import Role
from skyaccord.trust.keys.signing_key import SigningKey
from tests.node.people.cast import enrolled
from tests.web.house import HOSTS, NAMES, Answer, Client, House, open_house

PASSPHRASE = "nine grey geese over the river"  # noqa: S105
DUTIES = tuple(f"{role} of the north" for role in (Role.DUTY_OFFICER, Role.SUPERVISOR))
CHEAP = 1 << 10
PRESET = "syria-2015-public-outline"
WAIT_S = 15.0


@dataclass
class Officer:
    """Somebody who has signed in at one party's node."""

    house: House
    client: Client

    def get(self, path: str) -> Any:
        answer = self.client.ask("GET", path)
        assert answer.status == 200, answer
        return answer.json

    def post(self, path: str, body: object) -> Answer:
        return self.client.ask("POST", path, body)

    def say(self, kind: str, *to: str, precedence: str = "routine", answers: str | None = None, **content: Any) -> str:
        """Say something and return the name of its envelope; of several, the first one's."""
        body = {"kind": kind, "to": to, "content": content, "precedence": precedence, "answers": answers}
        return self.done("/hotline/messages", body)

    def done(self, path: str, body: object) -> str:
        answer = self.post(path, body)
        assert answer.status == 201, answer
        return str(answer.json["messages"][0]["envelope"]).removeprefix("sha256:")

    def thread(self, name: str) -> list[Any]:
        return list(self.get(f"/hotline/messages/{name}")["messages"])

    def state(self, name: str) -> str:
        return str(next(each["state"] for each in self.thread(name) if each["envelope"].endswith(name)))

    def has(self, name: str) -> bool:
        return self.client.ask("GET", f"/hotline/messages/{name}").status == 200


def until(is_so: Callable[[], bool], wait_s: float = WAIT_S) -> None:
    """Wait until something holds; it must."""
    end_s = time.monotonic() + wait_s
    while not is_so():
        assert time.monotonic() < end_s, "it did not come about in time"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def make_party(folder: Path, name: str, preset: str = PRESET) -> tuple[Node, SigningKey]:
    """Make a node with a party's keys and one person of each role; it does not run."""
    peers = Listener("127.0.0.1", free_port())
    configuration = Configuration(name, HOSTS, Listener("127.0.0.1", 0), peers, None, LineSettings(preset, DUTIES))
    now_s = time.time()
    node, _ = make_node(Folder(folder / name), configuration, "first", now_s)
    root = make_keys(node.folder, DUTIES, PASSPHRASE, now_s, CHEAP)
    introduce_self(node, root, preset, now_s)
    node.staff = replace(node.staff, cost=Cost(4, 1, 1))
    for role, each in NAMES.items():
        enrolled(node.staff, each, role, now_s)
    return node, root


def introduce(one: tuple[Node, SigningKey], other: Node) -> str:
    """Let one party believe another and return the hash of the memorandum that came of it."""
    node, root = one
    introduction = own_introduction(other.folder)
    keys = open_keys(node.folder, PASSPHRASE)
    return add_peer(node, root, keys, introduction, introduction.code, time.time()).hash


def make_parties(folder: Path, names: Sequence[str]) -> list[tuple[Node, SigningKey]]:
    """Make parties who all know each other."""
    made = [make_party(folder, name) for name in names]
    for one, other in permutations(made, 2):
        introduce(one, other[0])
    return made


@contextmanager
def running(node: Node) -> Iterator[House]:
    """Run a party's node until the block ends."""
    with open_house(node, speaks=lambda node, clock: open_to_speak(node, PASSPHRASE, clock)) as house:
        yield house


def reopened(node: Node) -> Node:
    """Open a node whose process has ended."""
    opened = open_node(node.folder, time.time())
    opened.staff = replace(opened.staff, cost=Cost(4, 1, 1))
    return opened


@contextmanager
def officers(folder: Path, *names: str) -> Iterator[list[Officer]]:
    """Run parties who know each other, each with its duty officer signed in."""
    with ExitStack() as open_nodes:
        houses = [open_nodes.enter_context(running(node)) for node, _ in make_parties(folder, names)]
        yield [Officer(each, each.signed_in("duty-officer")) for each in houses]
