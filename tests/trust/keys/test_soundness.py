"""Ed25519: the RFC's vectors, keys that are none, and what the library does with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.trust.keys.signing_key import SigningKey, fingerprint
from skyaccord.trust.keys.soundness import ORDER, SMALL_ORDER_Y, P, is_of_one_form, is_sound
from skyaccord.trust.notes.ed25519 import is_signed

# RFC 8032, 7.1: secret key, public key, message, signature of tests 1 to 3.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]

Point = tuple[int, int]
D = -121665 * pow(121666, -1, P) % P
NEUTRAL: Point = (0, 1)


def add(one: Point, other: Point) -> Point:
    """Add two points of the curve -x² + y² = 1 + d x² y² (RFC 8032, 5.1.4)."""
    (a, b), (c, d) = one, other
    k = D * a * b * c * d % P
    return (a * d + b * c) * pow(1 + k, -1, P) % P, (b * d + a * c) * pow(1 - k, -1, P) % P


def times(count: int, point: Point) -> Point:
    found = NEUTRAL
    while count:
        if count & 1:
            found = add(found, point)
        point, count = add(point, point), count >> 1
    return found


def lift(y: int) -> Point | None:
    """Return the point with this y whose x is even, if there is one."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P:
        return None
    return (x if x % 2 == 0 else P - x, y)


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_vectors_of_the_rfc(secret: str, public: str, message: str, signature: str) -> None:
    key = SigningKey(bytes.fromhex(secret))
    assert key.public.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert is_signed(key.public, bytes.fromhex(signature), bytes.fromhex(message))
    assert is_sound(key.public)
    assert is_of_one_form(bytes.fromhex(signature))


def test_points_of_small_order_are_those_of_the_curve() -> None:
    """Each point times the group's order has an order that divides eight; some eight of them are all there are."""
    found: set[Point] = {NEUTRAL}
    for y in range(2, 40):
        point = lift(y)
        if point:
            torsion = times(ORDER, point)
            found |= {times(k, torsion) for k in range(8)}
    assert len(found) == 8
    assert {y for _, y in found} == SMALL_ORDER_Y


@pytest.mark.parametrize("y", sorted(SMALL_ORDER_Y))
@pytest.mark.parametrize("sign", [0, 1])
def test_a_key_of_small_order_is_not_sound(y: int, sign: int) -> None:
    assert not is_sound((y | sign << 255).to_bytes(32, "little"))


@pytest.mark.parametrize("y", [P, P + 1, P + 5, 2**255 - 1])
def test_a_second_spelling_is_not_sound(y: int) -> None:
    assert not is_sound(y.to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_octets_of_another_length_are_not_sound(length: int) -> None:
    assert not is_sound((SigningKey(bytes(32)).public + bytes(1))[:length])


@given(st.binary(min_size=32, max_size=32))
def test_any_key_of_a_seed_is_sound(seed: bytes) -> None:
    assert is_sound(SigningKey(seed).public)


@given(st.integers(2, P - 2))
def test_octets_are_sound_where_they_are_a_point(y: int) -> None:
    if y not in SMALL_ORDER_Y:
        assert is_sound(y.to_bytes(32, "little")) == (lift(y) is not None)


def test_the_library_itself_takes_a_signature_that_anyone_can_make_under_a_weak_key() -> None:
    """Why keys are looked at: with the neutral element as key, R = neutral and S = 0 holds for every message."""
    weak = (1).to_bytes(32, "little")
    assert is_signed(weak, weak + bytes(32), b"anything")
    assert is_signed(weak, weak + bytes(32), b"anything else")


def test_the_library_itself_refuses_a_second_spelling_of_a_signature() -> None:
    key = SigningKey(bytes(32))
    sound = key.sign(b"message")
    more = sound[:32] + (int.from_bytes(sound[32:], "little") + ORDER).to_bytes(32, "little")
    assert is_signed(key.public, sound, b"message")
    assert not is_signed(key.public, more, b"message")
    assert not is_of_one_form(more)


def test_a_fingerprint_is_the_sha256_of_the_public_key() -> None:
    # A well-known value: SHA-256 of 32 zero octets.
    assert fingerprint(bytes(32)) == "sha256:66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
