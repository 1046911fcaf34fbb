"""The witness: cosigns a log's checkpoint only if it continues the last one it cosigned (C2SP tlog-witness)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skyaccord.errors import NoteError
from skyaccord.trust.fork import fork_between
from skyaccord.trust.journals.journal import Witnessed
from skyaccord.trust.journals.refusals import Evidence
from skyaccord.trust.merkle.hashing import EMPTY_ROOT
from skyaccord.trust.merkle.verify import verify_consistency
from skyaccord.trust.notes.checkpoint import Checkpoint, parse_checkpoint
from skyaccord.trust.notes.cosign import cosign
from skyaccord.trust.notes.note_key import NoteKey, NoteSigner
from skyaccord.trust.notes.signed_note import NoteSignature, SignedNote, parse_note, verify_note


class WitnessReason(StrEnum):
    """Why a witness does not cosign; the numbers are tlog-witness's answers over HTTP."""

    NOT_A_CHECKPOINT = "not_a_checkpoint"  # 400
    UNKNOWN_LOG = "unknown_log"  # 404
    BAD_SIGNATURE = "bad_signature"  # 403
    OLD_SIZE_BEYOND = "old_size_beyond"  # 400
    OLD_SIZE_DIFFERS = "old_size_differs"  # 409, with the size that is known
    ROLLBACK = "rollback"  # 409: signed by the log, smaller than what it had signed before
    FORK = "fork"  # 409: signed by the log, of one size and with another root
    BAD_PROOF = "bad_proof"  # 422


@dataclass(frozen=True, slots=True)
class Cosigned:
    """The checkpoint continues the last one; this line says so."""

    signature: NoteSignature


@dataclass(frozen=True, slots=True)
class Declined:
    """No cosignature, and why; ``known_size`` is that of the last checkpoint cosigned."""

    reason: WitnessReason
    words: str
    known_size: int = 0


class Witness:
    """Holds, for each log it knows, the last checkpoint it cosigned; cosigns what continues it."""

    def __init__(self, store: Witnessed, signer: NoteSigner, logs: Mapping[str, Sequence[NoteKey]]) -> None:
        self._store = store
        self._signer = signer
        self._logs = logs

    def add_checkpoint(self, data: bytes, old_size: int, proof: Sequence[bytes], now: datetime) -> Cosigned | Declined:
        """Cosign a checkpoint that continues the last one cosigned from ``old_size`` on, or say why not.

        The new checkpoint is durable before its cosignature is given away. An old head may have been sent by anybody,
        so that a rollback convicts nobody: the first of each log is kept. A fork convicts, and each is kept.
        """
        opened = self._open(data)
        if isinstance(opened, Declined):
            return opened
        new, note = opened
        before = self._store.last_seen(new.origin)
        last = parse_checkpoint(parse_note(before).text) if before else None
        known = last.size if last else 0
        if before is not None and last is not None and (declined := self._keep_lie(before, last, data, new, now)):
            return declined
        if old_size > new.size:
            words = f"a proof from size {old_size} to a checkpoint of {new.size}"
            return Declined(WitnessReason.OLD_SIZE_BEYOND, words, known)
        if old_size != known:
            words = f"a proof from size {old_size}; the last cosigned has {known}"
            return Declined(WitnessReason.OLD_SIZE_DIFFERS, words, known)
        if not _continues(last, new, proof):
            words = f"the proof does not lead from size {known} to {new.size}"
            return Declined(WitnessReason.BAD_PROOF, words, known)
        if not self._store.see(new.origin, before, bytes(note)):
            return Declined(WitnessReason.OLD_SIZE_DIFFERS, "another checkpoint was cosigned meanwhile", known)
        return Cosigned(cosign(note.text, self._signer, now))

    def _open(self, data: bytes) -> tuple[Checkpoint, SignedNote] | Declined:
        try:
            note = parse_note(data)
            checkpoint = parse_checkpoint(note.text)
        except NoteError as error:
            return Declined(WitnessReason.NOT_A_CHECKPOINT, str(error))
        keys = self._logs.get(checkpoint.origin)
        if keys is None:
            return Declined(WitnessReason.UNKNOWN_LOG, f"{checkpoint.origin} is no log that is witnessed here")
        try:
            verify_note(note, keys)
        except NoteError as error:
            return Declined(WitnessReason.BAD_SIGNATURE, str(error))
        return checkpoint, note

    def _keep_lie(
        self, before: bytes, last: Checkpoint, data: bytes, new: Checkpoint, now: datetime
    ) -> Declined | None:
        """Decline a fork or a rollback, which the log has signed, and keep both notes as evidence."""
        if fork_between(before, data, self._logs[new.origin]):
            reason, words = WitnessReason.FORK, f"a second root for size {new.size}"
            subject = f"{new.origin} {new.size}"
        elif new.size < last.size:
            reason, words = WitnessReason.ROLLBACK, f"size {new.size} after {last.size}"
            subject = new.origin
        else:
            return None
        self._store.keep_evidence(Evidence(now, str(reason), subject, (before, data)))
        return Declined(reason, words, last.size)


def _continues(last: Checkpoint | None, new: Checkpoint, proof: Sequence[bytes]) -> bool:
    if last is None or last.size == 0:
        return not proof and (new.size > 0 or new.root == EMPTY_ROOT)
    return verify_consistency(last.size, new.size, last.root, new.root, proof)
