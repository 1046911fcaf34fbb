"""A scenario file that cannot be accepted says where, what came and what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skyaccord
from skyaccord.errors import InputError
from skyaccord.tracks.scenarios.accounts import check_agreement
from skyaccord.tracks.scenarios.plausibility import check_reports
from skyaccord.tracks.scenarios.scenario import make_tracks_table, scenario_names
from skyaccord.tracks.scenarios.text import read_scenario
from skyaccord.units import KT

GOOD = """\
[scenario]
title = "Two aircraft"
place = "open Atlantic"
generated = true
start = 2015-11-10T12:00:00Z
lasts = "120 s"
sample_every = "1 s"
assumed = ["all"]

[[expected]]
preset = "syria-2015-public-outline"
outcome = "compliant"
because = "far apart"

[noise]
sigma = "10 m"
seed = 1

[parties]
blue = ["one"]
green = ["two"]

[[reported]]
what = "something"
by = "someone"
source = "somewhere"
confidence = "reported"
distance = ["5 NM", "6 NM"]

[[aircraft]]
id = "one"
latitude = "45 deg"
longitude = "-30 deg"
altitude = "20000 ft"
groundspeed = "300 kt"
track = "90 deg"

[[aircraft]]
id = "two"
groundspeed = "320 kt"
track = "60 deg"
closest_approach = { of = "one", at = "60 s", distance = "5 NM", passes = "behind", higher_by = "0 ft" }

[[aircraft.leg]]
for = "80 s"

[[aircraft.leg]]
turn_to = "180 deg"
turn = "left"
bank = "30 deg"
speed_to = "330 kt"
over = "20 s"
altitude_to = "21000 ft"
climb_rate = "3000 ft/min"
"""


def refused(old: str, new: str) -> InputError:
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        make_tracks_table(read_scenario(GOOD.replace(old, new, 1), "mine.toml", "mine"))
    return caught.value


def test_good_text_is_read_with_every_quantity_in_si() -> None:
    scenario = read_scenario(GOOD, "mine.toml", "mine")
    assert scenario.flights[0].begin.speed_mps == pytest.approx(300 * KT)
    assert scenario.reported[0].distance_m == (5 * 1852, 6 * 1852)
    leg = scenario.flights[1].legs[1]
    assert (leg.turn_to_deg, leg.is_right_turn, leg.bank_deg, leg.speed_over_s) == (180.0, False, 30.0, 20.0)
    assert leg.climb_mps == pytest.approx(3000 * 0.3048 / 60)
    assert scenario.party_of("two") == "green"
    assert make_tracks_table(scenario).num_rows == 2 * 121


def test_aircraft_that_no_party_claims_has_no_party_in_the_table() -> None:
    scenario = read_scenario(GOOD.replace('green = ["two"]\n', ""), "mine.toml", "mine")
    assert scenario.party_of("two") == "unassigned"
    assert set(make_tracks_table(scenario)["party"].to_pylist()) == {"blue", None}


@pytest.mark.parametrize(
    ("old", "new", "has_line", "says"),
    [
        ("[scenario]\n", "[scenario\n", True, "no TOML"),
        ("lasts =", "last =", False, "'lasts' is missing"),
        ("assumed = [", "assumed = []\nasumed = [", True, "unknown key 'asumed'. Did you mean 'assumed'?"),
        ("bank =", "bnak =", False, "a turn needs a bank or a turn_rate"),
        ('over = "20 s"', 'over = "20 s"\noverr = "1 s"', True, "leg 2: unknown key 'overr'. Did you mean 'over'?"),
        ('"80 s"', '"80 s"\nweapon = "x"', True, "unknown key 'weapon'. Known here: "),
        ("[noise]", "[noises]", True, "unknown key 'noises'. Did you mean 'noise'?"),
        ("generated = true", "generated = false", True, "never a recording"),
        ("12:00:00Z", "12:00:00", True, "no time zone"),
        ('lasts = "120 s"', "lasts = 120", True, "is not text in quotes"),
        ('lasts = "120 s"', 'lasts = "120"', True, "'120' is not a quantity. Expected a number and a unit of time"),
        ('altitude = "20000 ft"', 'altitude = "20000 kt"', True, "aircraft 'one': altitude = '20000 kt'"),
        ('outcome = "compliant"', 'outcome = "fine"', True, "Choose compliant, infringed, breach"),
        ('["5 NM", "6 NM"]', '["6 NM", "5 NM"]', False, "from more to less"),
        ('["5 NM", "6 NM"]', '["5 NM"]', False, "is not a range"),
        ("seed = 1", "seed = true", True, "seed = True is not a whole number"),
        ("seed = 1", "seed = -1", False, "zero or more"),
        ('green = ["two"]', 'green = ["three"]', False, "names 'three', which is no aircraft"),
        ('green = ["two"]', 'green = ["one"]', False, "'one' stands under two parties"),
        ('id = "two"', 'id = "one"', False, "two aircraft are called 'one'"),
        ('of = "one"', 'of = "two"', False, "Choose an aircraft that stands before it: one"),
        ('id = "two"', 'id = "two"\nlatitude = "1 deg"', False, "both a position and a closest_approach"),
        ('id = "two"', 'id = "two"\naltitude = "1 ft"', False, "both altitude and higher_by"),
        ('at = "60 s"', 'at = "60.5 s"', True, "is no sample"),
        ('at = "60 s"', 'at = "121 s"', True, "is no sample"),
        ('passes = "behind"', 'passes = "below"', True, "Choose ahead, right, behind, left"),
        ('bank = "30 deg"', 'bank = "85 deg"', True, "up to 80 deg"),
        ('bank = "30 deg"', 'turn_rate = "3 deg"', True, 'Write turn_rate = "3 deg/s"'),
        ('bank = "30 deg"', 'turn_rate = "40 deg/s"', True, "up to 30 deg/s"),
        ('bank = "30 deg"', 'bank = "30 deg"\nturn_rate = "3 deg/s"', False, "either bank"),
        ('turn = "left"', 'turn = "up"', True, "Choose left, right"),
        ('"3000 ft/min"', '"-3000 ft/min"', True, "without sign"),
        ('"330 kt"', '"3300 kt"', True, "up to 1500 kt"),
        ('over = "20 s"', 'over = "0 s"', True, "a change of speed takes time"),
        ('speed_to = "330 kt"\nover = "20 s"', 'speed_to = "400 kt"\nover = "2 s"', False, "Fly it gentler"),
        ('for = "80 s"', "", False, "changes nothing and has no duration"),
        ('for = "80 s"', 'for = "130 s"', False, "last longer than the scenario"),
        ('latitude = "45 deg"', 'latitude = "95 deg"', False, "not on the earth"),
        ('turn_to = "180 deg"', 'turn_to = "180 deg"\nfor = "30 s"', False, "leg 2 needs"),
        ('track = "60 deg"', 'track = "270 deg"', False, "can only be left or right, not behind"),
        ('sample_every = "1 s"', 'sample_every = "0 s"', False, "do not fit"),
        ('place = "open Atlantic"', "", False, "'place' is missing"),
        ('confidence = "reported"', 'confidence = "sure"', True, "Choose confirmed, reported, assumed, unknown"),
        ('confidence = "reported"', 'confidence = "reported"\nof = "three"', True, "Choose one, two"),
        ('confidence = "reported"', 'confidence = "reported"\ntook = "17 s"', False, "path or climbed belong together"),
        ('confidence = "reported"', 'confidence = "reported"\nspeed = "9 kt"', False, "of no aircraft"),
        (
            'confidence = "reported"',
            'confidence = "reported"\nspeed = "9 kt"\nof = "one"',
            False,
            "without the altitude",
        ),
        ('confidence = "reported"', 'confidence = "reported"\nbeside = "one"', False, "at which speed"),
        (
            'confidence = "reported"',
            'confidence = "reported"\nof = "one"\naltitude = "1 ft"\npath = "1 m"\ntook = "0 s"',
            True,
            "took no time",
        ),
        (
            'confidence = "reported"',
            'confidence = "reported"\nof = "one"\naltitude = "1 ft"\npath = "1 m"\ntook = "1 s"',
            False,
            "whose type is not told",
        ),
        ('sample_every = "1 s"', 'sample_every = "0.001 s"', True, "Choose 100,000 at most"),
        ('id = "two"', 'id = "two"\ntype = "Concorde"', True, "Choose Su-24"),
        ('id = "two"', 'id = "two"\nreported = ["speed"]', False, "reported names 'speed', which is not here"),
        ('bank = "30 deg"', 'bank = "30 deg"\nroll_over = "x"', True, "roll_over = 'x' is not a quantity"),
        ('"3000 ft/min"', '"3000 ft/min"\nclimb_acceleration = "5 m/s"', True, 'Write climb_acceleration = "5 m/s/s"'),
        ('"3000 ft/min"', '"3000 ft/min"\nclimb_acceleration = "11 m/s/s"', True, "up to 10 m/s/s"),
        ('sigma = "10 m"', 'sigma = "10 m"\nnac_p = 8', False, "either sigma"),
        ('sigma = "10 m"', "nac_p = 12", True, "Choose 1 to 11"),
        ('sigma = "10 m"', 'sigma = "10 m"\nsilent_for = "3 s"', False, "belong together"),
        ('preset = "syria-2015-public-outline"', "", False, "'preset' is missing"),
    ],
)
def test_bad_text_is_refused_with_place_and_cure(old: str, new: str, has_line: bool, says: str) -> None:
    error = refused(old, new)
    assert says in str(error)
    where = GOOD[: GOOD.index(old)].count("\n") + 1 + new.rstrip("\n").count("\n")
    assert error.line == (where if has_line else None)


def test_a_file_without_aircraft_is_refused() -> None:
    text = GOOD[: GOOD.index("[parties]")] + "[parties]\n"
    with pytest.raises(InputError, match=r"no aircraft. Add \[\[aircraft\]\]"):
        read_scenario(text, "mine.toml", "mine")


def test_the_example_in_the_documentation_can_be_flown() -> None:
    page = Path(__file__).parents[3] / "docs" / "scenarios.md"
    example = page.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    quiet = replace(read_scenario(example, "scenarios.md", "example"), noise=None)
    assert make_tracks_table(quiet).num_rows == 3 * 601


BESIDE = """
[[aircraft]]
id = "three"
type = "Su-27"
beside = "one"
stations = [
  { at = "0 s", behind = "2 km", left = "100 m" },
  { at = "60 s", left = "5 ft", between = "skins", reported = ["left"], phase = "alongside" },
]
"""


def with_beside(old: str = "", new: str = "") -> str:
    assert old in BESIDE
    typed = GOOD.replace('id = "one"', 'id = "one"\ntype = "RC-135"')
    return typed + BESIDE.replace(old, new, 1)


def test_stations_between_skins_add_half_of_what_both_aircraft_take_up() -> None:
    flight = read_scenario(with_beside(), "mine.toml", "mine").flight("three")
    assert flight.stations[0].ahead_m == -2000.0
    assert flight.stations[1].right_m == pytest.approx(-(5 * 0.3048 + (39.9 + 14.7) / 2))
    assert flight.stations[1].ahead_m == 0.0
    assert flight.reported == ("left 5 ft",)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('beside = "one"', 'beside = "four"', "Choose an aircraft that stands before it: one, two"),
        ('at = "0 s"', 'at = "1 s"', "the first station is where it begins"),
        ('at = "60 s"', 'at = "0 s"', "out of order or out of time"),
        ('at = "60 s"', 'at = "600 s"', "out of order or out of time"),
        ('type = "Su-27"', "", "need the type of both aircraft"),
        ('left = "5 ft"', 'left = "5 ft", right = "5 ft"', "has both right and left"),
        ('left = "5 ft"', 'left = "-5 ft"', "left is negative. Use right"),
        ('reported = ["left"]', 'reported = ["above"]', "reported names 'above'"),
        ('phase = "alongside"', 'fase = "alongside"', "unknown key 'fase'. Did you mean 'phase'?"),
        ('beside = "one"', 'beside = "one"\ngroundspeed = "300 kt"', "unknown key 'groundspeed'"),
    ],
)
def test_bad_stations_are_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_scenario(with_beside(old, new), "mine.toml", "mine")
    assert says in str(caught.value)


def test_a_record_that_breaks_off_and_an_altitude_that_no_one_knows_are_so_in_the_table() -> None:
    text = GOOD.replace('id = "two"', 'id = "two"\nseen_until = "50 s"\naltitude_known = false')
    table = make_tracks_table(read_scenario(text, "mine.toml", "mine"))
    rows = [row for row in table.to_pylist() if row["icao24"] == "two"]
    assert len(rows) == 51
    assert {row["altitude"] for row in rows} == {row["vertical_rate"] for row in rows} == {None}


def test_noise_by_nac_p_is_that_nac_p() -> None:
    scenario = read_scenario(GOOD.replace('sigma = "10 m"', "nac_p = 8"), "mine.toml", "mine")
    assert scenario.noise is not None
    assert scenario.noise.nac_p == 8
    assert set(make_tracks_table(scenario)["nac_p"].to_pylist()) == {8}


def test_two_outcomes_under_one_preset_are_refused() -> None:
    again = '[[expected]]\npreset = "syria-2015-public-outline"\noutcome = "breach"\nbecause = "no"\n\n[noise]'
    with pytest.raises(InputError, match="two outcomes are expected"):
        read_scenario(GOOD.replace("[noise]", again), "mine.toml", "mine")


@given(st.data())
@settings(max_examples=300)
def test_spoiled_text_is_refused_or_read_and_never_a_traceback(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(scenario_names()))
    text = (Path(skyaccord.__file__).parent / "data" / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")
    lines = text.splitlines()
    k = data.draw(st.integers(0, len(lines) - 1))
    old = lines[k]
    at = data.draw(st.integers(0, len(old)))
    lines[k] = (
        old[:at]
        + data.draw(st.sampled_from(["", "-", "9", "0", '"', "[", "]", "=", "e9", " kt", "x"]))
        + old[at + data.draw(st.integers(0, 3)) :]
    )
    try:
        spoiled = read_scenario("\n".join(lines), "spoiled.toml", "spoiled")
    except InputError:
        return
    check_reports(spoiled)
    check_agreement(spoiled)
