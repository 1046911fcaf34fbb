"""``skyaccord daa`` as a function: what it writes, says and refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from skyaccord.cli.daa import run_daa
from skyaccord.errors import FormatError, InputError, SkyaccordError

HEAD = "NAME sx sy sz vx vy vz time alerter\n[none] [m] [m] [m] [m/s] [m/s] [m/s] [s] [none]\n"
CLOSING_MPS = 200.0


def head_on(seconds: int = 25, from_m: float = 12_000.0, step_s: float = 1.0, alerter: int = 1) -> str:
    """Return a scenario: level, head-on, closing at 200 m/s."""
    rows = []
    for k in range(round(seconds / step_s)):
        t = k * step_s
        rows.append(f"own, {100 * t}, 0, 1000, 100, 0, 0, {t}, 1")
        rows.append(f"int, {from_m - 100 * t}, 0, 1000, -100, 0, 0, {t}, {alerter}")
    return HEAD + "\n".join(rows) + "\n"


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "meet.xyz"
    path.parent.mkdir()
    path.write_text(head_on())
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_head_on_is_foreseen_and_told(scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_daa([str(scenario)], "do365b", tmp_path / "out")
    assert capsys.readouterr().out.startswith("meet.xyz: 25 steps, 25 pairs, ")
    geometry, alerts = (rows(tmp_path / "out" / f"meet.{kind}.csv") for kind in ("geometry", "alerts"))
    assert [float(row["tcpa"]) for row in geometry] == pytest.approx([60.0 - t for t in range(25)])
    assert {(row["dcpa"], row["vmd180"], row["tcoa"]) for row in geometry} == {("0", "0", "")}
    # Level flight at one altitude loses well clear where modified tau is 35 s.
    distance_m = 35 * CLOSING_MPS / 2 + ((35 * CLOSING_MPS / 2) ** 2 + (0.66 * 1852) ** 2) ** 0.5
    entry_s = (12_000 - distance_m) / CLOSING_MPS
    assert [float(row["tin2"]) for row in alerts] == pytest.approx([max(0.0, entry_s - t) for t in range(25)])
    assert [row["los2"] for row in alerts] == [str(int(t >= entry_s)) for t in range(25)]
    assert (alerts[0]["alert"], alerts[-1]["alert"]) == ("3", "3")


def test_without_hysteresis_an_alert_follows_the_instant_alone(tmp_path: Path) -> None:
    """A single update in which the intruder is 100 km off: stock alerting holds the level, memory-less one does not."""
    lines = head_on(8).splitlines()
    lines[2 + 2 * 5 + 1] = "int, 100000, 0, 1000, -100, 0, 0, 5.0, 1"
    path = tmp_path / "glitch.xyz"
    path.write_text("\n".join(lines) + "\n")
    levels = {}
    for hysteresis in (True, False):
        run_daa([str(path)], "do365b", tmp_path / str(hysteresis), hysteresis=hysteresis, every_s=1e6)
        levels[hysteresis] = [row["alert"] for row in rows(tmp_path / str(hysteresis) / "glitch.alerts.csv")]
    assert levels == {True: ["3"] * 8, False: ["3"] * 5 + ["0"] + ["3"] * 2}


def test_an_intruder_whose_alerter_a_profile_lacks_gets_no_level(tmp_path: Path) -> None:
    path = tmp_path / "third.xyz"
    path.write_text(head_on(2, alerter=3))
    run_daa([str(path)], "do365a", tmp_path / "out")
    for row in rows(tmp_path / "out" / "third.alerts.csv"):
        assert row.pop("alerter") == "3"
        assert set(row.values()) == {row["t"], "int", ""}


@pytest.mark.parametrize(
    ("every_s", "expected"), [(None, [k / 2 for k in range(12)]), (2.0, [0.0, 2.0, 4.0]), (1e6, [0.0])]
)
@pytest.mark.parametrize("hysteresis", [True, False])
def test_bands_are_written_every_so_many_seconds_from_the_first_step_on(
    every_s: float | None, expected: list[float], hysteresis: bool, tmp_path: Path
) -> None:
    path = tmp_path / "fast.xyz"
    path.write_text(head_on(6, step_s=0.5))
    run_daa([str(path)], "do365b", tmp_path / "out", every_s=every_s, hysteresis=hysteresis)
    lines = (tmp_path / "out" / "fast.bands.jsonl").read_text().splitlines()
    assert [json.loads(line)["t"] for line in lines] == expected
    assert len(rows(tmp_path / "out" / "fast.alerts.csv")) == 12


def test_instantaneous_manoeuvres_free_what_flown_ones_do_not(tmp_path: Path) -> None:
    path = tmp_path / "near.xyz"
    path.write_text(head_on(1, from_m=9_000.0))
    free = {}
    for at_once in (True, False):
        run_daa([str(path)], "do365b", tmp_path / str(at_once), at_once=at_once)
        bands = json.loads((tmp_path / str(at_once) / "near.bands.jsonl").read_text())["dir"]["bands"]
        free[at_once] = sum(high - low for low, high, region in bands if region == "NONE")
    assert free[True] > free[False]


def test_folders_are_run_whole_and_answered_in_json(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (scenario.parent / "other.daa").write_text(
        "NAME lat lon alt trk gs vs time\n[none] [deg] [deg] [ft] [deg] [knot] [fpm] [s]\n"
        "own, 10, 20, 5000, 90, 200, 0, 0\nint, 10, 20.1, 5000, 270, 200, 0, 0\nint, 10, x, 5000, 270, 200, 0, 1\n"
    )
    (scenario.parent / "notes.txt").write_text("no scenario")
    run_daa([str(scenario.parent)], "cd3d", tmp_path / "out", as_json=True, every_s=1e6)
    printed = capsys.readouterr()
    answer = json.loads(printed.out)
    assert answer["profile"] == "daidalus-2.0.4/cd3d"
    assert [(Path(each["scenario"]).name, each["steps"], each["pairs"]) for each in answer["scenarios"]] == [
        ("meet.xyz", 25, 25),
        ("other.daa", 1, 1),
    ]
    assert "other.daa" in printed.err
    assert "line 5" in printed.err


@pytest.mark.parametrize("every_s", [0.0, -1.0, float("nan")])
def test_no_time_between_bands_is_refused(every_s: float, scenario: Path, tmp_path: Path) -> None:
    with pytest.raises(SkyaccordError, match="leave it out for every step"):
        run_daa([str(scenario)], "do365b", tmp_path / "out", every_s=every_s)
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_run_is_refused_before_anything_is_written(scenario: Path, tmp_path: Path) -> None:
    twin = tmp_path / "meet.daa"
    twin.write_text("")
    empty = tmp_path / "empty"
    empty.mkdir()
    out = tmp_path / "out"
    with pytest.raises(SkyaccordError, match="another scenario has the same name"):
        run_daa([str(scenario), str(twin)], "do365b", out)
    with pytest.raises(SkyaccordError, match="a folder without scenarios"):
        run_daa([str(empty)], "do365b", out)
    with pytest.raises(InputError, match="no such file and no such profile"):
        run_daa([str(scenario)], "do365z", out)
    with pytest.raises(FormatError):
        run_daa([str(tmp_path / "absent.daa")], "do365b", out)
    with pytest.raises(FormatError, match="no line of column names"):
        run_daa([str(twin)], "do365b", out)
    assert not out.exists()


def test_a_folder_that_cannot_be_made_is_refused(scenario: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        run_daa([str(scenario)], "do365b", tmp_path / "taken")
