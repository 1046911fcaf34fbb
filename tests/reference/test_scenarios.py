"""Geometry, alerts and bands of every scenario, from the files that the command writes."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.reference.corpus import MODES, Mode, rows, run_all

TIME_S = 1e-6
PRINTED = 2e-6  # edges are printed with eight digits
STEP = {"dir": 1.0, "hs": 5.0, "vs": 100.0, "alt": 100.0}

pytestmark = pytest.mark.reference


def number(text: str) -> float:
    return float(text) if text else math.nan


def is_same_time(ours: str, theirs: str) -> bool:
    if not ours or not theirs or "inf" in (ours, theirs):
        return ours == theirs
    return math.isclose(number(ours), number(theirs), rel_tol=1e-8, abs_tol=TIME_S)


def test_geometry_is_the_same_but_for_print_rounding(reference: Path, tmp_path: Path) -> None:
    for name in run_all(reference, Mode("CD3D", has_bands=False), tmp_path):
        header, ours = rows(tmp_path / f"{name}.geometry.csv")
        their_header, theirs = rows(reference / "geometry" / f"{name}.csv")
        assert header == their_header
        assert len(ours) == len(theirs)
        for a, b in zip(ours, theirs, strict=True):
            assert (a["t"], a["own"], a["ac"]) == (b["t"], b["own"], b["ac"])
            speed = math.hypot(number(a["vx"]), number(a["vy"]))
            for column in header[3:]:
                # Velocities agree to 5e-8 m/s: divided by a small speed, or flown for long, that is more.
                depends = column in ("tcpa", "dcpa", "hmd180", "taumod_066nmi") and speed > 0.0
                relative = 2e-8 + (1e-7 / speed if depends else 0.0)
                absolute = 1e-5 + (1e-8 * number(a["tcpa"]) if depends else 0.0)
                assert bool(a[column]) == bool(b[column]), (name, a["t"], column)
                if a[column]:
                    expected = pytest.approx(number(b[column]), rel=relative, abs=absolute)
                    assert number(a[column]) == expected, (name, a["t"], column)


# Exact ties: an entry that is 0 or the alerting time but for rounding. Nothing else may differ.
TIES = {
    "cd3d_stateless": {("gen_vert_04", "110")},
    "tcas3d_stateless": {("gen_vert_02", "40"), ("gen_leveloff_00", "40")},
}


@pytest.mark.parametrize("config", MODES)
def test_alerts_are_the_same(config: str, reference: Path, tmp_path: Path) -> None:
    levels, seen = Counter[bool](), 0
    for name in run_all(reference, Mode(MODES[config].conf, MODES[config].is_stock, has_bands=False), tmp_path):
        header, ours = rows(tmp_path / f"{name}.alerts.csv")
        their_header, theirs = rows(reference / "alerts" / config / f"{name}.csv")
        assert header == their_header
        for a, b in zip(ours, theirs, strict=True):
            seen += 1
            if (name, a["t"]) in TIES.get(config, ()):
                continue
            assert [a[c] for c in ("t", "ac", "alerter")] == [b[c] for c in ("t", "ac", "alerter")]
            levels[a["alert"] == b["alert"]] += 1
            for column in header[4:]:
                same = a[column] == b[column] if column.startswith("los") else is_same_time(a[column], b[column])
                assert same, (name, a, b, column)
    assert seen > 5000
    assert levels[False] == 0


def bands_agree(ours: list[Any], theirs: list[Any], step: float) -> bool:
    """Return whether two lists of bands have the same regions in order, each edge within one step of the grid."""
    if [band[2] for band in ours] != [band[2] for band in theirs]:
        return False
    pairs = zip(ours, theirs, strict=True)
    return all(abs(a[k] - b[k]) <= step * (1.0 + PRINTED) for a, b in pairs for k in (0, 1))


def recoveries_agree(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Return whether two recoveries are after the same time and with the same separation, or both are none."""
    found, expected = ours.get("rec"), theirs.get("rec")
    if found is None or expected is None or expected["t"] == "-inf":
        return (found or {}).get("t") == (expected or {}).get("t")
    return found["n"] == expected["n"] and all(
        found[part] == pytest.approx(expected[part], rel=PRINTED) for part in ("t", "h_m", "v_m")
    )


# One recovery (nasa_daadisplays_scenario_7 at 200 s, altitude) hangs on 17 mm; no other may differ.
OTHER_RECOVERY = {"nom_a_stateless": 1}


# The least shares asked for are 0.99 (instantaneous) and 0.98 (kinematic); what is reached is held here.
LEAST = {
    "do365b_nosum": 0.998,
    "do365b_nosum_stateless": 0.998,
    "do365b_nosum_stateless_inst": 0.998,
    "do365b_sum_stateless": 0.998,
    "nom_a_stateless": 1.0,
    "cd3d_stateless": 0.996,
}


@pytest.mark.parametrize("config", LEAST)
def test_bands_are_the_same_within_a_grid_step(config: str, reference: Path, tmp_path: Path) -> None:
    agree: dict[str, Counter[bool]] = {kind: Counter() for kind in STEP}
    different, recovers = [], Counter[bool]()
    for name in run_all(reference, MODES[config], tmp_path):
        ours = [json.loads(line) for line in (tmp_path / f"{name}.bands.jsonl").read_text().splitlines()]
        folder = reference / "bands" / config
        theirs = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]
        assert [a["t"] for a in ours] == [b["t"] for b in theirs]
        for a, b in zip(ours, theirs, strict=True):
            assert a["own"] == pytest.approx(b["own"], rel=1e-6, abs=1e-6)
            assert {k: sorted(v) for k, v in a["acs"].items()} == {k: sorted(v) for k, v in b["acs"].items()}
            for kind, step in STEP.items():
                is_same = bands_agree(a[kind]["bands"], b[kind]["bands"], step)
                agree[kind][is_same] += 1
                different += [] if is_same else [(name, a["t"], kind)]
                recovers[recoveries_agree(a[kind], b[kind])] += 1
    for kind, count in agree.items():
        assert count[True] / count.total() >= LEAST[config], (kind, count, different)
    assert recovers[False] == OTHER_RECOVERY.get(config, 0)
