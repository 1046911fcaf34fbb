"""The network is down: messages go by hand, and are the same messages."""

from __future__ import annotations

from pathlib import Path

from skyaccord.hotline.fallback.armour import BEGIN
from tests.web.hotline.parties import Officer, make_parties, reopened, running, until
from tests.web.house import House


def officer_of(house: House) -> Officer:
    return Officer(house, house.signed_in("duty-officer"))


def test_a_message_carried_by_file_is_accepted_and_its_receipt_carried_back(tmp_path: Path) -> None:
    (blue, _), (green, _) = make_parties(tmp_path, ("blue", "green"))
    with running(blue) as house:
        at_blue = officer_of(house)
        query = at_blue.say("query", "green", precedence="flash", text="Network down here")
        until(lambda: "down" in [each["state"] for each in at_blue.get("/hotline/inbox")["lines"][0]["states"]])
        assert at_blue.state(query) == "undelivered"
        carried = at_blue.get("/hotline/export/green")
    assert carried["text"].startswith(BEGIN)
    assert (carried["messages"], carried["left"]) == (5, 0), "root, node, two duties, and the query"

    with running(green) as house:
        at_green = officer_of(house)
        damaged = carried["text"].replace("\n003 ", "\n003 A", 1)
        spoilt = at_green.post("/hotline/import", {"text": damaged}).json
        assert spoilt["accepted"] == 0
        assert spoilt["damaged"]
        brought = at_green.post("/hotline/import", {"text": carried["text"]}).json
        assert (brought["accepted"], brought["refused"], brought["damaged"]) == (5, [], [])
        until(lambda: at_green.has(query))
        at_green.done(f"/hotline/messages/{query}/acknowledgement", {"readback": "Network down at blue"})
        again = at_green.post("/hotline/import", {"text": carried["text"]}).json
        assert (again["accepted"], again["known"]) == (0, 5)

    with running(reopened(blue)) as house:
        at_blue = officer_of(house)
        back = at_blue.post("/hotline/import", {"text": again["back"]["blue"]}).json
        assert back["refused"] == []
        assert back["acknowledged"] == 5
        assert back["accepted"] == 5, "green's keys, and its acknowledgement"
        until(lambda: at_blue.state(query) == "acknowledged")
        assert at_blue.thread(query)[1]["content"]["readback"] == "Network down at blue"


def test_what_is_carried_for_another_party_is_refused(tmp_path: Path) -> None:
    (blue, _), (green, _), (amber, _) = make_parties(tmp_path, ("blue", "green", "amber"))
    with running(blue) as house:
        at_blue = officer_of(house)
        at_blue.say("query", "green", text="For green alone")
        carried = at_blue.get("/hotline/export/green")
    with running(amber) as house:
        brought = officer_of(house).post("/hotline/import", {"text": carried["text"]}).json
        assert brought["accepted"] == 0
        assert "(wrong_recipient)" in brought["refused"][0]
    assert green.folder.path.exists()
