"""``skyaccord scenario``: list, show and make."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from skyaccord.errors import InputError
from skyaccord.tracks.scenarios.scenario import load_scenario, make_tracks_table, scenario_names


def list_scenarios(as_json: bool) -> None:
    """Print names and titles."""
    rows = [{"name": name, "title": load_scenario(name).title} for name in scenario_names()]
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        print(f"{row['name']:{width}}  {row['title']}")


def show(name: str) -> None:
    """Print what was reported, what is assumed and what is expected."""
    scenario = load_scenario(name)
    print(scenario.title)
    print(
        f"generated; from {scenario.start:%Y-%m-%d %H:%M:%S}Z, {scenario.duration_s:.0f} s; judged by {scenario.preset}"
    )
    print("\nreported")
    for each in scenario.reported:
        print(f"  {each.by}: {each.what}\n    source: {each.source}")
    print("\nassumed")
    for text in scenario.assumed:
        print(f"  {text}")
    print(f"\nexpected: {scenario.expected.outcome.value}, because {scenario.expected.because}")
    print(f"\nskyaccord review scenario:{scenario.name} --memorandum {scenario.preset}")


def make(name: str, out: Path) -> None:
    """Write the tracks as the ending of ``out`` says."""
    table = make_tracks_table(load_scenario(name))
    try:
        if out.suffix == ".parquet":
            pq.write_table(table, out)
        elif out.suffix == ".csv":
            pcsv.write_csv(table, out)
        else:
            raise InputError(str(out), "is neither .parquet nor .csv", "Name a file with one of these endings")
    except OSError as error:
        raise InputError(str(out), f"cannot be written ({error.strerror})", "Name another file") from None
    print(out)
