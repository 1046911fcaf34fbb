"""Envelopes for someone else, from someone else, or under another agreement."""

from __future__ import annotations

from skyaccord.trust.reasons import Reason
from tests.trust.cast import Note, Scene
from tests.trust.forgeries.forgery import Attempt, Forgery, altered, next_note


def _another_partys(scene: Scene) -> Attempt:
    note = scene.green.say(Note("to blue").body(), "blue", "duty")
    return Attempt(scene.green, note)


def _own_come_back(scene: Scene) -> Attempt:
    return altered(scene, by="green duty", sender="green")


def _to_itself(scene: Scene) -> Attempt:
    return Attempt(scene.green, scene.blue.make(Note("for the record").body(), "blue", "duty"))


FAMILY = "address"
FORGERIES = [
    Forgery(FAMILY, "wrong recipient: what blue noted for itself", Reason.WRONG_RECIPIENT, _to_itself),
    Forgery(
        FAMILY, "wrong recipient: what green said to blue, shown to green", Reason.WRONG_RECIPIENT, _another_partys
    ),
    Forgery(FAMILY, "wrong recipient: a third", Reason.WRONG_RECIPIENT, lambda s: altered(s, recipient="red")),
    Forgery(FAMILY, "one's own name as sender", Reason.REFLECTED, _own_come_back),
    Forgery(FAMILY, "sender that is no party", Reason.UNKNOWN_SENDER, lambda s: altered(s, sender="red")),
    Forgery(
        FAMILY,
        "another memorandum",
        Reason.UNKNOWN_MEMORANDUM,
        lambda s: altered(s, memorandum="sha256:" + "cd" * 32),
    ),
    Forgery(FAMILY, "unknown protocol", Reason.UNKNOWN_PROTOCOL, lambda s: altered(s, protocol="skyaccord/envelope/2")),
    Forgery(FAMILY, "unknown kind", Reason.UNKNOWN_KIND, lambda s: altered(s, kind="talk.order")),
    Forgery(FAMILY, "unknown version", Reason.UNKNOWN_VERSION, lambda s: altered(s, version=3)),
    Forgery(
        FAMILY,
        "kind of another body",
        Reason.BODY_CONTENT,
        lambda s: Attempt(s.green, s.blue.make(Note("x").body(), "green", "root", kind="key.revocation")),
    ),
    Forgery(
        FAMILY,
        "version of another body",
        Reason.BODY_CONTENT,
        lambda s: Attempt(s.green, next_note(s, version=2)),
    ),
]
