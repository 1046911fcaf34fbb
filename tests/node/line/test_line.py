"""What the line promises between parties in one process: order, the disk, more than two, strangers, strict answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import CanonicalError, JournalError, MemberError
from skyaccord.node.line.delivery import Delivery, read_answer, read_delivery
from skyaccord.node.line.entries import EntriesRequest, read_entries_request, read_stream_part
from skyaccord.node.line.head import ask_head, read_head, read_head_request
from skyaccord.node.line.lines import MOST_BYTES, MOST_ITEMS
from skyaccord.node.line.proof import ProofRequest, read_proof, read_proof_request
from skyaccord.node.line.reply import Reply, Status
from skyaccord.node.line.transport import Failure
from skyaccord.node.watch.peer_state import PeerState
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.envelope import read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.merkle.verify import verify_consistency
from skyaccord.trust.reasons import Reason
from tests.node.line.cast import say
from tests.node.line.wire import Scene, opened
from tests.trust.cast import MEMORANDUM, NOW_S, Note, key

READERS = (
    read_delivery,
    read_answer,
    read_head_request,
    read_head,
    read_proof_request,
    read_proof,
    read_entries_request,
    read_stream_part,
)


def run(
    tmp_path: Path, drill: Callable[[Scene], Awaitable[None]], parties: tuple[str, ...] = ("blue", "green")
) -> None:
    async def all_of_it() -> None:
        async with opened(tmp_path, parties) as scene:
            await drill(scene)

    asyncio.run(all_of_it())


def kinds_of(desk: Correspondence) -> list[str]:
    return [read_envelope(read_leaf(leaf)).header.kind for leaf in desk.log.journal.leaves(0, desk.log.size)]


def test_three_parties_and_each_has_its_own_stream_with_each(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        for k in range(5):
            for one, other in scene.wires:
                await scene.say(one, other, f"{one} to {other} {k}")
        await scene.settle()
        for one, other in scene.wires:
            sent = await scene.ask(one, lambda desk, pair=(one, other): len(desk.standing.stream(pair).places))
            heard = await scene.ask(other, lambda desk, pair=(one, other): len(desk.standing.stream(pair).places))
            assert sent == heard == 9

    run(tmp_path, drill, ("blue", "green", "amber"))


def test_one_of_three_that_is_down_holds_up_nobody(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        await scene.close("amber")
        for one, other in (("blue", "green"), ("green", "blue"), ("blue", "amber")):
            await scene.say(one, other, "hello")
        async with asyncio.timeout(5.0):
            while await scene.waiting("blue", "green") or await scene.waiting("green", "blue"):
                await asyncio.sleep(0.01)
        await scene.until("blue", "amber", PeerState.DOWN)
        assert await scene.waiting("blue", "amber") == 1
        scene.open("amber")
        await scene.settle()

    run(tmp_path, drill, ("blue", "green", "amber"))


def test_a_party_that_the_memorandum_leaves_out_is_refused(tmp_path: Path) -> None:
    """Red is no party: the line does not know it, and its envelope is not believed on another's line either."""

    async def drill(scene: Scene) -> None:
        service = scene.lines["green"].service
        message = Message(MEMORANDUM, "red", "green", "talk.note", 1, Note("let me in").body())
        parcel = seal(message, key("red duty"), 1, NOW_S)
        body = Delivery(0, (parcel,)).packed()
        for stranger in ("red", None):
            assert (await service.answer(stranger, "deliver", body)).status is Status.STRANGER
        before = await scene.ask("green", lambda desk: desk.log.size)
        reply = await service.answer("blue", "deliver", body)
        refused = read_answer(reply.body).refused
        assert refused is not None
        assert refused.reason is Reason.UNKNOWN_SENDER
        assert await scene.ask("green", lambda desk: desk.log.size) == before

    run(tmp_path, drill)


def test_entries_between_others_are_given_to_nobody(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        await scene.say("green", "blue", "for blue alone")
        await scene.settle()
        service = scene.lines["green"].service
        reply = await service.answer("amber", "entries", EntriesRequest("blue", 1, 10).packed())
        assert reply.status is Status.MALFORMED
        reply = await service.answer("amber", "entries", EntriesRequest("green", 1, 10).packed())
        parcels = read_stream_part(reply.body).parcels
        recipients = {
            read_envelope(read_leaf(each.leaf)).header.recipient for each in parcels if isinstance(each, Parcel)
        }
        assert recipients == {"amber"}

    run(tmp_path, drill, ("blue", "green", "amber"))


def test_a_batch_stops_at_the_first_that_is_refused_and_what_came_again_has_its_receipt_again(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        scene.wires["blue", "green"].failure = Failure.UNREACHABLE
        parcels = [await scene.say("blue", "green", f"message {k}") for k in range(4)]
        service = scene.lines["green"].service

        async def deliver(*which: int) -> tuple[int, Refused | None, int]:
            batch = tuple(parcels[k] for k in which)
            answer = read_answer((await service.answer("blue", "deliver", Delivery(0, batch).packed())).body)  # type: ignore[arg-type]
            return len(answer.receipts), answer.refused, answer.next_number

        before = await scene.ask("green", lambda desk: desk.log.journal.refusals().counts.get("replay", 0))
        taken, refused, following = await deliver(0, 2, 3)
        assert (taken, following) == (1, 6)
        assert refused is not None
        assert refused.reason is Reason.GAP
        assert await deliver(0, 1) == (2, None, 7)
        assert await deliver(0, 1, 2, 3) == (4, None, 9)
        repeated = await scene.ask("green", lambda desk: desk.log.journal.refusals().counts["replay"])
        assert repeated == before + 2, "one a batch"
        scene.wires["blue", "green"].failure = None
        await scene.settle()

    run(tmp_path, drill)


def test_batches_that_overtake_each_other_wait_for_their_turn(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        scene.wires["blue", "green"].failure = Failure.UNREACHABLE
        parcels = [await scene.say("blue", "green", f"message {k}") for k in range(4)]
        service = scene.lines["green"].service
        first, second = Delivery(0, tuple(parcels[:2])), Delivery(0, tuple(parcels[2:]))  # type: ignore[arg-type]
        await service.answer("blue", "deliver", Delivery(0, ()).packed())  # what is expected is known
        late = asyncio.create_task(service.answer("blue", "deliver", second.packed()))
        await asyncio.sleep(0.05)
        await service.answer("blue", "deliver", first.packed())
        assert read_answer((await late).body).refused is None

    run(tmp_path, drill)


def test_an_emergency_goes_at_once_though_the_line_pauses_and_after_what_was_said_before(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        wire = scene.wires["blue", "green"]
        wire.failure = Failure.UNREACHABLE
        await scene.say("blue", "green", "ordinary")
        await scene.until("blue", "green", PeerState.DOWN)
        await asyncio.sleep(2.5)  # pauses are at their longest
        calls = len(wire.asked)
        wire.failure = None
        begun_s = asyncio.get_running_loop().time()
        await scene.say("blue", "green", "emergency", is_urgent=True)
        await scene.settle()
        assert asyncio.get_running_loop().time() - begun_s < 1.0
        assert len(wire.asked) > calls
        texts = await scene.ask("green", lambda desk: kinds_of(desk)[-2:])
        assert texts == ["talk.note", "talk.note"]

    run(tmp_path, drill)


def test_an_emergency_ends_its_batch(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        for wire in scene.wires.values():
            wire.failure = Failure.UNREACHABLE
        for k in range(20):
            await scene.say("blue", "green", f"message {k}", is_urgent=k == 9)
        sending = scene.lines["blue"]._couriers["green"]._sending
        assert len(await sending.next_batch(5, 14)) == 10
        assert len(await sending.next_batch(15, 14)) == 10
        assert len(await sending.next_batch(5, 0)) == 20

    run(tmp_path, drill)


@pytest.mark.parametrize("spare_pages", [0, 2])
def test_a_full_disk_is_said_nothing_is_promised_and_all_goes_on_when_there_is_room(
    tmp_path: Path, spare_pages: int
) -> None:
    async def drill(scene: Scene) -> None:
        line = scene.lines["green"]

        def limit(desk: Correspondence, pages: int | None) -> None:
            database = desk.log.journal._journal._database  # type: ignore[attr-defined]
            now = database.one("PRAGMA page_count")[0] + spare_pages
            database.all(f"PRAGMA max_page_count = {now if pages is None else pages}")

        await scene.ask("green", lambda desk: limit(desk, None))
        said: list[str] = []
        with suppress(JournalError):
            for k in range(200):
                await say(line, "green", "blue", f"{k} {'x' * 1500}")
                said.append(f"{k}")
        assert line.desk.room.is_full
        assert len(said) < 200
        assert "disk is full" in (line.desk.room.trouble or "")
        with pytest.raises(JournalError, match="disk is full"):
            await say(line, "green", "blue", "x" * 1500)
        await scene.say("blue", "green", f"to a full disk {'x' * 1500}")
        await asyncio.sleep(0.3)
        assert await scene.waiting("blue", "green") == 1
        await scene.ask("green", lambda desk: limit(desk, 1 << 20))
        await scene.settle()
        assert line.desk.room.trouble is None
        heard = await scene.ask("blue", lambda desk: len(desk.standing.stream(("green", "blue")).places))
        assert heard == 4 + len(said)
        await say(line, "green", "blue", "room again")
        await scene.settle()

    run(tmp_path, drill)


def test_a_proof_is_given_between_any_two_sizes_and_none_beyond(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        service = scene.lines["green"].service
        size = int(await scene.ask("green", lambda desk: desk.log.size))  # type: ignore[call-overload]
        roots = [await scene.ask("green", lambda desk, k=k: desk.log.root(k)) for k in range(size + 1)]
        for old in range(1, size + 1):
            reply = await service.answer("blue", "proof", ProofRequest(old, size).packed())
            assert verify_consistency(old, size, roots[old], roots[size], read_proof(reply.body))  # type: ignore[arg-type]
        for old, new in ((0, 1), (size, size + 1), (3, 2)):
            reply = await service.answer("blue", "proof", ProofRequest(old, new).packed())
            assert reply.status is Status.MALFORMED

    run(tmp_path, drill)


@given(
    st.binary(max_size=300) | st.sampled_from([ask_head(), ask_head() + b"\nnull", b'{"protocol":"skyaccord/line/1"}'])
)
def test_any_octets_are_read_or_refused(data: bytes) -> None:
    for read in READERS:
        with suppress(CanonicalError, MemberError):
            read(data)


@given(st.data())
def test_a_damaged_request_is_read_or_refused(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([ProofRequest(1, 2).packed(), EntriesRequest("blue", 1, 5).packed()]))
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.binary(max_size=4)) + whole[place + data.draw(st.integers(0, 4)) :]
    for read in READERS:
        with suppress(CanonicalError, MemberError):
            read(damaged)


def test_what_is_too_long_or_too_much_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(MemberError, match="octets"):
        read_delivery(b"x" * (MOST_BYTES + 1))
    with pytest.raises(MemberError, match="too many"):
        read_delivery(Delivery(0, ()).packed() + b"\nnull" * (MOST_ITEMS + 1))

    async def drill(scene: Scene) -> None:
        service = scene.lines["green"].service
        for question, body in (("deliver", b"nonsense"), ("nothing", b""), ("head", b"{}"), ("entries", ask_head())):
            assert (await service.answer("blue", question, body)).status is Status.MALFORMED

    run(tmp_path, drill)


def test_whoever_listens_and_fails_does_not_stop_the_desk(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        def fail(_: object) -> None:
            raise RuntimeError("a listener's own mistake")

        scene.lines["blue"].desk.when_noted(fail)
        for k in range(3):
            await scene.say("blue", "green", f"message {k}")
        await scene.settle()

    run(tmp_path, drill)


def test_a_head_that_is_nonsense_is_told_and_survived(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        wire = scene.wires["blue", "green"]
        for nonsense in (b"no note", b"three\nlines\nhere\n\n\xe2\x80\x94 x y\n"):
            wire.change = lambda question, reply, note=nonsense: (
                Reply(reply.status, replace(read_head(reply.body), checkpoint=note).packed())
                if question == "head"
                else reply
            )
            scene.lines["blue"]._couriers["green"].meet_anew()
            await asyncio.sleep(0.2)
        wire.change = lambda _, reply: Reply(reply.status, b"{}")
        scene.lines["blue"]._couriers["green"].meet_anew()
        assert "not understood" in await scene.until("blue", "green", PeerState.DOWN)
        wire.change = None
        await scene.say("blue", "green", "hello")
        await scene.settle()
        assert await scene.ask("blue", lambda desk: list(desk.log.journal.evidence())) == []

    run(tmp_path, drill)


def test_a_closed_desk_answers_that_it_is_closed(tmp_path: Path) -> None:
    async def drill(scene: Scene) -> None:
        line = scene.lines["blue"]
        await scene.close("blue")
        with pytest.raises(JournalError, match="closed"):
            await say(line, "blue", "green", "too late")

    run(tmp_path, drill)
