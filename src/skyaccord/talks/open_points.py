"""What is open, and whose move it is."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.talks.state import RANK, REACHED, State
from skyaccord.talks.table import Clause, Table


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A provision that is not done, who moves and to what end."""

    clause: Clause
    movers: tuple[str, ...]
    task: str


def open_points(table: Table) -> tuple[OpenPoint, ...]:
    """Return the provisions that are not legally reconciled, in the order of the table.

    Who has no words answers; of differing words who moved longer ago moves, all where they moved in one round; of one
    text whoever has not yet agreed to it, then whoever's lawyers have not.
    """
    return tuple(_open_point(clause) for clause in table.clauses if clause.state is not State.RECONCILED)


def _open_point(clause: Clause) -> OpenPoint:
    state = clause.state
    if state is State.PROPOSED:
        silent = tuple(party for party in clause.parties if party not in clause.standing)
        return OpenPoint(clause, silent, "table words or agree to those there are")
    if state is State.BRACKETED:
        least = min(each.since for each in clause.standing.values())
        behind = tuple(party for party in clause.parties if clause.standing[party].since == least)
        return OpenPoint(clause, behind, "clean the brackets")
    task, wanted = ("agree", State.AGREED) if state is State.AD_REFERENDUM else ("reconcile", State.RECONCILED)
    behind = tuple(party for party in clause.parties if RANK[REACHED[clause.standing[party].stance]] < RANK[wanted])
    return OpenPoint(clause, behind, task)
