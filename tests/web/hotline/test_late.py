"""Late acknowledgements, told up the ladder by an injected clock; what must not count; what is suspended."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from skyaccord.hotline.kinds import encode
from skyaccord.model.canonical_json import canonical
from skyaccord.model.instants import format_instant
from skyaccord.node.hotline.writing import Draft, write_body
from skyaccord.node.identity.party import introduce_self
from skyaccord.node.people.audit import read_audit
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message
from tests.web.hotline.parties import DUTIES, PRESET, Officer, introduce, make_party, officers, running, until


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[list[Officer]]:
    with officers(tmp_path, "blue", "green") as both:
        yield both


def told(officer: Officer, name: str) -> list[str]:
    """Return who was told of a message, in the order in which the audit has it."""
    entries = reversed(read_audit(officer.house.node.store, count=200))
    return [
        each.subject.partition(":")[0] for each in entries if each.deed == "hotline.told" and name[:12] in each.subject
    ]


def test_a_late_acknowledgement_goes_up_the_ladder_and_stays_visible(pair: list[Officer]) -> None:
    blue, green = pair
    flash = blue.say("query", "green", precedence="flash", text="Where?")
    until(lambda: green.has(flash) and blue.state(flash) == "open")
    assert told(green, flash) == []
    ladder = ["supervisor", "head of the operations centre", "working group"]
    for rung, ahead_s in enumerate((125.0, 245.0, 485.0), start=1):
        for each in pair:
            each.house.clock.ahead_s = ahead_s
        until(lambda rung=rung: told(green, flash) == ladder[:rung] and told(blue, flash) == ladder[:rung])
    shown = green.get("/hotline/inbox")["inbox"][0]
    assert shown["is_late"]
    assert shown["told"] == ["duty officer", *ladder]
    assert shown["reminders"] == 2
    green.done(f"/hotline/messages/{flash}/acknowledgement", {})
    until(lambda: blue.state(flash) == "acknowledged")
    late_s = blue.thread(flash)[0]["late_by_s"]
    assert 355.0 < late_s < 380.0, "485 s and a little, less the 120 s of a flash"
    theirs = blue.get("/hotline/statistics")["parties"][0]["theirs"]
    assert (theirs["acknowledged"], theirs["in_time"], theirs["late"]) == (1, 0, 1)


def test_nobody_is_told_twice_by_a_node_that_starts_again(pair: list[Officer]) -> None:
    blue, green = pair
    flash = blue.say("query", "green", precedence="flash", text="Where?")
    until(lambda: green.has(flash))
    green.house.clock.ahead_s = 130.0
    until(lambda: told(green, flash) == ["supervisor"])
    assert green.house.speaks is not None
    from skyaccord.node.hotline.events import Events
    from skyaccord.node.hotline.ladder import Ladder

    again = Ladder(green.house.node.store, Events())
    with green.house.speaks.room.shelf.reading() as book:
        again.climb(book, green.house.clock())
    assert told(green, flash) == ["supervisor"]


def test_a_message_for_an_excluded_actor_is_set_aside_by_who_receives_it(pair: list[Officer]) -> None:
    """The sender's node refuses to say it; one that says it all the same is not heeded."""
    blue, green = pair
    assert blue.house.speaks is not None
    room = blue.house.speaks.room
    draft = Draft("query", ["green"], DUTIES[0], {"text": "For red"}, on_behalf_of=["red"])
    content = canonical(encode(write_body(draft, None, blue.house.clock())))
    message = Message(room.office.memoranda["green"].hash, "blue", "green", "hotline.query", 1, content)
    said = room.line.desk.say(message, room.office.keys.duties[DUTIES[0]]).result(10)
    assert isinstance(said, Parcel)
    until(lambda: green.get("/hotline/inbox")["aside"] != [])
    aside = green.get("/hotline/inbox")["aside"][0]
    assert (aside["sender"], aside["kind"], aside["why"]) == ("blue", "hotline.query", "excluded")
    assert green.get("/hotline/inbox")["inbox"] == []


def test_suspended_is_what_is_declared_and_practice_is_what_is_done(pair: list[Officer]) -> None:
    blue, green = pair
    now = format_instant(blue.house.clock())
    declaration = blue.say("declaration", "green", status="suspended", text="", **{"from": now})
    until(lambda: green.has(declaration))
    until(lambda: "suspended" in [each["state"] for each in green.get("/hotline/inbox")["lines"][0]["states"]])
    line = green.get("/hotline/inbox")["lines"][0]
    assert line["declared"] == "suspended"
    query = green.say("query", "blue", precedence="emergency", text="Still answering?")
    until(lambda: blue.has(query))
    blue.done(f"/hotline/messages/{query}/acknowledgement", {})
    until(lambda: green.get("/hotline/inbox")["lines"][0]["practice"] == "answers")
    assert green.get("/hotline/inbox")["lines"][0]["declared"] == "suspended"


def test_a_clock_that_is_wrong_is_told_to_the_officer(tmp_path: Path) -> None:
    with officers(tmp_path, "blue", "green") as (blue, green):
        green.house.clock.ahead_s = 30.0
        query = blue.say("query", "green", text="What time is it?")
        until(lambda: green.has(query))

        def states() -> dict[str, str]:
            return {each["state"]: each["words"] for each in blue.get("/hotline/inbox")["lines"][0]["states"]}

        until(lambda: "clock_wrong" in states(), 40.0)
        assert "ahead of this one" in states()["clock_wrong"]


def test_a_peer_with_another_memorandum_takes_nothing_and_the_officer_is_told(tmp_path: Path) -> None:
    """Green made its introduction anew and blue was given the old one: the two texts differ, and so do their hashes."""
    blue, green = make_party(tmp_path, "blue"), make_party(tmp_path, "green")
    introduce(blue, green[0])
    introduce_self(green[0], green[1], PRESET, time.time() + 5.0)
    introduce(green, blue[0])
    with running(blue[0]) as house, running(green[0]) as other:
        at_blue, at_green = (Officer(each, each.signed_in("duty-officer")) for each in (house, other))
        query = at_blue.say("query", "green", text="Do you hear me?")
        until(lambda: "blocked" in [each["state"] for each in at_blue.get("/hotline/inbox")["lines"][0]["states"]])
        states = at_blue.get("/hotline/inbox")["lines"][0]["states"]
        assert "no memorandum that is in force" in next(e["words"] for e in states if e["state"] == "blocked")
        assert at_blue.state(query) == "undelivered"
        assert not at_green.has(query)
