"""Receipts that acknowledge nothing: blue asks, green answers, or someone in its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from skyaccord.trust.envelopes.receipt import NAMES as RECEIPT_NAMES
from skyaccord.trust.envelopes.receipt import Receipt, read_receipt
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.keys.revocation import Because, Revocation
from skyaccord.trust.members import Members
from skyaccord.trust.merkle.hashing import hash_leaf, hash_node
from skyaccord.trust.notes.checkpoint import Checkpoint
from skyaccord.trust.notes.note_key import NoteSigner
from skyaccord.trust.notes.signed_note import SignedNote, sign_text
from skyaccord.trust.reasons import Reason
from tests.trust.cast import MEMORANDUM, NOW_S, Note, Scene, Side, deliver, key
from tests.trust.forgeries.forgery import Attempt, Forgery

NUMBER = 5  # blue's note in the scene


def _place(side: Side, number: int = NUMBER) -> int:
    place = side.standing.stream(("blue", "green")).place_of(number)
    assert place is not None
    return place


def _sound(scene: Scene, number: int = NUMBER) -> Receipt:
    parcel = scene.green.receipt(_place(scene.green, number))
    assert parcel.body is not None
    return read_receipt(Members(json.loads(parcel.body), RECEIPT_NAMES))


def _given(scene: Scene, receipt: Receipt, number: int = NUMBER, by: str = "green node") -> Attempt:
    message = Message(MEMORANDUM, "green", "blue", "log.receipt", 1, receipt.body())
    return Attempt(scene.blue, seal(message, key(by), number, NOW_S))


def _head(leaf: bytes, origin: str, by: str, size: int = 2) -> Receipt:
    """Return a receipt in a log of two entries that is made up: the proof holds."""
    beside = hash_leaf(b"another entry")
    text = Checkpoint(origin, size, hash_node(hash_leaf(leaf), beside)).text
    note = SignedNote(text, (sign_text(text, NoteSigner.from_seed(origin, key(by).seed)),))
    return Receipt(hash_leaf(leaf), 0, bytes(note), (beside,))


def _made_up(scene: Scene, origin: str, by: str) -> Attempt:
    return _given(scene, _head(scene.blue.log[_place(scene.blue)].leaf, origin, by))


def _changed(**changes: object) -> Callable[[Scene], Attempt]:
    return lambda scene: _given(scene, replace(_sound(scene), **changes))  # type: ignore[arg-type]


def _of_another_entry(scene: Scene) -> Attempt:
    return _given(scene, _sound(scene, 4))


def _sound_proof_elsewhere(scene: Scene) -> Attempt:
    receipt = _sound(scene)
    return _given(scene, replace(receipt, index=receipt.index - 1))


def _moved(scene: Scene) -> Attempt:
    """Green acknowledges, then shows a log in which the entry stands elsewhere."""
    deliver(scene.blue, scene.green.receipt(_place(scene.green)))
    return _made_up(scene, scene.green.origin, "green node")


def _forked(scene: Scene) -> Attempt:
    """Green shows for the next note a head of the size that it has shown before, with another root."""
    deliver(scene.blue, scene.green.receipt(_place(scene.green)))
    seen = scene.blue.standing.heads["green"]
    leaf = scene.blue.say(Note("second").body(), "green", "duty").leaf
    proof = [hash_leaf(b"1"), hash_leaf(b"2"), hash_leaf(b"3"), hash_leaf(b"4")]
    root = hash_leaf(leaf)
    index, last = seen.size - 1, seen.size - 1
    used = []
    while last:
        if index & 1 or index == last:
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
            root = hash_node(proof[len(used)], root)
        else:
            root = hash_node(root, proof[len(used)])
        used.append(proof[len(used)])
        index, last = index >> 1, last >> 1
    text = Checkpoint(seen.origin, seen.size, root).text
    note = SignedNote(text, (sign_text(text, NoteSigner.from_seed(seen.origin, key("green node").seed)),))
    return _given(scene, Receipt(hash_leaf(leaf), seen.size - 1, bytes(note), tuple(used)), NUMBER + 1)


def _by_revoked(scene: Scene) -> Attempt:
    receipt = _sound(scene)
    revocation = Revocation(key("green node").fingerprint, Because.EXPOSED)
    deliver(scene.blue, scene.green.say(revocation.body(), "blue", "root", kind="key.revocation"))
    return _given(scene, receipt)


def _to_itself(scene: Scene) -> Attempt:
    return _given(scene, _sound(scene), NUMBER + 1)


FAMILY = "receipt"
FORGERIES = [
    Forgery(FAMILY, "number never sent", Reason.RECEIPT_UNASKED, _to_itself),
    Forgery(FAMILY, "of another entry", Reason.RECEIPT_OTHER_LEAF, _of_another_entry),
    Forgery(FAMILY, "of a leaf that is none", Reason.RECEIPT_OTHER_LEAF, _changed(leaf=bytes(32))),
    Forgery(FAMILY, "signed by a duty key", Reason.ROLE_NOT_ALLOWED, lambda s: _given(s, _sound(s), by="green duty")),
    Forgery(FAMILY, "signed by the sender itself", Reason.UNKNOWN_KEY, lambda s: _given(s, _sound(s), by="blue node")),
    Forgery(FAMILY, "signed by a revoked node key", Reason.KEY_REVOKED, _by_revoked),
    Forgery(FAMILY, "text in place of a checkpoint", Reason.CHECKPOINT_FORM, _changed(checkpoint=b"it is there")),
    Forgery(
        FAMILY,
        "checkpoint of blue's own log",
        Reason.CHECKPOINT_OTHER_LOG,
        lambda s: _made_up(s, s.blue.origin, "blue node"),
    ),
    Forgery(
        FAMILY,
        "checkpoint of a log of another root",
        Reason.CHECKPOINT_OTHER_LOG,
        lambda s: _made_up(s, "skyaccord/green/0123456789abcdef", "green node"),
    ),
    Forgery(
        FAMILY,
        "checkpoint signed by a duty key",
        Reason.CHECKPOINT_UNSIGNED,
        lambda s: _made_up(s, s.green.origin, "green duty"),
    ),
    Forgery(FAMILY, "proof of the entry before", Reason.RECEIPT_PROOF, _sound_proof_elsewhere),
    Forgery(FAMILY, "no proof", Reason.RECEIPT_PROOF, _changed(proof=())),
    Forgery(FAMILY, "index beyond the log", Reason.RECEIPT_PROOF, _changed(index=10**9)),
    Forgery(FAMILY, "another place than before", Reason.RECEIPT_CHANGED, _moved),
    Forgery(FAMILY, "fork: two roots of one size", Reason.CHECKPOINT_FORK, _forked),
]
