"""Alert levels of millions of pairs, projection included, in the units of traffic: deg, ft, kt, ft/min.

One JSON line a case: the best of the repeats by processor time and by the clock, one core. So that no figure comes from
an easy input, it states the share of pairs at each level, the share that height or latitude alone could not set aside
(``projected``) and, of a sample, the share for which a closed form was needed. Before it is timed, a sample of each
input is judged by `detect.alerting`, one scene a pair, and the run fails where one level differs. Thresholds are those
of DAIDALUS 2.0.4, DO_365B_no_SUM.conf, en route.

The reference, DAIDALUS 2.0.4 (C++), loads and alerts 0.18 to 0.38 million pairs a second on such a machine, one ownship
at a time; that figure was measured elsewhere and is quoted, not run here.
"""

from __future__ import annotations

import json
import math
import platform
import time
from collections.abc import Callable

import numpy as np

from skyaccord.detect.ladder import ALERTING, Ladder, is_out_of_reach, ladder
from skyaccord.detect.levels import levels_of, pair_levels
from skyaccord.detect.live import AlertService
from skyaccord.geometry.ownship_plane import ELLIPSOID, SPHERE
from skyaccord.model.states import States
from skyaccord.units import FPM, FT, KT, NM
from tests.detect.pairs import EN_ROUTE, LOOK_AHEAD_S, anywhere, around, meeting
from tests.detect.test_levels import one_by_one, part, projected
from tests.frames.states import PROFILE

SEED = 20151020
PAIRS = 1_000_000
SAMPLE = 4_000
REPEATS = 15
REFERENCE = "DAIDALUS 2.0.4, C++: 0.18 to 0.38 million pairs a second (quoted)"

Arrays = dict[str, np.ndarray]


def in_air_units(states: States) -> Arrays:
    """Return what a user has: degrees, feet, knots, feet a minute."""
    return {
        "latitude": states.lat_deg,
        "longitude": states.lon_deg,
        "altitude": states.altitude_m / FT,
        "groundspeed": states.groundspeed_mps / KT,
        "track": states.track_deg,
        "vertical_rate": states.vertical_rate_mps / FPM,
    }


def in_si(arrays: Arrays) -> States:
    return States(
        arrays["latitude"],
        arrays["longitude"],
        arrays["altitude"] * FT,
        arrays["groundspeed"] * KT,
        arrays["track"],
        arrays["vertical_rate"] * FPM,
    )


def best(work: Callable[[], object]) -> tuple[float, float]:
    """Return the least processor time and the least time by the clock, seconds."""
    work()
    spent, passed = [], []
    for _ in range(REPEATS):
        cpu, clock = time.process_time(), time.perf_counter()
        work()
        spent.append(time.process_time() - cpu)
        passed.append(time.perf_counter() - clock)
    return min(spent), min(passed)


def projected_share(own: States, other: States, rule: Ladder) -> float:
    columns = [tuple(getattr(each, name) for name in States.__slots__) for each in (own, other)]
    room = np.empty(len(other), np.int64), np.empty(len(other))
    none = np.zeros((1, 4)), np.zeros(1, np.int64)
    return float(levels_of(rule.rungs, SPHERE, columns[0], columns[1], *none, *room) / len(other))  # type: ignore[arg-type]


def closed_form_share(own: States, other: States, rule: Ladder) -> float:
    """Return the share of a sample of pairs whose interval of violation had to be computed for some level."""
    rows = np.linspace(0, len(other) - 1, min(SAMPLE, len(other))).astype(int)
    asked = 0
    for k in rows.tolist():
        i = k if len(own) > 1 else 0
        origin = math.radians(own.lat_deg[i]), math.radians(own.lon_deg[i])
        pair = tuple(a - b for a, b in zip(projected(own, i, origin), projected(other, k, origin), strict=True))
        limits = zip(rule.hazards, rule.within_s[:, ALERTING].tolist(), strict=True)
        asked += not all(is_out_of_reach(hazard, pair, within_s) for hazard, within_s in limits)  # type: ignore[arg-type]
    return asked / len(rows)


def check(name: str, own: States, other: States, rule: Ladder) -> None:
    rows = np.linspace(0, len(other) - 1, min(SAMPLE, len(other))).astype(int)
    mine = own if len(own) == 1 else part(own, rows)
    found = pair_levels(mine, part(other, rows), rule, surface=SPHERE).level.tolist()
    none = np.zeros((len(rows), 4)), np.zeros(len(rows), np.int64)
    wrong = sum(a != b for a, b in zip(found, one_by_one(mine, part(other, rows), EN_ROUTE, *none), strict=True))
    if wrong:
        raise SystemExit(f"{name}: {wrong} of {len(rows)} levels differ from those of scenes one by one")


def case(name: str, own: States, other: States) -> dict[str, object]:
    rule = ladder(EN_ROUTE, LOOK_AHEAD_S)
    check(name, own, other, rule)
    given = in_air_units(own), in_air_units(other)
    row: dict[str, object] = {"benchmark": f"alert_levels/{name}", "pairs": len(other)}
    for surface, word in ((SPHERE, "sphere"), (ELLIPSOID, "ellipsoid")):

        def work(surface: int = surface) -> object:
            return pair_levels(in_si(given[0]), in_si(given[1]), rule, surface=surface)

        cpu_s, clock_s = best(work)
        row[f"million_pairs_per_s_{word}"] = round(len(other) / cpu_s / 1e6, 2)
        row[f"clock_ms_{word}"] = round(1e3 * clock_s, 3)
    counts = np.bincount(pair_levels(own, other, rule, surface=SPHERE).level, minlength=4)
    row["share_by_level"] = [round(float(count) / len(other), 4) for count in counts]
    row["projected"] = round(projected_share(own, other, rule), 4)
    row["closed_form_of_sample"] = round(closed_form_share(own, other, rule), 4)
    row["checked_against_scenes"] = min(SAMPLE, len(other))
    return row


def one_among_many(rng: np.random.Generator) -> tuple[States, States]:
    """Return an ownship and 10,000 intruders: 100 that meet it, the others on the same continent."""
    own = States(*(np.array([x]) for x in (47.0, 8.0, 3000.0, 120.0, 45.0, 0.0)))
    near = meeting(rng, part(own, np.zeros(100, int)), 90.0, 1200.0, 400 * FT)
    far = around(rng, part(own, np.zeros(9_900, int)), 1000 * NM, 9000.0)
    return own, States(*(np.concatenate([getattr(near, n), getattr(far, n)]) for n in States.__slots__))


def live(own: States, other: States) -> dict[str, object]:
    """Return the time of one update of the live service: alerts as objects, with hysteresis."""
    service, names, now = AlertService(PROFILE), [f"{k:06x}" for k in range(len(other))], iter(range(10_000))
    cpu_s, clock_s = best(lambda: service.update(float(next(now)), own, names, other))
    return {
        "benchmark": "alert_levels/live_update",
        "intruders": len(other),
        "cpu_ms": round(1e3 * cpu_s, 1),
        "clock_ms": round(1e3 * clock_s, 1),
    }


def main() -> None:
    machine = {"processor": platform.processor() or platform.machine(), "python": platform.python_version()}
    rng = np.random.default_rng(SEED)
    own = anywhere(rng, PAIRS)
    cases = [
        ("all_in_conflict", own, meeting(rng, own, 90.0, 1200.0, 400 * FT)),
        ("within_15_NM", own, around(rng, own, 15 * NM, 3000 * FT)),
        ("within_100_NM", own, around(rng, own, 100 * NM, 30_000 * FT)),
        ("one_ownship", *one_among_many(rng)),
    ]
    for name, mine, other in cases:
        print(json.dumps(case(name, mine, other) | {"seed": SEED, "peer": REFERENCE} | machine), flush=True)
    print(json.dumps(live(*cases[-1][1:]) | {"seed": SEED} | machine), flush=True)


if __name__ == "__main__":
    main()
