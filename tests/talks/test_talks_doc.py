"""docs/talks.md: its commands run, its file is read, and its figures are those of the example."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from skyaccord.cli.main import app
from skyaccord.talks.comparison import compare
from skyaccord.talks.gather import example_positions
from skyaccord.talks.read_position import POSITION_KEYS, read_position

DOCUMENT = (Path(__file__).parents[2] / "docs" / "talks.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)


def test_the_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = "".join(blocks("sh")).replace("\\\n", " ").splitlines()
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "skyaccord"
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, line
    assert sorted(file.name for file in tmp_path.iterdir()) == ["meant.html", "talks.html"]


def test_the_file_is_a_position() -> None:
    (text,) = blocks("toml")
    assert [move.id for move in read_position(text).moves] == ["separation.threes", "communications.ground-line"]


def test_every_key_is_told() -> None:
    own = set(POSITION_KEYS["provision"]) | set(POSITION_KEYS["position"])
    known_elsewhere = {
        "id",
        "text",
        "modality",
        "evidence",
        "keep",
        "breach",
        "restore",
        "reenter",
        "alternatives",
        "actor",
    }
    assert [key for key in sorted(own - known_elsewhere) if f"`{key}`" not in DOCUMENT] == []


def test_the_figures_are_those_of_the_example() -> None:
    said = ", ".join(
        f"round {number}: {value:.2f}" for number, value in compare(example_positions("october-2015")).by_round()
    )
    assert said in DOCUMENT
