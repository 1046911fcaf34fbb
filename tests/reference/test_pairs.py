"""Detector by detector on 3,000 relative states: violation now, conflict, entry and exit."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from skyaccord.detect import hazard
from skyaccord.detect.conf import read_conf
from skyaccord.detect.well_clear import TAUMOD, TCPA, TEP
from skyaccord.geometry.vectors import Floats
from skyaccord.units import FT, NM

LOOK_AHEAD_S = 180.0
TIME_S = 1e-6
EXACT = (0.0, 0.0, 0.0, 0.0)
KINDS = {"taumod": TAUMOD, "tcpa": TCPA, "tep": TEP}
THRESHOLDS = {
    "phase1": (0.66 * NM, 450 * FT, 35.0, 0.0),
    "phase1_prev": (0.66 * NM, 700 * FT, 35.0, 0.0),
    "phase2": (1500 * FT, 450 * FT, 0.0, 0.0),
    "noncoop": (2200 * FT, 450 * FT, 0.0, 0.0),
    "buffered": (1 * NM, 450 * FT, 35.0, 20.0),
}

pytestmark = pytest.mark.reference


def volume(name: str, reference: Path) -> Floats:
    if name == "cyl_5nmi_1000ft":
        return hazard.cylinder(5 * NM, 1000 * FT)
    if name == "cyl_nmac_500ft_100ft":
        return hazard.cylinder(500 * FT, 100 * FT)
    if name.startswith("tcas"):
        advisory, resolution = read_conf(reference / "configs" / "TCAS3D.conf").alerters[0].levels
        return {"tcas_ta": advisory, "tcas_ra": resolution}[name].hazard
    kind, thresholds = name.split("_", 1)
    return hazard.well_clear(KINDS[kind], *THRESHOLDS[thresholds])


def test_every_detector_agrees_on_every_state(reference: Path) -> None:
    with (reference / "pairs" / "states.csv").open(newline="") as lines:
        states = {row["id"]: row for row in csv.DictReader(lines)}
    volumes: dict[str, Floats] = {}
    seen = 0
    with (reference / "pairs" / "detections.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            state, name = states[row["id"]], row["detector"]
            own = [float(state[f"{each}o{axis}"]) for each in "sv" for axis in "xyz"]
            other = [float(state[f"{each}i{axis}"]) for each in "sv" for axis in "xyz"]
            pair = tuple(a - b for a, b in zip(own, other, strict=True))
            at = volumes.setdefault(name, volume(name, reference))
            entry_s, exit_s = hazard.hazard_interval(at, pair, EXACT, own[2], own[5], LOOK_AHEAD_S)
            assert (entry_s < exit_s) == (row["conflict"] == "1"), row
            assert hazard.is_hazard_violated(at, pair, EXACT, own[2]) == (row["los"] == "1"), row
            if row["conflict"] == "1":
                assert entry_s == pytest.approx(float(row["tin"]), abs=TIME_S), row
                assert exit_s == pytest.approx(float(row["tout"]), abs=TIME_S), row
            seen += 1
    assert seen == 3000 * len(volumes)
    assert len(volumes) == 13
