"""Which entries a stranger needs beside those in question: all about keys, and receipts with what they answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from skyaccord.trust.envelopes.envelope import Header, read_envelope, read_leaf
from skyaccord.trust.envelopes.receipt import KIND as RECEIPT
from skyaccord.trust.journals.journal import Entries

ABOUT_KEYS: Final = frozenset(
    {"key.certificate", "key.revocation", "root.successor", "root.consent", "root.replacement"}
)
"""Kinds by which all later entries are judged; all of them are shown, revocations that came later too."""


def select_entries(journal: Entries, size: int, chosen: Collection[int]) -> list[int]:
    """Return the numbers of the entries to show, in their order.

    Args:
        journal: the log.
        size: only entries before this one.
        chosen: numbers of the entries in question.
    """
    headers = (read_envelope(read_leaf(leaf)).header for leaf in journal.leaves(0, size))
    asked = {_answered(header) for index, header in enumerate(headers) if index in chosen}
    found = []
    for index, leaf in enumerate(journal.leaves(0, size)):
        header = read_envelope(read_leaf(leaf)).header
        if index in chosen or header.kind in ABOUT_KEYS or _answered(header) in asked:
            found.append(index)
    return found


def _answered(header: Header) -> tuple[str, str, int]:
    """Return sender, recipient and number of an envelope, or of the one that a receipt acknowledges."""
    if header.kind == RECEIPT:
        return header.recipient, header.sender, header.sequence
    return header.sender, header.recipient, header.sequence
