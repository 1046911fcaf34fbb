"""Profiles by name: what they are called, and that they are read as any configuration is."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.detect.conf import parse_conf
from skyaccord.detect.profile import Profile, Region
from skyaccord.detect.profiles import built_in_profiles, conf_text, find_profile
from skyaccord.errors import InputError
from skyaccord.units import FT, NM
from tests.detect.profile_facts import facts

NAMES = [each.name for each in built_in_profiles()]


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_written_as_conf_is_the_same_profile(name: str, tmp_path: Path) -> None:
    profile = find_profile(name)
    path = tmp_path / "ours.conf"
    path.write_text(conf_text(profile))
    assert facts(find_profile(path)) == facts(profile)
    assert find_profile(path).name == "ours"


@pytest.mark.parametrize("called", ["do365b", "DO365B", "daidalus-2.0.4/do365b", "DO_365B_no_SUM", "do_365b_NO_sum"])
def test_a_profile_goes_by_several_names(called: str) -> None:
    assert find_profile(called).name == "daidalus-2.0.4/do365b"


def test_no_two_profiles_share_a_name() -> None:
    calls = [call for each in built_in_profiles() for call in set(each.calls)]
    assert len(calls) == len(set(calls))


def test_a_file_wins_over_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "do365b").write_text(conf_text(find_profile("cd3d")))
    monkeypatch.chdir(tmp_path)
    assert [each.name for each in find_profile("do365b").alerters] == ["CD3D"]


@pytest.mark.parametrize(
    ("name", "near"), [("do365c", "do365b"), ("DO_365B_SUM.conf", "do365b-sum"), ("some/where/CD3D.conf", "cd3d")]
)
def test_an_unknown_name_is_answered_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(InputError, match=f"Did you mean '{near}'"):
        find_profile(name)


@pytest.mark.parametrize("name", ["", "zzz", "/", "a\0b", "x" * 10_000])
def test_nonsense_is_answered_with_all_names(name: str) -> None:
    with pytest.raises(InputError, match="Profiles are do365b"):
        find_profile(name)


def test_the_en_route_alerter_warns_as_published() -> None:
    """Thresholds of the well-clear volume en route: 4000 ft (as 0.66 NM), 450 ft, 35 s."""
    corrective = find_profile("do365b-en-route").alerters[0].levels[1]
    assert corrective.hazard[1:5].tolist() == [0.66 * NM, 450 * FT, 35.0, 0.0]
    assert (corrective.alerting_time_s, corrective.early_alerting_time_s) == (55.0, 75.0)
    assert corrective.region is Region.MID


@pytest.mark.parametrize("kind", ["en-route", "terminal", "non-cooperative"])
def test_one_alerter_of_a_profile_serves_for_every_intruder(kind: str) -> None:
    whole, one = find_profile("do365b"), find_profile(f"do365b-{kind}")
    place = ["en-route", "terminal", "non-cooperative"].index(kind)
    assert one.is_ownship_centric
    assert alerter_facts(one, 0) == alerter_facts(whole, place)


def alerter_facts(profile: Profile, place: int) -> object:
    return facts(profile)["alerters"][place]


def test_a_setting_left_out_of_a_written_profile_is_missed(tmp_path: Path) -> None:

    lines = conf_text(find_profile("do365b")).splitlines()
    at = lines.index("lookahead_time = 180 [s]")
    with pytest.raises(Exception, match="lookahead_time: is missing"):
        parse_conf(lines[:at] + lines[at + 1 :], "cut", "cut")
