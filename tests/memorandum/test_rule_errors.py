"""Rules that cannot be read: refused at their character, with what was expected there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import FormulaError, MemorandumError
from skyaccord.memorandum import SIGNALS, parse_formula

NEXT = '"and", "or", "implies", "since", "until", "unless"'


def column_of_refusal(text: str) -> int | None:
    """Return where a rule text is refused; None where it is read. Any other error ends the test."""
    try:
        parse_formula(text)
    except FormulaError as error:
        return error.column
    return None


SIGNAL = [
    ("", 0, 'a signal as in "horizontal >= 3 NM", "not", "always", "eventually" or "("'),
    ("slant < 1 m and", 15, 'a signal as in "horizontal >= 3 NM"'),
    ("slant < 1 m and or slant < 2 m", 16, 'a signal as in "horizontal >= 3 NM"'),
    ("()", 1, "a signal as in"),
    ("horizonal >= 3 NM", 0, 'a signal; did you mean "horizontal"?'),
    ("Horizontal >= 3 NM", 0, 'did you mean "horizontal", in small letters?'),
    ("alwys (slant < 1 m)", 0, 'a signal; did you mean "always"?'),
    ("NOT (slant < 1 m)", 0, 'did you mean "not", in small letters?'),
    ("target < 3 NM", 0, "a signal: of two aircraft (horizontal, vertical, slant, closure,"),
    ("target < 3 NM", 0, "of one as seen from the other (aspect, height_above, nose_crossing, wake_behind)"),
    ("3 NM < horizontal", 0, "a signal first, then the sign, then the number"),
    ("1 NM < horizontal and horizontal < 3 NM", 0, 'as in "horizontal >= 3 NM"'),
]
QUANTITY = [
    ("horizontal >= 3", 15, 'a unit of length after the number, as in "3 NM"'),
    ("horizontal >= 3 and vertical > 1 ft", 16, "a unit of length after the number"),
    ("horizontal >= 3 AND vertical > 1 ft", 16, "a unit of length after the number"),
    ("horizontal >= NM", 14, "a number and a unit of length"),
    ("horizontal >= 3 nm", 16, 'the spelling "NM"'),
    ("horizontal >= 3 parsec", 16, "a unit of length (m, km, ft, NM, mi)"),
    ("horizontal >= 3 kt", 16, "a unit of length (m, km, ft, NM, mi)"),
    ("horizontal >= 3 s", 16, "a unit of length (m, km, ft, NM, mi)"),
    ("closure > 3 NM", 12, "a unit of speed (m/s, kt, ft/min, fpm, km/h)"),
    ("turn_rate > 3 deg", 14, 'a unit of turn rate (deg/s), as in "3 deg/s"'),
    ("aspect of blue < 3 deg/s", 19, 'a unit of angle (deg), as in "60 deg"'),
    ("slant < vertical", 8, "a number and a unit of length"),
    ("slant < -3 m", 8, "no minus sign: this is never negative"),
    ("groundspeed < -3 kt", 14, "no minus sign: this is never negative"),
    ("altitude < - 3 ft", 11, "a minus sign only right before a number"),
    ("altitude < −3 ft", 11, 'the minus sign "-"'),
    ("slant < 3,5 m", 9, "a decimal point"),
    ("slant < 1e999 m", 8, "not too large"),
    ("slant < 1e308 NM", 8, "a number that fits"),
    ("slant < 1e-400 m", 8, "a number that fits, or 0"),
    ("aspect of blue < 60°", 19, 'the unit "deg"'),
    ("(slant < 3 m) for 30 m", 21, "a unit of time (s, min, h)"),
    ("(slant < 3 m) for 30", 20, "a unit of time after the number"),
    ("(slant < 3 m) for 0 s", 18, "a time longer than 0 s"),
    ("(slant < 3 m) within the last -1 s", 30, "no minus sign"),
    ("(slant < 3 m) for ever", 18, "a number and a unit of time"),
]
SIGN = [
    ("horizontal 3 NM", 11, "one of < <= > >="),
    ("slant ≥ 3 m", 6, '">="'),
    ("slant = 3 m", 6, "one of < <= > >="),
    ("slant => 3 m", 6, "one of < <= > >="),
    ("slant << 3 m", 6, "one of < <= > >="),
    ("slant ! 3 m", 6, 'the word "not"'),
    ("inside(north) > 3 m", 14, "no comparison: 'inside' is so or is not"),
    ("horizontal >= 3 NM < 4 NM", 19, NEXT),
]
ARGUMENT = [
    ("inside of either", 7, 'the name of an area in parentheses, as in "inside(north)"'),
    ("inside() of either", 7, "the name of an area"),
    ("inside(7) of either", 7, "the name of an area"),
    ("inside(north", 12, '")" of "inside("'),
    ("inside(north south)", 13, '")" of "inside("'),
    ("inside(until)", 7, "'until' is a word of the language"),
    ("inside(m/s)", 7, "the name of an area"),
    ('inside("north")', 7, "names without quotation marks"),
    ("crosses", 7, 'the name of a line in parentheses, as in "crosses(river)"'),
    ("squawking(9999)", 10, "a squawk: four digits from 0 to 7"),
    ("squawking(777)", 10, 'as in "squawking(7700)"'),
    ("squawking(emergency)", 10, "a squawk: four digits from 0 to 7"),
    ("called(121.5)", 12, 'Hz, kHz or MHz after the number, as in "121.5 MHz"'),
    ("called(MHz)", 7, "a number and Hz, kHz or MHz"),
    ("called(121.5 mhz)", 13, 'the spelling "MHz"'),
    ("called(121.5 GHz)", 13, "Hz, kHz or MHz"),
    ("called(0 MHz)", 7, "a positive number"),
    ("called(-121.5 MHz)", 7, "a positive number"),
    ("called(0.0000001 MHz)", 7, "a frequency of 1 Hz or more"),
    ("tau_mod < 35 s", 8, 'a length in parentheses, as in "tau_mod(0.66 NM)"'),
    ("tau_mod(0.66) < 35 s", 12, "a unit of length after the number"),
    ("tau_mod(35 s) < 35 s", 11, "a unit of length (m, km, ft, NM, mi)"),
    ("horizontal(3 NM) < 3 NM", 10, "no parentheses after 'horizontal'"),
    ("checked(north)", 7, "no parentheses after 'checked'"),
]
SUBJECT = [
    ("aspect < 60 deg", 7, 'of which aircraft, as in "aspect of intercepted"'),
    ("aspect of < 60 deg", 10, '"either", "both", "interceptor", "intercepted" or a party'),
    ("altitude of not > 3 ft", 12, "'not' is a word of the language"),
    ("altitude of 3 > 3 ft", 12, "or a party"),
    ("horizontal of either > 3 m", 11, "no \"of\": 'horizontal' belongs to no single aircraft"),
    ("checked of blue", 8, "no \"of\": 'checked' belongs to no single aircraft"),
    ("horizontal < 3 NM and altitude < 3000 ft", 22, 'of which aircraft, as in "altitude of either"'),
    ("horizontal < 3 NM and inside(north)", 22, 'of which aircraft, as in "inside(north) of either"'),
    ("altitude > 1 ft and altitude of blue > 1 ft", 0, "of which aircraft"),
    ("altitude > 3 ft of either", 16, '"of" right behind its signal'),
    ("inside(north) off either", 14, 'did you mean "of"?'),
]
JOINING = [
    ("horizontal >= 3 NM AND vertical > 1 ft", 19, 'did you mean "and", in small letters?'),
    ("horizontal >= 3 NM vertical > 1 ft", 19, f"{NEXT} or the end of the rule"),
    ("slant < 1 m, slant < 2 m", 11, 'a word such as "and" between comparisons'),
    ("slant < 1 m unles slant < 2 m", 12, 'did you mean "unless"?'),
    ("slant < 1 m and slant < 2 m or slant < 3 m", 28, '"(a and b) or c" or "a and (b or c)"'),
    ("slant < 1 m or slant < 2 m and slant < 3 m", 27, '"(a or b) and c" or "a or (b and c)"'),
    (
        "slant < 1 m implies slant < 2 m implies slant < 3 m",
        32,
        '"(a implies b) implies c" or "a implies (b implies c)"',
    ),
    ("slant < 1 m since slant < 2 m and slant < 3 m", 30, '"(a since b) and c" or "a since (b and c)"'),
    ("slant < 1 m or slant < 2 m until slant < 3 m", 27, '"(a or b) until c" or "a or (b until c)"'),
    ("slant < 1 m unless slant < 2 m unless slant < 3 m", 31, '"(a unless b) unless c"'),
    ("slant < 1 m && slant < 2 m", 12, 'the word "and"'),
    ("slant < 1 m; slant < 2 m", 11, "letters, digits, parentheses"),
    ("slant < ３ m", 8, "letters, digits"),
]
PARENTHESES = [
    ("slant < 1 m for 30 s", 12, 'as in "(...) for 30 s"'),
    ("slant < 1 m within the last 30 s", 12, 'as in "(...) within 30 s"'),
    ("slant < 1 m and slant < 2 m for 30 s", 28, 'as in "(...) for 30 s"'),
    ("(slant < 1 m) for 3 s for 4 s", 22, 'as in "(...) for 30 s"'),
    ("(slant < 1 m) for 3 s within 4 s", 22, 'as in "(...) within 30 s"'),
    ("(slant < 1 m) withing 30 s", 14, f'{NEXT} or the end of the rule; did you mean "within"?'),
    ("(slant < 1 m) for the last 30 s", 22, '"for the next"; "for 30 s" without "the" looks back'),
    ("(slant < 1 m) within the next 30 s", 25, '"within the last"; "within 30 s" without "the" looks ahead'),
    ("(slant < 1 m) within the 30 s", 25, '"within the last"'),
    ("(slant < 1 m) for next 30 s", 18, "a number and a unit of time"),
    ("not (slant < 1 m) for 3 s", 18, '"not ((...) for 30 s)" or "(not (...)) for 30 s"'),
    ("always (slant < 1 m) within 3 s", 21, '"(always (...)) within 30 s"'),
    ("not slant < 1 m", 4, 'parentheses around what is denied, as in "not (...)"'),
    ("eventually slant < 1 m", 11, 'parentheses around what is eventually so, as in "eventually (...)"'),
    ("(slant < 1 m", 12, f'{NEXT} or the ")" of the "(" at character 1'),
    ("slant < 1 m and (slant < 1 m", 28, 'the ")" of the "(" at character 17'),
    ("(slant < 1 m]", 12, "letters, digits, parentheses"),
    ("[slant < 1 m]", 0, "round parentheses"),
    ("slant < 1 m)", 11, f"{NEXT} or the end of the rule"),
]


@pytest.mark.parametrize(
    ("text", "column", "expected"), [*SIGNAL, *QUANTITY, *SIGN, *ARGUMENT, *SUBJECT, *JOINING, *PARENTHESES]
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


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "the rule ends"),
        ("slant < 1 parsec", "cannot read 'parsec'"),
        ("slant < 1 m)", "this parenthesis closes none"),
        ("slant < 1 m and slant < 1 m or slant < 1 m", '"and" beside "or"'),
        ("slant < 1 m since slant < 1 m since slant < 1 m", 'a second "since"'),
        ("slant < 1 m for 3 s", '"for" without parentheses'),
        ("horizontal < 3 NM and altitude < 1 ft", "the rule is about two aircraft"),
        ("(" * 51, "nested too deeply"),
        ("slant < 1e308 NM", "number too large"),
        ("slant < 1e-999 NM", "number too small"),
    ],
)
def test_error_says_what_is_wrong(text: str, fault: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert caught.value.fault == fault


def test_signals_are_listed_whole_where_none_is_near_and_only_there() -> None:
    for text, is_listed in (("xyzzy < 3 NM", True), ("vertcal < 3 NM", False), ("3 NM", False), ("", False)):
        with pytest.raises(FormulaError) as caught:
            parse_formula(text)
        named = [name for name in SIGNALS if name in caught.value.expected]
        assert (named == list(SIGNALS)) is is_listed
        assert is_listed or len(caught.value.expected) < 100


def test_pointer_of_a_rule_over_several_lines_shows_the_line_at_fault() -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula("horizontal >= 3 NM\n  or vertical >= 3 knots\n  or slant > 1 m")
    assert caught.value.pointer() == "  or vertical >= 3 knots\n" + " " * 19 + "^"


def test_pointer_of_a_long_rule_stays_short() -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(" and ".join(["slant < 1 m"] * 60) + " xor")
    assert all(len(line) <= 121 for line in caught.value.pointer().splitlines())


def test_formula_error_is_a_memorandum_error() -> None:
    with pytest.raises(MemorandumError):
        parse_formula("nonsense")


LETTERS = "horizontalvercsn <>=()and or not for within the last since inside of either 0123 NM ft s.e-"


@given(st.text(max_size=40) | st.text(alphabet=LETTERS, max_size=60))
def test_any_text_is_a_formula_or_a_formula_error(text: str) -> None:
    column = column_of_refusal(text)
    assert column is None or 0 <= column <= len(text)
