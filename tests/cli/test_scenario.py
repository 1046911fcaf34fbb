"""``skyaccord scenario`` as its users see it."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from skyaccord.cli.scenario import MARKS, list_scenarios, make, show
from skyaccord.errors import InputError
from skyaccord.tracks.scenarios.scenario import scenario_names

TURKISH, HAINAN = "hatay-2015-11-24-turkish-account", "hainan-2001-04-01-us-account"
Capture = pytest.CaptureFixture[str]


def test_list_has_a_line_for_each_scenario_with_date_place_and_marks(capsys: Capture) -> None:
    list_scenarios(as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines[1 : len(scenario_names()) + 1]} == set(scenario_names())
    line = next(line for line in lines if line.startswith(TURKISH))
    assert line.split()[1:3] == ["2015-11-24", "!≠"]
    assert "Hatay border" in line
    assert all(any(line.startswith(mark) for line in lines) for mark, _ in MARKS.values())
    assert max(map(len, lines)) <= 128
    dates = [line.split()[1] for line in lines[1:] if line.split()[1:] and line.split()[1][:2] == "20"]
    assert dates == sorted(dates)


def test_list_in_json_has_flags_in_words_and_what_is_expected(capsys: Capture) -> None:
    list_scenarios(as_json=True)
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows[TURKISH]["flags"] == ["implausible", "accounts differ"]
    assert rows[HAINAN]["flags"] == ["doubtful", "accounts differ", "below floor"]
    assert rows["crossing-breach"]["expected"] == {"syria-2015-public-outline": "breach"}
    assert rows["crossing-breach"]["date"] is None
    assert rows[HAINAN]["event"] == rows["hainan-2001-04-01-chinese-account"]["event"]


@pytest.mark.parametrize("name", scenario_names())
def test_page_fits_its_width_and_tells_every_part(name: str, capsys: Capture) -> None:
    show(name, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    told = [line for line in lines if not line.startswith("  skyaccord ")]
    assert all(len(line) <= 100 or " " not in line.strip() for line in told)
    assert {"What is assumed", "Who flies what", "What is expected", "To judge it"} <= set(lines)
    if name[-1].isdigit() or name.endswith("account"):
        assert {"What was reported", "What tracks cannot decide"} <= set(lines)


def test_page_of_the_turkish_account_flags_the_speed_and_names_the_other_account(capsys: Capture) -> None:
    show(TURKISH, as_json=False)
    page = " ".join(capsys.readouterr().out.split())
    assert "implied speed: implausible: 1,851 m or 2,130 m in 17 s is 212 kt or 244 kt" in page
    assert "skyaccord scenario show hatay-2015-11-24-russian-account" in page
    assert "(ru-su24-1: altitude 19000 ft; ru-su24-2: altitude 19000 ft)" in page


def test_page_in_json_holds_reports_checks_and_what_is_marked_as_reported(capsys: Capture) -> None:
    show(HAINAN, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["generated"] is True
    assert told["flags"] == ["doubtful", "accounts differ", "below floor"]
    assert {check["finding"] for check in told["checks"]} == {"doubtful", "noted", "plausible"}
    assert told["aircraft"][1]["reported"] == ["left 10 ft", "left 5 ft"]
    assert told["reported"][0]["climbed_m"] == pytest.approx(-8000 * 0.3048)
    assert {each["preset"]: each["outcome"] for each in told["expected"]}["near-midair"] == "undetermined"


def test_made_with_noise_it_is_the_same_from_the_same_seed_and_says_so(tmp_path: Path, capsys: Capture) -> None:
    for file, seed in (("a", 7), ("b", 7), ("c", 8), ("d", None)):
        make("crossing-breach", tmp_path / f"{file}.parquet", seed)
    a, b, c, d = (pl.read_parquet(tmp_path / f"{file}.parquet") for file in "abcd")
    assert a.equals(b)
    assert not a.equals(c)
    assert len(a) < len(d)
    assert set(a["nac_p"].to_list()) == {8}
    assert d["nac_p"].null_count() == len(d)
    assert "NACp 8, seed 7" in capsys.readouterr().err


def test_a_scenario_with_errors_of_its_own_keeps_them_and_takes_the_seed(tmp_path: Path) -> None:
    for file, seed in (("own", None), ("seeded", 5)):
        make("comm-test-2015-11-03", tmp_path / f"{file}.csv", seed)
    own, seeded = (pl.read_csv(tmp_path / f"{file}.csv") for file in ("own", "seeded"))
    assert own["nac_p"].equals(seeded["nac_p"])
    assert not own["latitude"].equals(seeded["latitude"])


@pytest.mark.parametrize("out", ["tracks.xyz", "no/such/folder/tracks.csv"])
def test_a_file_that_cannot_be_written_is_told_in_words(out: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"neither|cannot be written"):
        make("crossing-breach", tmp_path / out, None)
