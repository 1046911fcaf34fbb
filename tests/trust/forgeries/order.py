"""Envelopes out of their order: in number, in time, in version."""

from __future__ import annotations

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.reasons import Reason
from tests.trust.cast import NOW_S, Note, Scene
from tests.trust.forgeries.forgery import Attempt, Forgery, altered, members, next_note


def _reordered(scene: Scene) -> Attempt:
    scene.blue.say(Note("second").body(), "green", "duty")
    return Attempt(scene.green, scene.blue.say(Note("third").body(), "green", "duty"))


def _said_twice_otherwise(scene: Scene) -> Attempt:
    first = next_note(scene)
    scene.green.receive(first)
    return Attempt(scene.green, scene.blue.make(Note("another second").body(), "green", "duty"))


def _same_words_sealed_anew(scene: Scene) -> Attempt:
    scene.green.receive(next_note(scene))
    return Attempt(scene.green, next_note(scene))  # another salt, so another envelope


def _ahead(scene: Scene) -> Attempt:
    return Attempt(scene.green, scene.blue.make(Note("soon").body(), "green", "duty", NOW_S + 60.5))


def _backdated(scene: Scene) -> Attempt:
    return Attempt(scene.green, scene.blue.make(Note("before the first").body(), "green", "duty", NOW_S - 61.0))


def _downgraded(scene: Scene) -> Attempt:
    newer = scene.blue.say(canonical({"text": "newer", "urgent": 1}), "green", "duty", version=2)
    scene.green.receive(newer)
    assert members(newer)["version"] == 2
    return Attempt(scene.green, scene.blue.make(Note("older").body(), "green", "duty"))


FAMILY = "order"
FORGERIES = [
    Forgery(FAMILY, "gap: two numbers ahead", Reason.GAP, lambda s: altered(s, sequence=7)),
    Forgery(FAMILY, "gap: the greatest number", Reason.GAP, lambda s: altered(s, sequence=2**53)),
    Forgery(FAMILY, "reordered: the third before the second", Reason.GAP, _reordered),
    Forgery(FAMILY, "equivocation: another text under a used number", Reason.EQUIVOCATION, _said_twice_otherwise),
    Forgery(FAMILY, "equivocation: the same text sealed anew", Reason.EQUIVOCATION, _same_words_sealed_anew),
    Forgery(FAMILY, "equivocation: number 1 again", Reason.EQUIVOCATION, lambda s: altered(s, sequence=1)),
    Forgery(FAMILY, "time ahead of the clock", Reason.FROM_FUTURE, _ahead),
    Forgery(
        FAMILY, "time half a year ahead", Reason.FROM_FUTURE, lambda s: altered(s, time="2027-06-01T00:00:00.000Z")
    ),
    Forgery(FAMILY, "time before the one before", Reason.TIME_RUNS_BACK, _backdated),
    Forgery(FAMILY, "older version after a newer", Reason.DOWNGRADED, _downgraded),
]
