"""``skyaccord talks`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from skyaccord.cli.main import app
from skyaccord.errors import InputError, MemorandumError, TalksError

RULE = "separation.threes: horizontal = 0.1 NM, 3 NM, 12 mi"
EVALUATE = ("evaluate", "syria-2015-public-outline", "--tracks", "scenario:crossing-breach", "--vary", RULE)


def talks(*arguments: str) -> Result:
    result = CliRunner().invoke(app, ["talks", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_evaluate_tells_each_value_and_writes_the_page(tmp_path: Path) -> None:
    page = tmp_path / "meant.html"
    result = talks(*EVALUATE, "--html", str(page))
    assert result.exit_code == 0
    assert all(value in result.stdout for value in ("0.1 NM", "3 NM", "12 mi"))
    assert "differ for 2 aircraft" in result.stdout
    assert page.read_text().startswith("<!doctype html>")


def test_evaluate_as_json_has_drafts_curves_and_differences() -> None:
    answer = json.loads(talks(*EVALUATE, "--json", "--differ", "1,2").stdout)
    assert [draft["value"] for draft in answer["drafts"]] == ["0.1 NM", "3 NM", "12 mi"]
    assert len({draft["hash"] for draft in answer["drafts"]}) == 3
    assert answer["curves"][0]["breach"] == [0.0, 1.0, 1.0]
    assert [each["after"]["breach"] for each in answer["difference"]["aircraft"]] == [1, 1]


def test_evaluate_takes_whole_drafts_side_by_side() -> None:
    names = ("syria-2015-public-outline", "near-midair")
    answer = json.loads(talks("evaluate", *names, "--tracks", "scenario:crossing-breach", "--json").stdout)
    assert [draft["name"] for draft in answer["drafts"]] == list(names)
    assert [draft["total"]["breach"] for draft in answer["drafts"]] == [1, 0]
    assert answer["curves"] == []


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ((*EVALUATE, "--differ", "1,9"), TalksError, "names no two of 3 rows"),
        ((*EVALUATE[:-1], "separation.threes: closure = 3 kt"), TalksError, "It has horizontal"),
        ((*EVALUATE, "--html", "/nowhere/at/all.html"), InputError, "Name another file"),
        (("evaluate", "no-such", "--tracks", "scenario:crossing-breach"), MemorandumError, "no such file"),
        (("status", "no-such-talks"), TalksError, "october-2015"),
    ],
)
def test_what_cannot_be_done_is_told_with_a_cure(arguments: tuple[str, ...], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        talks(*arguments)


def test_compare_shows_brackets_and_writes_the_page(tmp_path: Path) -> None:
    from skyaccord.talks.gather import files

    folder = files("skyaccord.data") / "talks" / "october-2015"
    names = [str(folder / f"{number}-{party}.toml") for number in (1, 2) for party in ("blue", "green")]
    page = tmp_path / "talks.html"
    result = talks("compare", *names, "--html", str(page))
    assert "[blue: 5 NM] [green: 2 km]" in " ".join(result.stdout.split())
    text = page.read_text()
    assert '<span class="bracket">[blue: 5 NM]</span>' in text
    assert "http" not in text.replace("http-equiv", "")


def test_compare_and_status_give_one_document() -> None:
    one, other = (json.loads(talks(command, "october-2015", "--json").stdout) for command in ("compare", "status"))
    assert one == other
    assert one["is_all_agreed"]
    assert {each["state"] for each in one["provisions"]} == {"legally_reconciled"}
    assert [each["movers"] for each in one["provisions"]] == [[]] * 5


def test_status_says_who_moves(tmp_path: Path) -> None:
    from tests.talks.tabling import HEAD, threes

    file = tmp_path / "1-blue.toml"
    file.write_text(HEAD.format(party="blue", round=1, day=1, parties='"blue", "green"') + threes(3))
    assert "green" in talks("status", str(file)).stdout.split("separation.threes")[1]


@pytest.mark.parametrize("command", ["evaluate", "compare", "status"])
def test_help_has_examples(command: str) -> None:
    assert f"skyaccord talks {command}" in talks(command, "--help").stdout
