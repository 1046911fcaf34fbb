"""What the parent of guided fuzzing makes of its children; atheris itself is not needed for it."""

from __future__ import annotations

import json
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz import guided

LIMITS = guided.Limits(seconds=60.0, runs=1_000, most_bytes=64, seed=1)
STATS = "#9\tNEW    cov: 12 ft: 30 corp: 4/9b\nstat::number_of_executed_units: {}\n"


def children(monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], tuple[int, str]]) -> list[list[str]]:
    """Let ``act`` stand for every child, given its folder; return the arguments that children are begun with."""
    begun: list[list[str]] = []

    def run(arguments: list[str], *, stdout: Any, **_: object) -> subprocess.CompletedProcess[str]:
        begun.append(arguments)
        code, log = act(Path(arguments[4]))
        stdout.write(log.encode())
        return subprocess.CompletedProcess(arguments, code)

    monkeypatch.setattr(guided.subprocess, "run", run)
    return begun


def test_executions_are_those_that_libfuzzer_states(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def act(folder: Path) -> tuple[int, str]:
        assert [each.read_bytes() for each in (folder / "corpus").iterdir()] == [b"seed"]
        (folder / "counts").write_bytes(struct.pack("<QQ", 990, 400))
        return 0, STATS.format(1_000)

    begun = children(monkeypatch, act)
    run = guided.fuzz("formula", [b"seed"], LIMITS, tmp_path / "run")
    assert (run.executions, run.accepted, run.edges, run.corpus, run.findings) == (1_000, 400, 12, 4, [])
    assert len(begun) == 1
    assert {"-runs=1000", "-seed=1", "-max_len=64"} <= set(begun[0])


def test_a_child_that_dies_is_a_finding_and_another_goes_on_from_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def act(folder: Path) -> tuple[int, str]:
        (folder / "counts").write_bytes(struct.pack("<QQ", 300, 7))
        return -11, "segmentation fault"

    begun = children(monkeypatch, act)
    run = guided.fuzz("formula", [], LIMITS, tmp_path / "run")
    left = [argument for each in begun for argument in each if argument.startswith("-runs=")]
    assert left == ["-runs=1000", "-runs=700", "-runs=400", "-runs=100"]
    assert (run.executions, run.accepted) == (1_200, 28)
    assert len(run.findings) == len(begun) == 4
    assert all("ended with -11" in finding for finding in run.findings)


def test_exceptions_and_artifacts_of_a_run_are_findings_and_those_of_an_earlier_one_are_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "crash-old").write_bytes(b"")

    def act(folder: Path) -> tuple[int, str]:
        (folder / "exceptions.jsonl").write_text(json.dumps({"problem": "formula: KeyError", "data": "00"}) + "\n")
        (folder / "timeout-1234").write_bytes(b"")
        return 0, STATS.format(5)

    children(monkeypatch, act)
    run = guided.fuzz("formula", [], LIMITS, tmp_path / "run")
    assert run.findings == ["formula: KeyError", "formula: timeout-1234"]


def test_an_error_is_kept_once_for_each_place_with_the_bytes(tmp_path: Path) -> None:
    seen: set[str] = set()
    for data in (b"a", b"b"):
        try:
            {}[data]
        except KeyError as error:
            guided._write_down("formula", data, error, tmp_path, seen)
    (line,) = (tmp_path / "exceptions.jsonl").read_text().splitlines()
    assert json.loads(line)["data"] == b"a".hex()
