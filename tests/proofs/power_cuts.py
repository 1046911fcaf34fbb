"""A thousand power cuts upon each journal: what was promised before is there afterwards. Takes COUNT and SEED."""

from __future__ import annotations

import sys

import apsw

from tests.proofs.record import record
from tests.trust.power.cuts import Tally, cut_power
from tests.trust.power.stores import STORES

ASKED = 1000
SEED = 20261125

NOTE = """Seed {seed}. A promise is an append, an erasure or evidence said to be durable, or a checkpoint or cosignature
that left the machine. After each cut the journal is opened again: all promised entries and bodies are there, erased
ones are in no file, batches are whole or absent, each checkpoint ever signed has the root of the recursive definition
over what is there and is consistent with it, and the audit passes. Up to eight cuts strike one journal in a row. SQLite
{version} stands on a file system of the test's own (apsw). Short form, and the faults that must be noticed (a disk that
does not sync, one file or name left unsynced, `synchronous = NORMAL`): `tests/trust/power`."""


def show(tally: Tally) -> None:
    if tally.cuts % 200 == 0:
        print(f"{tally.cuts} cuts", file=sys.stderr)


def main() -> int:
    count, seed = (int(each) for each in (*sys.argv[1:3], *(ASKED, SEED)[len(sys.argv[1:3]) :]))
    lines = [
        "| journal | cuts | while opening | with a batch begun and not promised | with writes not synced "
        "| of those survive nothing / all / some sectors | promises | broken |",
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
    lines += ["", NOTE.format(seed=seed, version=apsw.sqlite_lib_version())]
    claim = "Nothing was promised that a power cut could take, and no two checkpoints contradict each other."
    record("power_cuts", claim, lines)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
