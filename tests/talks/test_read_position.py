"""Position files: what is read, and what is refused with place and cure."""

from __future__ import annotations

import json

import pytest

from skyaccord.errors import MemorandumError
from skyaccord.model.canonical_json import canonical, digest
from skyaccord.talks.position import position_form
from skyaccord.talks.read_position import read_position
from skyaccord.talks.state import Stance
from tests.talks.tabling import HEAD, position, stance, threes, words

BLUE = HEAD.format(party="blue", round=1, day=1, parties='"blue", "green"')


def test_a_position_holds_words_reasons_and_what_is_done_with_them() -> None:
    read = position(
        "blue", 2, threes(3, 'explanation = "Radar."\nprovisional = true'), stance("other", "agree", 'of = "green"')
    )
    assert (read.talks, read.party, read.round, read.parties) == ("North", "blue", 2, ("blue", "green"))
    tabled, taken = read.moves
    assert (tabled.stance, tabled.explanation, tabled.is_provisional) == (Stance.PROPOSE, "Radar.", True)
    assert tabled.words is not None
    assert tabled.words.provision.id == "separation.threes"
    assert (taken.stance, taken.of, taken.words) == (Stance.AGREE, "green", None)


def test_the_canonical_form_holds_all_but_the_layout() -> None:
    text = BLUE + threes(3, 'explanation = "Radar."')
    other = text.replace(" = ", "    =   ").replace("\n\n", "\n") + "# a remark\n"
    one, two = (position_form(read_position(each, name)) for each, name in ((text, "a.toml"), (other, "b.toml")))
    assert canonical(one) == canonical(two)
    assert json.loads(canonical(one))["moves"][0]["explanation"] == "Radar."
    assert digest(one) != digest(position_form(read_position(text.replace("Radar.", "Sonar."))))


def test_the_hash_of_words_leaves_out_where_they_come_from() -> None:
    plain, sourced = (
        position("blue", 1, threes(3, more)).moves[0].words
        for more in ("", 'notes = "N"\nsource = { text = "S", confidence = "assumed" }')
    )
    assert plain is not None
    assert sourced is not None
    assert plain.hash == sourced.hash


@pytest.mark.parametrize(
    ("text", "line", "problem", "cure"),
    [
        (BLUE.replace('blue"\nround', 'red"\nround') + threes(3), 5, "'party' is 'red'", "blue, green"),
        (BLUE.replace("round = 1", "round = 0") + threes(3), 6, "'round' is 0", "whole number"),
        (BLUE.replace("12:00:00Z", "12:00:00") + threes(3), 7, "'at'", "offset"),
        (BLUE, 1, "'provision' is missing", "Add provision"),
        (BLUE + threes(3, "stanse = 'agree'"), 15, "unknown key 'stanse'", "Did you mean 'stance'"),
        (BLUE + stance("a", "agreed"), 10, "'stance' is 'agreed'", "Did you mean 'agree'"),
        (BLUE + stance("a", "withdraw", "text = 'x'"), 11, "'text'", "Leave the words out"),
        (BLUE + threes(3, "of = 'green'"), 15, "'of' beside words of its own", "Leave out the one or the other"),
        (BLUE + threes(3, "provisional = 'yes'"), 15, "neither true nor false", "without quotes"),
        (BLUE + stance("a", "agree", "hash = 'sha256:12'"), 11, "'hash'", "64 hexadecimal"),
        (BLUE + threes(3) + stance("separation.threes", "agree"), 17, "taken already", "Say once"),
        (BLUE + threes(3, "language = { en = { text = 'x' } }"), 15, "language of the position", "other languages"),
        (BLUE.replace('"blue", "green"', '"any"') + threes(3), 4, "alone", "two or more"),
        (BLUE + words("a", "A \u202e text"), 10, "invisible character", "Leave it out"),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_cure(text: str, line: int, problem: str, cure: str) -> None:
    with pytest.raises(MemorandumError) as raised:
        read_position(text, "blue.toml")
    assert problem in raised.value.problem
    assert cure in raised.value.cure
    assert (raised.value.source, raised.value.line) == ("blue.toml", line)
