"""Two nodes and the line between them: real processes' parts, real TLS, people who have signed in."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skyaccord.model.instants import format_instant
from skyaccord.node.people.audit import read_audit
from tests.web.hotline.parties import DUTIES, Officer, officers, until

Pair = tuple[Officer, Officer]
VOLUME = {
    "area": {"centre": [38.5, 35.5], "radius": "10 NM"},
    "floor": "10000 ft",
    "ceiling": "20000 ft",
    "datum": "pressure",
    "from": "2026-12-01T10:00:00.000Z",
    "until": "2026-12-01T11:00:00.000Z",
}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with officers(tmp_path_factory.mktemp("pair"), "blue", "green") as (blue, green):
        yield blue, green


def call(caller: str, called: str, text: str) -> dict[str, Any]:
    now_s = time.time()
    return {
        "medium": "telephone",
        "from": format_instant(now_s - 300),
        "until": format_instant(now_s - 120),
        "caller": caller,
        "caller_duty": "duty officer",
        "called": called,
        "called_duty": "duty officer",
        "text": text,
    }


def test_a_notice_is_acknowledged_and_both_sides_see_it(pair: Pair) -> None:
    blue, green = pair
    notice = blue.say("notice", "green", volumes=[VOLUME], text="Training")
    until(lambda: green.has(notice))
    shown = green.get("/hotline/inbox")["inbox"]
    assert [each["envelope"] for each in shown] == [f"sha256:{notice}"]
    assert shown[0]["authority"] == DUTIES[0]
    green.done(f"/hotline/messages/{notice}/acknowledgement", {"will_inform": ["supervisor"]})
    until(lambda: blue.state(notice) == "acknowledged")
    first = blue.thread(notice)[0]
    assert first["content"]["volumes"] == [VOLUME]
    assert first["took_s"] >= 0.0
    assert first["late_by_s"] == 0.0
    assert green.get("/hotline/inbox")["inbox"] == []


def test_an_emergency_stands_first_whenever_it_came(pair: Pair) -> None:
    blue, green = pair
    flash = blue.say("query", "green", precedence="flash", text="Where?")
    emergency = blue.say(
        "emergency", "green", precedence="emergency", nature="distress", at=format_instant(time.time())
    )
    later = blue.say("query", "green", precedence="flash", text="And when?")
    until(lambda: all(green.has(each) for each in (flash, emergency, later)))
    names = [each["envelope"].removeprefix("sha256:") for each in green.get("/hotline/inbox")["inbox"]]
    assert names == [emergency, flash, later]
    for each in names:
        green.done(f"/hotline/messages/{each}/acknowledgement", {})
        green.say("reply", "blue", answers=each, text="Seen")
    until(lambda: blue.get("/hotline/inbox")["awaited"] == [])
    for each in blue.get("/hotline/inbox")["inbox"]:
        blue.done(f"/hotline/messages/{each['envelope'].removeprefix('sha256:')}/acknowledgement", {})


def test_a_check_is_answered_with_its_challenge_and_counted(pair: Pair) -> None:
    blue, green = pair
    check = blue.done("/hotline/checks", {"to": "green"})
    until(lambda: green.has(check))
    green.done(f"/hotline/messages/{check}/check_answer", {"readability": 4})
    until(lambda: blue.state(check) == "answered")
    content = [each["content"] for each in blue.thread(check)]
    assert content[0]["challenge"] == content[1]["challenge"]
    assert content[0]["scheduled"] is not None, "a check was due from the beginning"
    figures = blue.get("/hotline/statistics")["parties"][0]["checks"]
    assert (figures["called"], figures["answered"], figures["slots"]) == (1, 1, {"answered": 1})
    assert abs(figures["offset_s"]) < 2.0
    assert blue.get("/hotline/inbox")["lines"][0]["next_check"] > format_instant(time.time())


def test_differing_minutes_are_both_kept(pair: Pair) -> None:
    blue, green = pair
    minute = blue.done("/hotline/minutes", {"to": "green", "content": call("blue", "green", "They will turn back.")})
    until(lambda: green.has(minute))
    other = call("blue", "green", "We said that we would look.")
    green.done(f"/hotline/messages/{minute}/differing_minute", {"content": other})
    until(lambda: blue.state(minute) == "answered")
    texts = [(each["kind"], each["content"]["text"]) for each in blue.thread(minute)]
    assert texts == [("minute", "They will turn back."), ("differing_minute", "We said that we would look.")]
    assert blue.get("/hotline/inbox")["inbox"][0]["kind"] == "differing_minute"


def test_a_minute_is_countersigned_and_nothing_else_is(pair: Pair) -> None:
    blue, green = pair
    minute = green.done("/hotline/minutes", {"to": "blue", "content": call("blue", "green", "Agreed to call at nine.")})
    until(lambda: blue.has(minute))
    blue.done(f"/hotline/messages/{minute}/countersignature", {})
    until(lambda: green.state(minute) == "answered")
    query = green.say("query", "blue", text="Was it nine?")
    until(lambda: blue.has(query))
    answer = blue.post(f"/hotline/messages/{query}/countersignature", {})
    assert (answer.status, answer.json["place"]) == (409, "answers")
    own = green.post(f"/hotline/messages/{minute}/countersignature", {})
    assert (own.status, own.json["place"]) == (409, "answers")


def test_who_takes_over_signs_for_what_is_open(pair: Pair) -> None:
    blue, green = pair
    query = blue.say("query", "green", text="Still there?")
    until(lambda: green.has(query))
    supervisor = Officer(green.house, green.house.signed_in("supervisor"))
    answer = supervisor.post("/hotline/handovers", {"giving": DUTIES[0]})
    assert answer.status == 201
    given = answer.json
    assert f"sha256:{query}" in given["open"]
    assert (given["giving"], given["taking"], given["left_out"], given["too_many"]) == (*DUTIES, [], [])
    assert supervisor.get("/hotline/inbox")["on_duty"] == DUTIES[1]
    assert not blue.has(str(given["envelope"]).removeprefix("sha256:")), "a party's own affair"


def test_what_the_memorandum_leaves_out_is_not_spoken_to_or_for(pair: Pair) -> None:
    blue, _ = pair
    to_red = blue.post("/hotline/messages", {"kind": "query", "to": ["red"], "content": {"text": "?"}})
    assert (to_red.status, to_red.json["place"]) == (409, "to")
    body = {"kind": "query", "to": ["green"], "content": {"text": "?"}, "on_behalf_of": ["red"]}
    assert blue.post("/hotline/messages", body).json["detail"] == "the memorandum leaves red out"


@pytest.mark.parametrize(
    ("changes", "status", "place"),
    [
        ({"to": ["nobody"]}, 409, "to"),
        ({"content": {}}, 400, "content text"),
        ({"content": {"text": "x", "target": "y"}}, 400, "content target"),
        ({"content": {"text": "x", "heading": {}}}, 400, "body content.heading"),
        ({"answers": "ffffffffffff"}, 404, "answers"),
        ({"kind": "order"}, 400, "body $.kind"),
        ({"kind": "withdrawal"}, 400, "content heading.answers"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_place(
    pair: Pair, changes: dict[str, Any], status: int, place: str
) -> None:
    body = {"kind": "query", "to": ["green"], "content": {"text": "x"}} | changes
    answer = pair[0].post("/hotline/messages", body)
    assert (answer.status, answer.json["place"]) == (status, place)
    assert answer.json["cure"]


def test_somebody_whose_duty_has_no_key_is_not_let_speak(pair: Pair) -> None:
    blue, _ = pair
    administrator = blue.house.signed_in("administrator")
    changed = administrator.ask("PATCH", "/people/supervisor", {"duty": "cook"})
    assert changed.status == 200
    cook = Officer(blue.house, blue.house.signed_in("supervisor"))
    answer = cook.post("/hotline/messages", {"kind": "query", "to": ["green"], "content": {"text": "x"}})
    assert (answer.status, answer.json["place"]) == (409, "duty")
    administrator.ask("PATCH", "/people/supervisor", {"duty": DUTIES[1]})


def test_events_are_told_and_told_again_to_who_comes_back(pair: Pair) -> None:
    blue, green = pair
    last = green.get("/hotline/inbox")["last_event"]
    query = blue.say("query", "green", text="One")
    until(lambda: green.has(query))
    first = listen(green, last, "message")
    assert first[0]["content"]["envelope"] == f"sha256:{query}"
    assert first[0]["content"]["words"]["ru"].startswith("ОБЫЧНАЯ")
    green.say("reply", "blue", answers=query, text="Yes")
    later = listen(green, first[0]["id"], "state")
    assert [each for each in later if each["id"] == first[0]["id"]] == []
    stated = next(each for each in later if each["event"] == "state" and each["content"]["envelope"].endswith(query))
    assert stated["content"]["state"] == "answered"
    assert listen(green, "00000000-7", "missed")[0]["event"] == "missed"


def test_what_is_done_on_the_line_is_in_the_audit(pair: Pair) -> None:
    blue, green = pair
    query = blue.say("query", "green", text="Noted?")
    found = [each for each in read_audit(blue.house.node.store) if each.deed == "hotline.query"]
    assert found[0].who == "duty-officer"
    assert query[:12] in found[0].subject
    until(lambda: green.has(query))


def listen(officer: Officer, seen: str, wanted: str) -> list[dict[str, Any]]:
    """Return the events after one, up to the first of a kind."""
    import http.client

    client = officer.client
    line = http.client.HTTPSConnection("127.0.0.1", client.port, context=client.context(), timeout=10)
    cookie = f"__Host-skyaccord={client.cookie}"
    line.request("GET", "/hotline/events", headers={"Cookie": cookie, "Last-Event-ID": seen})
    answer = line.getresponse()
    assert answer.status == 200
    assert answer.getheader("content-type", "").startswith("text/event-stream")
    found: list[dict[str, Any]] = []
    event: dict[str, Any] = {}
    try:
        while not found or found[-1]["event"] != wanted:
            text = answer.readline().decode("utf-8").rstrip("\n")
            name, _, value = text.partition(": ")
            if name in ("id", "event"):
                event[name] = value
            elif name == "data":
                found.append({**event, "content": json.loads(value)})
    finally:
        line.close()
    return found


def test_three_parties_hear_one_message_each_in_its_own_envelope(tmp_path: Path) -> None:
    with officers(tmp_path, "amber", "blue", "green") as (amber, blue, green):
        answer = blue.post(
            "/hotline/messages", {"kind": "notice", "to": ["amber", "green"], "content": {"volumes": [VOLUME]}}
        )
        assert answer.status == 201
        names = {each["recipient"]: each["envelope"].removeprefix("sha256:") for each in answer.json["messages"]}
        until(lambda: amber.has(names["amber"]) and green.has(names["green"]))
        assert not amber.has(names["green"])
        contents = [amber.thread(names["amber"])[0]["content"], green.thread(names["green"])[0]["content"]]
        assert contents[0] == contents[1]
        amber.done(f"/hotline/messages/{names['amber']}/acknowledgement", {})
        until(lambda: blue.state(names["amber"]) == "acknowledged")
        assert blue.state(names["green"]) == "open"
