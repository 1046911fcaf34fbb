"""Members of signed statements: each in the only form it may have."""

from __future__ import annotations

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import MemberError
from skyaccord.model.canonical_json import Json
from skyaccord.model.instants import format_instant
from skyaccord.trust.members import Members
from skyaccord.trust.notes.base64_text import encode_base64

ODD: list[Json] = [None, True, 1, 1.5, "", "x", [], ["x"], [1], {}, {"a": 1}]


class Colour(StrEnum):
    RED = "red"


def of(value: Json) -> Members:
    return Members({"a": value}, frozenset({"a"}))


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_what_is_of_another_type_is_refused_with_its_name(value: Json) -> None:
    members = of(value)
    readings = [
        lambda: members.octets("a", 32),
        lambda: members.octets_list("a", 32, 0),
        lambda: members.digest("a"),
        lambda: members.instant_s("a"),
        lambda: members.choice("a", Colour),
        lambda: members.integer("a", 2),
    ]
    for read in readings:
        if value == [] and read is readings[1]:
            continue
        with pytest.raises(MemberError, match="'a' is"):
            read()


@pytest.mark.parametrize("value", [None, True, 1, ["x"], {}, "1234567"], ids=repr)
def test_free_text_has_a_bound(value: Json) -> None:
    with pytest.raises(MemberError, match="at most 6"):
        of(value).free_text("a", 6)
    assert of("\u202e12345").free_text("a", 6) == "\u202e12345"


@pytest.mark.parametrize("value", [[1], ["AA=="], ["AAAA", None], ["AAAA"] * 3, "AAAA"], ids=repr)
def test_a_list_of_octets_has_only_such_and_no_more_than_its_bound(value: Json) -> None:
    with pytest.raises(MemberError, match="at most 2"):
        of(value).octets_list("a", 3, 2)
    assert of(["AAAA", "////"]).octets_list("a", 3, 2) == (bytes(3), b"\xff" * 3)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-12-01T24:00:00.000Z",
            "2026-12-01T23:59:60.000Z",
            "2026-02-29T00:00:00.000Z",
            "2026-12-01 00:00:00.000Z",
        ),
        *(
            "2026-12-01T00:00:00.000+00:00",
            "2026-12-01T00:00:00Z",
            "2026-W49-2T00:00:00.000Z",
            "0000-01-01T00:00:00.000Z",
        ),
    ],
)
def test_an_instant_has_one_spelling(text: str) -> None:
    with pytest.raises(MemberError, match="instant"):
        of(text).instant_s("a")


@given(st.integers(-62_135_596_800_000, 253_402_300_799_999))
def test_any_instant_is_read_as_it_was_written(moment_ms: int) -> None:
    text = format_instant(moment_ms / 1e3)
    if len(text) == len("2026-12-01T00:00:00.000Z"):
        assert format_instant(of(text).instant_s("a")) == text


@given(st.binary(max_size=40))
def test_octets_are_read_as_they_were_written(data: bytes) -> None:
    assert of(encode_base64(data)).octets("a", len(data)) == data
    with pytest.raises(MemberError):
        of(encode_base64(data)).octets("a", len(data) + 1)


def test_a_member_missing_or_too_many_is_named() -> None:
    with pytest.raises(MemberError, match="'b' is missing"):
        Members({"a": 1}, frozenset({"a", "b"}))
    with pytest.raises(MemberError, match="'c' is unknown"):
        Members({"a": 1, "c": 1}, frozenset({"a"}))


def test_a_whole_number_has_both_bounds_taken() -> None:
    assert [of(n).integer("a", 1, 3) for n in (1, 3)] == [1, 3]
    for n in (0, 4, -1, 2**53 + 1):
        with pytest.raises(MemberError, match="from 1 to 3"):
            of(n).integer("a", 1, 3)
