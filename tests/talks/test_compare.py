"""Brackets, redlines, numbers and convergence of positions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skyaccord.talks.brackets import bracketed_rule, bracketed_text
from skyaccord.talks.convergence import convergence, convergence_of, nearness
from skyaccord.talks.languages import side_by_side
from skyaccord.talks.numbers import figures
from skyaccord.talks.position import Words
from skyaccord.talks.redline import as_text, redline, tokens
from skyaccord.talks.table import Clause, fold
from skyaccord.units import NM
from tests.talks.tabling import position, stance, threes, words

TEXT = st.text("ab cd. 3 NM, km-", max_size=60)


def clause_of(*provisions: str) -> Clause:
    parties = ("blue", "green", "red")[: len(provisions)]
    names = ", ".join(f'"{party}"' for party in parties)
    return fold([position(party, 1, text, parties=names) for party, text in zip(parties, provisions, strict=True)])[
        -1
    ].clauses[0]


def test_what_differs_stands_in_brackets_with_the_names() -> None:
    clause = clause_of(threes(3), threes(5))
    assert bracketed_text(clause) == "Aircraft keep [blue: 3 NM] [green: 5 NM] or 3000 ft apart."
    assert bracketed_rule(clause).startswith(
        "shall keep horizontal >= [blue: 3 NM] [green: 5 NM] or vertical >= 3000 ft"
    )


def test_what_one_side_adds_stands_in_its_brackets_alone() -> None:
    clause = clause_of(words("a", "A line."), words("a", "A line by day and night."))
    assert bracketed_text(clause) == "A line [green: by day and night]."


def test_what_all_have_has_no_brackets_and_three_texts_are_stacked() -> None:
    assert bracketed_text(clause_of(threes(3), threes(3))) == "Aircraft keep 3 NM or 3000 ft apart."
    stacked = bracketed_text(clause_of(words("a", "One."), words("a", "Two."), words("a", "Three.")))
    assert stacked == "[blue: One.] [green: Two.] [red: Three.]"
    shared = bracketed_text(clause_of(words("a", "One."), words("a", "Two."), words("a", "One.")))
    assert shared == "[blue, red: One] [green: Two]."


def test_a_redline_takes_out_and_puts_in_whole_quantities() -> None:
    assert as_text(redline("keep 3 NM apart", "keep 5 NM apart")) == "keep [-3 NM-]{+5 NM+} apart"
    assert as_text(redline("keep apart", "keep well apart")) == "keep {+well+} apart"
    assert tokens("3 NM or 3,000 ft, 2.5 km") == ["3 NM", "or", "3,000 ft", ",", "2.5 km"]


@given(TEXT, TEXT)
def test_a_redline_reads_as_either_text(one: str, other: str) -> None:
    found = redline(one, other)
    assert tokens("".join(each.one for each in found)) == tokens(one)
    assert tokens("".join(each.other for each in found)) == tokens(other)
    assert all(each.is_same for each in redline(one, one))


def test_numbers_are_compared_in_one_unit() -> None:
    clause = clause_of(threes(3), threes(5).replace("5 NM or vertical", "9.26 km or vertical"))
    (horizontal, vertical, restore, _) = figures(clause)
    assert (horizontal.unit, horizontal.values("green")) == ("NM", (9260.0 / NM,))
    assert horizontal.spread == 9260.0 / NM - 3.0
    assert vertical.is_same
    assert restore.is_same
    alike = clause_of(threes(3), threes(3).replace("3 NM or vertical", "5556 m or vertical"))
    assert figures(alike)[0].is_same
    assert alike.state.value == "bracketed"  # the same distance in other words is another text


def test_convergence_by_hand() -> None:
    clause = clause_of(threes(3), threes(6))
    # Of the four parameters one differs, by half; of the tokens (shall, parties, the words, the rule without numbers)
    # one of each side has no counterpart.
    one = ["shall", "parties", *tokens("Aircraft keep 3 NM or 3000 ft apart.")]
    rule = tokens("shall keep horizontal >= # or vertical >= #, restore within #, reenter #")
    words_alike = 1.0 - 1.0 / (len(one) + len(rule))
    assert convergence_of(clause) == 0.5 * (words_alike + 1.0 - 0.5 / 4.0)


def test_convergence_is_one_where_texts_are_the_same_and_nothing_where_one_is_missing() -> None:
    assert convergence_of(clause_of(threes(3), threes(3))) == 1.0
    (table,) = fold([position("blue", 1, threes(3), words("a", "A.")), position("green", 1, threes(3))])
    assert convergence(table) == 0.5


def test_a_step_toward_the_other_is_nearer() -> None:
    def apart(miles: float) -> float:
        return convergence_of(clause_of(threes(3), threes(miles)))

    assert apart(3) > apart(4) > apart(6) > apart(12)


def test_texts_that_differ_in_order_of_evidence_alone_are_not_one() -> None:
    one, other = (
        position("blue", 1, threes(3).replace('["tracks"]', evidence)).moves[0].words
        for evidence in ('["tracks", "radio"]', '["radio", "tracks"]')
    )
    assert isinstance(one, Words)
    assert isinstance(other, Words)
    assert nearness(one, other) == 0.99


SPOKEN = threes(3).replace("3 NM or 3000 ft apart", "three nautical miles or three thousand feet apart")
RUSSIAN = "Суда выдерживают три морские мили или три тысячи футов."


def faults(text: str, rule: str = "", provision: str = SPOKEN) -> tuple[str, ...]:
    more = f'language = {{ ru = {{ text = "{text}"{f", rule = {chr(34)}{rule}{chr(34)}" if rule else ""} }} }}'
    brought = position("blue", 1, provision + more).moves[0].words
    assert brought is not None
    (pair,) = side_by_side(brought, "en")
    return pair.faults


def test_languages_that_carry_the_same_numbers_and_rule_have_no_fault() -> None:
    assert faults(RUSSIAN) == ()
    assert faults(RUSSIAN, "horizontal >= 3 NM or vertical >= 3000 ft") == ()


def test_a_number_of_one_language_alone_is_told() -> None:
    found = faults(RUSSIAN.replace("три морские", "пять морских").replace("мили", "миль"))
    assert "English says 'three nautical miles', Russian does not" in found
    assert "Russian says 'пять морских миль', English does not" in found
    assert "the rule has horizontal 3 NM, the Russian words do not" in found


def test_a_rule_that_differs_between_languages_is_told() -> None:
    (found,) = faults(RUSSIAN, "horizontal >= 3 NM and vertical >= 3000 ft")
    assert found.startswith("the rule differs")


def test_a_number_of_the_rule_that_the_words_lack_is_told() -> None:
    found = faults(RUSSIAN, provision=SPOKEN + 'restore = "180 s"\n')
    assert found == (
        "the rule has restore 180 s, the English words do not",
        "the rule has restore 180 s, the Russian words do not",
    )


def test_a_stance_without_words_keeps_its_languages() -> None:
    more = f'language = {{ ru = {{ text = "{RUSSIAN}" }} }}'
    table = fold([position("blue", 1, SPOKEN + more), position("green", 2, stance("separation.threes", "agree"))])[-1]
    assert len(table.clauses[0].standing["green"].words.versions) == 1
