"""Codes of an authenticator, against the published vectors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.node.people.one_time_code import (
    STEP_S,
    Hash,
    accepted_step,
    authenticator_uri,
    code_at,
    secret_text,
    step_at,
)

DIGITS = b"1234567890"
SECRETS: dict[Hash, bytes] = {"sha1": DIGITS * 2, "sha256": DIGITS * 3 + b"12", "sha512": DIGITS * 6 + b"1234"}
# RFC 6238, appendix B.
VECTORS: list[tuple[int, Hash, str]] = [
    (59, "sha1", "94287082"),
    (59, "sha256", "46119246"),
    (59, "sha512", "90693936"),
    (1111111109, "sha1", "07081804"),
    (1111111109, "sha256", "68084774"),
    (1111111109, "sha512", "25091201"),
    (1111111111, "sha1", "14050471"),
    (1111111111, "sha256", "67062674"),
    (1111111111, "sha512", "99943326"),
    (1234567890, "sha1", "89005924"),
    (1234567890, "sha256", "91819424"),
    (1234567890, "sha512", "93441116"),
    (2000000000, "sha1", "69279037"),
    (2000000000, "sha256", "90698825"),
    (2000000000, "sha512", "38618901"),
    (20000000000, "sha1", "65353130"),
    (20000000000, "sha256", "77737706"),
    (20000000000, "sha512", "47863826"),
]
# RFC 4226, appendix D: counters 0 to 9.
COUNTED = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]


@pytest.mark.parametrize(("at_s", "algorithm", "code"), VECTORS)
def test_codes_are_those_of_rfc_6238(at_s: int, algorithm: Hash, code: str) -> None:
    assert code_at(SECRETS[algorithm], step_at(at_s), 8, algorithm) == code


def test_codes_are_those_of_rfc_4226() -> None:
    assert [code_at(SECRETS["sha1"], counter) for counter in range(10)] == COUNTED


@given(st.binary(min_size=20, max_size=20), st.integers(60, 2**40), st.integers(-1, 1))
def test_a_code_serves_once_and_half_a_minute_either_way(secret: bytes, now_s: int, drift: int) -> None:
    step = step_at(now_s) + drift
    code = code_at(secret, step)
    taken = accepted_step(secret, code, now_s, -2)
    assert taken is not None
    assert code_at(secret, taken) == code
    assert accepted_step(secret, code, now_s, step_at(now_s) + 1) is None


def test_a_code_that_is_a_minute_off_is_refused() -> None:
    secret, now_s = SECRETS["sha1"], 1_000_000_000.0
    assert accepted_step(secret, code_at(secret, step_at(now_s) - 2), now_s, 0) is None
    assert accepted_step(secret, code_at(secret, step_at(now_s) + 2), now_s, 0) is None
    assert accepted_step(secret, code_at(secret, step_at(now_s) - 1), now_s, 0) == step_at(now_s) - 1


def test_an_earlier_code_is_refused_after_a_later_one() -> None:
    secret, now_s = SECRETS["sha1"], 1_000_000_000.0
    later = accepted_step(secret, code_at(secret, step_at(now_s) + 1), now_s, 0)
    assert later == step_at(now_s) + 1
    assert accepted_step(secret, code_at(secret, step_at(now_s)), now_s + STEP_S, later) is None


@pytest.mark.parametrize("code", ["", "1", "755 224", "７５５２２４", "\ud800", "x" * 10_000])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert accepted_step(SECRETS["sha1"], code, 0.0, -1) is None


def test_the_uri_is_what_authenticators_read() -> None:
    assert secret_text(b"12345678901234567890") == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert authenticator_uri(b"12345678901234567890", "blue", "north.1") == (
        "otpauth://totp/skyaccord%20blue:north.1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=skyaccord%20blue&algorithm=SHA1&digits=6&period=30"
    )
