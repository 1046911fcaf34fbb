"""What a parameter of a memorandum is, and what another value makes of it."""

from __future__ import annotations

import pytest

from skyaccord.errors import TalksError
from skyaccord.memorandum.canonical_form import content_hash
from skyaccord.memorandum.document import Keep, Memorandum
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.load import read_memorandum
from skyaccord.memorandum.presets import preset
from skyaccord.talks.vary import parameters_of, read_variation, with_value
from skyaccord.units import MI, NM, Quantity

SYRIA = preset("syria-2015-public-outline")


def rule_of(memorandum: Memorandum, provision: str = "separation.threes") -> Keep:
    found = memorandum.provision(provision)
    assert found is not None
    assert isinstance(found.rule, Keep)
    return found.rule


def draft_with(text: str) -> Memorandum:
    variation = read_variation(text, SYRIA)
    return with_value(SYRIA, variation, variation.values[0])


def test_values_keep_the_unit_they_were_written_in() -> None:
    values = read_variation("separation.threes: horizontal = 3 NM, 5NM, 20 mi", SYRIA).values
    assert values == (Quantity(3.0, "NM"), Quantity(5.0, "NM"), Quantity(20.0, "mi"))
    assert [value.si for value in values] == [3 * NM, 5 * NM, 20 * MI]


def test_a_range_with_a_step_holds_both_ends() -> None:
    values = read_variation("separation.threes: vertical = 0.1 km to 0.5 km by 0.1 km", SYRIA).values
    assert [value.value for value in values] == [0.1, 0.2, 0.3, 0.4, 0.5]


def test_a_value_replaces_the_one_of_every_reading_and_the_readings_become_one() -> None:
    draft = draft_with("separation.threes: horizontal = 5 NM")
    assert format_formula(rule_of(draft).formula) == "horizontal >= 5 NM or vertical >= 3000 ft"
    provision = draft.provision("separation.threes")
    assert provision is not None
    assert provision.alternatives == ()


def test_another_value_is_another_text_and_the_same_value_the_same() -> None:
    assert draft_with("separation.threes: restore = 60 s").hash != SYRIA.hash
    again = draft_with("separation.threes: restore = 3 min")
    assert again.hash == content_hash(again) == SYRIA.hash


def test_restore_and_reenter_are_parameters_of_a_duty() -> None:
    assert rule_of(draft_with("separation.threes: restore = 1 min")).restore_s == 60.0
    assert rule_of(draft_with("separation.threes: reenter = 0 s")).reenter_s == 0.0
    provision = SYRIA.provision("separation.threes")
    assert provision is not None
    assert list(parameters_of(provision)) == ["horizontal", "vertical", "restore", "reenter"]


def test_a_parameter_is_found_within_words_of_logic_and_time() -> None:
    memorandum = read_memorandum(
        """
        [memorandum]
        title = "T"
        parties = ["blue", "green"]
        valid = { from = 2015-01-01T00:00:00Z, until = 2016-01-01T00:00:00Z }
        [[provision]]
        id = "closing"
        text = "T"
        modality = "shall"
        evidence = ["tracks"]
        breach = "(closure > 300 kt and horizontal < 2 NM) for 10 s and not (tau_mod(4000 ft) > 35 s)"
        """
    )
    variation = read_variation("closing: tau_mod(4000 ft) = 60 s", memorandum)
    draft = with_value(memorandum, variation, variation.values[0])
    provision = draft.provision("closing")
    assert provision is not None
    assert provision.rule is not None
    text = format_formula(provision.rule.formula)
    assert text == "(closure > 300 kt and horizontal < 2 NM) for 10 s and not (tau_mod(4000 ft) > 60 s)"


@pytest.mark.parametrize(
    ("text", "problem", "cure"),
    [
        ("horizontal 3 NM", "cannot read", "Write it as in"),
        ("separation.fours: horizontal = 3 NM", "no provision with a rule", "separation.threes"),
        ("airmanship.professional: horizontal = 3 NM", "no provision with a rule", "separation.threes"),
        ("separation.threes: closure = 3 kt", "has no parameter 'closure'", "horizontal, vertical, restore, reenter"),
        ("separation.threes: horizontal = 3", "'3' is no value", "number and a unit of length"),
        ("separation.threes: horizontal = 3 min", "'3 min' is no value", "unit of length"),
        ("separation.threes: horizontal = 0 NM", "not above 0", "above 0"),
        ("separation.threes: horizontal = 3 NM, 3.0 NM", "3 NM stands there twice", "Leave one out"),
        ("separation.threes: horizontal = 1 NM to 9 km by 1 NM", "different units", "one unit"),
        ("separation.threes: horizontal = 9 NM to 1 NM by 1 NM", "does not lead", "as in"),
        ("separation.threes: horizontal = 1 NM to 9 NM by 0.001 NM", "does not lead", "2 to 200"),
    ],
)
def test_what_cannot_be_varied_is_refused_with_place_and_cure(text: str, problem: str, cure: str) -> None:
    with pytest.raises(TalksError) as raised:
        read_variation(text, SYRIA)
    assert raised.value.source == "--vary"
    assert problem in raised.value.problem
    assert cure in raised.value.cure
