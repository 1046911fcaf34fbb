"""Generated events that travel with the package, and tables of tracks made from them.

A scenario is a text file that says what was reported and by whom, what is assumed because no source says it, and how
the aircraft fly. Its table carries ``generated:NAME`` as source in every row, so that nothing made from it can pass for
a recording.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.errors import InputError
from skyaccord.model.instants import to_seconds
from skyaccord.model.tables import TRACKS
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.tracks.scenarios import flightpath
from skyaccord.tracks.scenarios.closest_approach import UnreachableError, begin_for
from skyaccord.tracks.scenarios.flightpath import LegTooShortError, fly_densely, steps_a_sample
from skyaccord.tracks.scenarios.leg_text import HARDEST_ACCELERATION_MPS2, STEEPEST_BANK_DEG
from skyaccord.tracks.scenarios.legs import GRAVITY_MPS2, State
from skyaccord.tracks.scenarios.noise import is_heard, measured_altitudes, measured_positions
from skyaccord.tracks.scenarios.plan import Flight, Scenario
from skyaccord.tracks.scenarios.stations import fly_beside
from skyaccord.tracks.scenarios.text import read_scenario
from skyaccord.units import FPM, FT, KT

__all__ = ["Scenario", "is_scenario", "load_scenario", "make_tracks_table", "scenario_names"]

SUGGESTED: Final = 4
"""As many names are suggested for a part of one; more are no help."""

_HEADER: Final = re.compile(r"(?m)^[ \t]*\[[ \t]*scenario[ \t]*\][ \t]*(?:#.*)?$")


def is_scenario(text: str) -> bool:
    """Return whether a text is a scenario: whether it has a ``[scenario]`` table."""
    return _HEADER.search(text) is not None


def scenario_names() -> tuple[str, ...]:
    """Return the names of the scenarios inside the package, sorted."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in _folder().iterdir() if f.name.endswith(".toml")))


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Return a scenario by its name, or from a file.

    Raises:
        InputError: neither is there, or the file cannot be accepted.
    """
    if str(name_or_path) in scenario_names():
        inside = _folder() / f"{name_or_path}.toml"
        return read_scenario(inside.read_text(encoding="utf-8"), inside.name, str(name_or_path))
    path = Path(name_or_path)
    if not path.is_file():
        raise InputError(str(name_or_path), "there is no such scenario", _nearest(str(name_or_path)))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read as text: {error}", "Give a TOML file in UTF-8") from error
    return read_scenario(text, str(path), path.stem)


def _nearest(name: str) -> str:
    """Return the cure for a name that is none: those that hold it, else the one most like it."""
    names = scenario_names()
    near = [each for each in names if name and name in each][:SUGGESTED] or get_close_matches(name, names, n=1)
    if near:
        return f"Did you mean {' or '.join(repr(each) for each in near)}?"
    return "Give a file, or a name that `skyaccord scenario list` shows"


def make_tracks_table(scenario: Scenario) -> pa.Table:
    """Return the tracks of a scenario in the schema `TRACKS`, sorted by time and id.

    Altitude is pressure altitude; ``geoaltitude``, ``squawk`` and ``nic`` are null. With noise, positions are moved and
    ``nac_p`` says by how much at most (95 %), altitudes have steps and reports are missing; without, ``nac_p`` is null.
    Speed, track and vertical rate are exact.

    Raises:
        InputError: the flights cannot be flown as stated.
    """
    paths: dict[str, flightpath.Path] = {}
    for flight in scenario.flights:
        paths[flight.id] = _flown(scenario, flight, paths)
    share = steps_a_sample(scenario.sample_s)
    tables = [_table(scenario, n, flight, paths[flight.id].every(share)) for n, flight in enumerate(scenario.flights)]
    return pa.concat_tables(tables).sort_by([("timestamp", "ascending"), ("icao24", "ascending")])


def _folder() -> Traversable:
    return files("skyaccord") / "data" / "scenarios"


def _flown(scenario: Scenario, flight: Flight, flown: dict[str, flightpath.Path]) -> flightpath.Path:
    """Return the path in even steps of a sample, `LONGEST_STEP_S` at most."""
    step_s = scenario.sample_s / steps_a_sample(scenario.sample_s)

    def path_from(begin: State) -> flightpath.Path:
        return fly_densely(begin, flight.legs, scenario.duration_s, step_s)

    try:
        if flight.stations:
            path = fly_beside(flown[flight.beside], flight.stations)
        elif flight.approach is not None:
            path = path_from(begin_for(flight.approach, flight.begin, flown[flight.approach.of], path_from))
        else:
            path = path_from(flight.begin)
    except LegTooShortError as error:
        cure = "Lengthen it, or leave its duration out"
        raise InputError(scenario.name, f"aircraft {flight.id!r}: {error}", cure) from error
    except UnreachableError as error:
        cure = "Change passes, or the tracks and speeds at that instant"
        raise InputError(scenario.name, f"aircraft {flight.id!r}: closest_approach: {error}", cure) from error
    _check_kinematics(scenario, flight, path)
    return path


def _check_kinematics(scenario: Scenario, flight: Flight, path: flightpath.Path) -> None:
    """Refuse what no aircraft flies: the changes from step to step must be those of a flyable turn and thrust."""
    lapse_s = np.diff(path.t_s)
    along = np.abs(np.diff(path.speed_mps)) / lapse_s
    turned_deg = np.abs((np.diff(path.track_deg) + 180.0) % 360.0 - 180.0)
    across = np.radians(turned_deg) / lapse_s * path.speed_mps[1:]
    most_across = GRAVITY_MPS2 * np.tan(np.radians(STEEPEST_BANK_DEG))
    for what, most, limit in (("along", along, HARDEST_ACCELERATION_MPS2), ("across", across, most_across)):
        if most.max(initial=0.0) > limit:
            problem = f"aircraft {flight.id!r}: acceleration {what} its track is {most.max():.1f} m/s²"
            raise InputError(scenario.name, problem, f"Fly it gentler: at most {limit:.0f} m/s²")


def _table(scenario: Scenario, number: int, flight: Flight, path: flightpath.Path) -> pa.Table:
    rows, noise = len(path.t_s), scenario.noise
    lat, lon, altitude_m, heard = path.lat_deg, path.lon_deg, path.altitude_m, path.t_s <= flight.seen_until_s
    if noise is not None:
        lat, lon = measured_positions(noise, number, scenario.sample_s, lat, lon)
        altitude_m = measured_altitudes(noise, altitude_m)
        heard &= is_heard(noise, number, scenario.sample_s, rows)
    party = scenario.party_of(flight.id)
    columns = {
        "timestamp": np.round((to_seconds(scenario.start) + path.t_s) * 1e6).astype("datetime64[us]"),
        "icao24": [flight.id] * rows,
        "callsign": [flight.callsign or None] * rows,
        "latitude": lat,
        "longitude": lon,
        "groundspeed": path.speed_mps / KT,
        "track": path.track_deg,
        "onground": [False] * rows,
        "party": [None if party == UNASSIGNED else party] * rows,
        "source": [f"generated:{scenario.name}"] * rows,
        "nac_p": [noise.nac_p if noise else None] * rows,
    }
    if flight.has_altitude:
        columns |= {"altitude": altitude_m / FT, "vertical_rate": path.climb_mps / FPM}
    full = pa.table({f.name: pa.array(columns.get(f.name, [None] * rows), f.type) for f in TRACKS}, schema=TRACKS)
    return full.filter(pa.array(heard))
