"""All that a comparison of positions shows: by round, by provision, by number, by language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skyaccord.memorandum.quantity_text import format_quantity
from skyaccord.talks.brackets import bracketed_rule, bracketed_text, rule_text
from skyaccord.talks.convergence import convergence, convergence_of
from skyaccord.talks.languages import SideBySide, side_by_side
from skyaccord.talks.numbers import Figure, figures
from skyaccord.talks.open_points import OpenPoint, open_points
from skyaccord.talks.position import Position
from skyaccord.talks.redline import Stretch, as_text, redline
from skyaccord.talks.table import Clause, Table, fold


@dataclass(frozen=True, slots=True)
class Redlined:
    """What a party changed in its own words from one round to another."""

    party: str
    from_round: int
    to_round: int
    text: tuple[Stretch, ...]
    rule: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A provision on the table."""

    clause: Clause
    holds: bool  # whether it counts as agreed
    convergence: float
    text: str  # with brackets
    rule: str
    figures: tuple[Figure, ...]
    redlines: tuple[Redlined, ...]
    languages: tuple[SideBySide, ...]
    open: OpenPoint | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table after the last round, and how it came there."""

    rounds: tuple[Table, ...]
    provisions: tuple[Compared, ...]

    @property
    def table(self) -> Table:
        """Return the table after the last round."""
        return self.rounds[-1]

    def by_round(self) -> tuple[tuple[int, float], ...]:
        """Return the convergence of all provisions after each round."""
        return tuple((table.round, convergence(table)) for table in self.rounds)

    def of_provision(self, id: str) -> tuple[tuple[int, float], ...]:  # noqa: A002 - the vocabulary's word
        """Return the convergence of one provision after each round in which it was on the table."""
        found = ((table.round, table.clause(id)) for table in self.rounds)
        return tuple((number, convergence_of(clause)) for number, clause in found if clause)


def compare(positions: Sequence[Position]) -> Comparison:
    """Return the comparison of positions, in any order.

    Raises:
        TalksError: positions that do not make one talks (`table.fold`).
    """
    rounds = fold(positions)
    language = positions[0].language
    open_ = {point.clause.id: point for point in open_points(rounds[-1])}
    return Comparison(
        rounds,
        tuple(
            Compared(
                clause,
                rounds[-1].holds(clause),
                convergence_of(clause),
                bracketed_text(clause),
                bracketed_rule(clause),
                figures(clause),
                tuple(each for party in clause.parties if (each := _redlined(rounds, clause.id, party))),
                tuple(pair for _, words in clause.sides() for pair in side_by_side(words, language)),
                open_.get(clause.id),
            )
            for clause in rounds[-1].clauses
        ),
    )


def _redlined(rounds: Sequence[Table], id: str, party: str) -> Redlined | None:  # noqa: A002
    """Return a party's last change of its words, ``None`` where it made none."""
    held = [
        (table.round, clause.standing[party].words)
        for table in rounds
        if (clause := table.clause(id)) and party in clause.standing
    ]
    for (before, old), (after, new) in zip(reversed(held[:-1]), reversed(held[1:]), strict=True):
        if old.hash != new.hash:
            text = redline(old.provision.text, new.provision.text)
            rule = redline(rule_text(old.provision), rule_text(new.provision))
            return Redlined(party, before, after, text, rule)
    return None


def document(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON values."""
    table = comparison.table
    return {
        "talks": table.talks,
        "parties": list(table.parties),
        "round": table.round,
        "is_all_agreed": table.is_all_agreed,
        "convergence": [{"round": number, "value": round(value, 4)} for number, value in comparison.by_round()],
        "provisions": [_provision(comparison, each) for each in comparison.provisions],
    }


def _provision(comparison: Comparison, each: Compared) -> dict[str, Any]:
    clause = each.clause
    by_round = comparison.of_provision(clause.id)
    return {
        "id": clause.id,
        "state": clause.state.value,
        "holds": each.holds,
        "provisional": clause.is_provisional,
        "convergence": [{"round": number, "value": round(value, 4)} for number, value in by_round],
        "text": each.text,
        "rule": each.rule or None,
        "numbers": [
            {
                "parameter": figure.name,
                "unit": figure.unit,
                "written": {party: [format_quantity(q) for q in qs] for party, qs in figure.written.items()},
                "values": {party: list(figure.values(party)) for party in figure.written},
                "same": figure.is_same,
                "spread": figure.spread,
            }
            for figure in each.figures
        ],
        "parties": {
            party: {
                "stance": standing.stance.value,
                "since_round": standing.since,
                "hash": standing.words.hash,
                "explanation": standing.explanation or None,
            }
            for party, standing in clause.standing.items()
        },
        "redlines": [
            {
                "party": redlined.party,
                "from_round": redlined.from_round,
                "to_round": redlined.to_round,
                "text": as_text(redlined.text),
                "rule": as_text(redlined.rule) or None,
            }
            for redlined in each.redlines
        ],
        "languages": [
            {"languages": list(pair.languages), "texts": list(pair.texts), "faults": list(pair.faults)}
            for pair in each.languages
        ],
        "movers": list(each.open.movers) if each.open else [],
        "task": each.open.task if each.open else None,
    }
