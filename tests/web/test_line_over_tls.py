"""Two whole nodes whose line goes through their listeners for peers, by mutual TLS."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives import serialization

from skyaccord.node.authority.certificates import issue_server, pem
from skyaccord.node.authority.line import calling_line
from skyaccord.node.authority.own_files import SERVER
from skyaccord.node.authority.peer_card import own_card, pin
from skyaccord.node.delivery.http_transport import HttpTransport
from skyaccord.node.desk.journal_files import JournalFiles
from skyaccord.node.line.delivery import Delivery, read_answer
from skyaccord.node.line.reply import Status
from skyaccord.node.node import Node
from skyaccord.node.party_line import PartyLine
from skyaccord.node.watch.peer_state import PeerState
from skyaccord.trust.envelopes.envelope import read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.origin import log_origin
from skyaccord.trust.reasons import Reason
from skyaccord.web.line_routes import line_routes, recognise_peers
from skyaccord.web.run_node import Running, run_node
from tests.node.line.cast import introduce, party, say
from tests.trust.cast import MEMORANDUM, Note, key
from tests.web.house import SOMEWHERE, make_house_node

PARTIES = ("blue", "green")
OTHER = {"blue": "green", "green": "blue"}
DAY_S = 86_400.0


class Two:
    """Two nodes that run in one loop."""

    def __init__(self, folder: Path) -> None:
        self.nodes = {name: make_house_node(folder, name) for name in PARTIES}
        for name, node in self.nodes.items():
            card = own_card(self.nodes[OTHER[name]].files, SOMEWHERE)
            pin(node.folder, card, card.fingerprint)
            node.keep_house(time.time())
        self.lines: dict[str, PartyLine] = {}
        self.ports: dict[str, int] = {}
        self.ends = {name: asyncio.Event() for name in PARTIES}

    def make_line(self, name: str, node: Node) -> PartyLine:
        origin = log_origin(name, key(f"{name} root").fingerprint)
        files = JournalFiles(node.folder.path, origin)
        return PartyLine(party(name, PARTIES), files, time.time, Random(1), store=node.store)  # noqa: S311 - repeatable

    async def start(self, name: str) -> asyncio.Task[None]:
        node, opened = self.nodes[name], asyncio.Event()
        self.lines[name] = self.make_line(name, node)
        routes = line_routes(self.lines[name].service, recognise_peers(node, time.time))

        def tell(running: Running) -> None:
            self.ports[name] = running.peers.port
            opened.set()

        task = asyncio.create_task(run_node(node, time.time, self.ends[name], tell, line=routes))
        await asyncio.wait_for(opened.wait(), 20.0)
        return task

    def way(self, caller: str, files: Node | None = None) -> HttpTransport:
        called = self.nodes[OTHER[caller]]
        context = calling_line((files or self.nodes[caller]).files, called.files.authority.certificate)
        return HttpTransport(f"https://127.0.0.1:{self.ports[OTHER[caller]]}/line/", context)

    async def settle(self) -> None:
        async with asyncio.timeout(20.0):
            for name in PARTIES:
                while await self.waiting(name):
                    await asyncio.sleep(0.02)

    async def waiting(self, name: str) -> int:
        line = self.lines[name]
        return (await asyncio.wrap_future(line.desk.ask(lambda desk: line.tallies.of(desk, OTHER[name])))).waiting


@asynccontextmanager
async def two_nodes(folder: Path) -> AsyncIterator[Two]:
    two = Two(folder)
    async with AsyncExitStack() as things:
        for name in PARTIES:
            task = await two.start(name)

            async def end(name: str = name, task: asyncio.Task[None] = task) -> None:
                await two.lines[name].close()
                two.ends[name].set()
                await task
                two.nodes[name].close()

            things.push_async_callback(end)
        for name in PARTIES:
            two.lines[name].open({OTHER[name]: two.way(name)})
        for name in PARTIES:
            await introduce(two.lines[name], name, OTHER[name])
        await two.settle()
        yield two


def test_messages_receipts_and_their_times(tmp_path: Path) -> None:
    async def drill() -> None:
        async with two_nodes(tmp_path) as two:
            parcel = await say(two.lines["blue"], "blue", "green", "over mutual TLS")
            assert isinstance(parcel, Parcel)
            await two.settle()
            header = read_envelope(read_leaf(parcel.leaf)).header
            for name in PARTIES:
                times = two.lines[name].times
                assert times is not None
                times.flush()
                found = times.of(header)
                assert found is not None
                assert abs(found.at_s - time.time()) < 20.0
                assert found.skew is not None
                assert abs(found.skew.offset_s) <= found.skew.uncertainty_s  # one clock

    asyncio.run(drill())


def test_the_right_certificate_with_another_partys_envelope(tmp_path: Path) -> None:
    async def drill() -> None:
        async with two_nodes(tmp_path) as two:
            message = Message(MEMORANDUM, "green", "green", "talk.note", 1, Note("not mine").body())
            parcel = seal(message, key("green duty"), 1, time.time())
            way = two.way("blue")
            reply = await way.call("deliver", Delivery(0, (parcel,)).packed())
            await way.close()
            assert reply.status is Status.DONE
            refused = read_answer(reply.body).refused
            assert refused is not None
            assert refused.reason is Reason.UNKNOWN_SENDER

    asyncio.run(drill())


def test_a_certificate_that_has_ended_is_told_as_that(tmp_path: Path) -> None:
    async def drill() -> None:
        async with two_nodes(tmp_path) as two:
            files = two.nodes["green"].files
            ended = issue_server(files.authority, ("localhost", "127.0.0.1"), time.time() - 200 * DAY_S)
            form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            files.path(SERVER).write_text(pem(ended.certificate))
            files.key_path(SERVER).write_bytes(ended.key.private_bytes(*form))
            await two.lines["green"].close()
            two.ends["green"].set()
            await asyncio.sleep(0.5)
            two.ends["green"] = asyncio.Event()
            task = await two.start("green")
            two.lines["green"].open({"blue": two.way("green")})
            way = two.way("blue")
            await two.lines["blue"]._transports[0].close()
            two.lines["blue"]._couriers["green"]._meeting._calls._transport = way
            await say(two.lines["blue"], "blue", "green", "hello")
            async with asyncio.timeout(10.0):
                while not any(
                    each.state is PeerState.CERTIFICATE_EXPIRED for each in two.lines["blue"].states("green")
                ):
                    await asyncio.sleep(0.02)
            await way.close()
            two.ends["green"].set()
            await task

    asyncio.run(drill())
