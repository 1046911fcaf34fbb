"""Writes bundles: JSON lines, each canonical; a log up to its last checkpoint, or some of its entries with proofs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.model.canonical_json import Json, canonical
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.bundles.selection import select_entries
from skyaccord.trust.journals.entry import Body, StoredCheckpoint
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.merkle.prove import prove_consistency, prove_inclusion
from skyaccord.trust.merkle.stored_nodes import StoredNodes
from skyaccord.trust.notes.base64_text import encode_base64

FORMAT: Final = "skyaccord/bundle/1"


class Covers(StrEnum):
    """How much of a log a bundle shows."""

    WHOLE = "whole"
    """Every entry up to the last checkpoint: nothing can have been left out."""
    PART = "part"
    """Some entries, each with its proof; of the rest nothing is said."""


def export_bundle(
    journal: Journal, party: str, agreements: Iterable[Agreement], chosen: Collection[int] | None = None
) -> Iterator[bytes]:
    """Yield the lines of a bundle, which show the log up to its last checkpoint.

    Args:
        journal: the log; only what is stored is shown, nothing is signed.
        party: whose it is.
        agreements: the memoranda under which its entries were said.
        chosen: numbers of the entries in question, for a part; the whole log where left out.

    Raises:
        JournalError: no checkpoint was signed yet, or a chosen entry is not before the last one.
    """
    last = journal.last_checkpoint()
    if last is None or last.size == 0:
        raise JournalError(
            f"log {journal.origin}", "no checkpoint was signed over its entries", "Sign one: log checkpoint"
        )
    beyond = [index for index in chosen or () if not 0 <= index < last.size]
    if beyond:
        problem = f"entry {beyond[0]} is not among the {last.size} that its last checkpoint covers"
        raise JournalError(f"log {journal.origin}", problem, "Sign a new checkpoint, or name another entry")
    covers = Covers.WHOLE if chosen is None else Covers.PART
    memoranda: dict[str, Json] = {each.hash: dict(each.roots) for each in agreements}
    yield _line(
        bundle=FORMAT,
        covers=covers.value,
        log=journal.origin,
        memoranda=memoranda,
        party=party,
        root=encode_base64(last.root),
        size=last.size,
    )
    checkpoints = (each for each in journal.checkpoints() if each.size)
    yield from _whole(journal, checkpoints) if chosen is None else _part(journal, last.size, chosen, checkpoints)


def _whole(journal: Journal, checkpoints: Iterable[StoredCheckpoint]) -> Iterator[bytes]:
    shown = 0
    for each in checkpoints:
        for index, leaf in enumerate(journal.leaves(shown, each.size - shown), shown):
            yield _line(**_entry(journal, index, leaf))
        yield _line(checkpoint=each.note.decode())
        shown = each.size


def _part(
    journal: Journal, size: int, chosen: Collection[int], checkpoints: Iterable[StoredCheckpoint]
) -> Iterator[bytes]:
    nodes = StoredNodes(journal.hashes, journal.frontier.size)
    for index in select_entries(journal, size, chosen):
        leaf = next(iter(journal.leaves(index, 1)))
        yield _line(**_entry(journal, index, leaf), proof=_texts(prove_inclusion(nodes.node, index, size)))
    before = 0
    for each in checkpoints:
        proof = _texts(prove_consistency(nodes.node, before, each.size))
        yield _line(checkpoint=each.note.decode(), proof=proof)
        before = each.size


def _entry(journal: Journal, index: int, leaf: bytes) -> dict[str, Json]:
    found = journal.body(index)
    body, salt = (encode_base64(found.content), encode_base64(found.salt)) if isinstance(found, Body) else (None, None)
    return {"body": body, "entry": index, "leaf": encode_base64(leaf), "salt": salt}


def _texts(hashes: Iterable[bytes]) -> list[Json]:
    return [encode_base64(each) for each in hashes]


def _line(**members: Json) -> bytes:
    return canonical(members) + b"\n"
