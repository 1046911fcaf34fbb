"""pymerkle's tree in SQLite: appends, proofs and verification of COUNT leaves as ``benchmarks/log.py`` makes them.

Usage: run_pymerkle.py FILE COUNT BATCH PROOFS. Runs in pymerkle's environment and imports nothing of skyaccord.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import sys
import time

from pymerkle import SqliteTree, verify_inclusion  # type: ignore[import-not-found]


def main() -> None:
    path, count, batch, proofs = sys.argv[1], *map(int, sys.argv[2:])
    tree = SqliteTree(path)
    tree.con.execute("PRAGMA journal_mode = WAL")  # as durable as ours, and faster than its default
    tree.con.execute("PRAGMA synchronous = FULL")
    seconds = 0.0
    for first in range(0, count, batch):
        leaves = [hashlib.sha256(b"%d" % n).digest() * 12 + b"%016d" % n for n in range(first, first + batch)]
        begin = time.perf_counter()
        tree.append_entries(leaves)
        seconds += time.perf_counter() - begin
    chosen = [random.Random(n).randrange(count) for n in range(proofs)]  # noqa: S311
    root = tree.get_root()
    for _ in range(2):  # its cache of subtrees fills in the first round
        begin = time.perf_counter()
        made = [tree.prove_inclusion(index + 1, count) for index in chosen]
        prove_s = (time.perf_counter() - begin) / proofs
    bases = [tree.get_leaf(index + 1) for index in chosen]
    begin = time.perf_counter()
    for base, proof in zip(bases, made):  # noqa: B905
        verify_inclusion(base, root, proof)
    verify_s = (time.perf_counter() - begin) / proofs
    tree.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    print(json.dumps({"append_per_s": count / seconds, "prove_s": prove_s, "verify_s": verify_s, "root": root.hex()}))


main()
