"""``skyaccord profile`` as functions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skyaccord.cli.profile import list_profiles, show
from skyaccord.detect.profiles import built_in_profiles, find_profile
from tests.detect.profile_facts import facts


def test_the_list_names_each_profile_and_what_it_follows(capsys: pytest.CaptureFixture[str]) -> None:
    list_profiles(as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(built_in_profiles())
    assert "(DO_365B_no_SUM)" in lines[0]
    list_profiles(as_json=True)
    rows = json.loads(capsys.readouterr().out)
    assert {"name": "daidalus-2.0.4/tcas-ii", "daidalus": "TCAS3D"}.items() <= rows[-1].items()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("do365b", "2 MID   0.66 NM, 450 ft, modified tau 35 s; 55 s ahead, 75 s once it stands"),
        ("do365b-sum", "2 MID   1,500 ft, 450 ft, modified tau 0 s, with sensor errors; 40 s ahead"),
        ("buffered-nominal-a", "1 NONE  1.00 NM, 750 ft, modified tau 35 s, co-altitude 20 s; 60 s ahead"),
        ("buffered-nominal-a", "turn 1.5 deg/s"),
        ("cd3d", "1 NEAR  cylinder 5.00 NM, 1,000 ft; 180 s ahead"),
        ("cd3d", "manoeuvres: instantaneous"),
        ("tcas-ii", "2 NEAR  TCAS II volumes by altitude, miss distance asked for; once violated"),
        ("do365a", "alerts steadied: 2 of 4 updates, 4 s at least"),
    ],
)
def test_a_profile_is_shown_in_words(name: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    show(name, as_json=False, as_conf=False)
    assert words in capsys.readouterr().out


def test_a_profile_is_printed_as_conf_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show("cd3d", as_json=False, as_conf=True)
    path = tmp_path / "ours.conf"
    path.write_text(capsys.readouterr().out)
    assert facts(find_profile(path)) == facts(find_profile("cd3d"))
    show(str(path), as_json=True, as_conf=False)
    answer = json.loads(capsys.readouterr().out)
    assert answer["settings"]["CD3D_det_1_D"] == "5 [nmi]"
