"""Signatures of something else, in a second spelling, or under keys for which anyone can sign."""

from __future__ import annotations

import base64

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.keys.certificate import Certificate
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.signing_key import fingerprint
from skyaccord.trust.keys.soundness import ORDER
from skyaccord.trust.keys.succession import Consent, Successor
from skyaccord.trust.notes.base64_text import encode_base64
from skyaccord.trust.reasons import Reason
from tests.trust.cast import MEMORANDUM, NOW_S, PLAIN, YEAR_S, Scene, Side, key
from tests.trust.forgeries.forgery import Attempt, Forgery, members, next_note, rewritten, sign, with_body

P = 2**255 - 19
WEAK = {
    "the neutral element": (1).to_bytes(32, "little"),
    "order 2": (P - 1).to_bytes(32, "little"),
    "order 4": bytes(32),
    "order 8": bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    "the neutral element, second spelling": (P + 1).to_bytes(32, "little"),
    "no point of the curve": (2).to_bytes(32, "little"),
}


def _signed(scene: Scene, signature: bytes) -> Attempt:
    parcel = next_note(scene)
    old = members(parcel)["signature"].encode()
    leaf = parcel.leaf.replace(old, encode_base64(signature).encode())
    return Attempt(scene.green, Parcel(leaf, parcel.body, parcel.salt))


def _malleable(scene: Scene) -> Attempt:
    """S + L in place of S: the equation holds as before."""
    parcel = next_note(scene)
    sound = base64.b64decode(members(parcel)["signature"])
    more = (int.from_bytes(sound[32:], "little") + ORDER).to_bytes(32, "little")
    leaf = parcel.leaf.replace(encode_base64(sound).encode(), encode_base64(sound[:32] + more).encode())
    return Attempt(scene.green, Parcel(leaf, parcel.body, parcel.salt))


def _of_another(scene: Scene) -> Attempt:
    other = next_note(scene, "other")
    return _signed(scene, base64.b64decode(members(other)["signature"]))


def _without_prefix(scene: Scene) -> Attempt:
    """The key did sign these octets, but not as an envelope."""
    parcel = next_note(scene)
    unsigned = {name: value for name, value in members(parcel).items() if name != "signature"}
    signature = key("blue duty").sign(sign(unsigned, key("blue duty")))
    return _signed(scene, signature)


def _by_another_key(scene: Scene) -> Attempt:
    parcel = next_note(scene)
    return Attempt(scene.green, Parcel(sign(members(parcel), key("green duty")), parcel.body, parcel.salt))


def _loose_base64(scene: Scene) -> Attempt:
    """The last letter before the padding has four bits that say nothing."""
    text = members(next_note(scene))["signature"]
    letter = text[-3]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = alphabet[alphabet.index(letter) | 1]
    assert other != letter
    return rewritten_signature(scene, f"{other}==")


def rewritten_signature(scene: Scene, end: str) -> Attempt:
    parcel = next_note(scene)
    text = members(parcel)["signature"]
    leaf = parcel.leaf.replace(text.encode(), (text[:-3] + end).encode())
    return Attempt(scene.green, Parcel(leaf, parcel.body, parcel.salt))


def _weak(public: bytes) -> Forgery:
    name = next(each for each, value in WEAK.items() if value == public)
    body = Certificate(public, Role.DUTY, "anyone", NOW_S - YEAR_S, NOW_S + YEAR_S).body()
    return Forgery(
        FAMILY, f"weak key: {name}", Reason.WEAK_KEY, lambda s: with_body(s, body, "key.certificate", "root")
    )


def _weak_root(_: Scene) -> Attempt:
    """The memorandum pins a root under which anyone can sign, and someone does."""
    green, public = Side("green"), WEAK["the neutral element"]
    roots = {"blue": fingerprint(public), "green": key("green root").fingerprint}
    green.desk = Correspondence(green.desk.log, "green", [Agreement(MEMORANDUM, roots)], PLAIN)
    body = Certificate(public, Role.ROOT, "anyone", NOW_S - YEAR_S, NOW_S + YEAR_S).body()
    parcel = seal(Message(MEMORANDUM, "blue", "green", "key.certificate", 1, body), key("anyone"), 1, NOW_S)
    content = members(parcel) | {"key": fingerprint(public), "signature": encode_base64(public + bytes(32))}
    return Attempt(green, Parcel(canonical(content), parcel.body, parcel.salt))


def _weak_heir(scene: Scene) -> Attempt:
    """Anyone can prove to hold the neutral element."""
    public = WEAK["the neutral element"]
    return with_body(scene, Successor(public, public + bytes(32)).body(), "root.successor", "root")


def _weak_consented(scene: Scene) -> Attempt:
    body = Consent("green", key("green root").fingerprint, WEAK["order 4"]).body()
    return with_body(scene, body, "root.consent", "root")


FAMILY = "signature"
FORGERIES = [
    Forgery(FAMILY, "second spelling: S + L", Reason.SIGNATURE_FORM, _malleable),
    Forgery(FAMILY, "signature of another envelope", Reason.BAD_SIGNATURE, _of_another),
    Forgery(FAMILY, "signature of something else by the key", Reason.BAD_SIGNATURE, _without_prefix),
    Forgery(FAMILY, "signature by another key", Reason.BAD_SIGNATURE, _by_another_key),
    Forgery(FAMILY, "zeros", Reason.BAD_SIGNATURE, lambda s: _signed(s, bytes(64))),
    Forgery(FAMILY, "too short", Reason.MEMBER_VALUE, lambda s: _signed(s, bytes(63))),
    Forgery(FAMILY, "base64 with idle bits", Reason.MEMBER_VALUE, _loose_base64),
    Forgery(FAMILY, "base64 without padding", Reason.MEMBER_VALUE, lambda s: rewritten_signature(s, "A")),
    Forgery(FAMILY, "time changed", Reason.BAD_SIGNATURE, lambda s: rewritten(s, b"00:00.000Z", b"00:01.000Z")),
    Forgery(FAMILY, "weak key pinned as root", Reason.WEAK_KEY, _weak_root),
    Forgery(FAMILY, "weak key as successor", Reason.WEAK_KEY, _weak_heir),
    Forgery(FAMILY, "weak key consented to", Reason.WEAK_KEY, _weak_consented),
    *(_weak(public) for public in WEAK.values()),
]
