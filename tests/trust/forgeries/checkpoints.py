"""Checkpoints that are shown to a witness and do not continue what it has seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from skyaccord.model.instants import from_seconds
from skyaccord.trust.notes.checkpoint import Checkpoint
from skyaccord.trust.notes.note_key import NoteKey, NoteSigner, SignatureKind
from skyaccord.trust.notes.signed_note import SignedNote, sign_text
from skyaccord.trust.witness import Cosigned, Declined, Witness, WitnessReason
from tests.trust.cast import NOW_S, Note, Scene, Side, key
from tests.trust.forgeries.forgery import Forgery, Tried

NOW: datetime = from_seconds(NOW_S)


@dataclass(frozen=True)
class Shown:
    """A checkpoint that blue's witness green is shown, after it has cosigned blue's head."""

    scene: Scene
    note: bytes
    old_size: int
    proof: tuple[bytes, ...] = ()

    def run(self) -> Tried:
        store, origin = self.scene.green.journal, self.scene.blue.origin
        witness = _witness(self.scene)
        before, kept = store.last_seen(origin), len(store.evidence())
        declined = witness.add_checkpoint(self.note, self.old_size, self.proof, NOW)
        assert isinstance(declined, Declined)
        is_lie = declined.reason in (WitnessReason.ROLLBACK, WitnessReason.FORK)
        recorded = len(store.evidence()) - kept if is_lie else 1  # the others convict nobody and are answered alone
        return Tried(declined.reason.value, declined.words, store.last_seen(origin) == before, recorded)


def _witness(scene: Scene) -> Witness:
    signer = NoteSigner.from_seed("green.example/witness", key("green witness").seed, SignatureKind.COSIGNATURE)
    blue = scene.blue.origin
    return Witness(scene.green.journal, signer, {blue: [NoteKey(blue, key("blue node").public)]})


def _cosigned(scene: Scene) -> int:
    """Let green cosign blue's head; return its size."""
    log = scene.blue.desk.log
    assert isinstance(_witness(scene).add_checkpoint(bytes(log.checkpoint()), 0, (), NOW), Cosigned)
    return log.size


def _signed(scene: Scene, size: int, root: bytes, by: str = "blue node", origin: str = "") -> bytes:
    name = origin or scene.blue.origin
    text = Checkpoint(name, size, root).text
    return bytes(SignedNote(text, (sign_text(text, NoteSigner.from_seed(name, key(by).seed)),)))


def _rolled_back(scene: Scene) -> Shown:
    size = _cosigned(scene)
    return Shown(scene, _signed(scene, size - 1, scene.blue.desk.log.root(size - 1)), size)


def _forked(scene: Scene) -> Shown:
    size = _cosigned(scene)
    return Shown(scene, _signed(scene, size, bytes(32)), size)


def _rewritten(scene: Scene) -> Shown:
    """Blue shows a longer log in which its entries are others, with the proof from there."""
    size = _cosigned(scene)
    other = Side("blue")
    other.introduce("green")
    for number in range(10):
        other.say(Note(f"never said {number}").body(), "green", "duty")
    log = other.desk.log
    return Shown(scene, bytes(log.checkpoint()), size, log.prove_consistency(size, log.size))


def _unproven(scene: Scene) -> Shown:
    size = _cosigned(scene)
    scene.blue.say(Note("more").body(), "green", "duty")
    return Shown(scene, bytes(scene.blue.desk.log.checkpoint()), size)


def _from_elsewhere(scene: Scene) -> Shown:
    size = _cosigned(scene)
    scene.blue.say(Note("more").body(), "green", "duty")
    log = scene.blue.desk.log
    return Shown(scene, bytes(log.checkpoint()), size - 1, log.prove_consistency(size - 1, log.size))


FAMILY = "checkpoint"
FORGERIES = [
    Forgery(FAMILY, "rollback", WitnessReason.ROLLBACK, _rolled_back),
    Forgery(FAMILY, "fork", WitnessReason.FORK, _forked),
    Forgery(FAMILY, "history rewritten", WitnessReason.BAD_PROOF, _rewritten),
    Forgery(FAMILY, "growth without proof", WitnessReason.BAD_PROOF, _unproven),
    Forgery(FAMILY, "growth from another size", WitnessReason.OLD_SIZE_DIFFERS, _from_elsewhere),
    Forgery(
        FAMILY,
        "signed by another key",
        WitnessReason.BAD_SIGNATURE,
        lambda s: Shown(s, _signed(s, 99, bytes(32), by="blue duty"), _cosigned(s)),
    ),
    Forgery(
        FAMILY,
        "of another log",
        WitnessReason.UNKNOWN_LOG,
        lambda s: Shown(s, _signed(s, 99, bytes(32), origin="skyaccord/red/0123456789abcdef"), _cosigned(s)),
    ),
    Forgery(FAMILY, "no checkpoint", WitnessReason.NOT_A_CHECKPOINT, lambda s: Shown(s, b"it grew\n", _cosigned(s))),
]
