"""Coverage-guided fuzzing of one target, in a process of its own: atheris, which is libFuzzer with Python's coverage.

The child runs with kernels as plain Python (NUMBA_DISABLE_JIT), so that coverage sees into them and a place beyond an
array's end is an error. An exception is written down with the bytes and the run goes on; what ends the process itself
(a crash in native code, memory or time without bound) libFuzzer writes down, and the parent begins anew.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
import shutil
import struct
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_MEMORY_MB: Final = 3000
_SLOWEST_S: Final = 30
_MOST_RESTARTS: Final = 3
_COVERAGE: Final = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
_EXECUTED: Final = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


@dataclass(slots=True)
class Run:
    """What became of a target: libFuzzer's executions, inputs that were more than refused, edges and findings."""

    executions: int = 0
    accepted: int = 0
    edges: int = 0
    corpus: int = 0
    findings: list[str] = field(default_factory=list)


def is_available() -> bool:
    """Return whether atheris is installed."""
    return find_spec("atheris") is not None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how often and with how large inputs a target is fuzzed, from which seed on."""

    seconds: float
    runs: int
    most_bytes: int
    seed: int


def fuzz(name: str, found: list[bytes], limits: Limits, folder: Path) -> Run:
    """Fuzz a target in child processes; findings are kept as files in ``folder``, which is emptied before."""
    run = Run()
    shutil.rmtree(folder, ignore_errors=True)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for data in found:
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    end = time.monotonic() + limits.seconds
    for restart in range(1 + _MOST_RESTARTS):
        left = end - time.monotonic()
        rest = limits.runs - run.executions
        if left < 1.0 or rest <= 0:
            break
        if _child(name, run, Limits(left, rest, limits.most_bytes, limits.seed + restart), folder):
            break
    run.findings += [*_exceptions(folder), *(f"{name}: {each.name}" for each in sorted(folder.glob("*-*")))]
    return run


def _child(name: str, run: Run, limits: Limits, folder: Path) -> bool:
    """Run one child and add up what it did; return whether it came to its end."""
    flags = [
        *(f"-max_total_time={max(1, round(limits.seconds))}", f"-runs={limits.runs}", f"-seed={limits.seed}"),
        *(
            f"-max_len={limits.most_bytes}",
            f"-rss_limit_mb={_MEMORY_MB}",
            f"-timeout={_SLOWEST_S}",
            "-print_final_stats=1",
        ),
        *("-reload=0", f"-artifact_prefix={folder}/", str(folder / "corpus")),
    ]
    counts, log = folder / "counts", folder / f"log{limits.seed}"
    counts.write_bytes(bytes(16))
    with log.open("wb") as sink:
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.guided", name, str(folder), *flags],
            stdout=sink,
            stderr=sink,
            env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
            timeout=limits.seconds + 300,
            check=False,
        )
    text = log.read_text(errors="replace")
    called, accepted = struct.unpack("<QQ", counts.read_bytes())
    stated = _EXECUTED.findall(text)
    run.executions += int(stated[-1]) if stated else called
    run.accepted += accepted
    for edges, _, corpus in _COVERAGE.findall(text)[-1:]:
        run.edges, run.corpus = max(run.edges, int(edges)), int(corpus)
    if done.returncode and not stated:
        run.findings.append(f"{name}: ended with {done.returncode}: {text[-300:]}")
    return done.returncode == 0


def _exceptions(folder: Path) -> list[str]:
    path = folder / "exceptions.jsonl"
    return [json.loads(line)["problem"] for line in path.read_text().splitlines()] if path.exists() else []


def main() -> None:
    """Fuzz the target that the arguments name: NAME FOLDER and libFuzzer's own flags."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    import atheris

    with atheris.instrument_imports(include=["skyaccord"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[name]
    seen: set[str] = set()
    with (folder / "counts").open("r+b") as file:
        counts = mmap.mmap(file.fileno(), 16)
    called = accepted = 0

    def call(data: bytes) -> None:
        nonlocal called, accepted
        called += 1
        try:
            accepted += target(data)
        except BaseException as error:  # noqa: BLE001 - a decoder in another language may panic
            _write_down(name, data, error, folder, seen)
        counts[:] = struct.pack("<QQ", called, accepted)

    atheris.Setup([sys.argv[0], *sys.argv[3:]], call)
    atheris.Fuzz()


def _write_down(name: str, data: bytes, error: BaseException, folder: Path, seen: set[str]) -> None:
    """Keep the first input that leads to an error at a place."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
    if place in seen:
        return
    seen.add(place)
    problem = f"{name}: {place}: {str(error)[:200]}"
    with (folder / "exceptions.jsonl").open("a") as file:
        file.write(json.dumps({"problem": problem, "data": data.hex()}) + "\n")


if __name__ == "__main__":
    main()
