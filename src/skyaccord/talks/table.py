"""What lies on the table: positions, folded in order, to one negotiating text.

Positions count by round and instant. Those of one instant are simultaneous: each is read against the table as it was
before, so that the order of files changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from skyaccord.errors import TalksError
from skyaccord.talks.position import Move, Position, Words
from skyaccord.talks.state import RANK, REACHED, Stance, State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a party stands on a provision."""

    words: Words
    stance: Stance
    since: int  # the round in which it last moved
    explanation: str = ""
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision on the table: where each party stands that has words of it there."""

    id: str
    parties: tuple[str, ...]
    standing: dict[str, Standing]

    @property
    def state(self) -> State:
        """Return how far it has come, taken by itself."""
        if set(self.standing) != set(self.parties):
            return State.PROPOSED
        if len({each.words.hash for each in self.standing.values()}) > 1:
            return State.BRACKETED
        return min((REACHED[each.stance] for each in self.standing.values()), key=RANK.__getitem__)

    @property
    def is_provisional(self) -> bool:
        """Return whether all parties want it to hold before all is agreed."""
        return all(party in self.standing and self.standing[party].is_provisional for party in self.parties)

    def sides(self) -> tuple[tuple[tuple[str, ...], Words], ...]:
        """Return the different words with the parties that hold each, in the order of parties."""
        found: dict[str, tuple[list[str], Words]] = {}
        for party in self.parties:
            if party in self.standing:
                words = self.standing[party].words
                found.setdefault(words.hash, ([], words))[0].append(party)
        return tuple((tuple(names), words) for names, words in found.values())


@dataclass(frozen=True, slots=True)
class Table:
    """The negotiating text after some rounds, its provisions in the order in which they first came up."""

    talks: str
    parties: tuple[str, ...]
    round: int
    clauses: tuple[Clause, ...]

    def clause(self, id: str) -> Clause | None:  # noqa: A002 - the vocabulary's word
        """Return the provision of an id, ``None`` where it is not on the table."""
        return next((clause for clause in self.clauses if clause.id == id), None)

    @property
    def is_all_agreed(self) -> bool:
        """Return whether every provision on the table is agreed at least."""
        return bool(self.clauses) and all(RANK[each.state] >= RANK[State.AGREED] for each in self.clauses)

    def holds(self, clause: Clause) -> bool:
        """Return whether a provision counts as agreed: nothing is until all is, but for what is provisional."""
        is_agreed = RANK[clause.state] >= RANK[State.AGREED]
        return is_agreed and (self.is_all_agreed or clause.is_provisional)


def fold(positions: Sequence[Position]) -> tuple[Table, ...]:
    """Return the table after each round, the last one last.

    Raises:
        TalksError: positions that do not belong together, are twice there, or speak of words that are not on the table.
    """
    ordered = sorted(positions, key=lambda each: (each.round, each.at_s, each.party))
    _check(ordered)
    first = ordered[0]
    table = Table(first.talks, first.parties, 0, ())
    rounds = []
    for number, of_round in groupby(ordered, key=lambda each: each.round):
        for _, at_once in groupby(of_round, key=lambda each: each.at_s):
            before = table
            for position in at_once:
                for move in position.moves:
                    table = _moved(table, before, position, move)
        table = replace(table, round=number)
        rounds.append(table)
    return tuple(rounds)


def _check(ordered: Sequence[Position]) -> None:
    if not ordered:
        raise TalksError("talks", "no position", "Name at least one position file")
    first = ordered[0]
    seen: dict[tuple[str, int], str] = {}
    for each in ordered:
        if (each.talks, each.parties) != (first.talks, first.parties):
            problem = f"belongs to {each.talks!r} between {', '.join(each.parties)}"
            cure = (
                f"{first.place} is of {first.talks!r} between {', '.join(first.parties)}: name positions of one talks"
            )
            raise TalksError(each.place, problem, cure)
        if each.language != first.language:
            problem = f"is written in {each.language!r}, and {first.place} in {first.language!r}"
            cure = f"Write the words in {first.language!r}, and the others under 'language'"
            raise TalksError(each.place, problem, cure)
        key = each.party, each.round
        if key in seen:
            problem = f"{each.party} has a position of round {each.round} already, in {seen[key]}"
            raise TalksError(each.place, problem, "Keep one, or number the rounds anew")
        seen[key] = each.place
    for one, other in pairwise(ordered):
        if one.round < other.round and other.at_s < one.at_s:
            problem = f"is of round {other.round} and earlier than round {one.round} in {one.place}"
            raise TalksError(other.place, problem, "Mend the round or the time")


def _moved(table: Table, before: Table, position: Position, move: Move) -> Table:
    """Return the table after a move, which was made in view of the table before."""
    clause = table.clause(move.id) or Clause(move.id, table.parties, {})
    standing = dict(clause.standing)
    if move.stance is Stance.WITHDRAW:
        if position.party not in standing:
            raise TalksError(position.place, f"withdraws {move.id}, of which it has no words", "Leave it out")
        del standing[position.party]
    else:
        words = move.words or _words_meant(before, position, move)
        standing[position.party] = Standing(words, move.stance, position.round, move.explanation, move.is_provisional)
    changed = replace(clause, standing=standing)
    if table.clause(move.id) is None:
        return replace(table, clauses=(*table.clauses, changed))
    clauses = (changed if each.id == move.id else each for each in table.clauses)
    return replace(table, clauses=tuple(each for each in clauses if each.standing))


def _words_meant(before: Table, position: Position, move: Move) -> Words:
    """Return the words on the table that a party takes for its own."""
    clause = before.clause(move.id)
    others = {name: each.words for name, each in clause.standing.items()} if clause else {}
    if move.of:
        others = {name: words for name, words in others.items() if name == move.of}
    if move.hash:
        others = {name: words for name, words in others.items() if words.hash == move.hash}
    if len({words.hash for words in others.values()}) > 1:
        others.pop(position.party, None)  # what it takes is another's, or what all have
    found = {words.hash: words for words in others.values()}
    if len(found) == 1:
        return next(iter(found.values()))
    whose = f" of {move.of}" if move.of else ""
    what = f" with the hash {move.hash}" if move.hash else ""
    if not found:
        problem = f"would {move.stance.value} to words{whose}{what} of {move.id}, which were not on the table then"
        raise TalksError(position.place, problem, "Table the words, or name those that were there")
    problem = f"would {move.stance.value} to words of {move.id}, of which there are {len(found)}"
    raise TalksError(position.place, problem, 'Say of whom, as in of = "green", or give their hash')
