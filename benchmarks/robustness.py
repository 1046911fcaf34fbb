"""The robustness of rules over samples, beside rtamt in the same run on the same samples.

One JSON line a rule: samples a second, best of the repeats by processor time, one core; rtamt's on as many samples as
it does in some seconds; the ratio; and the greatest difference between the two, which fails the run above 1e-9. Signals
are those of pairs that fly past each other, as a recording has them, not noise. Needs Python below 3.13 for rtamt.
"""

from __future__ import annotations

import json
import platform
import time

import numpy as np

from skyaccord.memorandum import parse_formula
from skyaccord.rules.sampled.robustness import robustness
from skyaccord.rules.sampled.samples import Samples

CLOSE = "((horizontal / 5556.0 >= 1.0) or (vertical / 914.4 >= 1.0))"
"""The first two predicates in rtamt's language, in units of their limits."""

SLOW = "(closure / {closure} <= 1.0)"
SEED = 20151020
SAMPLES = 4_000_000
OF_PEER = 100_000
REPEATS = 7

RULES = {
    "three predicates": (
        "(horizontal >= 3 NM or vertical >= 3000 ft) and closure <= 500 kt",
        f"{CLOSE} and {SLOW}",
    ),
    "three predicates, always": (
        "always ((horizontal >= 3 NM or vertical >= 3000 ft) and closure <= 500 kt)",
        f"always ({CLOSE} and {SLOW})",
    ),
    "three predicates, within 180 s": (
        "((horizontal >= 3 NM or vertical >= 3000 ft) and closure <= 500 kt) within 180 s",
        f"eventually[0,180] ({CLOSE} and {SLOW})",
    ),
    "three predicates, since": (
        "(horizontal >= 3 NM or vertical >= 3000 ft) since (closure <= 500 kt)",
        f"{CLOSE} since {SLOW}",
    ),
}


def signals(count: int) -> dict[str, np.ndarray]:
    """Return distances and closure of pairs that pass each other, one after the other, at 1 Hz."""
    rng = np.random.default_rng(SEED)
    pairs = count // 600 + 1
    t_s = np.tile(np.arange(600.0) - 300.0, pairs)
    speed, miss, level, climb = (
        np.repeat(rng.uniform(low, high, pairs), 600)
        for low, high in ((50.0, 500.0), (0.0, 9000.0), (-1500.0, 1500.0), (-8.0, 8.0))
    )
    horizontal = np.hypot(miss, speed * t_s)
    closure = -(speed**2) * t_s / np.maximum(horizontal, 1.0)
    return {
        "horizontal": horizontal[:count],
        "vertical": np.abs(level + climb * t_s)[:count],
        "closure": closure[:count],
    }


def time_ours(rule: str, samples: Samples) -> float:
    """Return samples a second."""
    formula = parse_formula(rule)
    robustness(formula, samples)
    took = []
    for _ in range(REPEATS):
        begin = time.process_time()
        robustness(formula, samples)
        took.append(time.process_time() - begin)
    return len(samples.t_s) / min(took)


def run_peer(rule: str, data: dict[str, np.ndarray]) -> tuple[np.ndarray, float] | None:
    """Return rtamt's robustness and samples a second; ``None`` where it cannot be imported."""
    try:
        import rtamt
    except ImportError:
        return None
    specification = rtamt.StlDiscreteTimeSpecification()
    for name in data:
        specification.declare_var(name, "float")
    specification.spec = rule.format(closure=500.0 * 1852.0 / 3600.0)
    specification.parse()
    trace = {"time": list(range(OF_PEER)), **{name: value.tolist() for name, value in data.items()}}
    begin = time.process_time()
    found = specification.evaluate(trace)
    took_s = time.process_time() - begin
    return np.array([value for _, value in found]), OF_PEER / took_s


def main() -> None:
    data = signals(SAMPLES)
    samples = Samples.of(np.arange(float(SAMPLES)), data)
    few = {name: value[:OF_PEER] for name, value in data.items()}
    for name, (rule, in_rtamt) in RULES.items():
        line = {
            "case": name,
            "rule": rule,
            "samples_per_s": round(time_ours(rule, samples)),
            "machine": platform.machine(),
        }
        peer = run_peer(in_rtamt, few)
        if peer is not None:
            ours = robustness(parse_formula(rule), Samples.of(np.arange(float(OF_PEER)), few))
            difference = float(np.abs(ours - peer[0]).max())
            assert difference < 1e-9, f"{name}: rtamt differs by {difference}"
            line |= {
                "rtamt_samples_per_s": round(peer[1]),
                "ratio": round(line["samples_per_s"] / peer[1]),
                "greatest_difference": difference,
            }
        print(json.dumps(line))


if __name__ == "__main__":
    main()
