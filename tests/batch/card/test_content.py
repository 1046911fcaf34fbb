"""What of a memorandum stands on its card."""

from __future__ import annotations

import pytest

from skyaccord.batch.card.content import LONGEST_RULE, card_of, shorten
from skyaccord.batch.card.figures import Figure, Joint
from skyaccord.memorandum import preset
from tests.batch.card.memoranda import memorandum, provision

THREES = 'keep = "horizontal >= 3 NM or vertical >= 3000 ft"\nrestore = "180 s"'


def test_a_rule_is_a_distance_and_the_rest_are_words() -> None:
    card = card_of(memorandum(provision("a", THREES), provision("b")))
    assert [each.id for each in card.distances] == ["a"]
    assert [(each.id, each.is_long_rule) for each in card.words] == [("b", False)]


def test_a_rule_of_too_many_limits_is_words_and_marked() -> None:
    eight, nine = (" or ".join(f"slant > {n} ft" for n in range(1, count + 1)) for count in (8, 9))
    card = card_of(memorandum(provision("a", f'keep = "{eight}"'), provision("b", f'keep = "{nine}"')))
    assert [each.id for each in card.distances] == ["a"]
    assert [(each.id, each.is_long_rule) for each in card.words] == [("b", True)]


def test_other_readings_count_among_the_limits() -> None:
    five, other = (" or ".join(f"slant > {n} {unit}" for n in range(1, 6)) for unit in ("ft", "m"))
    card = card_of(memorandum(provision("a", f'keep = "{five}"\nalternatives = ["{other}"]')))
    assert [each.id for each in card.words] == ["a"]


def test_a_rule_of_too_many_letters_is_words_and_marked() -> None:
    fits = "slant > 1 NM"
    while len(fits) + len("() for 10 s") <= LONGEST_RULE:
        fits = f"({fits}) for 10 s"
    card = card_of(memorandum(provision("a", f'keep = "{fits}"'), provision("b", f'keep = "({fits}) for 10 s"')))
    assert [each.id for each in card.distances] == ["a"]
    assert [(each.id, each.is_long_rule) for each in card.words] == [("b", True)]


def test_times_to_restore() -> None:
    ban = 'breach = "(horizontal < 3 NM and vertical < 3000 ft) for 90 s"'
    card = card_of(memorandum(provision("a", THREES), provision("b", ban), provision("c", 'keep = "slant > 1 NM"')))
    assert [(each.restore, each.restore_exact, each.reenter) for each in card.distances] == [
        ("3 min", "180 s", "30 s"),
        ("90 s", "", ""),
        ("", "", ""),
    ]


def test_another_reading_with_another_time_says_so() -> None:
    rule = 'breach = "(slant < 1 NM) for 90 s"\nalternatives = ["(slant < 1 mi) for 60 s", "(slant < 2 mi) for 90 s"]'
    (distance,) = card_of(memorandum(provision("a", rule))).distances
    first, second = distance.others
    assert isinstance(first[-1], Joint)
    assert "1 min" in first[-1].words.en
    assert isinstance(second[-1], Figure)


def test_contacts_are_those_agreed() -> None:
    contacts = card_of(memorandum(provision("a"))).contacts
    assert contacts.frequencies == ("118.275 MHz", "243.000 MHz")
    assert contacts.acknowledge == (("emergency", "1 min"), ("flash", "150 s"), ("routine", "6 h"))
    assert contacts.check_every == "12 h"
    assert not card_of(preset("near-midair")).contacts.has_line


def test_a_memorandum_of_any_is_a_yardstick() -> None:
    assert card_of(preset("near-midair")).is_yardstick
    assert not card_of(preset("syria-2015-public-outline")).is_yardstick


def test_parties_and_validity() -> None:
    card = card_of(memorandum(provision("a")))
    assert card.parties == ("blue (Blue air rescue)", "green")
    assert (card.valid_from, card.valid_until) == ("2026-12-01 06:30", "2027-12-01")


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("one  two\nthree", 20, "one two three"),
        ("one two three", 12, "one two…"),
        ("onetwothree", 6, "onetw…"),
        ("x" * 65, 80, "\u200b".join(("x" * 30, "x" * 30, "x" * 5))),
    ],
)
def test_long_texts_are_cut_after_a_word(text: str, longest: int, expected: str) -> None:
    assert shorten(text, longest) == expected
