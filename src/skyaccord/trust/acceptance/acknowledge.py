"""Verifies a receipt: that it is for what was sent, and that the other party's signed log holds it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from skyaccord.errors import NoteError
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.acceptance.standing import Acknowledged, Head, Standing
from skyaccord.trust.envelopes.envelope import Header
from skyaccord.trust.envelopes.receipt import Receipt
from skyaccord.trust.keys.keyring import Allowed, Keyring
from skyaccord.trust.keys.role import Role
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.merkle.verify import verify_inclusion
from skyaccord.trust.notes.checkpoint import Checkpoint, parse_checkpoint
from skyaccord.trust.notes.note_key import NoteKey
from skyaccord.trust.notes.signed_note import SignedNote, parse_note, verify_note
from skyaccord.trust.origin import log_origin
from skyaccord.trust.reasons import Reason

_NODE = frozenset({Role.NODE})
_KEPT: Final = 64
"""Checkpoints whose reading and verification are remembered."""


def acknowledge(receipt: Receipt, header: Header, leaf: bytes, standing: Standing) -> Acknowledged | Refused:
    """Return what a receipt shows, or why it shows nothing.

    Args:
        receipt: what the body of a receipt states.
        header: its envelope's, with a valid signature.
        leaf: the envelope that was sent under the number that the receipt has.
        standing: what one's own log says so far.
    """
    if receipt.leaf != hash_leaf(leaf):
        return Refused(Reason.RECEIPT_OTHER_LEAF, "it is for another envelope than the one that was sent")
    opened = _open(receipt.checkpoint)
    if isinstance(opened, Refused):
        return opened
    checkpoint, _ = opened
    wrong = _whose(checkpoint, receipt.checkpoint, header, standing)
    if wrong:
        return wrong
    if not verify_inclusion(receipt.leaf, receipt.index, checkpoint.size, receipt.proof, checkpoint.root):
        return Refused(Reason.RECEIPT_PROOF, f"entry {receipt.index} is not proven to be this envelope")
    seen = standing.heads.get(header.sender)
    if seen and seen.size == checkpoint.size and seen.root != checkpoint.root:
        words = f"two checkpoints of {checkpoint.origin} at size {checkpoint.size} have different roots"
        return Refused(Reason.CHECKPOINT_FORK, words, (seen.note, receipt.checkpoint))
    return _shown(receipt, checkpoint)


def show(receipt: Receipt) -> Acknowledged:
    """Return what a receipt that was verified before shows.

    Raises:
        NoteError: it has no checkpoint.
    """
    return _shown(receipt, parse_checkpoint(parse_note(receipt.checkpoint).text))


def _shown(receipt: Receipt, checkpoint: Checkpoint) -> Acknowledged:
    return Acknowledged(receipt.index, Head(checkpoint.origin, checkpoint.size, checkpoint.root, receipt.checkpoint))


@lru_cache(maxsize=_KEPT)
def _open(data: bytes) -> tuple[Checkpoint, SignedNote] | Refused:
    try:
        note = parse_note(data)
        return parse_checkpoint(note.text), note
    except NoteError as error:
        return Refused(Reason.CHECKPOINT_FORM, str(error))


def _whose(checkpoint: Checkpoint, note: bytes, header: Header, standing: Standing) -> Refused | None:
    """Refuse a checkpoint of another log than the sender's, or one that no node key of its has signed."""
    seen = standing.heads.get(header.sender)
    origins = {seen.origin} if seen else set(_origins(header.sender, standing))
    if checkpoint.origin not in origins:
        return Refused(Reason.CHECKPOINT_OTHER_LOG, f"{checkpoint.origin[:120]!a} is not the log of {header.sender}")
    ring = standing.rings.of(header)
    unsigned = _why_unsigned(note, checkpoint.origin, tuple(_nodes(ring, header, standing.count)))
    return Refused(Reason.CHECKPOINT_UNSIGNED, unsigned) if unsigned else None


@lru_cache(maxsize=_KEPT)
def _why_unsigned(note: bytes, origin: str, publics: tuple[bytes, ...]) -> str | None:
    """Return why a checkpoint is by none of some keys; the receipts of one batch share it, and its signature."""
    try:
        verify_note(parse_note(note), [NoteKey(origin, public) for public in publics])
    except NoteError as error:
        return str(error)
    return None


def _origins(party: str, standing: Standing) -> Iterator[str]:
    """Yield the names that a party's log may have: it was begun under one of its roots."""
    for rings in standing.rings.rings.values():
        keys = rings[party].parties[party].keys.values() if party in rings else ()
        yield from (log_origin(party, key.fingerprint) for key in keys if key.role is Role.ROOT)


def _nodes(ring: Keyring, header: Header, index: int) -> Iterator[bytes]:
    """Yield the public node keys of the sender that may sign at the time of a receipt."""
    for name in ring.parties[header.sender].keys:
        allowed = ring.may_sign(header.sender, name, _NODE, header.time_s, index)
        if isinstance(allowed, Allowed) and allowed.public is not None:
            yield allowed.public
