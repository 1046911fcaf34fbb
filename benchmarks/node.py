"""Two nodes in processes of their own on loopback: messages signed, durable on both sides, and receipted.

One JSON line a load: as many as go (asked for: 300 a second), and 50 a second (asked for: 99 of 100 acknowledged within
250 ms). A message counts when its receipt is durable at its sender. The folders lie on the disk of the system's
temporary files; each line says how long that disk takes to sync a page, and how busy the machine was.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import tempfile
import time
from pathlib import Path

from tests.node.ordeal.process import Process, free_port

PARTIES = ("blue", "green")
BURST = 3000
STEADY = 1000
STEADY_PER_S = 50.0
ASKED_PER_S = 300.0
ASKED_P99_S = 0.25
ENOUGH_S = 300.0
SYNCS = 50


def sync_s(folder: Path) -> float:
    """Return the median time to write a page and sync it."""
    took = []
    with (folder / "probe").open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.write(b"x" * 4096)
            begun_s = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - begun_s)
    return sorted(took)[SYNCS // 2]


def run(name: str, count: int, per_s: float) -> None:
    """Load one pair of fresh nodes and print what came of it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ports = dict(zip(PARTIES, (free_port(), free_port()), strict=True))
        ways = {"blue": "green", "green": "blue"}
        nodes = {
            me: Process(me, folder, {other: f"http://127.0.0.1:{ports[other]}/line/"}, ports[me], PARTIES)
            for me, other in ways.items()
        }
        for node in nodes.values():
            node.start()
        for node in nodes.values():
            assert node.wait(lambda told: "ready" in told, ENOUGH_S)
        time.sleep(1.0)
        assert nodes["blue"].do("load", to="green", count=count, rate=per_s)
        told = nodes["blue"].wait(lambda each: "loaded" in each, ENOUGH_S)
        assert told is not None
        for node in nodes.values():
            assert node.end() == 0
        took = told["latencies_s"]
        found = {
            "benchmark": "node",
            "what": name,
            "messages": count,
            "per_s": round(count / told["took_s"], 1),
            "p50_ms": round(1e3 * took[len(took) // 2], 1),
            "p99_ms": round(1e3 * took[int(0.99 * len(took))], 1),
            "sync_ms": round(1e3 * sync_s(folder), 2),
            "load_average": round(os.getloadavg()[0], 1),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
        }
    print(json.dumps(found), flush=True)


def main() -> None:
    """Run both loads, and say what processor time they took."""
    run("as many as go", BURST, 0.0)
    run("50 a second", STEADY, STEADY_PER_S)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = round(used.ru_utime + used.ru_stime, 2)
    asked = {"per_s": ASKED_PER_S, "p99_ms_at_50_per_s": 1e3 * ASKED_P99_S}
    print(json.dumps({"benchmark": "node", "processor_s_of_all_processes": seconds, "asked_for": asked}), flush=True)


if __name__ == "__main__":
    main()
