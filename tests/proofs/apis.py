"""Both APIs of a node under generated requests, over TLS on loopback. Usage: apis [EXAMPLES] [SEED]

EXAMPLES for each operation and kind as an administrator and as a peer, a tenth as each other role. Measured besides:
how long signing in takes with a known and with an unknown name, at the real cost of a password.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from skyaccord.node.people.password import COST
from skyaccord.node.people.roles import Role
from skyaccord.node.people.sign_in import sign_in
from tests.node.people.cast import wrong
from tests.proofs.record import record
from tests.web.apis import peers_target, people_target, two_nodes
from tests.web.generated import Found, ask_all, checks
from tests.web.house import NAMES, make_house_node, open_house

EXAMPLES, SEED = 100, 20151103
SIGN_INS = 20
CLAIM = (
    "Whatever is sent to either API, it answers as its OpenAPI document says and never fails; what breaks the document "
    "is refused. An unknown name is not told from a known one by the time of the answer."
)


def ask(examples: int, seed: int, folder: Path, faults: list[str]) -> dict[str, Found]:
    """Send generated requests as each role and as a peer; what was found goes to the faults."""
    found: dict[str, Found] = {}

    def run(name: str, work: Callable[[], Found]) -> None:
        try:
            found[name] = work()
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 - any exception is a finding
            faults.append(f"{name}: {type(error).__name__}: {error}")

    for role, name in NAMES.items():
        count = examples if role is Role.ADMINISTRATOR else max(examples // 10, 1)
        with open_house(make_house_node(folder / name)) as house:
            target = people_target(house, name)
            run(f"people, as {name}", lambda target=target, count=count: ask_all(target, count, seed))  # type: ignore[misc]
    with two_nodes(folder / "peers") as (blue, green):
        run("peers, as a pinned party", lambda: ask_all(peers_target(blue, green), examples, seed))
    return found


def sign_in_times(folder: Path) -> dict[str, list[float]]:
    """Return how many seconds wrong sign-ins take, by whether the name is somebody's."""
    node = make_house_node(folder)
    node.staff = replace(node.staff, cost=COST)
    kept = node.staff.decoy
    node.store.all("UPDATE person SET password = ? WHERE name = 'observer'", kept)
    times: dict[str, list[float]] = {"observer": [], "nobody": []}
    for k in range(SIGN_INS):
        for name, taken in times.items():
            began = time.perf_counter()
            sign_in(node.staff, wrong(name), f"192.0.2.{k}", time.time() + 7200.0 * k)
            taken.append(time.perf_counter() - began)
    node.close()
    return times


def main() -> int:
    """Ask, measure, write the proof and return whether anything was found."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        found = ask(examples, seed, Path(folder), faults)
        times = sign_in_times(Path(folder) / "times")
    known, unknown = (statistics.median(times[name]) for name in ("observer", "nobody"))
    sent = sum((each.requests for each in found.values()), Counter())
    lines = [
        f"schemathesis {version('schemathesis')}, seed {seed}, {examples} requests for each operation and kind as an",
        "administrator and as a peer, a tenth of that as each other role. Checks on each answer:",
        f"{', '.join(check.__name__ for check in checks())}.",
        "",
        "| API | requests | checks | answers by status |",
        "|---|---|---|---|",
        *(_row(name, each) for name, each in found.items()),
        f"| **all** | {sent.total():,} | {sum(each.checks for each in found.values()):,} | findings: {len(faults)} |",
        "",
        f"Signing in with a wrong password, {SIGN_INS} times each, scrypt at N = 2^{COST.log2_n}, p = {COST.p}:",
        f"median {1e3 * known:.0f} ms with a known name, {1e3 * unknown:.0f} ms with an unknown one.",
        *(f"\n* {fault[:2000]}" for fault in faults),
    ]
    record("apis", CLAIM, lines)
    return 1 if faults else 0


def _row(name: str, found: Found) -> str:
    statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(found.statuses.items()))
    return f"| {name} | {found.total:,} | {found.checks:,} | {statuses} |"


if __name__ == "__main__":
    raise SystemExit(main())
