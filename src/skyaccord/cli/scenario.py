"""``skyaccord scenario``: list, show and make."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from skyaccord.cli.scenario_page import page
from skyaccord.cli.scenario_record import record
from skyaccord.errors import InputError
from skyaccord.tracks.scenarios.accounts import check_accounts, check_agreement
from skyaccord.tracks.scenarios.noise import usual_noise
from skyaccord.tracks.scenarios.plausibility import Check, Finding, Kind, check_reports
from skyaccord.tracks.scenarios.scenario import Scenario, load_scenario, make_tracks_table, scenario_names

MARKS: Final = {
    "implausible": ("!", "a number of the report implies another that no such aircraft is flown at"),
    "doubtful": ("?", "the same, within what wind or rounding explain"),
    "accounts differ": ("≠", "the parties tell it differently; each version is a scenario"),
    "below floor": ("<", "nearer than surveillance resolves: tracks cannot decide a near midair collision"),
}
"""Marks of the list and what they mean; in JSON the words stand themselves."""


def list_scenarios(as_json: bool) -> None:
    """Print one line for each scenario: name, date, marks, place and what it is."""
    scenarios = sorted(map(load_scenario, scenario_names()), key=lambda each: (not each.reported, each.start))
    rows = [(each, flags_of(checks_of(each, scenarios))) for each in scenarios]
    if as_json:
        print(json.dumps([_row(each, flags) for each, flags in rows], indent=1))
        return
    print(_line("name", "date", "", "place", "what", rows))
    for each, flags in rows:
        when = each.when if each.reported else "-"
        marks = "".join(MARKS[flag][0] for flag in flags)
        print(_line(each.name, when, marks, each.place, each.title, rows))
    print()
    for mark, meaning in MARKS.values():
        print(f"{mark}  {meaning}")
    print("-  a teaching example: nothing is reported\n\nskyaccord scenario show NAME says the rest.")


def show(name: str, as_json: bool) -> None:
    """Print what was reported, what is assumed, who flies how and what is expected."""
    scenario = load_scenario(name)
    others = _versions(scenario)
    checks = checks_of(scenario, others)
    if as_json:
        print(json.dumps(record(scenario, checks) | {"flags": list(flags_of(checks))}, indent=1, ensure_ascii=False))
        return
    width = min(shutil.get_terminal_size((100, 0)).columns, 100)
    print(page(scenario, checks, [other.name for other in others if other.name != scenario.name], width))


def make(name: str, out: Path, seed: int | None) -> None:
    """Write the tracks as the ending of ``out`` says; with a seed as a sensor would have seen them."""
    scenario = load_scenario(name)
    if seed is not None:
        noise = replace(scenario.noise, seed=seed) if scenario.noise else usual_noise(seed)
        scenario = replace(scenario, noise=noise)
        print(f"with the errors of a sensor: NACp {noise.nac_p}, seed {seed}", file=sys.stderr)
    table = make_tracks_table(scenario)
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


def checks_of(scenario: Scenario, others: list[Scenario]) -> tuple[Check, ...]:
    """Return every check of a scenario: of its reports, and against the other versions of the event."""
    return (*check_reports(scenario), *check_agreement(scenario), *check_accounts(scenario, others))


def flags_of(checks: tuple[Check, ...]) -> tuple[str, ...]:
    """Return the words of `MARKS` that hold for a scenario."""
    findings, kinds = {check.finding for check in checks}, {check.kind for check in checks}
    holds = {
        "implausible": Finding.IMPLAUSIBLE in findings,
        "doubtful": Finding.DOUBTFUL in findings,
        "accounts differ": Kind.ACCOUNTS in kinds,
        "below floor": Kind.FLOOR in kinds,
    }
    return tuple(flag for flag in MARKS if holds[flag])


def _versions(scenario: Scenario) -> list[Scenario]:
    """Return all scenarios of the package that tell the same event."""
    if not scenario.account:
        return []
    return [other for other in map(load_scenario, scenario_names()) if other.event == scenario.event]


def _row(scenario: Scenario, flags: tuple[str, ...]) -> dict[str, object]:
    return {
        "name": scenario.name,
        "date": scenario.when if scenario.reported else None,
        "place": scenario.place,
        "title": scenario.title,
        "event": scenario.event,
        "account": scenario.account or None,
        "flags": list(flags),
        "expected": {each.preset: each.outcome.value for each in scenario.expected},
    }


def _line(name: str, when: str, marks: str, place: str, what: str, rows: list[tuple[Scenario, tuple[str, ...]]]) -> str:
    """Return a line of the list, its last column cut where the terminal ends."""
    names, places = max(len(each.name) for each, _ in rows), max(len(each.place) for each, _ in rows)
    dates = max(len(each.when) for each, _ in rows)
    line = f"{name:{names}}  {when:{dates}}  {marks:3} {place:{places}}  {what}"
    width = shutil.get_terminal_size((10_000, 0)).columns if sys.stdout.isatty() else 10_000
    return line if len(line) <= width else line[: width - 1] + "…"
