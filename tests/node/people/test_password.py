"""Passwords: the published vectors of scrypt, the cost, and what a person may choose."""

from __future__ import annotations

import base64

import pytest

from skyaccord.errors import SkyaccordError
from skyaccord.node.people.password import (
    COST,
    decoy,
    fault_of,
    hash_password,
    is_password,
    one_time_password,
)
from tests.node.people.cast import CHEAP

# RFC 7914, 12, the first 32 octets: password, salt, log2 N, r, p.
VECTORS = [
    ("password", b"NaCl", (10, 8, 16), "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"),
    (
        "pleaseletmein",
        b"SodiumChloride",
        (14, 8, 1),
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2",
    ),
]


@pytest.mark.parametrize(("password", "salt", "cost", "expected"), VECTORS)
def test_scrypt_is_that_of_rfc_7914(password: str, salt: bytes, cost: tuple[int, int, int], expected: str) -> None:
    octets = [base64.b64encode(part).decode() for part in (salt, bytes.fromhex(expected))]
    kept = "$".join(["scrypt", *map(str, cost), *octets])
    assert is_password(password, kept)
    assert not is_password(password + "x", kept)


def test_the_cost_is_the_stated_one() -> None:
    assert hash_password("four plain words here").startswith("scrypt$15$8$3$")
    assert 128 * COST.r * 2**COST.log2_n == 32 * 2**20


def test_two_keepings_of_one_password_differ() -> None:
    first, second = (hash_password("four plain words here", CHEAP) for _ in range(2))
    assert first != second
    assert is_password("four plain words here", first)
    assert is_password("four plain words here", second)


def test_the_same_letters_typed_on_two_keyboards_are_one_password() -> None:
    composed, decomposed = "Schl\u00fcssel am Tor", "Schlu\u0308ssel am Tor"
    assert composed != decomposed
    assert is_password(decomposed, hash_password(composed, CHEAP))


def test_nobody_knows_the_decoy() -> None:
    assert not is_password("", decoy(CHEAP))
    assert decoy(CHEAP) != decoy(CHEAP)


@pytest.mark.parametrize(
    "kept", ["", "plain", "scrypt$15$8$3$x", "scrypt$99$8$1$AAAA$AAAA", "scrypt$4$1$0$AAAA$AAAA", "md5$4$1$1$AAAA$AAAA"]
)
def test_what_is_damaged_is_refused_and_cannot_make_the_node_work_hard(kept: str) -> None:
    with pytest.raises(SkyaccordError, match="damaged"):
        is_password("x", kept)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("four plain words here", None),
        ("short", "it has 5 characters"),
        ("a" * 40, "the same few"),
        ("x" * 129, "more than 128"),
        ("North.1 is my own name", "your name is in it"),
    ],
)
def test_what_a_person_may_choose(password: str, fault: str | None) -> None:
    found = fault_of(password, "north.1")
    assert (found is None) == (fault is None)
    assert fault is None or fault in (found or "")


def test_one_time_passwords_can_be_read_aloud_and_differ() -> None:
    made = {one_time_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(each) == 23 and set(each) <= set("abcdefghijklmnopqrstuvwxyz234567-") for each in made)
