"""Every preset on every recording: how many encounters and passages, and what each verdict is.

Between any two aircraft, since no one claims any in these recordings. Example places of presets lie at 0° N 0° E, where
nobody flew, so rules about one aircraft near a place have nothing to judge here.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

from skyaccord.batch.question import Question
from skyaccord.batch.review import Review, review
from skyaccord.memorandum.presets import preset, preset_names
from skyaccord.model.encounter import Outcome
from skyaccord.rules.judge import Between
from tests.proofs.record import record

SHOWN = (Outcome.BREACH, Outcome.INFRINGED, Outcome.UNDETERMINED, Outcome.COMPLIANT, Outcome.NOT_ASSESSABLE)


def recordings(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".parquet")


def judged(file: Path, name: str) -> tuple[Review, float]:
    begin = time.perf_counter()
    result = review(Question((file,), preset(name), between=Between.ANY))
    return result, time.perf_counter() - begin


def row(file: Path, name: str, result: Review, took_s: float) -> str:
    outcomes = Counter(verdict.outcome for verdict in result.findings.verdicts)
    found = result.findings
    counts = " | ".join(f"{outcomes[outcome]:,}" for outcome in SHOWN)
    pairs = len(found.borderline) + len(found.doubtful)
    return (
        f"| {file.stem} | {name} | {len(found.encounters):,} | {pairs:,} | {len(found.passages):,} | {counts} | "
        f"{len(found.not_assessable)} | {took_s:.1f} |"
    )


def main() -> int:
    folder = Path(os.environ.get("SKYACCORD_RECORDINGS", ""))
    heads = "recording | preset | encounters | near a limit or in doubt | passages"
    lines = [
        f"| {heads} | {' | '.join(o.value.replace('_', ' ') for o in SHOWN)} | provisions not judged | s |",
        "|" + "---|" * 12,
    ]
    for file in recordings(folder):
        for name in preset_names():
            result, took_s = judged(file, name)
            lines.append(row(file, name, result, took_s))
    record(
        "presets",
        "Every preset on every recording, between any two aircraft: counts of verdicts by outcome.",
        lines,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
