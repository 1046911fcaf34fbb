"""Rule texts: what they mean, what is refused and where, and that text and tree are one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import FormulaError, MemorandumError
from skyaccord.memorandum import (
    SIGNALS,
    And,
    Compare,
    Comparison,
    For,
    Formula,
    Not,
    Or,
    format_formula,
    parse_formula,
    sentence,
    signals_of,
)
from skyaccord.units import Quantity

NEAR = Compare("horizontal", Comparison.LESS, Quantity(3.0, "NM"))
LEVEL = Compare("vertical", Comparison.AT_MOST, Quantity(3000.0, "ft"))
CLOSE = Compare("slant", Comparison.LESS, Quantity(500.0, "ft"))


def column_of_refusal(text: str) -> int | None:
    """Return where a rule text is refused; None where it is read. Any other error ends the test."""
    try:
        parse_formula(text)
    except FormulaError as error:
        return error.column
    return None


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("horizontal < 3 NM", NEAR),
        ("horizontal<3NM", NEAR),
        ("  horizontal\n\t< 3.00 NM ", NEAR),
        ("((horizontal < 3e0 NM))", NEAR),
        ("horizontal >= .5 km", Compare("horizontal", Comparison.AT_LEAST, Quantity(0.5, "km"))),
        ("vertical > 2. m", Compare("vertical", Comparison.MORE, Quantity(2.0, "m"))),
        ("horizontal < 3 NM and vertical <= 3000 ft", And((NEAR, LEVEL))),
        ("horizontal < 3 NM or vertical <= 3000 ft or slant < 500 ft", Or((NEAR, LEVEL, CLOSE))),
        ("(horizontal < 3 NM and vertical <= 3000 ft) or slant < 500 ft", Or((And((NEAR, LEVEL)), CLOSE))),
        ("not (slant < 500 ft)", Not(CLOSE)),
        ("not (slant < 500 ft) and horizontal < 3 NM", And((Not(CLOSE), NEAR))),
        ("(horizontal < 3 NM and vertical <= 3000 ft) for 3 min", For(And((NEAR, LEVEL)), 180.0)),
        ("((slant < 500 ft) for 2 s) for 1 h", For(For(CLOSE, 2.0), 3600.0)),
        ("horizontal < 3 NM and (slant < 500 ft) for 2 s", And((NEAR, For(CLOSE, 2.0)))),
        ("not ((slant < 500 ft) for 30 s)", Not(For(CLOSE, 30.0))),
        ("(not (slant < 500 ft)) for 30 s", For(Not(CLOSE), 30.0)),
    ],
)
def test_rule_text_has_this_one_meaning(text: str, formula: Formula) -> None:
    assert parse_formula(text) == formula


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("", 0, "a signal (horizontal, vertical, slant)"),
        ("horizontal >= 3", 15, "a unit of length after the number"),
        ("horizontal >= 3 and vertical > 1 ft", 16, "a unit of length after the number"),
        ("horizontal >= NM", 14, "a number and a unit of length"),
        ("horizontal 3 NM", 11, "one of < <= > >="),
        ("horizontal >= 3 nm", 16, 'the spelling "NM"'),
        ("horizontal >= 3 parsec", 16, "a unit of length (m, km, ft, NM, mi)"),
        ("horizontal >= 3 kt", 16, "a unit of length (m, km, ft, NM, mi)"),
        ("horizontal >= 3 s", 16, "a unit of length (m, km, ft, NM, mi)"),
        ("(slant < 3 m) for 30 m", 21, "a unit of time (s, min, h)"),
        ("(slant < 3 m) for 30", 20, "a unit of time after the number"),
        ("(slant < 3 m) for 0 s", 18, "a time longer than 0 s"),
        ("(slant < 3 m) for ever", 18, "a number and a unit of time"),
        ("horizonal >= 3 NM", 0, 'did you mean "horizontal"?'),
        ("Horizontal >= 3 NM", 0, 'did you mean "horizontal"?'),
        ("target < 3 NM", 0, "a signal (horizontal, vertical, slant)"),
        ("horizontal >= 3 NM AND vertical > 1 ft", 19, 'words are lower case: "and"'),
        ("horizontal >= 3 NM vertical > 1 ft", 19, '"and", "or" or the end of the rule'),
        ("horizontal >= 3 NM and", 22, "a signal"),
        ("slant < 1 m and slant < 2 m or slant < 3 m", 28, "parentheses"),
        ("slant < 1 m or slant < 2 m and slant < 3 m", 27, "parentheses"),
        ("slant < 1 m for 30 s", 12, 'as in "(...) for 30 s"'),
        ("slant < 1 m and slant < 2 m for 30 s", 28, 'as in "(...) for 30 s"'),
        ("(slant < 1 m) for 3 s for 4 s", 22, 'as in "(...) for 30 s"'),
        ("not (slant < 1 m) for 3 s", 18, '"(not (...)) for 30 s"'),
        ("not slant < 1 m", 4, 'as in "not (...)"'),
        ("(slant < 1 m", 12, '"and", "or" or ")"'),
        ("slant < 1 m)", 11, '"and", "or" or the end of the rule'),
        ("()", 1, "a signal"),
        ("3 NM < horizontal", 0, "then the sign, then the number"),
        ("slant < vertical", 8, "a number and a unit of length"),
        ("slant ≥ 3 m", 6, '">="'),
        ("slant = 3 m", 6, "one of < <= > >="),
        ("slant => 3 m", 6, "one of < <= > >="),
        ("slant << 3 m", 6, "one of < <= > >="),
        ("slant < -3 m", 8, "a distance is never negative"),
        ("slant < 3,5 m", 9, "a decimal point"),
        ("slant < ３ m", 8, "letters, digits"),
        ("slant < 1e999 m", 8, "not too large"),
        ("slant < 1 m && slant < 2 m", 12, 'the word "and"'),
        ("slant < 1 m; slant < 2 m", 11, "letters, digits, parentheses"),
    ],
)
def test_unreadable_rule_is_refused_at_its_character_with_what_was_expected(
    text: str, column: int, expected: str
) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    error = caught.value
    assert (error.column, error.text) == (column, text)
    assert expected in error.expected
    assert expected in str(error)
    assert f"at character {column + 1}" in str(error)
    assert error.pointer().splitlines()[-1] == " " * column + "^"


def test_pointer_of_a_rule_over_several_lines_shows_the_line_at_fault() -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula("horizontal >= 3 NM\n  or vertical >= 3 knots\n  or slant > 1 m")
    assert caught.value.pointer() == "  or vertical >= 3 knots\n" + " " * 19 + "^"


def test_pointer_of_a_long_rule_stays_short() -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(" and ".join(["slant < 1 m"] * 60) + " xor")
    assert all(len(line) <= 121 for line in caught.value.pointer().splitlines())


def test_rule_of_2000_characters_is_read_and_of_2001_is_not() -> None:
    text = "slant < 1 m"
    assert parse_formula(text.ljust(2000)) == parse_formula(text)
    with pytest.raises(FormulaError, match="at most 2000 characters"):
        parse_formula(text.ljust(2001))


def test_fifty_parentheses_are_read_and_fifty_one_are_not() -> None:
    assert parse_formula("(" * 50 + "slant < 1 m" + ")" * 50) == parse_formula("slant < 1 m")
    with pytest.raises(FormulaError, match="at most 50 parentheses"):
        parse_formula("(" * 51 + "slant < 1 m" + ")" * 51)


@pytest.mark.parametrize("piece", ["(", "not (", ")", "not ", "((slant<1 m) for 1 s", "slant<1 m and "])
def test_repetition_bomb_is_refused_and_exhausts_nothing(piece: str) -> None:
    for count in (1999 // len(piece), 1_000_000):
        with pytest.raises(FormulaError):
            parse_formula(piece * count)


@given(st.data())
def test_canonical_text_reads_back_as_the_same_formula(
    any_formula: st.SearchStrategy[Formula], data: st.DataObject
) -> None:
    formula = data.draw(any_formula)
    text = format_formula(formula)
    if len(text) <= 2000:
        again = parse_formula(text)
        assert again == formula
        assert format_formula(again) == text


@given(st.text(max_size=40) | st.text(alphabet="horizontalvercsn <>=()and or not for 0123 NM ft s.e-", max_size=60))
def test_any_text_is_a_formula_or_a_formula_error(text: str) -> None:
    column = column_of_refusal(text)
    assert column is None or 0 <= column <= len(text)


def test_mutilated_rules_are_formulas_or_formula_errors() -> None:
    rng = random.Random(20151020)  # noqa: S311 - a fixed sequence is wanted
    base = "(not (horizontal >= 3 NM or vertical >= 3000 ft)) for 180 s and slant < 5.5e2 m"
    refused = 0
    for _ in range(3000):
        k = rng.randrange(len(base))
        text = (
            base[:k] + rng.choice(["", "(", ")", " ", "for ", "3", "or ", "\x00", "é"]) + base[k + rng.randrange(3) :]
        )
        column = column_of_refusal(text)
        refused += column is not None
        assert column is None or 0 <= column <= len(text)
    assert refused > 1000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "horizontal >= 3 NM or vertical >= 3000 ft",
            "either horizontal distance is at least 3 NM or vertical distance is at least 3000 ft",
        ),
        (
            "(horizontal < 0.5 NM and vertical < 450 ft) for 1 min",
            "for 60 s without a break both horizontal distance is less than 0.5 NM "
            "and vertical distance is less than 450 ft",
        ),
        ("not (slant <= 1 km)", "it is not so that slant distance is at most 1 km"),
        (
            "slant > 1 m or slant > 2 m or slant > 3 m",
            "at least one of (slant distance is more than 1 m; slant distance is more than 2 m; "
            "slant distance is more than 3 m)",
        ),
    ],
)
def test_sentence_says_the_rule_in_plain_words(text: str, words: str) -> None:
    assert sentence(parse_formula(text)) == words


@given(st.data())
def test_different_rules_have_different_sentences(any_formula: st.SearchStrategy[Formula], data: st.DataObject) -> None:
    first, second = data.draw(any_formula), data.draw(any_formula)
    assert (sentence(first) == sentence(second)) == (first == second)


def test_numbers_keep_every_digit_in_canonical_text() -> None:
    assert format_formula(parse_formula("horizontal >= 1234567.25 ft")) == "horizontal >= 1234567.25 ft"


def test_signals_of_a_formula_are_those_it_names() -> None:
    assert signals_of(parse_formula("not (slant < 1 m and vertical < 2 m) or slant > 5 m")) == {"slant", "vertical"}


def test_every_signal_of_the_table_can_be_compared_with_its_own_dimension() -> None:
    for name, signal in SIGNALS.items():
        assert signal.name == name
        assert signals_of(parse_formula(f"{name} < 1 m")) == {name}


def test_formula_error_is_a_memorandum_error() -> None:
    with pytest.raises(MemorandumError):
        parse_formula("nonsense")
