"""A formula as a row of figures."""

from __future__ import annotations

import pytest

from skyaccord.batch.card.figures import Figure, Joint, figures_of
from skyaccord.memorandum import parse_formula, sentence


def said(rule: str) -> str:
    """Return a row in English, on one line."""
    row = figures_of(parse_formula(rule))
    return " ".join(f"{each.sign} {each.value}" if isinstance(each, Figure) else each.words.en for each in row)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("horizontal >= 3 NM or vertical >= 3000 ft", "≥ 3 NM or ≥ 3000 ft"),
        ("(horizontal >= 1 NM and vertical > 500 ft) or slant >= 5 km", "( ≥ 1 NM and > 500 ft ) or ≥ 5 km"),
        ("(slant < 1 NM) for 180 s", "( < 1 NM ) without a break for 3 min"),
        ("not ((slant <= 1 NM) for 90 s)", "not ( ( ≤ 1 NM ) without a break for 90 s )"),
    ],
)
def test_a_row_reads_as_the_rule(rule: str, expected: str) -> None:
    assert said(rule) == expected


def test_every_figure_is_named_in_both_languages() -> None:
    row = figures_of(parse_formula("horizontal >= 3 NM or vertical >= 3000 ft"))
    assert [(each.label.en, each.label.ru) for each in row if isinstance(each, Figure)] == [
        ("horizontal distance", "горизонтальное расстояние"),
        ("vertical distance", "вертикальное расстояние"),
    ]
    assert [each.words.ru for each in row if isinstance(each, Joint)] == ["или"]


def test_a_figure_says_of_whom_it_is() -> None:
    (figure,) = figures_of(parse_formula("height_above of interceptor >= 300 m"))
    assert isinstance(figure, Figure)
    assert figure.label.en == "the height above the other (the interceptor)"
    assert figure.label.ru.endswith("(перехватчик)")
    (figure,) = figures_of(parse_formula("tau_mod(4000 ft) >= 35 s"))
    assert isinstance(figure, Figure)
    assert "4000 ft" in figure.label.en


@pytest.mark.parametrize(
    "rule",
    [
        "(slant < 1 NM) implies (called(121.5 MHz) of interceptor)",
        "squawking(7700) of either",
        "((slant < 1 NM) within 90 s) or horizontal > 5 NM",
    ],
)
def test_what_is_more_than_limits_is_said_as_a_sentence(rule: str) -> None:
    formula = parse_formula(rule)
    (joint,) = figures_of(formula)
    assert isinstance(joint, Joint)
    assert (joint.words.en, joint.words.ru) == (sentence(formula, "en"), sentence(formula, "ru"))


def test_within_a_negation_the_safe_side_is_the_other_one() -> None:
    (plain,) = (each for each in figures_of(parse_formula("slant < 500 ft")) if isinstance(each, Figure))
    forbidden = figures_of(parse_formula("not ((slant < 500 ft) for 10 s)"))
    (negated,) = (each for each in forbidden if isinstance(each, Figure))
    assert (plain.also, negated.also) == ("152 m", "153 m")
