"""Bodies that were not signed for, and bodies that were but have two readings or none."""

from __future__ import annotations

from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.reasons import Reason
from tests.trust.cast import Scene
from tests.trust.forgeries.forgery import Attempt, Forgery, next_note, with_body


def _of(scene: Scene, body: bytes | None, salt: bytes | None, leaf: bytes) -> Attempt:
    return Attempt(scene.green, Parcel(leaf, body, salt))


def _swapped(scene: Scene) -> Attempt:
    """The header of one note with body and salt of another, each of which is sound."""
    one, other = next_note(scene, "one"), next_note(scene, "other")
    return _of(scene, other.body, other.salt, one.leaf)


def _salt_swapped(scene: Scene) -> Attempt:
    one, other = next_note(scene, "one"), next_note(scene, "one")
    return _of(scene, one.body, other.salt, one.leaf)


def _moved(scene: Scene) -> Attempt:
    """The last octet of the salt becomes the first of the body: the octets hashed are the same."""
    one = next_note(scene)
    assert one.body is not None
    assert one.salt is not None
    return _of(scene, one.salt[-1:] + one.body, one.salt[:-1], one.leaf)


def _missing(scene: Scene, *, body: bool, salt: bool) -> Attempt:
    one = next_note(scene)
    return _of(scene, one.body if body else None, one.salt if salt else None, one.leaf)


FAMILY = "body"
FORGERIES = [
    Forgery(FAMILY, "body swapped under a valid hash of another", Reason.BODY_MISMATCH, _swapped),
    Forgery(FAMILY, "salt swapped", Reason.BODY_MISMATCH, _salt_swapped),
    Forgery(FAMILY, "octet moved from salt to body", Reason.BODY_MISMATCH, _moved),
    Forgery(FAMILY, "body left out", Reason.BODY_MISSING, lambda s: _missing(s, body=False, salt=True)),
    Forgery(FAMILY, "salt left out", Reason.BODY_MISSING, lambda s: _missing(s, body=True, salt=False)),
    Forgery(FAMILY, "duplicate key", Reason.DUPLICATE_KEY, lambda s: with_body(s, b'{"text":"a","text":"b"}')),
    Forgery(FAMILY, "escapes for letters", Reason.TEXT_FORM, lambda s: with_body(s, b'{"text":"\\u0061"}')),
    Forgery(FAMILY, "a key in escapes beside itself", Reason.TEXT_FORM, lambda s: with_body(s, b'{"te\\u0078t":"a"}')),
    Forgery(FAMILY, "white space", Reason.WHITE_SPACE, lambda s: with_body(s, b'{"text": "a"}')),
    Forgery(FAMILY, "half a surrogate pair", Reason.LONE_SURROGATE, lambda s: with_body(s, b'{"text":"\\ud800"}')),
    Forgery(FAMILY, "surrogate in UTF-8", Reason.NOT_UTF8, lambda s: with_body(s, b'{"text":"\xed\xa0\x80"}')),
    Forgery(FAMILY, "number as 1.0", Reason.NUMBER_FORM, lambda s: with_body(s, b'{"text":1.0}')),
    Forgery(FAMILY, "number as 1e0", Reason.NUMBER_FORM, lambda s: with_body(s, b'{"text":1e0}')),
    Forgery(FAMILY, "number as -0", Reason.NUMBER_FORM, lambda s: with_body(s, b'{"text":-0}')),
    Forgery(FAMILY, "number as 01", Reason.NOT_JSON, lambda s: with_body(s, b'{"text":01}')),
    Forgery(FAMILY, "number 2^53 + 1", Reason.NUMBER_RANGE, lambda s: with_body(s, b'{"text":9007199254740993}')),
    Forgery(FAMILY, "number 1e400", Reason.NUMBER_RANGE, lambda s: with_body(s, b'{"text":1e400}')),
    Forgery(FAMILY, "NaN", Reason.NOT_JSON, lambda s: with_body(s, b'{"text":NaN}')),
    Forgery(FAMILY, "member too many", Reason.BODY_CONTENT, lambda s: with_body(s, b'{"more":1,"text":"a"}')),
    Forgery(FAMILY, "not an object", Reason.NOT_AN_OBJECT, lambda s: with_body(s, b'"text"')),
    Forgery(FAMILY, "nested without end", Reason.TOO_DEEP, lambda s: with_body(s, b"[" * 60_000)),
    Forgery(FAMILY, "too large", Reason.TOO_LARGE, lambda s: with_body(s, b'{"text":"' + b"a" * 70_000 + b'"}')),
]
