"""Outputs of DAIDALUS 2.0.4 and how they were made: configuration, mode, and what the command of ours makes of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skyaccord.batch.daa.run import instantaneous, run_scenario, without_hysteresis
from skyaccord.detect.conf import read_conf
from skyaccord.detect.profile import Profile
from skyaccord.tracks.formats.daa_states import read_daa_states


@dataclass(frozen=True, slots=True)
class Mode:
    """One configuration of the reference."""

    conf: str
    is_stock: bool = False
    is_instantaneous: bool = False
    has_bands: bool = True


MODES: Final = {
    "do365b_nosum": Mode("DO_365B_no_SUM", is_stock=True),
    "do365b_nosum_stateless": Mode("DO_365B_no_SUM"),
    "do365b_nosum_stateless_inst": Mode("DO_365B_no_SUM", is_instantaneous=True),
    "do365b_sum": Mode("DO_365B_SUM", is_stock=True, has_bands=False),
    "do365b_sum_stateless": Mode("DO_365B_SUM"),
    "do365a_nosum_stateless": Mode("DO_365A_no_SUM", has_bands=False),
    "nom_a_stateless": Mode("Buffered_DWC_SC_228_nom_a"),
    "cd3d_stateless": Mode("CD3D"),
    "tcas3d_stateless": Mode("TCAS3D", has_bands=False),
}
BANDS_EVERY_S: Final = 10.0


def profile_of(reference: Path, mode: Mode) -> Profile:
    """Return the profile that a mode of the reference ran with."""
    profile = read_conf(reference / "configs" / f"{mode.conf}.conf")
    profile = profile if mode.is_stock else without_hysteresis(profile)
    return instantaneous(profile) if mode.is_instantaneous else profile


def scenario_paths(reference: Path) -> list[Path]:
    """Return every scenario of the reference."""
    return sorted((reference / "scenarios").iterdir())


def run_all(reference: Path, mode: Mode, out: Path) -> list[str]:
    """Write the files of every scenario and return their names."""
    profile, names = profile_of(reference, mode), []
    for path in scenario_paths(reference):
        every_s = BANDS_EVERY_S if mode.has_bands else 1e9
        run_scenario(read_daa_states(path), path.stem, profile, out, every_s)
        names.append(path.stem)
    return names


def rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return header and rows of a CSV file."""
    with path.open(newline="") as lines:
        reader = csv.DictReader(lines)
        found = list(reader)
    return list(reader.fieldnames or ()), found
