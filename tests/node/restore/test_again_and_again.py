"""A node that is put back again and again, from any of its copies, while messages come and go."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from random import Random

import pytest

from skyaccord.errors import NodeError
from skyaccord.trust.acceptance.correspondence import Correspondence
from tests.node.line.wire import Scene, opened

ROUNDS = 6


def leaves(scene: Scene, sender: str, recipient: str) -> object:
    def read(desk: Correspondence) -> list[bytes]:
        return [desk.leaf_at(index) for index in desk.standing.stream((sender, recipient)).places]

    return read


async def say_when_it_may_be_said(scene: Scene, one: str, other: str) -> None:
    async with asyncio.timeout(10.0):
        while True:
            try:
                await scene.say(one, other, "in the end")
            except NodeError:
                await asyncio.sleep(0.02)
            else:
                return


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("parties", [("blue", "green"), ("blue", "green", "amber")])
def test_both_logs_agree_in_the_end_and_nobody_is_convicted(
    tmp_path: Path, parties: tuple[str, ...], seed: int
) -> None:
    async def drill() -> None:
        random = Random(seed)  # noqa: S311 - repeatable, not secret
        copies: list[Path] = []
        async with opened(tmp_path, parties) as scene:
            for turn in range(ROUNDS):
                await scene.close("blue")
                if copies and random.random() < 0.6:
                    shutil.rmtree(scene.folders["blue"])
                    shutil.copytree(random.choice(copies), scene.folders["blue"])
                else:
                    copies.append(tmp_path / f"copy {turn}")
                    shutil.copytree(scene.folders["blue"], copies[-1])
                scene.open("blue", is_restored=random.random() < 0.5)
                for k in range(random.randrange(4)):
                    one, other = random.choice(list(scene.wires))
                    try:
                        await scene.say(one, other, f"turn {turn}, {k}")
                    except NodeError:  # not before it is known what was said
                        await asyncio.sleep(0.05)
                await scene.settle()
            for one, other in scene.wires:
                await say_when_it_may_be_said(scene, one, other)
            await scene.settle()
            for one, other in scene.wires:
                here, there = [await scene.ask(name, leaves(scene, one, other)) for name in (one, other)]  # type: ignore[arg-type]
                assert here == there
            for name in parties:
                kinds = await scene.ask(name, lambda desk: {each.kind for each in desk.log.journal.evidence()})
                assert kinds <= {"rollback", "withdrawn"}  # type: ignore[operator]

    asyncio.run(drill())
