"""Each forgery is refused for its own reason, recorded, and changes nothing else."""

from __future__ import annotations

import pytest

from skyaccord.trust.acceptance.outcome import Accepted, Known, Refused
from skyaccord.trust.notes.base64_text import decode_base64
from skyaccord.trust.reasons import Reason
from tests.trust.cast import Scene, key
from tests.trust.forgeries.all import FORGERIES
from tests.trust.forgeries.forgery import Attempt, Forgery, altered, members, next_note, sign


def name(forgery: Forgery) -> str:
    return f"{forgery.family}: {forgery.name}"


@pytest.mark.parametrize("forgery", FORGERIES, ids=name)
def test_forgery_is_refused_for_its_reason_recorded_and_changes_nothing(forgery: Forgery) -> None:
    tried = forgery.make(Scene()).run()
    assert tried.reason == forgery.reason.value, tried.words
    assert tried.words
    assert tried.is_unchanged
    assert tried.recorded == 1


def test_every_reason_for_refusing_has_a_forgery() -> None:
    assert {each.value for each in Reason} - {forgery.reason.value for forgery in FORGERIES} == set()


def test_names_of_forgeries_are_told_apart() -> None:
    assert len({name(each) for each in FORGERIES}) == len(FORGERIES)


def test_what_forgeries_are_made_from_is_accepted() -> None:
    scene = Scene()
    assert isinstance(scene.green.receive(next_note(scene)), Accepted)
    scene = Scene()
    sound = altered(scene)
    assert isinstance(scene.green.receive(sound.parcel), Accepted)


def test_envelopes_signed_by_the_tests_alone_are_those_of_the_package() -> None:
    parcel = next_note(Scene())
    assert sign(members(parcel), key("blue duty")) == parcel.leaf


def test_replay_is_known_and_changes_nothing() -> None:
    scene = Scene()
    parcel = next_note(scene)
    first = scene.green.receive(parcel)
    before = scene.green.standing.digest()
    again = scene.green.receive(parcel)
    assert isinstance(first, Accepted)
    assert again == Known(first.index)
    assert scene.green.standing.digest() == before
    assert scene.green.journal.refusals().counts == {"replay": 1}


def test_equivocation_keeps_both_envelopes_and_each_has_a_valid_signature() -> None:
    forgery = next(each for each in FORGERIES if each.reason is Reason.EQUIVOCATION)
    attempt = forgery.make(Scene())
    assert isinstance(attempt, Attempt)
    outcome = attempt.judge.receive(attempt.parcel)
    assert isinstance(outcome, Refused)
    one, other = outcome.evidence
    assert one != other
    for leaf in outcome.evidence:
        content = members(type(attempt.parcel)(leaf, None, None))
        signature = decode_base64(content.pop("signature"))
        assert signature is not None
        assert sign(content, key("blue duty")) == leaf
        assert content["sequence"] == 6
    (kept,) = attempt.judge.journal.evidence()
    assert (kept.kind, kept.pieces) == ("equivocation", outcome.evidence)
