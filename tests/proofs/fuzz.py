"""Feed every decoder mutated bytes for a time: nothing but errors of ours may escape. Usage: fuzz [SECONDS] [SEED]"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.targets import TARGETS
from tests.proofs.record import record

BOUNDARIES = (
    b"\x00",
    b"\xff",
    b"\x1a",
    b"\x7e",
    b"{",
    b"[",
    b"<",
    b'"',
    b",",
    b"\n",
    b"-1",
    b"1e999",
    b"NaN",
    b"9" * 40,
)


def seeds() -> list[bytes]:
    """Return sound files of several kinds, written by the project itself."""
    import tempfile

    from skyaccord.tracks.scenarios.scenario import load_scenario, make_tracks_table
    from skyaccord.tracks.writers.write import TrackFormat, write_tracks

    table = make_tracks_table(load_scenario("crossing-breach")).slice(0, 40)
    found = [b"", b"\n", b"{}", b"[]"]
    with tempfile.TemporaryDirectory() as folder:
        for kind in TrackFormat:
            path = Path(folder) / f"tracks.{kind.value}"
            write_tracks(table, path, kind)
            found.append(path.read_bytes()[:20_000])
    return found


def mutate(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data[: rng.randrange(1, 4000)] if rng.random() < 0.7 else data)
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(5):
            case 0:
                out[at : at + rng.randrange(1, 9)] = b""
            case 1:
                out[at:at] = rng.choice(BOUNDARIES)
            case 2:
                out[at:at] = out[at : at + rng.randrange(1, 200)]
            case 3:
                out[at : at + 1] = bytes([rng.randrange(256)])
            case _:
                out[at:at] = rng.randbytes(rng.randrange(1, 30))
    return bytes(out)


def main() -> int:
    seconds, seed = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0, int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rng, sound = random.Random(seed), seeds()  # noqa: S311 - reproducible, not secret
    runs: Counter[str] = Counter()
    failures: list[str] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for name, target in TARGETS.items():
            for _ in range(20):
                data = mutate(rng, rng.choice(sound))
                runs[name] += 1
                try:
                    target(data)
                except BaseException as error:  # noqa: BLE001 - a decoder in another language may panic
                    failures.append(f"{name}: {type(error).__name__}: {error}; {data[:60]!r}…")
    lines = [
        f"Seed {seed}, {seconds:.0f} s, {runs.total():,} executions, {len(failures)} failures.",
        "",
        "| decoder | executions |",
        "|---|---|",
    ]
    lines += [f"| {name} | {count:,} |" for name, count in sorted(runs.items())]
    record("fuzz", "No bytes make a decoder raise anything but the project's own errors.", [*lines, *failures[:20]])
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
