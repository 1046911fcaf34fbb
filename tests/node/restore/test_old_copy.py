"""A node that was put back from an old copy: it loses nothing its peer has, and never contradicts itself unsaid."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from skyaccord.errors import NodeError
from skyaccord.node.watch.peer_state import PeerState
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.envelopes import refounding
from skyaccord.trust.envelopes.envelope import read_envelope, read_leaf
from tests.node.line.wire import Scene, opened


async def texts(scene: Scene, owner: str, sender: str, recipient: str) -> list[str]:
    """What one has said to the other, as the owner's log has it."""

    def read(desk: Correspondence) -> list[str]:
        found = []
        for index in desk.standing.stream((sender, recipient)).places:
            if read_envelope(read_leaf(desk.leaf_at(index))).header.kind == "talk.note":
                body = desk.log.journal.body(index)
                found.append(body.content.decode())  # type: ignore[union-attr]
        return found

    return await scene.ask(owner, read)  # type: ignore[return-value]


async def copy_and_lose(scene: Scene, tmp_path: Path, said_after: int = 3) -> None:
    """Blue is copied, says and hears more, and is put back from the copy; it is not opened again."""
    await scene.close("blue")
    shutil.copytree(scene.folders["blue"], tmp_path / "copy")
    scene.open("blue")
    for k in range(said_after):
        await scene.say("blue", "green", f"after the copy {k}")
        await scene.say("green", "blue", f"answer {k}")
    await scene.settle()
    await scene.close("blue")
    shutil.rmtree(scene.folders["blue"])
    shutil.copytree(tmp_path / "copy", scene.folders["blue"])


@pytest.mark.parametrize("is_known", [True, False])
def test_what_was_lost_is_fetched_and_the_log_goes_on_under_another_name(tmp_path: Path, is_known: bool) -> None:
    async def drill() -> None:
        async with opened(tmp_path) as scene:
            await scene.say("blue", "green", "before the copy")
            await scene.settle()
            before = await scene.ask("blue", lambda desk: desk.log.journal.origin)
            await copy_and_lose(scene, tmp_path)
            scene.open("blue", is_restored=is_known)
            async with asyncio.timeout(10.0):
                while await scene.ask("blue", lambda desk: desk.log.journal.origin) == before:
                    await asyncio.sleep(0.01)
            await scene.settle()
            await scene.say("blue", "green", "later")
            await scene.say("green", "blue", "later too")
            await scene.settle()
            for sender, recipient in (("blue", "green"), ("green", "blue")):
                assert await texts(scene, "blue", sender, recipient) == await texts(scene, "green", sender, recipient)
            assert len(await texts(scene, "green", "blue", "green")) == 5
            origin = await scene.ask("blue", lambda desk: desk.log.journal.origin)
            assert str(origin).startswith(f"{before}/")
            head = await scene.ask("green", lambda desk: desk.standing.heads["blue"])
            assert head.origin == origin  # type: ignore[attr-defined]
            assert not scene.has("green", "blue", PeerState.FORKED)

    asyncio.run(drill())


def test_the_first_new_entry_names_the_checkpoint_that_was_lost(tmp_path: Path) -> None:
    async def drill() -> None:
        async with opened(tmp_path) as scene:
            await copy_and_lose(scene, tmp_path)
            lost = await scene.ask("green", lambda desk: desk.standing.heads["blue"])
            size = await scene.ask("blue", lambda desk: desk.log.size) if "blue" in scene.lines else None
            assert size is None
            scene.open("blue")
            await scene.say("green", "blue", "hello")
            await scene.settle()

            def first_new(desk: Correspondence) -> tuple[str, bytes]:
                index = desk.standing.stream(("blue", "blue")).places[0]
                kind = read_envelope(read_leaf(desk.leaf_at(index))).header.kind
                return kind, desk.log.journal.body(index).content  # type: ignore[union-attr]

            kind, body = await scene.ask("blue", first_new)  # type: ignore[misc]
            assert kind == refounding.KIND
            assert lost.note.decode().splitlines()[1] in body.decode()  # type: ignore[attr-defined]
            evidence = await scene.ask("green", lambda desk: len(desk.standing.left_behind["blue"]))
            assert evidence == 1

    asyncio.run(drill())


def test_a_number_that_was_used_is_never_used_for_other_content(tmp_path: Path) -> None:
    """Blue, put back unawares and out of reach, says something under numbers that green has other envelopes of."""

    async def drill() -> None:
        async with opened(tmp_path) as scene:
            await copy_and_lose(scene, tmp_path)
            for wire in scene.wires.values():
                wire.delay_s = 0.3
            scene.open("blue")
            for k in range(2):
                await scene.say("blue", "green", f"too early {k}")
            for wire in scene.wires.values():
                wire.delay_s = 0.0
            await scene.say("green", "blue", "hello")
            await scene.settle()
            assert scene.lines["blue"].recovery.withdrawn == 2
            kinds = await scene.ask("blue", lambda desk: [each.kind for each in desk.log.journal.evidence()])
            assert kinds == ["withdrawn", "withdrawn"]
            kinds = await scene.ask("green", lambda desk: {each.kind for each in desk.log.journal.evidence()})
            assert kinds <= {"rollback"}  # type: ignore[operator]
            assert await texts(scene, "blue", "blue", "green") == await texts(scene, "green", "blue", "green")

    asyncio.run(drill())


def test_nothing_is_signed_while_it_is_not_known_what_was_said(tmp_path: Path) -> None:
    async def drill() -> None:
        async with opened(tmp_path) as scene:
            await copy_and_lose(scene, tmp_path)
            for wire in scene.wires.values():
                wire.failure = scene_failure
            scene.open("blue", is_restored=True)
            with pytest.raises(NodeError, match="restored"):
                await scene.say("blue", "green", "too early")
            scene.wires["green", "blue"].failure = None
            await scene.say("green", "blue", "are you there")
            await asyncio.sleep(0.3)
            assert await scene.waiting("green", "blue") == 1
            assert scene.met == []
            scene.wires["blue", "green"].failure = None
            await scene.settle()
            assert scene.met == ["blue"]
            await scene.say("blue", "green", "now")
            await scene.settle()

    from skyaccord.node.line.transport import Failure

    scene_failure = Failure.UNREACHABLE
    asyncio.run(drill())


def test_the_other_peer_is_asked_before_it_is_told_anything(tmp_path: Path) -> None:
    async def drill() -> None:
        async with opened(tmp_path, ("blue", "green", "amber")) as scene:
            await copy_and_lose(scene, tmp_path)
            scene.wires["blue", "amber"].delay_s = 0.5
            scene.open("blue")
            await scene.say("green", "blue", "hello")
            async with asyncio.timeout(10.0):
                while await scene.waiting("green", "blue"):
                    await asyncio.sleep(0.01)
            with pytest.raises(NodeError, match="amber"):
                await scene.say("blue", "amber", "too early")
            scene.wires["blue", "amber"].delay_s = 0.0
            async with asyncio.timeout(10.0):
                while await scene.lines["blue"].recovery.why_not_say("amber"):
                    await asyncio.sleep(0.01)
            await scene.say("blue", "amber", "hello")
            await scene.say("amber", "blue", "hello")
            await scene.settle()
            for name in scene.parties:
                kinds = await scene.ask(name, lambda desk: {each.kind for each in desk.log.journal.evidence()})
                assert kinds <= {"rollback"}, "a short log may be seen; nobody is convicted"  # type: ignore[operator]

    asyncio.run(drill())
