"""Logs in which something stands that was not rightly accepted where it stands."""

from __future__ import annotations

from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.keys.role import Role
from skyaccord.trust.reasons import Reason
from tests.trust.cast import MEMORANDUM, NOW_S, Note, Scene, certificate, key
from tests.trust.forgeries.forgery import Forgery, Rewritten, members, next_note, sign


def _certified_after(scene: Scene) -> Rewritten:
    """Blue signs with a key that its next entry certifies."""
    message = Message(MEMORANDUM, "blue", "green", "talk.note", 1, Note("early").body())
    early = seal(message, key("blue relief"), 6, NOW_S)
    body = certificate("blue relief", Role.DUTY).body()
    late = seal(Message(MEMORANDUM, "blue", "green", "key.certificate", 1, body), key("blue root"), 6, NOW_S)
    return Rewritten(scene.green, [*scene.green.log, early, late])


def _twice(scene: Scene) -> Rewritten:
    return Rewritten(scene.green, [*scene.green.log, scene.green.log[-1]])


def _left_out(scene: Scene) -> Rewritten:
    """The one entry that blue has made since is taken out, and a further one is there."""
    scene.tell(Note("second").body(), "duty", "talk.note")
    scene.tell(Note("third").body(), "duty", "talk.note")
    return Rewritten(scene.green, [*scene.green.log[:-2], scene.green.log[-1]])


def _exchanged(scene: Scene) -> Rewritten:
    """One entry for another with the same number."""
    return Rewritten(scene.green, [*scene.green.log, _numbered(scene, 5)])


def _numbered(scene: Scene, number: int) -> Parcel:
    parcel = next_note(scene)
    return Parcel(sign(members(parcel) | {"sequence": number}, key("blue duty")), parcel.body, parcel.salt)


def _of_others(scene: Scene) -> Rewritten:
    """What blue noted for itself, with a sound number and a sound key."""
    scene.tell(certificate("blue relief", Role.DUTY).body(), "root", "key.certificate")
    noted = scene.blue.make(Note("for the record").body(), "blue", "duty")
    return Rewritten(scene.green, [*scene.green.log, noted])


def _key_body_gone(scene: Scene) -> Rewritten:
    parcel = scene.tell(certificate("blue relief", Role.DUTY).body(), "root", "key.certificate")
    return Rewritten(scene.green, [*scene.green.log[:-1], Parcel(parcel.leaf, None, None)])


FAMILY = "log"
FORGERIES = [
    Forgery(FAMILY, "key certified after the entry that it signed", Reason.CERTIFIED_TOO_LATE, _certified_after),
    Forgery(FAMILY, "an entry twice", Reason.REPLAY, _twice),
    Forgery(FAMILY, "an entry left out", Reason.GAP, _left_out),
    Forgery(FAMILY, "two entries of one number", Reason.EQUIVOCATION, _exchanged),
    Forgery(FAMILY, "an entry between others", Reason.WRONG_RECIPIENT, _of_others),
    Forgery(FAMILY, "body of a certificate erased", Reason.BODY_MISSING, _key_body_gone),
]
