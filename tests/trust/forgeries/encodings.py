"""Headers that could be read in two ways, or look like another."""

from __future__ import annotations

from typing import Any

from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.reasons import Reason
from tests.trust.cast import Scene, key
from tests.trust.forgeries.forgery import Attempt, Forgery, altered, members, next_note, rewritten, sign


def _without(scene: Scene, name: str) -> Attempt:
    parcel = next_note(scene)
    content = {each: value for each, value in members(parcel).items() if each != name}
    return Attempt(scene.green, Parcel(sign(content, key("blue duty")), parcel.body, parcel.salt))


def _octets(scene: Scene, leaf: bytes) -> Attempt:
    parcel = next_note(scene)
    return Attempt(scene.green, Parcel(leaf, parcel.body, parcel.salt))


def _framed(scene: Scene, before: bytes, after: bytes) -> Attempt:
    return _octets(scene, before + next_note(scene).leaf + after)


def _says(name: str, reason: Reason, **changes: Any) -> Forgery:
    return Forgery(FAMILY, name, reason, lambda scene: altered(scene, **changes))


def _becomes(name: str, reason: Reason, old: bytes, new: bytes) -> Forgery:
    return Forgery(FAMILY, name, reason, lambda scene: rewritten(scene, old, new))


FAMILY = "encoding"
FORGERIES = [
    _becomes("duplicate key", Reason.DUPLICATE_KEY, b'"sequence":6', b'"sequence":6,"sequence":5'),
    _becomes("escapes for letters", Reason.TEXT_FORM, b'"blue"', b'"\\u0062lue"'),
    _becomes("a key in escapes", Reason.TEXT_FORM, b'"sender"', b'"\\u0073ender"'),
    _becomes("white space", Reason.WHITE_SPACE, b'"version":1', b'"version": 1'),
    _becomes("order of keys", Reason.KEY_ORDER, b'{"body"', b'{"zone":1,"body"'),
    _becomes("sequence as 6.0", Reason.NUMBER_FORM, b'"sequence":6', b'"sequence":6.0'),
    _becomes("sequence as 6e0", Reason.NUMBER_FORM, b'"sequence":6', b'"sequence":6e0'),
    _becomes("sequence as 06", Reason.NOT_JSON, b'"sequence":6', b'"sequence":06'),
    _becomes("sequence -0", Reason.NUMBER_FORM, b'"sequence":6', b'"sequence":-0'),
    _becomes("sequence 2^53 + 1", Reason.NUMBER_RANGE, b'"sequence":6', b'"sequence":9007199254740993'),
    _becomes("sequence 1e400", Reason.NUMBER_RANGE, b'"sequence":6', b'"sequence":1e400'),
    _becomes("half a surrogate pair", Reason.LONE_SURROGATE, b'"blue"', b'"blue\\ud800"'),
    Forgery(FAMILY, "byte order mark", Reason.BYTE_ORDER_MARK, lambda s: _framed(s, b"\xef\xbb\xbf", b"")),
    Forgery(FAMILY, "line end behind it", Reason.WHITE_SPACE, lambda s: _framed(s, b"", b"\n")),
    Forgery(FAMILY, "a second envelope behind it", Reason.NOT_JSON, lambda s: _framed(s, b"", b"{}")),
    Forgery(FAMILY, "within a list", Reason.TOO_DEEP, lambda s: _framed(s, b"[[", b"]]")),
    Forgery(FAMILY, "a list", Reason.NOT_AN_OBJECT, lambda s: _octets(s, b"[]")),
    Forgery(FAMILY, "no UTF-8", Reason.NOT_UTF8, lambda s: rewritten(s, b'"blue"', b'"bl\xfce"')),
    Forgery(FAMILY, "too large", Reason.TOO_LARGE, lambda s: altered(s, sender="b" * 3000)),
    Forgery(FAMILY, "member left out", Reason.MEMBERS, lambda s: _without(s, "time")),
    Forgery(FAMILY, "protocol left out", Reason.MEMBERS, lambda s: _without(s, "protocol")),
    _says("protocol as a number", Reason.MEMBERS, protocol=1),
    _says("member too many", Reason.MEMBERS, priority=1),
    _says("sequence as text", Reason.MEMBER_VALUE, sequence="6"),
    _says("sequence true", Reason.MEMBER_VALUE, sequence=True),
    _says("sequence 0", Reason.MEMBER_VALUE, sequence=0),
    _says("sequence negative", Reason.MEMBER_VALUE, sequence=-6),
    _says("version with a fraction", Reason.MEMBER_VALUE, version=1.5),
    _says("time with an offset", Reason.MEMBER_VALUE, time="2026-12-01T01:00:00.000+01:00"),
    _says("time with microseconds", Reason.MEMBER_VALUE, time="2026-12-01T00:00:00.000000Z"),
    _says("time on 30 February", Reason.MEMBER_VALUE, time="2026-02-30T00:00:00.000Z"),
    _says("time in other digits", Reason.MEMBER_VALUE, time="٢٠٢٦-12-01T00:00:00.000Z"),
    _says("fingerprint in capitals", Reason.MEMBER_VALUE, key=key("blue duty").fingerprint.upper()),
    _says("kind with a capital", Reason.MEMBER_VALUE, kind="talk.Note"),
    _says("sender in NFD", Reason.PARTY_NAME, sender="ble\u0301u"),
    _says("sender in NFC", Reason.PARTY_NAME, sender="bl\u00e9u"),
    _says("sender with a Cyrillic letter", Reason.PARTY_NAME, sender="blu\u0435"),
    _says("sender in wide letters", Reason.PARTY_NAME, sender="\uff42\uff4c\uff55\uff45"),
    _says("sender with a bidi mark", Reason.PARTY_NAME, sender="blue\u202e"),
    _says("sender with a mark without width", Reason.PARTY_NAME, sender="bl\u200due"),
    _says("recipient with a line end", Reason.PARTY_NAME, recipient="green\n"),
    _says("recipient empty", Reason.PARTY_NAME, recipient=""),
    _says("sender in capitals", Reason.UNKNOWN_SENDER, sender="Blue"),
]
