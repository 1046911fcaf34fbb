"""Configuration files of DAIDALUS: what cannot be followed is refused with key, finding and cure."""

from __future__ import annotations

import contextlib
import math
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.batch.daa.alerts import AlertWriter
from skyaccord.detect import hazard
from skyaccord.detect.conf import parse_conf, read_conf
from skyaccord.detect.conf_settings import ConfError
from skyaccord.detect.guidance.steadied import SteadiedGuide
from skyaccord.detect.profile import Region
from skyaccord.detect.profiles import conf_text, find_profile
from skyaccord.detect.scenes import steps
from skyaccord.errors import SkyaccordError
from skyaccord.tracks.formats.daa_states import parse_daa
from skyaccord.units import FT, NM

SOUND = conf_text(find_profile("do365b")).splitlines()


def changed(key: str, value: str | None) -> list[str]:
    """Return the sound lines with one key's value changed, or its line taken out."""
    kept = [line for line in SOUND if line.partition("=")[0].strip() != key]
    assert len(kept) == len(SOUND) - 1, key
    return kept if value is None else [*kept, f"{key} = {value}"]


def test_numbers_come_in_si_whatever_their_unit() -> None:
    profile = parse_conf(changed("horizontal_nmac", "0.1 [nmi]"), "x", "x.conf")
    assert profile.recovery.nmac_range_m == pytest.approx(0.1 * NM)
    assert profile.performance.turn_rate_rps == pytest.approx(math.radians(3.0))
    corrective = profile.alerters[0].levels[1]
    assert corrective.region is Region.MID
    assert corrective.hazard[hazard.HEIGHT] == pytest.approx(450 * FT)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("lookahead_time", None, "is missing"),
        ("lookahead_time", "180", "no unit where a time stands"),
        ("lookahead_time", "180 [knot]", "[knot] where a time stands"),
        ("turn_rate", "3 [knot]", "[knot] where a rate of turn stands; write one of deg/s, rad/s"),
        ("alerting_m", "2 [s]", "write no unit"),
        ("lookahead_time", "soon [s]", "is no number"),
        ("lookahead_time", "nan [s]", "is not finite"),
        ("ca_bands", "maybe", "write true or false"),
        ("corrective_region", "RECOVERY", "write NONE, FAR, MID or NEAR"),
        ("conflict_crit", "true", "implicit coordination; not followed here"),
        ("dta_logic", "1", "terminal-area logic; not followed here"),
        ("DWC_Phase_I_alert_1_spread_hs", "5 [knot]", "a spread of manoeuvres; not followed here"),
        ("DWC_Phase_I_load_core_detection_det_1", "gov.nasa.larcfm.ACCoRD.WCV_NEW", "'WCV_NEW' is unknown"),
        ("alerters", "DWC_Phase_IV", "has no levels"),
        ("alerters", ",", "names none"),
        ("alerting_m", "5", "asks for 5 of 4 updates; write one up to alerting_n"),
        ("alerting_m", "2.5", "is not whole"),
        ("alerting_n", "4.5", "is not whole"),
        ("alerting_m", "0", "asks for 0 of 4 updates; write 1 at least, or alerting_n = 0"),
        ("bank_angle", "30 [deg]", "says how fast to turn, and so does turn_rate; set one of them to 0"),
        ("corrective_region", "FAR", "FAR is the region of no level; write one of MID, NEAR"),
        ("corrective_region", "NONE", "NONE is the region of no level; write one of MID, NEAR"),
        ("DWC_Phase_I_alert_2_early_alerting_time", "54 [s]", "is below the alerting time; write 55 [s] at least"),
        ("step_hs", "0 [knot]", "is out of range"),
        ("step_vs", "0 [fpm]", "is out of range"),
        ("step_alt", "0 [ft]", "is out of range"),
        ("step_hs", "691 [knot]", "is more than from least to most; write a smaller one, or widen min_hs to max_hs"),
        ("min_hs", "700 [knot]", "step_hs: is more than from least to most"),
        ("alerting_n", "1e9", "is out of range; write a value from 0 to 100"),
        ("step_hdir", "0 [deg]", "is out of range; write a value from 0.1 to 90 [deg]"),
        ("step_alt", "-1 [m]", "is out of range; write a value from 3.048 to 3048 [m]"),
        ("lookahead_time", "1e12 [s]", "is out of range; write a value from 1 to 3600 [s]"),
        ("lookahead_time", "-1 [s]", "is out of range"),
        ("DWC_Phase_I_det_2_WCV_DTHR", "-1 [nmi]", "is out of range"),
        ("DWC_Phase_I_alert_2_alerting_time", "-1 [s]", "is out of range"),
        ("horizontal_nmac", "0 [ft]", "is out of range"),
        ("ca_factor", "1e-9", "shrinks too little; write 0, or 0.01 at least"),
        ("bank_angle", "90 [deg]", "write a value from 0 to 89 [deg]"),
        ("turn_rate", "-3 [deg/s]", "is out of range"),
        ("max_hs", "5 [knot]", "min_hs: is above the most; write one up to max_hs"),
    ],
)
def test_a_setting_that_cannot_be_followed_is_refused(key: str, value: str | None, words: str) -> None:
    with pytest.raises(ConfError) as caught:
        parse_conf(changed(key, value), "x", "x.conf")
    assert words in str(caught.value)
    assert "x.conf" in str(caught.value)


def test_a_grid_of_directions_needs_room_for_a_step() -> None:
    narrow = {"left_hdir": "0.25 [deg]", "right_hdir": "0.5 [deg]"}
    lines = [line for line in SOUND if line.partition("=")[0].strip() not in narrow]
    with pytest.raises(ConfError, match="step_hdir: is more than from left to right"):
        parse_conf([*lines, *(f"{key} = {value}" for key, value in narrow.items())], "x", "x.conf")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("turn_rat = 3.0 [deg/s]", "is not known here"),
        ("turn_rate = 3.0 [deg/s]", "stands twice"),
        ("turn_rate", "write key = value"),
    ],
)
def test_a_line_that_says_nothing_known_is_refused(line: str, words: str) -> None:
    with pytest.raises(ConfError, match=words):
        parse_conf([*SOUND, line], "x", "x.conf")


def test_sensitivity_levels_must_ascend() -> None:
    lines = conf_text(find_profile("tcas-ii")).replace("_level_3 = 2350", "_level_3 = 7000").splitlines()
    with pytest.raises(ConfError, match="altitudes do not ascend"):
        parse_conf(lines, "x", "x.conf")


QUANTITIES = [line.partition(" = ") for line in SOUND if "[" in line or line.rpartition(" ")[2].isdigit()]
WEIRD = st.one_of(
    st.sampled_from([0.0, 0.01, 0.1, 0.5, 2.0, 3.0, 10.0, 50.0, 1e3, -1.0]).map(lambda factor: (factor, 0.0)),
    st.one_of(st.floats(), st.floats(-10.0, 400.0)).map(lambda value: (0.0, value)),
)
TWO = parse_daa(
    pa.py_buffer(
        b"NAME sx sy sz vx vy vz time\n[none] [m] [m] [m] [m/s] [m/s] [m/s] [s]\n"
        b"own 0 0 1000 60 0 0 0\nint 4000 100 1050 -60 5 -1 0\nown 60 0 1000 60 0 0 1\nint 3940 105 1049 -60 5 -1 1\n"
    ),
    "two.xyz",
)


@given(st.lists(st.tuples(st.sampled_from(QUANTITIES), WEIRD), min_size=1, max_size=4))
def test_what_is_accepted_can_be_flown(changes: list[tuple[tuple[str, str, str], tuple[float, float]]]) -> None:
    """Whatever numbers a file gives: an error of ours, or alerts and guidance, with bounded work and memory."""
    lines = dict(line.split(" = ") for line in SOUND if " = " in line)
    for (key, _, text), (factor, value) in changes:
        present, _, unit = text.partition(" ")
        lines[key] = f"{factor * float(present) + value!r} {unit}"
    try:
        profile = parse_conf((f"{key} = {text}" for key, text in lines.items()), "x", "x.conf")
    except SkyaccordError:
        return
    guidance, alerts = SteadiedGuide(profile), AlertWriter(profile)
    for step in steps(TWO):
        assert len(list(alerts.rows(step))) == 1
        assert len(guidance.update(step.for_profile(profile), step.time_s).axes) == 4


def test_comments_and_blank_lines_say_nothing() -> None:
    assert parse_conf(["# Daidalus Object", "", *SOUND], "x", "x").look_ahead_s == 180.0


@given(st.lists(st.text(max_size=40), max_size=8), st.integers(0, 200))
def test_any_lines_are_a_profile_or_an_error_of_ours(lines: list[str], at: int) -> None:
    with contextlib.suppress(SkyaccordError):
        parse_conf([*SOUND[:at], *lines, *SOUND[at:]], "x", "x.conf")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * (1 << 21)])
def test_a_file_that_is_no_configuration_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.conf"
    path.write_bytes(content)
    with pytest.raises(SkyaccordError, match=r"x\.conf"):
        read_conf(path)
    with pytest.raises(SkyaccordError, match="cannot be read"):
        read_conf(tmp_path)
