"""Rule texts: what they mean, how long they may be, and that text and tree are one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from skyaccord.errors import FormulaError
from skyaccord.memorandum import (
    SIGNALS,
    Always,
    And,
    Compare,
    Comparison,
    Eventually,
    Fact,
    For,
    Formula,
    ForNext,
    Frequency,
    Implies,
    Not,
    Or,
    Signal,
    Since,
    Takes,
    Unless,
    Until,
    Within,
    WithinLast,
    format_formula,
    parse_formula,
    signals_of,
)
from skyaccord.memorandum.rule_words import LONGEST_RULE
from skyaccord.units import Quantity
from tests.memorandum.formulas import any_formula
from tests.memorandum.signal_table import (
    ARGUMENT,
    DIMENSION,
    HAS_NO_SUBJECT,
    LITERAL,
    NEEDS_SUBJECT,
    OF_AIRCRAFT,
    OF_RECORD,
    SIGNED,
    TAKES,
)

NEAR = Compare("horizontal", Comparison.LESS, Quantity(3.0, "NM"))
LEVEL = Compare("vertical", Comparison.AT_MOST, Quantity(3000.0, "ft"))
CLOSE = Compare("slant", Comparison.LESS, Quantity(500.0, "ft"))
IN, OUT = Fact("inside", "either", "north"), Fact("inside", "blue", "south")


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
        ("always (slant < 500 ft)", Always(CLOSE)),
        ("eventually (slant < 500 ft)", Eventually(CLOSE)),
        ("not (slant < 500 ft) and horizontal < 3 NM", And((Not(CLOSE), NEAR))),
        ("always (eventually (not (slant < 500 ft)))", Always(Eventually(Not(CLOSE)))),
        ("(horizontal < 3 NM and vertical <= 3000 ft) for 3 min", For(And((NEAR, LEVEL)), 180.0)),
        ("(slant < 500 ft) for the next 3 min", ForNext(CLOSE, 180.0)),
        ("(slant < 500 ft)for\n the\tnext 3min", ForNext(CLOSE, 180.0)),
        ("(slant < 500 ft) within 1 h", Within(CLOSE, 3600.0)),
        ("(slant < 500 ft) within the last 1 h", WithinLast(CLOSE, 3600.0)),
        ("((slant < 500 ft) for 2 s) for 1 h", For(For(CLOSE, 2.0), 3600.0)),
        ("horizontal < 3 NM and (slant < 500 ft) for 2 s", And((NEAR, For(CLOSE, 2.0)))),
        ("not ((slant < 500 ft) for 30 s)", Not(For(CLOSE, 30.0))),
        ("(not (slant < 500 ft)) for 30 s", For(Not(CLOSE), 30.0)),
        ("horizontal < 3 NM implies vertical <= 3000 ft", Implies(NEAR, LEVEL)),
        ("horizontal < 3 NM since vertical <= 3000 ft", Since(NEAR, LEVEL)),
        ("horizontal < 3 NM until vertical <= 3000 ft", Until(NEAR, LEVEL)),
        ("horizontal < 3 NM unless vertical <= 3000 ft", Unless(NEAR, LEVEL)),
        ("(horizontal < 3 NM implies slant < 500 ft) implies slant < 500 ft", Implies(Implies(NEAR, CLOSE), CLOSE)),
        ("horizontal < 3 NM implies (slant < 500 ft implies slant < 500 ft)", Implies(NEAR, Implies(CLOSE, CLOSE))),
        ("horizontal < 3 NM since (slant < 500 ft) within 5 s", Since(NEAR, Within(CLOSE, 5.0))),
        ("inside(north) of either", IN),
        ("inside ( north ) of either or inside(south) of blue", Or((IN, OUT))),
        ("inside(north)", Fact("inside", "", "north")),
        ("crosses(mid-river_2) of both", Fact("crosses", "both", "mid-river_2")),
        ("squawking(7700)", Fact("squawking", "", "7700")),
        ("squawking(0000) of interceptor", Fact("squawking", "interceptor", "0000")),
        ("called(121.5 MHz) of intercepted", Fact("called", "intercepted", Frequency(121.5, "MHz"))),
        ("answered(121500 kHz)", Fact("answered", "", Frequency(121500.0, "kHz"))),
        ("notified(north) of blue", Fact("notified", "blue", "north")),
        ("acknowledged(north)", Fact("acknowledged", "", "north")),
        ("checked", Fact("checked")),
        ("tau_mod(0.66 NM) < 35 s", Compare("tau_mod", Comparison.LESS, Quantity(35.0, "s"), "", Quantity(0.66, "NM"))),
        ("t_cpa > -30 s", Compare("t_cpa", Comparison.MORE, Quantity(-30.0, "s"))),
        ("closure>=-50kt", Compare("closure", Comparison.AT_LEAST, Quantity(-50.0, "kt"))),
        ("altitude < -0 ft", Compare("altitude", Comparison.LESS, Quantity(0.0, "ft"))),
        ("aspect of intercepted < 60 deg", Compare("aspect", Comparison.LESS, Quantity(60.0, "deg"), "intercepted")),
        ("turn_rate of green > 3 deg/s", Compare("turn_rate", Comparison.MORE, Quantity(3.0, "deg/s"), "green")),
        ("vertical_rate > -1500 ft/min", Compare("vertical_rate", Comparison.MORE, Quantity(-1500.0, "ft/min"))),
    ],
)
def test_rule_text_has_this_one_meaning(text: str, formula: Formula) -> None:
    assert parse_formula(text) == formula


def is_read(text: str) -> bool:
    try:
        parse_formula(text)
    except FormulaError:
        return False
    return True


def written(signal: Signal, subject: str = "", argument: str | None = None, literal: str | None = None) -> str:
    """Return a text about one signal, right in all that is not given."""
    whose = subject or (" of blue" if signal.name in NEEDS_SUBJECT else "")
    inner = ARGUMENT[TAKES.get(signal.name, Takes.NOTHING)] if argument is None else argument
    dimension = DIMENSION.get(signal.name)
    compared = (f" < {LITERAL[dimension]}" if dimension else "") if literal is None else literal
    return f"{signal.name}{inner}{whose}{compared}"


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=lambda signal: signal.name)
def test_signal_takes_its_own_dimension_argument_sign_and_subject_and_no_other(signal: Signal) -> None:
    assert signals_of(parse_formula(written(signal))) == {signal.name}
    literals = ["", *(f" < {literal}" for literal in LITERAL.values())]
    right = f" < {LITERAL[DIMENSION[signal.name]]}" if signal.name in DIMENSION else ""
    assert [each for each in literals if is_read(written(signal, literal=each))] == [right]
    inner = ARGUMENT[TAKES.get(signal.name, Takes.NOTHING)]
    assert {each for each in ARGUMENT.values() if is_read(written(signal, argument=each))} == {inner}
    assert is_read(written(signal, subject=" of blue")) is (signal.name not in HAS_NO_SUBJECT)
    assert is_read(written(signal, subject=" ")) is (signal.name not in NEEDS_SUBJECT)
    if signal.name in DIMENSION:
        assert is_read(written(signal, literal=right.replace("1", "-1"))) is (signal.name in SIGNED)


def test_table_of_signals_is_keyed_by_their_names() -> None:
    assert [signal.name for signal in SIGNALS.values()] == list(SIGNALS)
    assert set(SIGNALS) == {*DIMENSION, *TAKES, *OF_AIRCRAFT, *OF_RECORD}


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("horizontal < 3 NM and altitude of either < 3000 ft", True),
        ("horizontal < 3 NM and altitude < 3000 ft", False),
        ("altitude < 3000 ft and inside(north)", True),
        ("altitude of blue < 3000 ft and inside(north)", False),
        ("inside(north) and aspect of blue < 60 deg", False),
        ("inside(north) implies (called(121.5 MHz)) within 5 min", True),
        ("inside(north) implies (called(121.5 MHz) of blue) within 5 min", True),
        ("horizontal < 3 NM implies (called(121.5 MHz)) within the last 5 min", True),
    ],
)
def test_rule_about_two_aircraft_says_of_which_each_signal_is(text: str, is_whole: bool) -> None:
    assert is_read(text) is is_whole


def test_rule_of_2000_characters_is_read_and_of_2001_is_not() -> None:
    text = "slant < 1 m"
    assert parse_formula(text.ljust(LONGEST_RULE)) == parse_formula(text)
    with pytest.raises(FormulaError, match="at most 2000 characters"):
        parse_formula(text.ljust(LONGEST_RULE + 1))


def test_rule_that_grows_beyond_2000_characters_in_canonical_form_is_not_read() -> None:
    fits, grows = (" and ".join(["slant<1m"] * count) for count in (125, 126))
    assert len(format_formula(parse_formula(fits))) == 125 * 16 - 5 <= LONGEST_RULE
    with pytest.raises(FormulaError, match="at most 2000 characters in canonical form, which has 2011"):
        parse_formula(grows)


@pytest.mark.parametrize("word", ["", "not ", "always ", "eventually "])
def test_fifty_parentheses_are_read_and_fifty_one_are_not(word: str) -> None:
    assert len(list(signals_of(parse_formula(f"{word}(" * 50 + "slant < 1 m" + ")" * 50)))) == 1
    with pytest.raises(FormulaError, match="at most 50 parentheses"):
        parse_formula(f"{word}(" * 51 + "slant < 1 m" + ")" * 51)


@pytest.mark.parametrize(
    "piece", ["(", "not (", ")", "not ", "((slant<1 m) for 1 s", "slant<1 m and ", "inside(", "checked unless (", "- "]
)
def test_repetition_bomb_is_refused_and_exhausts_nothing(piece: str) -> None:
    for count in (1999 // len(piece), 1_000_000):
        with pytest.raises(FormulaError):
            parse_formula(piece * count)


@settings(max_examples=400)
@given(any_formula)
def test_canonical_text_reads_back_as_the_same_formula(formula: Formula) -> None:
    text = format_formula(formula)
    if len(text) <= LONGEST_RULE:
        again = parse_formula(text)
        assert again == formula
        assert format_formula(again) == text


def test_numbers_keep_every_digit_in_canonical_text() -> None:
    assert format_formula(parse_formula("horizontal >= 1234567.25 ft")) == "horizontal >= 1234567.25 ft"


def test_signals_of_a_formula_are_those_it_names() -> None:
    assert signals_of(parse_formula("not (slant < 1 m and vertical < 2 m) or slant > 5 m")) == {"slant", "vertical"}
    assert signals_of(parse_formula("(inside(a) since checked) implies (altitude > 1 m) for the next 1 s")) == {
        "inside",
        "checked",
        "altitude",
    }
