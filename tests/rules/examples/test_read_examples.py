"""A file of examples that cannot be accepted says where, what came and what to do."""

from __future__ import annotations

import pytest

from skyaccord.errors import FormatError, InputError
from skyaccord.memorandum.formula import Subject
from skyaccord.memorandum.load import read_memorandum
from skyaccord.model.encounter import Outcome
from skyaccord.model.records import RecordKind
from skyaccord.rules.examples.example import Example, Kind
from skyaccord.rules.examples.read_examples import LASTS_S, NAC_P, SAMPLE_S, read_examples
from skyaccord.tracks.scenarios.legs import Leg
from skyaccord.units import FPM, FT, KT, NM

MEMORANDUM = read_memorandum(
    """
    [memorandum]
    title = "Test"
    parties = ["blue", "green"]
    valid = { from = 2015-01-01T00:00:00Z, until = 2016-01-01T00:00:00Z }
    [area.ring]
    centre = [0.0, 0.0]
    radius = "5 NM"
    [[provision]]
    id = "rule"
    text = "Keep apart."
    modality = "shall"
    evidence = ["tracks"]
    breach = "horizontal < 1 NM and vertical < 500 ft"
    [[provision]]
    id = "words"
    text = "Be kind."
    modality = "shall"
    evidence = ["none"]
    """
)

GOOD = """\
[[example]]
provision = "rule"
kind      = "broken"
what      = "They meet."
outcome   = "breach"
flights   = [
  { id = "one", party = "blue", role = "interceptor", speed = "300 kt", course = "90 deg", altitude = "20000 ft" },
  { id = "two", at = "5 min", squawk = "7700", speed = "200 kt", course = "270 deg", altitude = "19000 ft", legs = [
    { for = "1 min" },
    { turn_to = "0 deg", turn_rate = "3 deg/s" },
    { altitude_to = "20000 ft", climb_rate = "1500 ft/min" },
    { speed_to = "250 kt", over = "10 s" },
  ], north = "1 NM", east = "-2 NM" },
]
records   = [
  { at = "-1 min", kind = "call", frequency = "121.5 MHz", caller = "one", called = "two" },
  { at = "-2 h", kind = "notice", party = "green", area = "ring", from = "-1 h", until = "3 h", reference = "N1" },
]

[[example]]
provision = "words"
kind      = "kept"
what      = "They are kind."
"""


def read(text: str = GOOD) -> tuple[Example, ...]:
    return read_examples(text, MEMORANDUM, "cases.toml")


def test_example_has_what_the_file_says_in_si() -> None:
    broken, kept = read()
    assert (broken.provision, broken.kind, broken.what) == ("rule", Kind.BROKEN, "They meet.")
    assert (broken.outcome, broken.lasts_s, broken.sample_s, broken.nac_p) == (Outcome.BREACH, LASTS_S, SAMPLE_S, NAC_P)
    one, two = broken.crafts
    assert (one.id, one.party, one.role, one.squawk, one.at_s) == ("one", "blue", Subject.INTERCEPTOR, "", 0.0)
    assert (two.party, two.role, two.squawk, two.at_s) == ("unassigned", None, "7700", 300.0)
    assert (two.north_m, two.east_m, two.altitude_m, two.track_deg) == (NM, -2 * NM, 19_000 * FT, 270.0)
    assert two.legs == (
        Leg(duration_s=60.0),
        Leg(turn_to_deg=0.0, turn_rate_degps=3.0),
        Leg(altitude_to_m=20_000 * FT, climb_mps=1500 * FPM),
        Leg(speed_to_mps=250 * KT, speed_over_s=10.0),
    )
    call, notice = broken.sayings
    assert (call.kind, call.at_s, call.caller, call.called) == (RecordKind.CALL, -60.0, "one", "two")
    assert call.frequency is not None
    assert call.frequency.hz == 121.5e6
    assert (notice.party, notice.area, notice.from_s, notice.until_s) == ("green", "ring", -3600.0, 10_800.0)
    assert (kept.outcome, kept.crafts, kept.sayings, kept.is_for_a_machine) == (None, (), (), False)


def test_accuracy_0_stands_for_reports_that_state_none() -> None:
    assert read(GOOD.replace('what      = "They meet."', 'what      = "They meet."\nnac_p     = 0'))[0].nac_p is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('provision = "rule"', 'provision = "rules"', "provision = 'rules' is not known. Choose rule, words"),
        ('"broken"', '"bad"', "kind = 'bad' is not known. Choose kept, broken, boundary"),
        ('"breach"', '"compliant"', "outcome = 'compliant' is not known. Choose breach, infringed"),
        ('outcome   = "breach"\n', "", "'outcome' is missing"),
        ('what      = "They meet."\n', "", "'what' is missing"),
        ('"They are kind."', '"They are kind."\noutcome = "compliant"', "no rule to judge it by"),
        ('what      = "They meet."', 'what      = "They meet."\nlasts = "5 h"', "Choose above 0 s and up to 14400 s"),
        ('what      = "They meet."', 'what      = "They meet."\nnac_p = 12', "Choose 1 to 11"),
        ('what      = "They meet."', 'what      = "They meet."\nwho = "us"', "unknown key 'who'"),
        ('party = "blue"', 'party = "bleu"', "party = 'bleu' is not known. Choose blue, green, unassigned"),
        ('role = "interceptor"', 'role = "either"', "role = 'either' is not known. Choose interceptor, intercepted"),
        ('speed = "300 kt"', 'speed = "0 kt"', "speed is 0 kt. Choose above 0"),
        ('speed = "300 kt"', 'speed = "300 ft"', "speed = '300 ft' is not a quantity"),
        ('{ for = "1 min" }', "{}", "changes nothing and has no duration"),
        ('turn_rate = "3 deg/s"', 'turn_rate = "-3 deg/s"', "turn_rate is -3 deg/s. Choose above 0"),
        ('kind = "call"', 'kind = "shout"', "kind = 'shout' is not known"),
        ('"121.5 MHz"', '"121.5"', "frequency is '121.5'. Expected a positive number and Hz, kHz or MHz"),
        ('area = "ring"', 'area = "rung"', "area = 'rung' is not known. Choose ring"),
        ('party = "green", area', 'party = "red", area', "party = 'red' is not known. Choose blue, green"),
    ],
)
def test_wrong_example_is_refused_with_what_came_and_the_cure(old: str, new: str, said: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(InputError) as caught:
        read(GOOD.replace(old, new, 1))
    assert said in str(caught.value)
    assert str(caught.value).startswith("cases.toml")


def test_example_with_a_rule_and_nothing_to_judge_is_refused() -> None:
    begin = GOOD.index("flights"), GOOD.index("[[example]]", 1)
    with pytest.raises(InputError, match="there is nothing to judge"):
        read(GOOD[: begin[0]] + GOOD[begin[1] :])


def test_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(FormatError, match=r"cases.toml: no TOML"):
        read("[[example]")
