"""Feed every decoder for a time: nothing but errors of ours may escape. Usage: fuzz [SECONDS] [SEED]

Three ways, each on every target of `tests/fuzz`: guided by coverage (atheris, where it is installed), damaged seeds,
and hypothesis. Inputs that lead to a finding are kept below ``out/fuzz``; the exit code is then 1.
"""

from __future__ import annotations

import platform
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Final

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from skyaccord.tracks.formats.parquet import is_parquet
from skyaccord.tracks.formats.registry import FORMATS
from tests.fuzz import guided
from tests.fuzz.mutation import mutate
from tests.fuzz.seeds import seeds
from tests.fuzz.strategies import bytes_near
from tests.fuzz.targets import READERS, TARGETS
from tests.proofs.record import ROOT, record

SHARES: Final = {"guided": 0.84, "mutated": 0.08, "hypothesis": 0.08}
"""Of the time, for each way; targets share alike."""

_ROUND: Final = 500
_MOST_RUNS: Final = 1_000_000
_MOST_RUNS_BLIND: Final = 100_000
_BLIND: Final = frozenset(
    {"gzip", "instant", "quantity with unit", *(each.name for each in FORMATS if each.recognises is is_parquet)}
)
"""So many guided executions of a target and no more: what is cheap must not fill the count. Fewer still of what is
decoded in native code, where coverage does not see and most inputs are refused at once."""

_MOST_BYTES: Final = {True: 8192, False: 512}  # of a reader's input, and of a decoder's


@dataclass(slots=True)
class Tally:
    """What became of one target, in all ways."""

    guided: guided.Run = field(default_factory=guided.Run)
    mutated: int = 0
    hypothesis: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def executions(self) -> int:
        """Return the executions in all ways."""
        return self.guided.executions + self.mutated + self.hypothesis


def main() -> int:
    """Fuzz, write the proof and return whether anything was found."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    each = {way: share * seconds / len(TARGETS) for way, share in SHARES.items()}
    tallies = {name: Tally() for name in TARGETS}
    for place, (name, tally) in enumerate(tallies.items()):
        _mutate(name, tally, each["mutated"], seed)
        _search(name, tally, each["hypothesis"], seed)
        if guided.is_available():
            folder = ROOT / "out" / "fuzz" / f"{seed}" / f"{place:02d}"
            limits = _limits(name, each["guided"], seed + 1000 * place)
            tally.guided = guided.fuzz(name, _taken(name), limits, folder)
            tally.failures += tally.guided.findings
        print(f"{name}: {tally}", file=sys.stderr, flush=True)
    failures = [failure for tally in tallies.values() for failure in tally.failures]
    record("fuzz", CLAIM, [*_lines(tallies, seconds, seed), *(f"* {failure}" for failure in failures[:40])])
    return 1 if failures else 0


def _limits(name: str, seconds: float, seed: int) -> guided.Limits:
    runs = _MOST_RUNS_BLIND if name in _BLIND else _MOST_RUNS
    return guided.Limits(seconds, runs, _MOST_BYTES[name in READERS], seed)


def _taken(name: str) -> list[bytes]:
    return [data for data in seeds(name) if TARGETS[name](data)]


def _mutate(name: str, tally: Tally, seconds: float, seed: int) -> None:
    """Feed damaged seeds; every other one is of those that the target takes."""
    rng = random.Random(f"{seed} {name}")  # noqa: S311 - reproducible, not secret
    known, taken = seeds(name), _taken(name)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for _ in range(20):
            data = mutate(rng, rng.choice(taken if rng.random() < 0.5 else known))
            tally.mutated += 1
            try:
                TARGETS[name](data)
            except BaseException as error:  # noqa: BLE001 - a decoder in another language may panic
                tally.failures.append(f"{name}: {type(error).__name__}: {error}; {data[:60]!r}")


def _search(name: str, tally: Tally, seconds: float, seed: int) -> None:
    """Let hypothesis search, in rounds of some hundred examples."""
    end = time.monotonic() + seconds
    first = seed
    while time.monotonic() < end and not tally.failures:
        try:
            _one_round(name, tally, first)()
        except BaseException as error:  # noqa: BLE001 - see above
            tally.failures.append(f"{name}: {type(error).__name__}: {error} (hypothesis, seed {first})")
        first += 1


def _one_round(name: str, tally: Tally, seed: int) -> Callable[[], None]:
    def feed(data: bytes) -> None:
        tally.hypothesis += 1
        TARGETS[name](data)

    quietly = settings(
        max_examples=_ROUND,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    return hypothesis.seed(seed)(quietly(given(bytes_near(seeds(name)))(feed)))


CLAIM: Final = "No bytes make a decoder raise anything but the project's own errors, crash, hang or fill the memory."


def _lines(tallies: dict[str, Tally], seconds: float, seed: int) -> list[str]:
    total, failures = sum(each.executions for each in tallies.values()), sum(len(t.failures) for t in tallies.values())
    decoders = sum(each.executions for name, each in tallies.items() if name not in READERS)
    engine = f"atheris {version('atheris')}" if guided.is_available() else f"no atheris on {platform.platform()}"
    return [
        f"Seed {seed}, {seconds:.0f} s, {total:,} executions ({decoders:,} of single decoders, {total - decoders:,} of "
        f"whole readers), {failures} findings; {engine}, hypothesis {version('hypothesis')}.",
        "",
        f"*Guided* is libFuzzer's own count of executions under atheris, at most {_MOST_RUNS:,} a target "
        f"({_MOST_RUNS_BLIND:,} where decoding is native code, into which coverage does not see), with "
        "kernels as plain Python; *taken* is the share of those inputs that were more than refused, *edges* "
        "libFuzzer's coverage. *Damaged* seeds and hypothesis ran with compiled kernels.",
        "",
        "| whole reader | executions | guided | taken | edges | damaged | hypothesis |",
        "|---|---|---|---|---|---|---|",
        *(_row(name, tally) for name, tally in tallies.items() if name in READERS),
        "",
        "| decoder | executions | guided | taken | edges | damaged | hypothesis |",
        "|---|---|---|---|---|---|---|",
        *(_row(name, tally) for name, tally in tallies.items() if name not in READERS),
        "",
    ]


def _row(name: str, tally: Tally) -> str:
    run = tally.guided
    taken = f"{100 * run.accepted / run.executions:.1f} %" if run.executions else "–"
    cells = (f"{tally.executions:,}", f"{run.executions:,}", taken, f"{run.edges:,}")
    return f"| {name} | {' | '.join(cells)} | {tally.mutated:,} | {tally.hypothesis:,} |"


if __name__ == "__main__":
    raise SystemExit(main())
