"""``skyaccord memorandum show`` for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.cli.format import format_files
from skyaccord.cli.memorandum import show
from tests.memorandum.conftest import LEAST

PLACES = """
[area.ridge]
name = "Ridge fire"
centre = [11.5, 50.75]
radius = "7 NM"
floor = "0 ft"
ceiling = "12000 ft"
datum = "pressure"
[area.valley]
polygon = [[10, 50], [11, 50], [10, 51]]
[line.river]
points = [[10, 50], [11, 51]]
"""


def test_named_areas_and_lines_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "north.toml"
    path.write_text(LEAST + PLACES)
    show(str(path), as_json=False, toml=False)
    shown = capsys.readouterr().out.splitlines()
    assert "area ridge: 7 NM around 50.75, 11.5, from 0 ft, up to 12000 ft (pressure) (Ridge fire)" in shown
    assert "area valley: a polygon of 3 vertices" in shown
    assert "line river: 2 points" in shown


def test_memorandum_without_named_places_shows_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "north.toml"
    path.write_text(LEAST)
    show(str(path), as_json=False, toml=False)
    assert not [line for line in capsys.readouterr().out.splitlines() if line.startswith(("area", "line"))]


def test_format_shows_what_would_change_and_writes_only_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "north.toml"
    loose = LEAST.replace("horizontal >= 3 NM or", "(horizontal>=3.0 NM) or")
    path.write_text(loose)
    with pytest.raises(SystemExit) as ended:
        format_files([path], check=True, write=False)
    assert ended.value.code == 1
    assert "+keep     = " in capsys.readouterr().out
    assert path.read_text() == loose
    format_files([path], check=False, write=True)
    assert path.read_text() == LEAST
    format_files([path], check=True, write=False)
    assert "as it should be" in capsys.readouterr().err


def test_examples_of_a_preset_stand_under_their_provisions(capsys: pytest.CaptureFixture[str]) -> None:
    show("near-midair", as_json=False, toml=False, with_examples=True)
    shown = capsys.readouterr().out.splitlines()
    begins = [number for number, line in enumerate(shown) if line.startswith("near-midair.")]
    first = shown[begins[0] : begins[1]]
    said = [line.strip() for line in first if line.startswith(("  kept: ", "  broken: ", "  boundary: "))]
    assert [line.rpartition(" (")[2] for line in said] == ["compliant)", "breach)", "undetermined)"]


def test_examples_are_shown_on_request_only_and_a_file_has_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show("near-midair", as_json=False, toml=False)
    assert "  kept: " not in capsys.readouterr().out
    path = tmp_path / "north.toml"
    path.write_text(LEAST)
    show(str(path), as_json=False, toml=False, with_examples=True)
    assert "  kept: " not in capsys.readouterr().out
