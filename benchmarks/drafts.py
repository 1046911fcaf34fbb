"""Ten values of a parameter on the Swiss day, in one search, beside ten reviews of the same drafts.

One JSON line: the best of the repeats by processor time and by the clock, from the file to the counts, and whether
every verdict, encounter and aircraft of the ten is the same in both. Kernels are compiled beforehand. The recording is
in the folder that SKYACCORD_RECORDINGS names.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path

from skyaccord.batch.drafts.evaluate import evaluate, vary
from skyaccord.batch.findings import Findings
from skyaccord.batch.question import Question
from skyaccord.batch.review import review
from skyaccord.memorandum.presets import preset
from skyaccord.talks.vary import read_variation

MEMORANDUM = preset("syria-2015-public-outline")
VALUES = "separation.threes: horizontal = 1 NM to 10 NM by 1 NM"
RECORDING = "traffic_switzerland_20180801.parquet"
REPEATS = 3


def best(work: Callable[[], object]) -> tuple[float, float]:
    """Return the least processor time and the least time by the clock."""
    runs = []
    for _ in range(REPEATS):
        begin = time.process_time(), time.perf_counter()
        work()
        runs.append((time.process_time() - begin[0], time.perf_counter() - begin[1]))
    return min(cpu for cpu, _ in runs), min(clock for _, clock in runs)


def said(findings: Findings) -> str:
    """Return all that is compared, as text: what is not known is NaN, which does not equal itself."""
    return repr((findings.aircraft, findings.all_encounters(), findings.verdicts))


def main() -> None:
    """Print the line, and end with 1 where the answers differ."""
    source = str(Path(os.environ["SKYACCORD_RECORDINGS"]) / RECORDING)
    question = Question((source,), MEMORANDUM)
    drafts = vary("", MEMORANDUM, read_variation(VALUES, MEMORANDUM))
    together = [each.review.findings for each in evaluate(drafts, question)]
    alone = [review(Question((source,), draft.memorandum)).findings for draft in drafts]
    is_same = all(said(one) == said(other) for one, other in zip(together, alone, strict=True))
    cpu_s, clock_s = best(lambda: evaluate(drafts, question))
    each_cpu_s, each_clock_s = best(lambda: [review(Question((source,), draft.memorandum)) for draft in drafts])
    line = {
        "case": f"{len(drafts)} drafts, {RECORDING}",
        "verdicts": sum(len(each.verdicts) for each in together),
        "cpu_s": round(cpu_s, 3),
        "clock_s": round(clock_s, 3),
        "ten_reviews_cpu_s": round(each_cpu_s, 3),
        "ten_reviews_clock_s": round(each_clock_s, 3),
        "ratio": round(each_cpu_s / cpu_s, 2),
        "same": is_same,
        "python": platform.python_version(),
    }
    print(json.dumps(line))
    sys.exit(not is_same)


if __name__ == "__main__":
    main()
