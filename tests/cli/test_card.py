"""``skyaccord memorandum card`` as a command: what it writes, tells and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from skyaccord.cli.card import write_card
from skyaccord.cli.main import app
from skyaccord.errors import InputError, MemorandumError, SkyaccordError
from skyaccord.memorandum import preset
from tests.batch.card.memoranda import HEAD, provision

NAME = "syria-2015-public-outline"


def test_the_card_is_written_and_its_name_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_card(NAME, tmp_path / "card.pdf")
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (f"{tmp_path / 'card.pdf'}\n", "")
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF-")


def test_json_says_what_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_card(NAME, tmp_path / "card.pdf", "ru,en", as_json=True)
    answer = json.loads(capsys.readouterr().out)
    assert answer["path"] == str(tmp_path / "card.pdf")
    assert answer["bytes"] == (tmp_path / "card.pdf").stat().st_size
    assert answer["languages"] == ["ru", "en"]
    assert answer["memorandum"]["hash"] == preset(NAME).hash
    assert (answer["provisions"], answer["left_out"]) == (11, [])


def test_a_file_of_ones_own_and_what_did_not_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(HEAD + "".join(provision(f"word.{k}") for k in range(70)), encoding="utf-8")
    write_card(str(file), tmp_path / "card.pdf")
    assert "no room for" in capsys.readouterr().err
    write_card(str(file), tmp_path / "card.pdf", as_json=True)
    left_out = json.loads(capsys.readouterr().out)["left_out"]
    assert left_out[-1] == "word.69"
    assert left_out == [f"word.{k}" for k in range(70 - len(left_out), 70)]


def test_a_card_that_is_there_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "card.pdf"
    out.write_text("old")
    write_card(NAME, out)
    assert out.read_bytes().startswith(b"%PDF-")
    assert [each.name for each in tmp_path.iterdir()] == ["card.pdf"]


def test_refusals_say_the_cure(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"End it on \.pdf"):
        write_card(NAME, tmp_path / "card.txt")
    with pytest.raises(SkyaccordError, match="write en,ru or ru,en"):
        write_card(NAME, tmp_path / "card.pdf", "en,fr")
    with pytest.raises(MemorandumError, match="Presets are"):
        write_card("gone", tmp_path / "card.pdf")
    with pytest.raises(InputError, match=r"cannot be written .*Check the folder"):
        write_card(NAME, tmp_path / "gone" / "card.pdf")
    assert list(tmp_path.iterdir()) == []


def test_without_out_it_is_misuse_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["memorandum", "card", NAME])
    assert done.exit_code == 2
    assert "--out card.pdf" in done.stderr
    assert list(tmp_path.iterdir()) == []
