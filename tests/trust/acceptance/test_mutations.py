"""Any change of a valid envelope is refused, and no bytes make acceptance raise."""

from __future__ import annotations

import json
import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.acceptance.outcome import Accepted, Refused
from skyaccord.trust.acceptance.read import open_parcel
from skyaccord.trust.envelopes.envelope import NAMES
from skyaccord.trust.envelopes.parcel import Parcel
from tests.fuzz.mutation import mutate
from tests.trust.cast import Scene
from tests.trust.forgeries.forgery import next_note

SCENE = Scene()
SOUND = next_note(SCENE)
ACKNOWLEDGED = SCENE.green.receipt(SCENE.green.journal.frontier.size - 1)
DIGESTS = (SCENE.green.standing.digest(), SCENE.blue.standing.digest())


def refuses(parcel: Parcel | Refused, side: str = "green") -> bool:
    outcome = getattr(SCENE, side).receive(parcel)
    return isinstance(outcome, Refused)


@given(st.integers(0, len(SOUND.leaf) - 1), st.integers(1, 255))
def test_any_changed_octet_of_a_leaf_is_refused(at: int, change: int) -> None:
    leaf = bytearray(SOUND.leaf)
    leaf[at] ^= change
    assert refuses(Parcel(bytes(leaf), SOUND.body, SOUND.salt))


@given(st.integers(0, len(SOUND.leaf) - 1), st.integers(0, 400))
def test_any_cut_of_a_leaf_is_refused(at: int, length: int) -> None:
    leaf = SOUND.leaf[:at] + SOUND.leaf[at + 1 + length :]
    assert refuses(Parcel(leaf, SOUND.body, SOUND.salt))


@given(st.sampled_from(sorted(NAMES)), st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=90))
def test_any_other_value_of_a_member_is_refused(name: str, value: object) -> None:
    content = json.loads(SOUND.leaf)
    if content[name] != value:
        assert refuses(Parcel(canonical(content | {name: value}), SOUND.body, SOUND.salt))


@given(st.sampled_from(sorted(NAMES)), st.sampled_from(sorted(NAMES)))
def test_any_two_members_exchanged_are_refused(one: str, other: str) -> None:
    content = json.loads(SOUND.leaf)
    if one != other:
        content[one], content[other] = content[other], content[one]
        assert refuses(Parcel(canonical(content), SOUND.body, SOUND.salt))


@given(st.binary(max_size=80), st.booleans())
def test_any_other_body_or_salt_is_refused(data: bytes, is_body: bool) -> None:
    if data not in (SOUND.body, SOUND.salt):
        body, salt = (data, SOUND.salt) if is_body else (SOUND.body, data)
        assert refuses(Parcel(SOUND.leaf, body, salt))


def test_ten_thousand_random_mutations_are_refused_and_none_raises() -> None:
    rng = random.Random(6)  # noqa: S311 - reproducible, not secret
    found: Counter[str] = Counter()
    for _ in range(10_000):
        sound, side = rng.choice(((SOUND, SCENE.green), (ACKNOWLEDGED, SCENE.blue)))
        packed = mutate(rng, sound.packed()) if rng.random() < 0.5 else _mutated_inside(rng, sound).packed()
        arrival = open_parcel(packed)
        if arrival != sound:
            (outcome,) = side.desk.receive([arrival], 1_796_083_200.0)
            assert isinstance(outcome, Refused), packed
            found[outcome.reason.value] += 1
    assert (SCENE.green.standing.digest(), SCENE.blue.standing.digest()) == DIGESTS
    assert sum(found.values()) > 9_900
    assert len(found) >= 15, found


def _mutated_inside(rng: random.Random, sound: Parcel) -> Parcel:
    """Damage one part of a parcel that is packed rightly."""
    assert sound.body is not None
    assert sound.salt is not None
    part = rng.randrange(4)
    if part == 0:
        return Parcel(sound.leaf, mutate(rng, sound.body), sound.salt)
    if part == 1:
        return Parcel(sound.leaf, sound.body, mutate(rng, sound.salt))
    return Parcel(mutate(rng, sound.leaf), sound.body, sound.salt)


def test_what_was_mutated_is_accepted_as_it_was() -> None:
    scene = Scene()
    assert isinstance(scene.green.receive(next_note(scene)), Accepted)
    receipt = scene.green.receipt(scene.green.journal.frontier.size - 2)
    assert isinstance(scene.blue.receive(receipt), Accepted)
