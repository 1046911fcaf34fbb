"""A journal read from end to end: every leaf, node, body and checkpoint against its hash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.trust.journals.checks import CURE
from skyaccord.trust.journals.entry import Body, Erased
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.merkle.frontier import Frontier, NewNodes
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.merkle.stored_nodes import STORED_LEVEL
from skyaccord.trust.notes.checkpoint import parse_checkpoint
from skyaccord.trust.notes.signed_note import parse_note

AT_ONCE: Final = 4096
"""Entries read in one go."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What a journal holds, all of it found whole."""

    entries: int
    bodies: int
    erased: int
    checkpoints: int


def audit_journal(journal: Journal) -> Audit:
    """Read everything and compare: costs a hash or two an entry.

    The signatures of checkpoints are not looked at: `open_checkpoint` does with the key in hand.

    Raises:
        JournalError: something is not what was stored; says what and where.
    """
    frontier, size, checkpoints = Frontier(), journal.frontier.size, 0
    ends = journal.checkpoints()
    following = next(ends, None)
    while True:
        if following is not None and following.size == frontier.size:
            said = parse_checkpoint(parse_note(following.note).text)
            found = (journal.origin, frontier.size, frontier.root())
            if (said.origin, said.size, said.root) != found or following.root != said.root:
                raise _damaged(journal, f"the leaves do not give the root that was signed at {following.size}")
            checkpoints += 1
            following = next(ends, None)
            continue
        if frontier.size == size:
            break
        stop = min(size, frontier.size + AT_ONCE, following.size if following else size)
        leaves = journal.leaves(frontier.size, stop - frontier.size)
        frontier, made = frontier.grow([hash_leaf(leaf) for leaf in leaves])
        for nodes in made[:1] + made[STORED_LEVEL:]:
            _check_stored(journal, nodes)
    if frontier != journal.frontier:
        raise _damaged(journal, "the leaves do not give the tree that it was opened with")
    return Audit(size, *_count_bodies(journal), checkpoints)


def _check_stored(journal: Journal, nodes: NewNodes) -> None:
    stored = journal.hashes(nodes.level, nodes.first, len(nodes.hashes))
    for k, (found, right) in enumerate(zip(stored, nodes.hashes, strict=True)):
        if found != right:
            raise _damaged(
                journal, f"the stored hash {nodes.first + k} of level {nodes.level} is not that of its leaves"
            )


def _count_bodies(journal: Journal) -> tuple[int, int]:
    there = erased = 0
    for body in journal.bodies(0, journal.frontier.size):
        erased += isinstance(body, Erased)
        there += isinstance(body, Body)
    return there, erased


def _damaged(journal: Journal, problem: str) -> JournalError:
    return JournalError(f"journal of {journal.origin}", problem, CURE)
