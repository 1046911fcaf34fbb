"""Each state of a peer, drilled: how it comes about, what the officer is told, what goes on, how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from skyaccord.node.line.delivery import Answer, read_answer
from skyaccord.node.line.head import read_head
from skyaccord.node.line.reply import Reply, Status
from skyaccord.node.line.transport import Failure
from skyaccord.node.watch.peer_state import WORDS, PeerState
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.journals.entry import Entry
from skyaccord.trust.journals.sqlite.journal import SqliteJournal
from skyaccord.trust.log import Log
from skyaccord.trust.notes.note_key import NoteSigner
from skyaccord.trust.origin import log_origin
from skyaccord.trust.reasons import Reason
from tests.node.line.wire import Scene, opened
from tests.trust.cast import Note, key

Drill = Callable[[Scene], Awaitable[None]]


def run(tmp_path: Path, drill: Drill) -> None:
    async def all_of_it() -> None:
        async with opened(tmp_path) as scene:
            await drill(scene)

    asyncio.run(all_of_it())


def test_every_state_has_words() -> None:
    assert WORDS.keys() == set(PeerState)


def test_reachable(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        assert await scene.until("blue", "green", PeerState.REACHABLE) == "The line with green works"

    run(tmp_path, drill)


def test_not_met(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        await scene.close("green")
        await scene.close("blue")
        scene.wires["blue", "green"].delay_s = 0.5
        scene.open("blue")
        assert scene.has("blue", "green", PeerState.NOT_MET)

    run(tmp_path, drill)


def test_down_messages_are_kept_and_sent_when_the_line_is_back(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        await scene.close("green")
        await scene.say("blue", "green", "are you there")
        words = await scene.until("blue", "green", PeerState.DOWN)
        assert "since" in words
        assert "it is cut" in words
        assert await scene.waiting("blue", "green") == 1
        scene.open("green")
        await scene.settle(5.0)
        await scene.until("blue", "green", PeerState.REACHABLE)

    run(tmp_path, drill)


def test_flapping(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        wire = scene.wires["blue", "green"]
        for k in range(4):
            await scene.say("blue", "green", f"message {k}")
            wire.failure = Failure.NO_ANSWER
            await scene.say("blue", "green", "into the gap")
            async with asyncio.timeout(5.0):
                while scene.lines["blue"].watches["green"].is_reached:
                    await asyncio.sleep(0.01)
            wire.failure = None
            async with asyncio.timeout(5.0):
                while not scene.lines["blue"].watches["green"].is_reached:
                    await asyncio.sleep(0.01)
        await scene.until("blue", "green", PeerState.FLAPPING)
        await scene.settle(5.0)

    run(tmp_path, drill)


def test_one_way_what_cannot_be_brought_is_fetched(tmp_path: Path) -> None:
    """Green cannot call blue. Blue is told, fetches what green says, and brings it the receipts."""

    async def drill(scene: Scene) -> None:
        scene.wires["green", "blue"].failure = Failure.UNREACHABLE
        await scene.say("green", "blue", "can you hear me")
        words = await scene.until("green", "blue", PeerState.ONE_WAY)
        assert "heard and cannot be reached" in words or "does not reach" in words
        await scene.say("blue", "green", "go ahead")
        await scene.settle(15.0)
        words = await scene.until("blue", "green", PeerState.ONE_WAY)
        assert "fetched" in words
        heard = await scene.ask("blue", lambda desk: len(desk.standing.stream(("green", "blue")).places))
        assert heard == 5
        scene.wires["green", "blue"].failure = None
        await scene.until("green", "blue", PeerState.REACHABLE)

    run(tmp_path, drill)


@pytest.mark.parametrize(("by_s", "way"), [(5.0, "ahead of"), (-5.0, "behind")])
def test_clock_wrong(tmp_path: Path, by_s: float, way: str) -> None:
    async def drill(scene: Scene) -> None:
        scene.offsets_s["green"] = by_s
        await scene.say("blue", "green", "what time is it")
        words = await scene.until("blue", "green", PeerState.CLOCK_WRONG)
        assert f"5.0 s {way} this one" in words
        await scene.settle()
        scene.offsets_s["green"] = 0.0
        await scene.say("blue", "green", "and now")
        await scene.until("blue", "green", PeerState.REACHABLE)

    run(tmp_path, drill)


def test_a_clock_so_far_ahead_that_nothing_is_believed_holds_messages_until_it_is_set(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        scene.offsets_s["blue"] = 100.0
        await scene.say("blue", "green", "from the future")
        words = await scene.until("blue", "green", PeerState.BLOCKED)
        assert "from_future" in words
        assert "ahead of this clock" in words
        scene.offsets_s["green"] = 100.0
        await scene.settle()
        await scene.until("blue", "green", PeerState.REACHABLE)

    run(tmp_path, drill)


def test_certificate_expired(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        scene.wires["blue", "green"].failure = Failure.CERTIFICATE_EXPIRED
        await scene.say("blue", "green", "hello")
        words = await scene.until("blue", "green", PeerState.CERTIFICATE_EXPIRED)
        assert "telephone" in words
        scene.wires["blue", "green"].failure = None
        await scene.settle()
        await scene.until("blue", "green", PeerState.REACHABLE)

    run(tmp_path, drill)


def test_suspended_is_told_and_the_line_goes_on(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        scene.lines["blue"].watches["green"].is_suspended = True
        assert "emergencies" in await scene.until("blue", "green", PeerState.SUSPENDED)
        await scene.say("blue", "green", "all the same", is_urgent=True)
        await scene.settle()

    run(tmp_path, drill)


def test_blocked_nothing_is_skipped(tmp_path: Path) -> None:
    """What was refused stays first: nothing after it is delivered, and its reason is told."""

    async def drill(scene: Scene) -> None:
        sent: list[int] = []

        def refuse(question: str, reply: Reply) -> Reply:
            if question != "deliver" or reply.status is not Status.DONE:
                return reply
            answer = read_answer(reply.body)
            sent.append(len(answer.receipts))
            refused = Refused(Reason.UNKNOWN_KIND, "'talk.note' is no kind that is known here")
            return Reply(
                Status.DONE,
                Answer((), refused, answer.next_number, (), answer.received_s, answer.answered_s).packed(),
            )

        scene.wires["blue", "green"].change = refuse
        await scene.say("blue", "green", "first")
        words = await scene.until("blue", "green", PeerState.BLOCKED)
        assert "number 5" in words
        assert "unknown_kind" in words
        await scene.say("blue", "green", "second")
        await asyncio.sleep(0.3)
        assert await scene.waiting("blue", "green") == 2

    run(tmp_path, drill)


def test_forked_two_histories_are_kept_as_evidence(tmp_path: Path) -> None:
    """Green shows blue a checkpoint of a second history, signed with its own key."""

    async def drill(scene: Scene) -> None:
        await scene.say("blue", "green", "hello")
        await scene.settle()
        forged = other_history(tmp_path / "other.sqlite", 40)

        def lie(question: str, reply: Reply) -> Reply:
            if question != "head":
                return reply
            head = read_head(reply.body)
            return Reply(Status.DONE, replace(head, checkpoint=forged).packed())

        scene.wires["blue", "green"].change = lie
        scene.lines["blue"]._couriers["green"].meet_anew()
        words = await scene.until("blue", "green", PeerState.FORKED)
        assert "evidence" in words
        (evidence,) = await scene.ask("blue", lambda desk: list(desk.log.journal.evidence()))  # type: ignore[misc]
        assert evidence.kind == "fork"
        assert forged in evidence.pieces
        await scene.say("blue", "green", "still delivered")
        await scene.settle()

    run(tmp_path, drill)


def other_history(path: Path, size: int) -> bytes:
    origin = log_origin("green", key("green root").fingerprint)
    signer = NoteSigner.from_seed(origin, key("green node").seed)
    journal = SqliteJournal(path, origin)
    log = Log(journal, signer)
    log.append([Entry(Note(f"other {k}").body()) for k in range(size)])
    note = bytes(log.checkpoint())
    journal.close()
    return note


def test_restored_a_log_that_became_shorter_is_told(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        await scene.say("blue", "green", "hello")
        await scene.settle()

        def first(desk: Correspondence) -> bytes:
            return desk.log.journal.checkpoint_at(min(each.size for each in desk.log.journal.checkpoints())).note  # type: ignore[union-attr]

        old = await scene.ask("green", first)

        def shorten(question: str, reply: Reply) -> Reply:
            if question != "head":
                return reply
            return Reply(Status.DONE, replace(read_head(reply.body), checkpoint=old).packed())  # type: ignore[arg-type]

        scene.wires["blue", "green"].change = shorten
        scene.lines["blue"]._couriers["green"].meet_anew()
        words = await scene.until("blue", "green", PeerState.RESTORED)
        assert "old copy" in words
        kinds = await scene.ask("blue", lambda desk: [each.kind for each in desk.log.journal.evidence()])
        assert kinds == ["rollback"]
        scene.wires["blue", "green"].change = None
        await scene.say("blue", "green", "it was only an old note")
        await scene.settle()
        await scene.until("blue", "green", PeerState.REACHABLE)

    run(tmp_path, drill)
