"""Forgeries by kind: each is made, put before who must refuse it, and told. Usage: forgeries [MUTATIONS] [SEED]"""

from __future__ import annotations

import random
import sys
from collections import Counter
from importlib.metadata import version

from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.acceptance.read import open_parcel
from tests.fuzz.mutation import mutate
from tests.proofs.record import record
from tests.trust.cast import NOW_S, Scene
from tests.trust.forgeries.all import FORGERIES
from tests.trust.forgeries.forgery import Forgery, next_note

COUNT, SEED = 100_000, 20151020
CLAIM = "Each forgery is refused for a reason of its own kind and recorded once, and nothing else has changed."


def row(forgery: Forgery, faults: list[str]) -> str:
    """Make a forgery and return what became of it; what should not have is added to the faults."""
    tried = forgery.make(Scene()).run()
    name = f"{forgery.family}: {forgery.name}"
    if tried.reason != forgery.reason.value:
        faults.append(f"{name}: refused as {tried.reason}, not as {forgery.reason.value}")
    if not tried.is_unchanged or tried.recorded != 1:
        faults.append(f"{name}: changed something, or was recorded {tried.recorded} times")
    return f"| {forgery.family} | {forgery.name} | `{tried.reason}` | {tried.words[:110].replace('|', '/')} |"


def mutations(count: int, seed: int, faults: list[str]) -> Counter[str]:
    """Damage a sound envelope at random; return the reasons for which it was refused."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    scene = Scene()
    sound = next_note(scene)
    packed, before = sound.packed(), scene.green.standing.digest()
    found: Counter[str] = Counter()
    for _ in range(count):
        damaged = mutate(rng, packed)
        arrival = open_parcel(damaged)
        if arrival == sound:
            continue
        (outcome,) = scene.green.desk.receive([arrival], NOW_S)
        if isinstance(outcome, Refused):
            found[outcome.reason.value] += 1
        else:
            faults.append(f"taken: {damaged!r}")
    if scene.green.standing.digest() != before:
        faults.append("damaged envelopes changed what is judged by")
    return found


def main() -> int:
    """Forge, write the proof and return whether anything passed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    faults: list[str] = []
    rows = [row(forgery, faults) for forgery in FORGERIES]
    found = mutations(count, seed, faults)
    reasons = {forgery.reason.value for forgery in FORGERIES}
    lines = [
        f"{len(FORGERIES)} forgeries of {len({each.family for each in FORGERIES})} families, {len(reasons)} reasons; "
        f"cryptography {version('cryptography')}.",
        "",
        "| family | forgery | refused as | in words |",
        "|---|---|---|---|",
        *rows,
        "",
        f"Beside these, one sound envelope damaged at random {sum(found.values()):,} times (seed {seed}): all refused.",
        "",
        "| reason | times |",
        "|---|---|",
        *(f"| `{reason}` | {times:,} |" for reason, times in found.most_common()),
        "",
        f"Faults: {len(faults)}.",
        *(f"* {fault}" for fault in faults[:40]),
    ]
    record("forgeries", CLAIM, lines)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
