"""The verifier, which shares no code with the package, believes what the package wrote and refuses forgeries."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.model.canonical_faults import CanonicalFault
from skyaccord.trust.acceptance.review import review
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.reasons import Reason
from tests.trust.bundles.corpus import acknowledged, check, write_bundle, write_forged
from tests.trust.cast import PLAIN, Scene, Side, agreement
from tests.trust.forgeries.all import FORGERIES
from tests.trust.forgeries.forgery import Attempt, Forgery, Rewritten


def test_a_whole_log_holds(tmp_path: Path) -> None:
    scene = acknowledged()
    for side in (scene.blue, scene.green):
        found = check(write_bundle(tmp_path / side.name, side))
        assert found.faults == []
        assert found.count == side.desk.log.size


def test_some_entries_hold_with_their_proofs(tmp_path: Path) -> None:
    scene = acknowledged()
    found = check(write_bundle(tmp_path / "part", scene.blue, [8]))
    assert found.faults == []
    assert found.count == 10


NOT_IN_A_LOG = (Reason.FROM_FUTURE, Reason.REFLECTED)
"""What a recipient refuses by its own clock, or because it comes from outside, a log does not show."""


def _entries(forgery: Forgery) -> tuple[Side, list[Parcel]]:
    trial = forgery.make(Scene())
    if isinstance(trial, Rewritten):
        return trial.side, trial.entries
    assert isinstance(trial, Attempt)
    return trial.judge, [*trial.judge.log, trial.parcel]


LOGGED = [each for each in FORGERIES if each.family != "checkpoint" and each.reason not in NOT_IN_A_LOG]


def found_by_package(side: Side, entries: list[Parcel]) -> list[tuple[str, str]]:
    """Return place and reason of what the package finds, in the verifier's words.

    The ways in which bytes are not canonical JSON have one word there, and what bodies of other rooms state is not
    looked at.
    """
    faults = {each.value for each in CanonicalFault}
    return [
        (f"entry {each.index}", "not_canonical" if each.reason in faults else each.reason.value)
        for each in review(entries, side.name, [agreement(*side.parties)], PLAIN)
        if not (each.reason is Reason.BODY_CONTENT and b'"kind":"talk.' in entries[each.index].leaf)
    ]


@pytest.mark.parametrize("forgery", LOGGED, ids=lambda each: f"{each.family}: {each.name}")
def test_a_log_with_a_forgery_in_it_is_judged_as_by_the_package(forgery: Forgery, tmp_path: Path) -> None:
    side, given = _entries(forgery)
    entries = [each if each.body and each.salt else Parcel(each.leaf, None, None) for each in given]  # as stored
    found = check(write_forged(tmp_path / "bundle", side, entries), *side.parties).faults
    assert [(place, reason) for place, reason, _ in found if place.startswith("entry")] == found_by_package(
        side, entries
    )
    is_introduced = len(entries) > 1
    assert {reason for place, reason, _ in found if not place.startswith("entry")} == (
        set() if is_introduced else {"checkpoint_unsigned", "incomplete"}
    )


def test_every_family_of_forgeries_is_refused_by_the_verifier(tmp_path: Path) -> None:
    refused = {each.family: 0 for each in LOGGED}
    for number, each in enumerate(LOGGED):
        side, entries = _entries(each)
        found = check(write_forged(tmp_path / f"{number}", side, entries), *side.parties).faults
        refused[each.family] += bool(found)
    assert min(refused.values()) >= 5
    assert sum(refused.values()) == len(LOGGED) - 4  # two bodies of a room it does not know, two taken as erased
