"""The strict reader of canonical JSON: what is taken is what would be written again, and each refusal has its place."""

from __future__ import annotations

import json
import random
import struct

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import CanonicalError
from skyaccord.model.canonical_faults import CanonicalFault
from skyaccord.model.canonical_json import DEEPEST, GREATEST_INTEGER, canonical
from skyaccord.model.read_canonical_json import read_canonical, read_canonical_object
from tests.fuzz.mutation import mutate
from tests.model.test_canonical_json import json_values

REFUSED = {
    b'{"a":1,"a":1}': (CanonicalFault.DUPLICATE_KEY, 7),
    b'{"a":1,"\\u0061":1}': (CanonicalFault.TEXT_FORM, 7),
    b'{"b":1,"a":1}': (CanonicalFault.KEY_ORDER, 7),
    b'{"\xef\xac\xb3":1,"\xf0\x9f\x98\x80":1}': (CanonicalFault.KEY_ORDER, 9),  # UTF-16 order is not UTF-8 order
    b'{"a": 1}': (CanonicalFault.WHITE_SPACE, 5),
    b"[]\n": (CanonicalFault.WHITE_SPACE, 2),
    b"[1.0]": (CanonicalFault.NUMBER_FORM, 1),
    b"[1e0]": (CanonicalFault.NUMBER_FORM, 1),
    b"[1E30]": (CanonicalFault.NUMBER_FORM, 1),
    b"[-0]": (CanonicalFault.NUMBER_FORM, 1),
    b"[-0.0]": (CanonicalFault.NUMBER_FORM, 1),
    b"[0.10]": (CanonicalFault.NUMBER_FORM, 1),
    b"[0.1000000000000000055511151231257827]": (CanonicalFault.NUMBER_FORM, 1),
    b"[1e400]": (CanonicalFault.NUMBER_RANGE, 1),
    b"[-1e400]": (CanonicalFault.NUMBER_RANGE, 1),
    b"[9007199254740993]": (CanonicalFault.NUMBER_RANGE, 1),
    b"[-9007199254740993]": (CanonicalFault.NUMBER_RANGE, 1),
    b"[" + b"9" * 5000 + b"]": (CanonicalFault.NUMBER_RANGE, 1),
    b"[01]": (CanonicalFault.NOT_JSON, 1),
    b"[+1]": (CanonicalFault.NOT_JSON, 1),
    b"[1.]": (CanonicalFault.NOT_JSON, 1),
    b"[0x10]": (CanonicalFault.NOT_JSON, 2),
    b"[1,NaN]": (CanonicalFault.NOT_JSON, 3),
    b"[-Infinity]": (CanonicalFault.NOT_JSON, 1),
    b"[1,]": (CanonicalFault.NOT_JSON, 3),
    b"{} {}": (CanonicalFault.WHITE_SPACE, 2),
    b"[1][2]": (CanonicalFault.NOT_JSON, 3),
    b"": (CanonicalFault.NOT_JSON, 0),
    b"'a'": (CanonicalFault.NOT_JSON, 0),
    b'["\\x41"]': (CanonicalFault.NOT_JSON, 1),
    b'["a\nb"]': (CanonicalFault.NOT_JSON, 3),
    b'["\\/"]': (CanonicalFault.TEXT_FORM, 1),
    b'["\\u000A"]': (CanonicalFault.TEXT_FORM, 1),
    b'["\\u001F"]': (CanonicalFault.TEXT_FORM, 1),
    b'["\\ud83d\\ude00"]': (CanonicalFault.TEXT_FORM, 1),
    b'["\\ud800"]': (CanonicalFault.LONE_SURROGATE, 1),
    b'["\xed\xa0\x80"]': (CanonicalFault.NOT_UTF8, 2),
    b'["\xc0\x80"]': (CanonicalFault.NOT_UTF8, 2),
    b'["\xff"]': (CanonicalFault.NOT_UTF8, 2),
    b"\xef\xbb\xbf{}": (CanonicalFault.BYTE_ORDER_MARK, 0),
    b"\xff\xfe{\0}\0": (CanonicalFault.BYTE_ORDER_MARK, 0),
    b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2): (CanonicalFault.TOO_DEEP, DEEPEST + 1),
    b"[" * 100_000: (CanonicalFault.TOO_DEEP, DEEPEST + 1),
}


@pytest.mark.parametrize("data", REFUSED, ids=lambda data: repr(data[:40]))
def test_what_is_not_canonical_is_refused_with_its_fault_and_place(data: bytes) -> None:
    with pytest.raises(CanonicalError) as refused:
        read_canonical(data)
    assert (refused.value.fault, refused.value.place) == REFUSED[data]
    assert f"octet {refused.value.place}" in str(refused.value)


def test_every_fault_has_an_example() -> None:
    shown = {fault for fault, _ in REFUSED.values()}
    assert set(CanonicalFault) - shown == {CanonicalFault.TOO_LARGE, CanonicalFault.NOT_AN_OBJECT}


def test_more_octets_than_the_bound_are_refused_unread() -> None:
    with pytest.raises(CanonicalError) as refused:
        read_canonical(b'"' + b"a" * 100 + b'"', most_bytes=101)
    assert refused.value.fault is CanonicalFault.TOO_LARGE


def test_an_object_is_asked_for_by_who_expects_one() -> None:
    assert read_canonical_object(b'{"a":[1]}') == {"a": [1]}
    with pytest.raises(CanonicalError) as refused:
        read_canonical_object(b"[1]")
    assert refused.value.fault is CanonicalFault.NOT_AN_OBJECT


def test_brackets_within_text_are_no_depth() -> None:
    value = ["[{" * 1000, '\\"[' * 500]
    assert read_canonical(canonical(value)) == value


def test_the_deepest_that_is_written_is_read() -> None:
    data = b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1)
    assert canonical(read_canonical(data)) == data


def is_beyond(value: object) -> bool:
    """Return whether a value holds a number that is written as an integer beyond 2^53."""
    if isinstance(value, dict):
        return any(is_beyond(item) for item in value.values())
    if isinstance(value, list):
        return any(is_beyond(item) for item in value)
    return isinstance(value, float) and GREATEST_INTEGER < abs(value) < 1e21


@given(json_values)
def test_what_is_written_is_read_as_it_was(value: object) -> None:
    data = canonical(value)  # type: ignore[arg-type]
    if is_beyond(value):
        with pytest.raises(CanonicalError) as refused:
            read_canonical(data)
        assert refused.value.fault is CanonicalFault.NUMBER_RANGE
    else:
        assert read_canonical(data) == value


@given(json_values)
def test_a_second_implementation_writes_the_same_bytes(value: object) -> None:
    try:
        expected = rfc8785.dumps(value)  # type: ignore[arg-type]
    except rfc8785.IntegerDomainError:  # its bound for integers is 2^53 - 1
        assert str(GREATEST_INTEGER).encode() in canonical(value)  # type: ignore[arg-type]
    else:
        assert canonical(value) == expected  # type: ignore[arg-type]


def test_a_second_implementation_writes_the_same_hundred_thousand_doubles() -> None:
    rng = random.Random(8785)  # noqa: S311 - reproducible, not secret
    bits = [rng.getrandbits(64) for _ in range(100_000)]
    doubles = [x for x in (struct.unpack("<d", struct.pack("<Q", each))[0] for each in bits) if x - x == 0]
    assert len(doubles) > 99_000
    assert canonical(doubles) == rfc8785.dumps(doubles)


def canonical_or_refused(data: bytes) -> bool:
    """Return whether bytes were read in the one way in which they can be, or refused with a place within them."""
    try:
        found = read_canonical(data)
    except CanonicalError as error:
        return 0 <= error.place <= len(data)
    return canonical(found) == data and json.loads(data, parse_int=float) == found


@given(st.binary(max_size=60))
def test_any_bytes_are_canonical_or_refused(data: bytes) -> None:
    assert canonical_or_refused(data)


@given(json_values, st.integers(0, 2**32))
def test_damaged_canonical_json_is_read_in_one_way_only(value: object, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    data = mutate(rng, canonical(value))  # type: ignore[arg-type]
    assert canonical_or_refused(data)
