"""Writes bundles: JSON lines, each canonical; the last checkpoint of a log, and entries with proofs that lead to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.model.canonical_json import Json, canonical
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.bundles.selection import select_entries
from skyaccord.trust.journals.entry import Body
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.merkle.prove import prove_inclusion
from skyaccord.trust.merkle.stored_nodes import StoredNodes
from skyaccord.trust.notes.base64_text import encode_base64

FORMAT: Final = "skyaccord/bundle/1"


def export_bundle(
    journal: Journal, party: str, agreements: Iterable[Agreement], chosen: Collection[int] | None = None
) -> Iterator[bytes]:
    """Yield the lines of a bundle, which show the log up to its last checkpoint.

    Args:
        journal: the log; only what is stored is shown, nothing is signed.
        party: whose it is.
        agreements: the memoranda under which its entries were said.
        chosen: numbers of the entries in question; the whole log where left out.

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
    memoranda: dict[str, Json] = {each.hash: dict(each.roots) for each in agreements}
    yield _line(bundle=FORMAT, checkpoint=last.note.decode(), memoranda=memoranda, party=party)
    nodes = StoredNodes(journal.hashes, journal.frontier.size)
    for index in range(last.size) if chosen is None else select_entries(journal, last.size, chosen):
        proof = _texts(prove_inclusion(nodes.node, index, last.size))
        yield _line(**_entry(journal, index), proof=proof)


def _entry(journal: Journal, index: int) -> dict[str, Json]:
    leaf, found = next(iter(journal.leaves(index, 1))), journal.body(index)
    body, salt = (found.content, found.salt) if isinstance(found, Body) else (b"", b"")
    return {"body": encode_base64(body), "entry": index, "leaf": encode_base64(leaf), "salt": encode_base64(salt)}


def _texts(hashes: Iterable[bytes]) -> list[Json]:
    return [encode_base64(each) for each in hashes]


def _line(**members: Json) -> bytes:
    return canonical(members) + b"\n"
