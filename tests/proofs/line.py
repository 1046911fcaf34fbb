"""Proof: what two nodes acknowledge stands in both logs, once and in order, whatever is done to them and their line.

``scripts/prove line [KILLS] [MESSAGES] [SEED]``. Two processes on loopback, a proxy before each; pairs of fresh logs
are put through it in turns of fifty kills.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from skyaccord.node.desk.steps import Step
from tests.node.ordeal.ordeal import Ordeal, Tally
from tests.proofs.record import record

KILLS = 500
MESSAGES = 10_000
SEED = 20261125
KILLS_A_TURN = 50
CUTS_A_TURN = 8
RECOVERY_S = 5.0
LEAST_A_STEP = 10

CLAIM = (
    "Every message that was acknowledged stands in both logs exactly once, in the order in which it was said and under"
    " the number that was promised; every receipt proves where; every checkpoint given away is one of the log as it is"
    " in the end; nobody is accused of anything. Each log is read from end to end and judged again, entry by entry."
)


def main() -> None:
    kills, messages, seed = _arguments()
    begun_s = time.monotonic()
    total = Tally()
    turns = max(1, kills // KILLS_A_TURN)
    for turn in range(turns):
        with tempfile.TemporaryDirectory() as folder:
            tally = Ordeal(Path(folder), seed + turn).run(kills // turns, messages // turns, CUTS_A_TURN)
        total.add(tally)
        print(f"turn {turn + 1} of {turns}, {time.monotonic() - begun_s:.0f} s: {tally}", file=sys.stderr, flush=True)
    assert max(total.recoveries_s) < RECOVERY_S, total.recoveries_s
    assert sum(total.kills.values()) >= kills
    assert total.said >= messages
    least = min(total.kills[step.value] for step in Step)
    assert kills < KILLS or least >= LEAST_A_STEP, total.kills
    record("line", CLAIM, _lines(total, seed, turns, time.monotonic() - begun_s))


def _arguments() -> tuple[int, int, int]:
    given = [int(each) for each in sys.argv[1:]]
    kills, messages, seed = [*given, *(KILLS, MESSAGES, SEED)[len(given) :]]
    return kills, messages, seed


def _lines(total: Tally, seed: int, turns: int, took_s: float) -> list[str]:
    recoveries = sorted(total.recoveries_s)
    faults = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in sorted(total.faults.items()))
    return [
        f"Seed {seed}, {turns} pairs of logs, {took_s:.0f} s: {sum(total.kills.values())} processes ended by force,"
        f" {total.said:,} messages promised and found, {total.receipts:,} receipts checked (with certificates),"
        f" {total.checkpoints:,} checkpoints. Of {total.unknown:,} more the process ended before it could say: they are"
        f" in both logs once, or in neither. {total.refused_full:,} were refused since the disk was full: they are in"
        " neither.",
        "",
        f"The line healed after each of {total.cuts} cuts (refused, silent, both ways or one): all was acknowledged"
        f" {recoveries[len(recoveries) // 2]:.2f} s (median), {recoveries[-1]:.2f} s (longest) later; asked for 5 s.",
        "",
        f"Done to the line: {faults}. Disks filled: {total.fillings}. Clocks set by up to 25 s: {total.jumps}, and at"
        " each start.",
        "",
        "| ended at the step | times |",
        "|---|---|",
        *(f"| {step.value.replace('_', ' ')} | {total.kills[step.value]} |" for step in Step),
        f"| any moment | {total.kills['any moment']} |",
    ]


if __name__ == "__main__":
    main()
