"""Positions folded to a negotiating text: states, simultaneity, and what is refused."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import TalksError
from skyaccord.talks.open_points import open_points
from skyaccord.talks.position import Position
from skyaccord.talks.state import State
from skyaccord.talks.table import Table, fold
from tests.talks.tabling import position, stance, threes, words

ID = "separation.threes"


def state(*positions: Position) -> State:
    clause = fold(positions)[-1].clause(ID)
    assert clause is not None
    return clause.state


def test_a_provision_goes_from_proposed_to_legally_reconciled() -> None:
    steps = [
        (State.PROPOSED, position("blue", 1, threes(5))),
        (State.BRACKETED, position("green", 1, threes(3))),
        (State.AD_REFERENDUM, position("blue", 2, threes(3))),
        (State.AD_REFERENDUM, position("green", 3, stance(ID, "agree"))),
        (State.AGREED, position("blue", 3, stance(ID, "agree"))),
        (State.AGREED, position("green", 4, stance(ID, "reconcile"))),
        (State.RECONCILED, position("blue", 4, stance(ID, "reconcile"))),
    ]
    for k, (expected, _) in enumerate(steps):
        assert state(*(each for _, each in steps[: k + 1])) is expected


def test_new_words_take_what_was_agreed_back_to_brackets() -> None:
    agreed = [position("blue", 1, threes(3, 'stance = "agree"')), position("green", 1, threes(3, 'stance = "agree"'))]
    assert state(*agreed) is State.AGREED
    assert state(*agreed, position("green", 2, threes(4))) is State.BRACKETED


def test_positions_of_one_instant_do_not_see_each_other() -> None:
    begin = [position("blue", 1, threes(5)), position("green", 1, threes(3))]
    both_yield = [position("blue", 2, stance(ID, "agree")), position("green", 2, stance(ID, "agree"))]
    clause = fold([*begin, *both_yield])[-1].clause(ID)
    assert clause is not None
    assert clause.state is State.BRACKETED  # each took the other's words of before
    assert clause.standing["blue"].words.provision.text == "Aircraft keep 3 NM or 3000 ft apart."
    assert clause.standing["green"].words.provision.text == "Aircraft keep 5 NM or 3000 ft apart."


def test_a_later_position_of_one_round_sees_the_earlier() -> None:
    begin = [position("blue", 1, threes(5)), position("green", 1, threes(3))]
    late = position("green", 2, stance(ID, "agree", 'of = "blue"'), day=3)
    clause = fold([*begin, position("blue", 2, threes(4), day=2), late])[-1].clause(ID)
    assert clause is not None
    assert clause.state is State.AD_REFERENDUM
    assert clause.standing["green"].words.provision.text == "Aircraft keep 4 NM or 3000 ft apart."


def test_nothing_is_agreed_until_all_is_unless_it_is_provisional() -> None:
    def both(*provisions: str) -> Table:
        return fold([position(party, 1, *provisions) for party in ("blue", "green")])[-1]

    agreed, now = threes(3, 'stance = "agree"'), words("line", "A line.", 'stance = "agree"\nprovisional = true')
    table = both(agreed, now, words("open", "Open."))
    assert [table.holds(clause) for clause in table.clauses] == [False, True, False]
    table = both(agreed, now)
    assert table.is_all_agreed
    assert all(table.holds(clause) for clause in table.clauses)


def test_a_provision_that_all_withdraw_is_off_the_table() -> None:
    begin = [position("blue", 1, threes(5), words("line", "L.")), position("green", 1, threes(3))]
    assert state(*begin, position("blue", 2, stance(ID, "withdraw"))) is State.PROPOSED
    gone = fold([*begin, *(position(p, 2, stance(ID, "withdraw")) for p in ("blue", "green"))])[-1]
    assert [clause.id for clause in gone.clauses] == ["line"]


def test_who_moves_is_who_is_silent_behind_or_not_yet_bound() -> None:
    one, two = position("blue", 1, threes(5)), position("green", 1, threes(3))
    assert open_points(fold([one])[-1])[0].movers == ("green",)
    assert open_points(fold([one, two])[-1])[0].movers == ("blue", "green")
    assert open_points(fold([one, two, position("green", 2, threes(4))])[-1])[0].movers == ("blue",)
    yielded = [one, two, position("blue", 2, stance(ID, "agree"))]
    (point,) = open_points(fold(yielded)[-1])
    assert (point.movers, point.task) == (("green",), "agree")


def test_a_party_may_bind_itself_to_its_own_words_by_their_hash() -> None:
    begin = [position("blue", 1, threes(5)), position("green", 1, threes(3))]
    own = begin[0].moves[0].words
    assert own is not None
    bound = position("blue", 2, stance(ID, "agree", f'hash = "{own.hash}"'))
    standing = fold([*begin, bound])[-1].clauses[0].standing["blue"]
    assert (standing.words.hash, standing.stance.value) == (own.hash, "agree")


def test_positions_in_different_languages_are_refused() -> None:
    one, other = position("blue", 1, threes(5)), replace(position("green", 1, threes(3)), language="ru")
    with pytest.raises(TalksError, match="written in 'ru'"):
        fold([one, other])


def test_three_parties_are_bracketed_until_all_have_one_text() -> None:
    three = '"blue", "green", "red"'
    begin = [position(p, 1, threes(n), parties=three) for p, n in (("blue", 3), ("green", 3), ("red", 5))]
    clause = fold(begin)[-1].clause(ID)
    assert clause is not None
    assert clause.state is State.BRACKETED
    assert [names for names, _ in clause.sides()] == [("blue", "green"), ("red",)]


@pytest.mark.parametrize(
    ("positions", "problem"),
    [
        ([], "no position"),
        ([position("blue", 1, threes(3)), position("blue", 1, threes(4))], "has a position of round 1 already"),
        ([position("blue", 1, threes(3)), position("green", 1, threes(3), parties='"green", "blue"')], "belongs to"),
        ([position("blue", 1, threes(3), day=5), position("green", 2, threes(3), day=4)], "earlier than round 1"),
        ([position("blue", 1, stance(ID, "agree"))], "not on the table then"),
        ([position("blue", 1, stance(ID, "withdraw"))], "has no words"),
        (
            [position("blue", 1, threes(3)), position("green", 2, stance(ID, "agree", f'hash = "sha256:{"0" * 64}"'))],
            "with the hash sha256:000",
        ),
    ],
)
def test_positions_that_cannot_be_folded_are_refused(positions: list[Position], problem: str) -> None:
    with pytest.raises(TalksError, match=problem):
        fold(positions)


def test_whose_words_are_meant_must_be_clear() -> None:
    three = '"blue", "green", "red"'
    begin = [position(p, 1, threes(n), parties=three) for p, n in (("green", 3), ("red", 5))]
    with pytest.raises(TalksError, match="of which there are 2"):
        fold([*begin, position("blue", 2, stance(ID, "agree"), parties=three)])
    table = fold([*begin, position("blue", 2, stance(ID, "agree", 'of = "red"'), parties=three)])[-1]
    assert [names for names, _ in table.clauses[0].sides()] == [("blue", "red"), ("green",)]


@given(
    st.lists(st.tuples(st.sampled_from([2, 3, 5]), st.sampled_from([2, 3, 5])), min_size=1, max_size=5), st.randoms()
)
def test_the_order_of_files_changes_nothing(rounds: list[tuple[int, int]], chance: random.Random) -> None:
    positions = [
        position(party, number, threes(miles))
        for number, pair in enumerate(rounds, 1)
        for party, miles in zip(("blue", "green"), pair, strict=True)
    ]
    shuffled = list(positions)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(positions)
    last = fold(positions)[-1].clauses[0].state
    assert last is (State.AD_REFERENDUM if rounds[-1][0] == rounds[-1][1] else State.BRACKETED)
