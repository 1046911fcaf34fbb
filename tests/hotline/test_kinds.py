"""The kinds of message: what is taken, what is refused, and the very bytes that travel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import MemberError, SkyaccordError
from skyaccord.hotline.bodies.emergency import Nature
from skyaccord.hotline.bodies.notice import Notice
from skyaccord.hotline.bodies.volume import Circle, Polygon
from skyaccord.hotline.forms.compound import Layout, Maybe, OneOf, Several
from skyaccord.hotline.kinds import KINDS, Awaits, decode, encode, find_kind
from skyaccord.memorandum.altitude_band import AltitudeDatum
from skyaccord.memorandum.communications import Precedence
from skyaccord.model.canonical_json import canonical
from skyaccord.trust.keys.role import Role
from skyaccord.trust.members import KIND
from skyaccord.units import FT, NM
from tests.hotline.golden import GOLDEN, body, content

NAMES = [kind.name for kind in KINDS]


def test_there_is_a_golden_message_of_every_kind_and_of_no_other() -> None:
    assert sorted(GOLDEN) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_golden_bytes_are_read_and_written_again_as_they_are(name: str) -> None:
    read = decode(name, 1, json.loads(GOLDEN[name]))
    assert find_kind(read).name == name
    assert canonical(encode(read)) == GOLDEN[name]


def test_a_notice_says_what_its_members_say() -> None:
    notice = body("notice")
    assert isinstance(notice, Notice)
    first, second = notice.volumes
    assert isinstance(first.area, Circle)
    assert first.area.centre == (11.0, 50.6)
    assert first.area.radius.si == 7 * NM
    assert first.ceiling is not None
    assert first.ceiling.si == 12_000 * FT
    assert first.floor is None
    assert first.datum is AltitudeDatum.PRESSURE
    assert first.until_s - first.from_s == 3600.0
    assert isinstance(second.area, Polygon)
    assert len(second.area.polygon) == 3
    assert notice.heading.precedence is Precedence.PRIORITY
    assert notice.heading.interpreter is not None
    assert notice.heading.interpreter.is_assigned


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every object in a message."""
    if isinstance(value, dict):
        yield path
        for key, item in value.items():
            yield from places(item, (*path, key))
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, (*path, number))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize("name", NAMES)
def test_a_member_too_many_or_missing_is_refused_wherever_it_is(name: str) -> None:
    for path in places(content(name.split(".")[1])):
        for key in [*at(content(name.split(".")[1]), path), "target"]:
            members = content(name.split(".")[1])
            place = at(members, path)
            if key == "target":
                place[key] = "x"
            else:
                del place[key]
            with pytest.raises(MemberError):
                decode(name, 1, members)


@pytest.mark.parametrize("name", NAMES)
def test_a_value_of_another_type_is_refused_wherever_it_stands(name: str) -> None:
    for path in places(content(name.split(".")[1])):
        for key in at(content(name.split(".")[1]), path):
            for wrong in (1.5, -1, "\u202e", [[]], {"x": 1}, True, 10**15, float("nan"), float("inf"), "x" * 3000):
                members = content(name.split(".")[1])
                if type(at(members, path)[key]) is bool and wrong is True:
                    continue
                at(members, path)[key] = wrong
                with pytest.raises(MemberError):
                    decode(name, 1, members)


@pytest.mark.parametrize(
    ("name", "place", "changes"),
    [
        ("notice", "volumes", {"volumes": []}),
        ("notice", "heading.date_time_group", {"heading__date_time_group": "301400Z FEB 26"}),
        ("notice", "heading.date_time_group", {"heading__date_time_group": "251400B NOV 26"}),
        ("notice", "heading.addressees", {"heading__addressees": []}),
        ("notice", "heading.addressees", {"heading__addressees": ["green", "green"]}),
        ("notice", "heading.addressees[0]", {"heading__addressees": ["grееn"]}),  # two Cyrillic letters
        ("notice", "text", {"text": "north\u202ehtuos"}),
        ("notice", "text", {"text": "x" * 2001}),
        ("query", "text", {"text": "  "}),
        ("acknowledgement", "heading.answers", {"heading__answers": None}),
        ("withdrawal", "heading.answers", {"heading__answers": None}),
        ("emergency", "heading.precedence", {"heading__precedence": "flash"}),
        ("emergency", "datum", {"datum": None}),
        ("emergency", "squawk", {"squawk": "7800"}),
        ("emergency", "persons_on_board", {"persons_on_board": -1}),
        ("emergency", "altitude", {"altitude": "3000"}),
        ("emergency", "altitude", {"altitude": "3000.0 ft"}),
        ("emergency", "altitude", {"altitude": "3000 kt"}),
        ("emergency", "altitude", {"altitude": "1e300 ft"}),
        ("emergency", "position", {"position": [10.0, 90.5]}),
        ("emergency", "at", {"at": "2026-11-25T14:40:10Z"}),
        ("emergency", "at", {"at": "1999-11-25T14:40:10.000Z"}),
        ("check", "challenge", {"challenge": "K7Q1"}),
        ("check_answer", "readability", {"readability": 6}),
        ("check_answer", "readability", {"readability": True}),
        ("protest", "until", {"until": "2026-11-25T13:58:00.000Z"}),
        ("minute", "until", {"until": "2028-11-25T13:58:00.000Z"}),
        ("handover", "heading.authority", {"heading__authority": "supervisor"}),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_place(name: str, place: str, changes: dict[str, Any]) -> None:
    with pytest.raises(MemberError) as caught:
        body(name, **changes)
    assert caught.value.member == place


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("volumes[0].ceiling", {"floor": "12000 ft"}),
        ("volumes[0].ceiling", {"floor": "3658 m"}),  # 12,001 ft
        ("volumes[0].datum", {"datum": None}),
        ("volumes[0].datum", {"ceiling": None}),
        ("volumes[0].until", {"until": "2026-11-25T15:00:00.000Z"}),
        ("volumes[0].area", {"area": {"centre": [1, 2]}}),
        ("volumes[0].area.radius", {"area": {"centre": [1, 2], "radius": "1001 km"}}),
        ("volumes[0].area.polygon", {"area": {"polygon": [[1, 2], [2, 3]]}}),
        ("volumes[0].area.polygon", {"area": {"polygon": [[1, 2], [2, 3], [1, 2]]}}),
        ("volumes[0].area.polygon[1]", {"area": {"polygon": [[1, 2], [2, True], [1, 2]]}}),
    ],
)
def test_a_volume_that_is_none_is_refused(place: str, changes: dict[str, Any]) -> None:
    members = content("notice")
    members["volumes"][0] |= changes
    with pytest.raises(MemberError) as caught:
        decode("hotline.notice", 1, members)
    assert caught.value.member == place


def test_a_check_answers_nothing() -> None:
    with pytest.raises(MemberError):
        body("check", heading__answers=content("reply")["heading"]["answers"])


@pytest.mark.parametrize(("name", "version"), [("hotline.notice", 2), ("hotline.order", 1), ("notice", 1)])
def test_kinds_and_versions_that_are_not_known_are_refused(name: str, version: int) -> None:
    with pytest.raises(SkyaccordError, match="no message of the ground line"):
        decode(name, version, content("notice"))


def test_instants_finer_than_a_millisecond_are_not_written() -> None:
    from dataclasses import replace

    emergency = body("emergency")
    with pytest.raises(SkyaccordError, match="milliseconds"):
        encode(replace(emergency, at_s=emergency.at_s + 0.0004))  # type: ignore[call-arg]


def test_every_kind_has_a_name_that_an_envelope_takes_and_a_duty_signs_it() -> None:
    for kind in KINDS:
        assert KIND.fullmatch(kind.name)
        assert kind.roles == {Role.DUTY}
        assert kind.answered_by <= set(NAMES)
        assert (kind.awaits is Awaits.NOTHING) <= (not kind.answered_by)


def layouts(form: Any) -> Iterator[Layout[Any]]:
    """Yield every layout within a form."""
    match form:
        case Layout():
            yield form
            for field in form.fields:
                yield from layouts(field.form)
        case Maybe() | Several():
            yield from layouts(form.form)
        case OneOf():
            for _, layout in form.layouts:
                yield from layouts(layout)


def test_no_member_is_for_a_target_a_weapon_or_intelligence() -> None:
    forbidden = re.compile(
        r"target|weapon|hostile|enemy|threat|intelligence|strike|kill|ammunition|fuse", re.IGNORECASE
    )
    names = {name for kind in KINDS for v in kind.versions.values() for layout in layouts(v) for name in layout.names}
    assert len(names) > 40
    assert [name for name in (*names, *Nature) if forbidden.search(name)] == []


def longest_polygon(number: int) -> list[list[float]]:
    """Return the most corners, each number with as many characters as one can have."""
    return [[-1.2345678901234567e-300 * (1 + k + 64 * number), -1.2345678901234567e-200 * (1 + k)] for k in range(64)]


def test_the_longest_message_fits_into_the_bound_of_its_body() -> None:
    window = {"from": "2026-11-25T15:00:00.000Z", "until": "2026-11-25T16:00:00.000Z"}
    levels = {"floor": "-1.2345678901234568e-300 ft", "ceiling": "1.2345678901234568e-300 ft", "datum": "ellipsoid"}
    volumes = [{"area": {"polygon": longest_polygon(k)}, **levels, **window} for k in range(16)]
    names = [f"{k:064d}" for k in range(16)]
    reference = {"envelope": "sha256:" + "a" * 64, "originator": "b" * 64, "date_time_group": "251420Z NOV 26"}
    heading = {"addressees": names, "on_behalf_of": names, "authority": "d" * 64, "answers": reference}
    changes: dict[str, Any] = {f"heading__{name}": value for name, value in heading.items()}
    longest = body("minute", volumes=volumes, text="\U0001f6e9" * 2000, **changes)
    assert 60_000 < len(canonical(encode(longest))) <= find_kind(longest).most_body_bytes


@given(st.sampled_from(NAMES), st.data())
def test_what_is_read_is_written_as_it_came(name: str, data: st.DataObject) -> None:
    """Members are exchanged between messages at random: whatever is taken is written to the same bytes."""
    members = content(name.split(".")[1])
    donor = content(data.draw(st.sampled_from(NAMES)).split(".")[1])
    for key in members.keys() & donor.keys():
        if data.draw(st.booleans()):
            members[key] = donor[key]
    try:
        read = decode(name, 1, members)
    except MemberError:
        return
    assert canonical(encode(read)) == canonical(members)
