"""Keys that may not sign: old, revoked, late, of another role; and statements about keys that do not stand."""

from __future__ import annotations

from dataclasses import replace

from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.keys.revocation import Because, Revocation
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.succession import Consent, Replacement, Successor, name_successor
from skyaccord.trust.reasons import Reason
from tests.trust.cast import NOW_S, Note, Scene, Side, certificate, deliver, key
from tests.trust.forgeries.forgery import Attempt, Forgery, altered, next_note, with_body


def _revoked(scene: Scene, *, by: str = "root", kept: bool = False) -> Attempt:
    old = next_note(scene)  # made and dated before the revocation
    scene.tell(Revocation(key("blue duty").fingerprint, Because.LOST).body(), by, "key.revocation")
    if kept:  # the thief keeps the number too and takes the next
        return Attempt(scene.green, scene.blue.make(Note("late").body(), "green", "duty", NOW_S - 30.0))
    return Attempt(scene.green, old)


def _certified_again(scene: Scene) -> Attempt:
    _revoked(scene)
    return with_body(scene, certificate("blue duty", Role.DUTY).body(), "key.certificate", "root")


def _expired(scene: Scene) -> Attempt:
    term = certificate("blue relief", Role.DUTY, NOW_S - 900.0, NOW_S - 20.0)
    scene.tell(term.body(), "root", "key.certificate")
    return Attempt(scene.green, scene.blue.make(Note("after").body(), "green", "relief", NOW_S - 20.0))


def _too_early(scene: Scene) -> Attempt:
    term = certificate("blue relief", Role.DUTY, NOW_S + 1.0, NOW_S + 900.0)
    scene.tell(term.body(), "root", "key.certificate")
    return Attempt(scene.green, scene.blue.make(Note("before").body(), "green", "relief"))


def _rotated_root(scene: Scene) -> Attempt:
    successor = name_successor("blue", key("blue root").fingerprint, key("blue root 2"))
    scene.tell(successor.body(), "root", "root.successor")
    return with_body(scene, certificate("blue relief", Role.DUTY).body(), "key.certificate", "root")


def _stolen_possession(scene: Scene) -> Attempt:
    """The proof was made for another party's root."""
    made = name_successor("blue", key("green root").fingerprint, key("blue root 2"))
    return with_body(scene, made.body(), "root.successor", "root")


def _no_possession(scene: Scene) -> Attempt:
    made = Successor(key("blue root 2").public, key("blue root").sign(b"anything"))
    return with_body(scene, made.body(), "root.successor", "root")


def _heir_in_use(scene: Scene) -> Attempt:
    made = name_successor("blue", key("blue root").fingerprint, key("blue duty"))
    return with_body(scene, made.body(), "root.successor", "root")


def _consented(scene: Scene) -> None:
    consent = Consent("blue", key("blue root").fingerprint, key("blue root 2").public)
    deliver(scene.blue, scene.green.say(consent.body(), "blue", "root", kind="root.consent"))


def _replaces(scene: Scene, by: str = "root 2", old: str = "blue root") -> Attempt:
    return with_body(scene, Replacement(key(old).fingerprint).body(), "root.replacement", by)


def _replaces_another(scene: Scene) -> Attempt:
    _consented(scene)
    return _replaces(scene, old="green root")


def _replaced_meanwhile(scene: Scene) -> Attempt:
    """Consent was to take the place of a root that has since named its successor."""
    _consented(scene)
    successor = name_successor("blue", key("blue root").fingerprint, key("blue root 3"))
    scene.tell(successor.body(), "root", "root.successor", NOW_S)
    return _replaces(scene)


def _under_lost_root(scene: Scene) -> Attempt:
    _consented(scene)
    scene.tell(Replacement(key("blue root").fingerprint).body(), "root 2", "root.replacement", NOW_S)
    return Attempt(scene.green, next_note(scene))


def _consent_of_one_of_two(_: Scene) -> Attempt:
    parties = ("blue", "green", "red")
    blue, green, red = (Side(party, parties) for party in parties)
    for one in (blue, green, red):
        for other in (blue, green, red):
            if one is not other:
                for parcel in one.introduce(other.name):
                    deliver(other, parcel, NOW_S - 1000.0)
    consent = Consent("blue", key("blue root").fingerprint, key("blue root 2").public)
    green.say(consent.body(), "blue", "root", kind="root.consent")
    return Attempt(
        green, blue.make(Replacement(key("blue root").fingerprint).body(), "green", "root 2", kind="root.replacement")
    )


def _consent(party: str, old: str, new: str) -> bytes:
    return Consent(party, key(old).fingerprint, key(new).public).body()


def _root_unintroduced(_: Scene) -> Attempt:
    blue, green = Side("blue"), Side("green")
    revocation = Revocation(key("blue root").fingerprint, Because.LOST)
    return Attempt(green, blue.make(revocation.body(), "green", "root", kind="key.revocation"))


def _root_pretended(_: Scene) -> Attempt:
    """Another key introduces itself as the root that is pinned."""
    blue, green = Side("blue"), Side("green")
    parcel = blue.make(certificate("red root", Role.ROOT).body(), "green", "root", kind="key.certificate")
    return Attempt(green, parcel)


def _introduced_without(_: Scene, *, body: bool) -> Attempt:
    """The root's first word, with no body or with that of a certificate that it has also signed."""
    blue, green = Side("blue"), Side("green")
    first, other = (
        blue.make(certificate(f"blue {role}", role).body(), "green", "root", kind="key.certificate")
        for role in (Role.ROOT, Role.DUTY)
    )
    return Attempt(green, Parcel(first.leaf, other.body if body else None, first.salt))


def _role(name: str, reason: Reason, by: str, kind: str, body: bytes) -> Forgery:
    return Forgery(FAMILY, name, reason, lambda scene: with_body(scene, body, kind, by))


def _timeless() -> bytes:
    return certificate("x", Role.DUTY, NOW_S, NOW_S).body()


def _of_duty(duty: str) -> bytes:
    return replace(certificate("blue relief", Role.DUTY), duty=duty).body()


NOTE = Note("x").body()
RELIEF = certificate("blue relief", Role.DUTY).body()
FAMILY = "key"
FORGERIES = [
    Forgery(FAMILY, "key never certified", Reason.UNKNOWN_KEY, lambda s: altered(s, by="red duty")),
    Forgery(FAMILY, "key of the recipient", Reason.UNKNOWN_KEY, lambda s: altered(s, by="green duty")),
    Forgery(FAMILY, "root that has not introduced itself", Reason.UNKNOWN_KEY, _root_unintroduced),
    Forgery(FAMILY, "root introduced without body", Reason.BODY_MISSING, lambda s: _introduced_without(s, body=False)),
    Forgery(FAMILY, "root introduced by another", Reason.BODY_MISMATCH, lambda s: _introduced_without(s, body=True)),
    Forgery(FAMILY, "another key in place of the pinned root", Reason.UNKNOWN_KEY, _root_pretended),
    Forgery(FAMILY, "revoked by the root, arrives late", Reason.KEY_REVOKED, _revoked),
    Forgery(FAMILY, "revoked by the root, next number", Reason.KEY_REVOKED, lambda s: _revoked(s, kept=True)),
    Forgery(FAMILY, "revoked by itself", Reason.KEY_REVOKED, lambda s: _revoked(s, by="duty")),
    Forgery(FAMILY, "revoked key certified again", Reason.KEY_REVOKED, _certified_again),
    Forgery(FAMILY, "expired key", Reason.KEY_EXPIRED, _expired),
    Forgery(FAMILY, "key before its time", Reason.KEY_NOT_YET_VALID, _too_early),
    Forgery(FAMILY, "root that named its successor", Reason.KEY_SUPERSEDED, _rotated_root),
    Forgery(FAMILY, "key under a root that was lost", Reason.KEY_REPLACED, _under_lost_root),
    _role("certificate by a duty key", Reason.NOT_ROOT, "duty", "key.certificate", RELIEF),
    _role("certificate by a node key", Reason.NOT_ROOT, "node", "key.certificate", RELIEF),
    _role("note by a node key", Reason.ROLE_NOT_ALLOWED, "node", "talk.note", NOTE),
    _role("note by the root", Reason.ROLE_NOT_ALLOWED, "root", "talk.note", NOTE),
    _role("note by a TLS key", Reason.ROLE_NOT_ALLOWED, "tls", "talk.note", NOTE),
    _role("pulse by a duty key", Reason.ROLE_NOT_ALLOWED, "duty", "talk.pulse", NOTE),
    _role("consent by a duty key", Reason.NOT_ROOT, "duty", "root.consent", _consent("green", "green root", "x")),
    _role(
        "root by certificate", Reason.ROOT_BY_CERTIFICATE, "root", "key.certificate", certificate("x", Role.ROOT).body()
    ),
    _role(
        "root as duty key", Reason.ROLE_CHANGED, "root", "key.certificate", certificate("blue root", Role.DUTY).body()
    ),
    _role(
        "node key as duty key",
        Reason.ROLE_CHANGED,
        "root",
        "key.certificate",
        certificate("blue node", Role.DUTY).body(),
    ),
    _role(
        "revocation of the other's key",
        Reason.FOREIGN_KEY,
        "root",
        "key.revocation",
        Revocation(key("green duty").fingerprint, Because.LOST).body(),
    ),
    _role(
        "revocation by a key of the same party",
        Reason.NOT_ROOT,
        "duty",
        "key.revocation",
        Revocation(key("blue node").fingerprint, Because.LOST).body(),
    ),
    _role("duty with a Cyrillic letter", Reason.BODY_CONTENT, "root", "key.certificate", _of_duty("\u043efficer")),
    _role("duty with a bidi mark", Reason.BODY_CONTENT, "root", "key.certificate", _of_duty("officer\u202e")),
    _role("heir by certificate", Reason.BODY_CONTENT, "root", "key.certificate", certificate("x", Role.HEIR).body()),
    _role("certificate without time", Reason.BODY_CONTENT, "root", "key.certificate", _timeless()),
    Forgery(FAMILY, "successor that is not held", Reason.NO_POSSESSION, _no_possession),
    Forgery(FAMILY, "successor of another root", Reason.NO_POSSESSION, _stolen_possession),
    Forgery(FAMILY, "successor that has a role", Reason.ROLE_CHANGED, _heir_in_use),
    Forgery(FAMILY, "replacement without consent", Reason.NO_CONSENT, _replaces),
    Forgery(FAMILY, "replacement with one consent of two", Reason.NO_CONSENT, _consent_of_one_of_two),
    Forgery(FAMILY, "replacement of another root", Reason.NO_CONSENT, _replaces_another),
    Forgery(FAMILY, "replacement of a root followed meanwhile", Reason.NO_CONSENT, _replaced_meanwhile),
    _role("consent to oneself", Reason.CONSENT_MISPLACED, "root", "root.consent", _consent("blue", "blue root", "x")),
    _role("consent for a stranger", Reason.CONSENT_MISPLACED, "root", "root.consent", _consent("red", "red root", "x")),
    _role("consent in place of no root", Reason.CONSENT_MISPLACED, "root", "root.consent", _consent("green", "x", "y")),
    _role(
        "consent to a key in use",
        Reason.ROLE_CHANGED,
        "root",
        "root.consent",
        _consent("green", "green root", "green duty"),
    ),
]
