"""The command as a user calls it: what it prints, writes and returns."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from skyaccord.model.tables import ENCOUNTERS, SEVERITIES, VERDICTS

SYRIA = "syria-2015-public-outline"
BREACH = "scenario:crossing-breach"

KEYS = {"files", "rows", "aircraft", "span_s", "encounters", "verdicts", "severities", "formations"} | {
    "quality",
    "timing_s",
}
ENCOUNTER_KEYS = {
    "id",
    "a",
    "b",
    "party_a",
    "party_b",
    "start",
    "end",
    "t_cpa",
    "min_horizontal_m",
    "vertical_at_cpa_m",
    "min_vertical_m",
    "min_slant_m",
    "min_normalised",
    "complete",
}
VERDICT_KEYS = {"encounter", "provision", "outcome", "margin", "from", "until", "reason", "evidence"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from skyaccord.cli.main import main; main()", *arguments]
    return subprocess.run(program, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("review")
    done = run("review", BREACH, "--memorandum", SYRIA, "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    (out / "answer.json").write_text(done.stdout)
    return out


def test_json_is_one_object_with_the_promised_keys(written: Path) -> None:
    answer = json.loads((written / "answer.json").read_text())
    assert answer.keys() >= KEYS
    assert answer["encounters"][0].keys() >= ENCOUNTER_KEYS
    assert answer["verdicts"][0].keys() >= VERDICT_KEYS
    assert answer["aircraft"] == 2


def test_tables_have_their_schemas_and_the_rows_of_the_json(written: Path) -> None:
    answer = json.loads((written / "answer.json").read_text())
    encounters, verdicts, severities = (
        pq.read_table(written / f"{name}.parquet") for name in ("encounters", "verdicts", "severities")
    )
    assert encounters.schema.equals(ENCOUNTERS)
    assert verdicts.schema.equals(VERDICTS)
    assert severities.schema.equals(SEVERITIES)
    listed = [e["id"] for kind in ("encounters", "borderline", "doubtful") for e in answer[kind]]
    assert encounters["id"].to_pylist() == listed
    assert verdicts.num_rows == len(answer["verdicts"])
    assert severities.to_pylist() == answer["severities"]
    assert severities.num_rows > 0
    assert encounters["manner"].to_pylist() == [e["manner"] for e in answer["encounters"]] == ["crossing"]


def test_report_is_one_file_that_names_both_aircraft(written: Path) -> None:
    page = (written / "report.html").read_text()
    assert "BLUE 1" in page
    assert "GREEN 1" in page


def test_standard_output_carries_only_the_answer_and_standard_error_stays_empty(written: Path) -> None:
    done = run("review", BREACH, "-m", SYRIA)
    assert done.returncode == 0
    assert "1 breach" in done.stdout
    assert done.stderr == ""


def test_nothing_is_written_without_out(tmp_path: Path) -> None:
    program = [sys.executable, "-c", "from skyaccord.cli.main import main; main()", "review", BREACH, "-m", SYRIA]
    subprocess.run(program, cwd=tmp_path, capture_output=True, timeout=300, check=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("scenario", "fail_on", "code"),
    [
        ("crossing-breach", "breach", 3),
        ("crossing-infringed", "breach", 0),
        ("crossing-infringed", "infringed", 3),
        ("comm-test-2015-11-03", "undetermined", 0),
    ],
)
def test_fail_on_ends_with_three_at_that_outcome_or_a_graver_one(scenario: str, fail_on: str, code: int) -> None:
    assert run("review", f"scenario:{scenario}", "-m", SYRIA, "--fail-on", fail_on).returncode == code


def test_memorandum_that_is_not_there_names_the_presets_and_fails() -> None:
    done = run("review", BREACH, "-m", "syria")
    assert done.returncode == 1
    assert SYRIA in done.stderr
    assert "Traceback" not in done.stderr


def test_recording_that_is_not_there_fails_in_words() -> None:
    done = run("review", "no-such-file.parquet", "-m", SYRIA)
    assert done.returncode == 1
    assert "no-such-file.parquet" in done.stderr
    assert "Traceback" not in done.stderr


def test_rule_that_cannot_be_read_is_shown_with_line_and_place(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        '[memorandum]\ntitle = "T"\nparties = ["a", "b"]\n'
        "valid = { from = 2015-01-01T00:00:00Z, until = 2016-01-01T00:00:00Z }\n"
        '[[provision]]\nid = "r"\ntext = "t"\nmodality = "shall"\nevidence = ["tracks"]\nkeep = "horizontal >= 3"\n'
    )
    done = run("review", BREACH, "-m", str(file))
    assert done.returncode == 1
    assert f"{file}:10" in done.stderr
    assert "^" in done.stderr


def test_misuse_ends_with_two() -> None:
    assert run("review", BREACH).returncode == 2
    assert run("review", BREACH, "-m", SYRIA, "--between", "nobody").returncode == 2


def test_since_and_until_cut_the_recording_and_an_empty_cut_is_refused() -> None:
    whole = json.loads(run("review", BREACH, "-m", SYRIA, "--json").stdout)
    cut = json.loads(run("review", BREACH, "-m", SYRIA, "--json", "--until", "2015-11-10T12:05:00Z").stdout)
    assert cut["rows"] < whole["rows"]
    empty = run("review", BREACH, "-m", SYRIA, "--since", "2030-01-01T00:00:00Z")
    assert empty.returncode == 1
    assert "2015-11-10" in empty.stderr


def test_within_shows_pairs_that_kept_the_rule() -> None:
    near = json.loads(run("review", "scenario:comm-test-2015-11-03", "-m", SYRIA, "--json").stdout)
    wide = run("review", "scenario:comm-test-2015-11-03", "-m", SYRIA, "--json", "--within", "10 NM, 5000 ft")
    assert near["encounters"] == []
    assert {v["outcome"] for v in json.loads(wide.stdout)["verdicts"]} == {"compliant"}


@pytest.mark.parametrize("command", [[], ["review"], ["memorandum"], ["memorandum", "show"], ["scenario", "make"]])
def test_every_command_has_help(command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_memorandum_commands_answer(tmp_path: Path) -> None:
    assert SYRIA in run("memorandum", "list").stdout
    assert "three nautical miles" in run("memorandum", "show", SYRIA).stdout
    toml = run("memorandum", "show", SYRIA, "--toml").stdout
    file = tmp_path / "ours.toml"
    file.write_text(toml)
    checked = run("memorandum", "check", str(file), "--json")
    shown = json.loads(run("memorandum", "list", "--json").stdout)
    assert json.loads(checked.stdout)[0]["hash"] == next(row["hash"] for row in shown if row["name"] == SYRIA)
    file.write_text(toml.replace("shall", "must", 1))
    broken = run("memorandum", "check", str(file))
    assert broken.returncode == 1
    assert "must" in broken.stderr


def test_scenario_commands_answer_and_made_tracks_are_reviewed_alike(tmp_path: Path) -> None:
    assert "crossing-breach" in run("scenario", "list").stdout
    assert "breach, because" in run("scenario", "show", "crossing-breach").stdout
    for name in ("tracks.csv", "tracks.parquet"):
        assert run("scenario", "make", "crossing-breach", "--out", str(tmp_path / name)).returncode == 0
        answer = json.loads(run("review", str(tmp_path / name), "-m", SYRIA, "--json").stdout)
        assert [v["outcome"] for v in answer["verdicts"]] == ["breach"]
    assert run("scenario", "make", "crossing-breach", "--out", str(tmp_path / "t.xyz")).returncode == 1
