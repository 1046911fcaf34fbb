"""A thousand power cuts upon each journal: what was promised before is there afterwards. Takes COUNT and SEED."""

from __future__ import annotations

import sys

import apsw

from tests.proofs.record import record
from tests.trust.power.cuts import Tally, cut_power
from tests.trust.power.stores import STORES

ASKED = 1000
SEED = 20261125


def show(tally: Tally) -> None:
    print(f"\r{tally.cuts} cuts", end="", file=sys.stderr)


def main() -> int:
    count, seed = (int(each) for each in (*sys.argv[1:3], *(ASKED, SEED)[len(sys.argv[1:3]) :]))
    lines = [
        "| journal | cuts | during opening | in the middle of a batch or after it, before it was promised "
        "| with unsynced writes | nothing / all / some sectors of those survive | promises | broken |",
        "|---|---|---|---|---|---|---|---|",
    ]
    failed = 0
    for store in STORES:
        tally, broken = Tally(), "0"
        try:
            tally = cut_power(store, count, seed, told=show)
        except Exception as error:  # noqa: BLE001 - whatever it is, a promise was not kept
            failed, broken = 1, f"{type(error).__name__}: {error}"
        survivals = " / ".join(str(tally.survivals[kind]) for kind in ("nothing", "everything", "sectors"))
        lines.append(
            f"| {store.name} | {tally.cuts:,} | {tally.in_opening} | {tally.in_batches} "
            f"| {tally.unsynced} | {survivals} | {tally.promises:,} | {broken} |"
        )
    lines += [
        "",
        f"Seed {seed}. A promise is an append, an erasure or evidence said to be durable, or a checkpoint or cosignature that "
        "left the machine. After each cut the journal is opened again: all promised entries and bodies are there, erased ones "
        "are not in any file, batches are whole or absent, each checkpoint ever signed has the root of the recursive "
        "definition over what is there and is consistent with it, and the audit passes. Up to eight cuts strike one journal "
        f"in a row. SQLite {apsw.sqlite_lib_version()} over a file system of its own (apsw); short form and the faults that "
        "must be noticed (a disk that does not sync, one file or name left unsynced, `synchronous = NORMAL`): "
        "`tests/trust/power`.",
    ]
    record(
        "power_cuts",
        "Nothing was promised that a power cut could take, and no two checkpoints contradict each other.",
        lines,
    )
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
