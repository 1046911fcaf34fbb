"""The talks of October 2015, as far as the published chronology tells; what was tabled is assumed."""

from __future__ import annotations

from itertools import pairwise

from skyaccord.memorandum.document import Confidence, Keep
from skyaccord.memorandum.presets import preset
from skyaccord.model.instants import format_instant
from skyaccord.talks.convergence import convergence
from skyaccord.talks.gather import example_names, example_positions
from skyaccord.talks.languages import side_by_side
from skyaccord.talks.state import RANK, State
from skyaccord.talks.table import fold

POSITIONS = example_positions("october-2015")
TABLES = fold(POSITIONS)


def test_every_position_is_marked_as_assumed_and_names_its_source() -> None:
    assert example_names() == ("october-2015",)
    assert all(each.source.confidence is Confidence.ASSUMED and each.source.text for each in POSITIONS)
    texts = [move.words.provision for each in POSITIONS for move in each.moves if move.words]
    assert {each.source.confidence for each in texts} <= {Confidence.ASSUMED, Confidence.REPORTED}


def test_the_days_are_those_of_the_chronology() -> None:
    days = sorted({(each.round, format_instant(each.at_s)[:10]) for each in POSITIONS})
    assert days == [
        (1, "2015-10-01"),
        (2, "2015-10-10"),
        (3, "2015-10-13"),
        (3, "2015-10-14"),
        (4, "2015-10-16"),
        (5, "2015-10-20"),
    ]


def test_the_talks_converge_as_was_reported() -> None:
    by_round = [convergence(table) for table in TABLES]
    assert by_round == sorted(by_round)
    assert [table.is_all_agreed for table in TABLES] == [False, False, False, True, True]  # 16 October
    assert {clause.state for clause in TABLES[4].clauses} == {State.RECONCILED}  # 20 October


def test_no_provision_loses_ground() -> None:
    for before, after in pairwise(TABLES):
        for clause in before.clauses:
            later = after.clause(clause.id)
            assert later is not None
            assert RANK[later.state] >= RANK[clause.state]


def test_the_end_is_the_rule_of_the_public_outline() -> None:
    clause, published = (
        TABLES[-1].clause("separation.threes"),
        preset("syria-2015-public-outline").provision("separation.threes"),
    )
    assert clause is not None
    assert published is not None
    final = clause.standing["blue"].words.provision
    assert final.rule == published.rule
    assert isinstance(final.rule, Keep)


def test_both_languages_of_the_end_say_the_same() -> None:
    pairs = [
        pair
        for clause in TABLES[-1].clauses
        for pair in side_by_side(clause.standing["blue"].words, POSITIONS[0].language)
    ]
    assert len(pairs) == 1
    assert pairs[0].faults == ()
