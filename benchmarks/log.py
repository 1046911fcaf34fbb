"""A log of ten million entries in each kind of journal: appends, file size, proofs and their verification, reopening.

Usage: log.py [ENTRIES]. One JSON line a figure. Leaves have 400 bytes, as envelopes have, and no bodies; making them is
not counted. Each batch is durable before the next. Proofs are of random entries, read from the file that has all
entries; pymerkle's tree in SQLite does the same at a smaller size in the same run, and the roots must be equal.
"""

from __future__ import annotations

import hashlib
import json
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from peers.environments import python_of

from skyaccord.trust.audit import audit_journal
from skyaccord.trust.journals.entry import Entry
from skyaccord.trust.journals.folder.journal import FolderJournal
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.journals.sqlite.journal import SqliteJournal
from skyaccord.trust.log import Log
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.merkle.verify import verify_consistency, verify_inclusion
from skyaccord.trust.notes.note_key import NoteSigner

ORIGIN = "skyaccord/blue/0123456789abcdef"
SIGNER = NoteSigner.from_seed(ORIGIN, bytes(32))
KINDS: dict[str, Callable[[Path, str], Journal]] = {"sqlite": SqliteJournal, "folder": FolderJournal}
BATCH = 1000
PEER_ENTRIES = 100_000
AUDITED = 1_000_000
PROOFS = 300


def leaf(number: int) -> bytes:
    return hashlib.sha256(b"%d" % number).digest() * 12 + b"%016d" % number


def say(name: str, **figures: object) -> None:
    print(json.dumps({"benchmark": f"log/{name}", **figures}), flush=True)


def append(log: Log, until: int, batch: int) -> float:
    """Append leaves and return the seconds without those of making them."""
    seconds = 0.0
    while log.size < until:
        batch_of = [Entry(leaf(n)) for n in range(log.size, min(until, log.size + batch))]
        begin = time.perf_counter()
        log.append(batch_of)
        seconds += time.perf_counter() - begin
    return seconds


def bytes_in(path: Path) -> int:
    return sum(
        file.stat().st_size for file in (path.rglob("*") if path.is_dir() else path.parent.glob(f"{path.name}*"))
    )


def microseconds(work: Iterator[float]) -> float:
    return round(1e6 * statistics.median(work), 1)


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def proofs_at(kind: str, log: Log, size: int) -> None:
    """Time proofs at a size of the log, as they come from the file, and their verification."""
    rng = random.Random(size)  # noqa: S311
    root = log.root(size)
    chosen = [rng.randrange(size) for _ in range(PROOFS)]
    included = [timed(lambda n=n: log.prove_inclusion(n, size)) for n in chosen]
    olds = [rng.randrange(1, size) for _ in range(PROOFS)]
    grown = [timed(lambda n=n: log.prove_consistency(n, size)) for n in olds]
    checks, steps = [], []
    for n, (_, proof) in zip(chosen, included, strict=True):
        leaf_hash = hash_leaf(leaf(n))
        seconds, holds = timed(lambda h=leaf_hash, n=n, p=proof: verify_inclusion(h, n, size, p.hashes, root))
        if not holds:
            raise SystemExit(f"{kind}: the proof of {n} at {size} does not hold")
        checks.append(seconds)
        steps.append(len(proof.hashes))
    continued = []
    for n, (_, proof) in zip(olds, grown, strict=True):
        old_root = log.root(n)
        seconds, holds = timed(lambda r=old_root, n=n, p=proof: verify_consistency(n, size, r, root, p))
        if not holds:
            raise SystemExit(f"{kind}: the proof from {n} to {size} does not hold")
        continued.append(seconds)
    say(
        f"{kind}/proofs",
        size=size,
        inclusion_us=microseconds(s for s, _ in included),
        consistency_us=microseconds(s for s, _ in grown),
        verify_inclusion_us=microseconds(iter(checks)),
        verify_consistency_us=microseconds(iter(continued)),
        most_hashes=max(steps),
    )


def whole_log(kind: str, folder: Path, entries: int) -> None:
    path = folder / kind
    log = Log(KINDS[kind](path, ORIGIN), SIGNER)
    for batch, count in ((1, 500), (100, 20_000)):
        say(f"{kind}/append", batch=batch, per_s=round(count / append(log, log.size + count, batch)))
    sizes = [10**k for k in range(3, 8) if 10**k <= entries]
    before, seconds = log.size, 0.0
    for size in sizes:
        seconds += append(log, size, BATCH)
        if log.size == size:  # the first are smaller than what stands there already
            took, _ = timed(log.checkpoint)
            say(f"{kind}/checkpoint", size=size, ms=round(1e3 * took, 2))
        if size == AUDITED:
            took, audit = timed(lambda: audit_journal(log.journal))
            say(f"{kind}/audit", size=size, s=round(took, 1), found=str(audit))
    log.journal.close()
    rate = round((log.size - before) / seconds)
    say(
        f"{kind}/append", batch=BATCH, entries=log.size, per_s=rate, bytes_per_entry=round(bytes_in(path) / log.size, 1)
    )
    took, journal = timed(lambda: KINDS[kind](path, ORIGIN))
    say(f"{kind}/open", size=log.size, ms=round(1e3 * took, 1))
    log = Log(journal, SIGNER)  # type: ignore[arg-type]
    for size in sizes:
        proofs_at(kind, log, size)
    log.journal.close()


def beside_pymerkle(folder: Path) -> None:
    python = python_of("pymerkle")
    if python is None:
        say("pymerkle", peer="pymerkle could not be installed")
        return
    log = Log(SqliteJournal(folder / "small", ORIGIN), SIGNER)
    ours_s = append(log, PEER_ENTRIES, BATCH)
    chosen = [random.Random(n).randrange(PEER_ENTRIES) for n in range(PROOFS)]  # noqa: S311
    prove_s = statistics.fmean(timed(lambda n=n: log.prove_inclusion(n, PEER_ENTRIES))[0] for n in chosen)
    program = Path(__file__).parent / "peers" / "run_pymerkle.py"
    arguments = [str(value) for value in (python, program, folder / "peer", PEER_ENTRIES, BATCH, PROOFS)]
    theirs = json.loads(subprocess.run(arguments, capture_output=True, text=True, check=True).stdout)
    if theirs["root"] != log.root(PEER_ENTRIES).hex():
        raise SystemExit("pymerkle and skyaccord differ about the root")
    log.journal.close()
    say(
        "pymerkle",
        entries=PEER_ENTRIES,
        peer="pymerkle 7.0.0 SqliteTree, WAL, synchronous FULL",
        ours_append_per_s=round(PEER_ENTRIES / ours_s),
        peer_append_per_s=round(theirs["append_per_s"]),
        ours_inclusion_us=round(1e6 * prove_s),
        peer_inclusion_us=round(1e6 * theirs["prove_s"]),
        ours_bytes=bytes_in(folder / "small"),
        peer_bytes=bytes_in(folder / "peer"),
    )


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    say(
        "machine",
        machine=platform.machine(),
        python=platform.python_version(),
        entries=entries,
        leaf_bytes=len(leaf(0)),
    )
    folder = Path(tempfile.mkdtemp(prefix="skyaccord-log-", dir="."))
    try:
        beside_pymerkle(folder)
        for kind in KINDS:
            whole_log(kind, folder, entries)
            for path in folder.glob(f"{kind}*"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
