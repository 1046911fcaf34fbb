"""Scenarios that travel with the package: what they state is what their tables hold, measured by the oracle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pytest
from geographiclib.geodesic import Geodesic

from skyaccord.errors import InputError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.scenarios.scenario import Scenario, is_scenario, load_scenario, make_tracks_table, scenario_names
from tests.oracle.brute_force import OracleEncounter, encounters

FT, NM, KT = 0.3048, 1852.0, 1852.0 / 3600.0
SHIPPED = scenario_names()
every_scenario = pytest.mark.parametrize("name", SHIPPED)


def exact(scenario: Scenario) -> pa.Table:
    return make_tracks_table(replace(scenario, noise=None))


def between_parties(scenario: Scenario, d_m: float, h_m: float, table: pa.Table) -> list[OracleEncounter]:
    return [e for e in encounters(table, d_m, h_m) if scenario.party_of(e.a) != scenario.party_of(e.b)]


def column(table: pa.Table, aircraft: str, name: str) -> npt.NDArray[np.float64]:
    return pl.DataFrame(table).filter(pl.col("icao24") == aircraft)[name].to_numpy().astype(np.float64)


@every_scenario
def test_stated_closest_approaches_are_met_within_a_metre(name: str) -> None:
    scenario = load_scenario(name)
    table = exact(scenario)
    everything = {(e.a, e.b): e for e in encounters(table, 60 * NM, 60_000 * FT)}
    for flight in scenario.flights:
        if flight.approach is None or scenario.party_of(flight.id) == scenario.party_of(flight.approach.of):
            continue
        if not flight.has_altitude:
            continue
        a, b = sorted((flight.id, flight.approach.of))
        assert everything[a, b].min_horizontal_m == pytest.approx(flight.approach.distance_m, abs=1.0)


@every_scenario
def test_at_the_stated_instant_the_aircraft_is_where_the_file_says(name: str) -> None:
    scenario = load_scenario(name)
    table = exact(scenario)
    for flight in (f for f in scenario.flights if f.approach):
        assert flight.approach is not None
        k = round(flight.approach.at_s / scenario.sample_s)
        lat, lon, alt = (column(table, flight.id, c)[k] for c in ("latitude", "longitude", "altitude"))
        there = [column(table, flight.approach.of, c)[k] for c in ("latitude", "longitude", "altitude")]
        apart = Geodesic.WGS84.Inverse(lat, lon, there[0], there[1])["s12"]
        assert apart == pytest.approx(flight.approach.distance_m, abs=0.01)
        if flight.approach.higher_by_m is not None and flight.has_altitude:
            assert (alt - there[2]) * FT == pytest.approx(flight.approach.higher_by_m, abs=0.01)


def test_communications_test_lasts_three_minutes_within_five_miles_and_stays_clear_by_more_than_its_error() -> None:
    scenario = load_scenario("comm-test-2015-11-03")
    (near,) = encounters(make_tracks_table(scenario), 5 * 1609.344, 3000 * FT)
    assert near.end_s - near.start_s == pytest.approx(180, abs=5)
    assert scenario.noise is not None
    error_95_m = np.sqrt(2) * 2.4477 * scenario.noise.sigma_m
    assert near.min_horizontal_m - 3 * NM > error_95_m


@every_scenario
def test_every_row_says_that_it_is_generated_and_whose_it_is(name: str) -> None:
    scenario = load_scenario(name)
    table = make_tracks_table(scenario)
    assert table.schema.equals(TRACKS)
    rows = pl.DataFrame(table)
    assert rows["source"].unique().to_list() == [f"generated:{name}"]
    assert set(rows.select("icao24", "party").unique().rows()) == {
        (aircraft, party) for party, members in scenario.parties.items() for aircraft in members
    }
    last_s = max(min(flight.seen_until_s, scenario.duration_s) for flight in scenario.flights)
    assert rows["timestamp"][0] == scenario.start
    assert (rows["timestamp"][-1] - scenario.start).total_seconds() == last_s
    assert rows.select("timestamp", "icao24").equals(rows.select("timestamp", "icao24").sort("timestamp", "icao24"))


@every_scenario
def test_same_scenario_makes_the_same_table(name: str) -> None:
    assert make_tracks_table(load_scenario(name)).equals(make_tracks_table(load_scenario(name)))


def test_noise_is_as_large_as_stated_and_fades_as_stated() -> None:
    scenario = load_scenario("comm-test-2015-11-03")
    assert scenario.noise is not None
    noise = replace(scenario.noise, sigma_m=40.0, correlation_s=5.0)
    noisy, clean = make_tracks_table(replace(scenario, noise=noise)), exact(scenario)
    errors = []
    for flight in scenario.flights:
        places = [[column(t, flight.id, c) for c in ("latitude", "longitude")] for t in (clean, noisy)]
        ways = [Geodesic.WGS84.Inverse(*row) for row in zip(*places[0], *places[1], strict=True)]
        polar = [w["s12"] * np.exp(1j * np.radians(w["azi1"])) for w in ways]
        errors.append(np.array(polar))
    a, b = errors
    both = np.concatenate([a.real, a.imag, b.real, b.imag])
    assert np.std(both) == pytest.approx(40.0, rel=0.2)
    later = np.mean([np.corrcoef(x[5:], x[:-5])[0, 1] for x in (a.real, a.imag, b.real, b.imag)])
    assert later == pytest.approx(np.exp(-1), abs=0.2)
    assert abs(np.corrcoef(a.real, b.real)[0, 1]) < 0.5
    assert set(noisy["nac_p"].to_pylist()) == {7}
    assert set(clean["nac_p"].to_pylist()) == {None}


def test_another_seed_makes_other_noise() -> None:
    scenario = load_scenario("comm-test-2015-11-03")
    assert scenario.noise is not None
    other = replace(scenario, noise=replace(scenario.noise, seed=1))
    assert not make_tracks_table(other)["latitude"].equals(make_tracks_table(scenario)["latitude"])


@every_scenario
def test_scenario_is_recognised_by_its_content(name: str) -> None:
    text = Path(str(files_of(name))).read_text(encoding="utf-8")
    assert is_scenario(text)


@pytest.mark.parametrize(
    "text", ["", "[memorandum]\ntitle = 'scenario'", "timestamp,icao24\n[scenario],x", "MSG,3,1,1,ABC", "# [scenario]"]
)
def test_other_text_is_no_scenario(text: str) -> None:
    assert not is_scenario(text)


def test_scenario_is_read_from_a_file_too(tmp_path: Path) -> None:
    copy = tmp_path / "mine.toml"
    copy.write_text(Path(str(files_of("crossing-breach"))).read_text(encoding="utf-8"), encoding="utf-8")
    scenario = load_scenario(copy)
    assert set(make_tracks_table(scenario)["source"].to_pylist()) == {"generated:mine"}
    assert load_scenario(str(copy)) == scenario


def test_unknown_name_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"Did you mean 'crossing-breach'\?"):
        load_scenario("crosing-breach")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("hainan", "'hainan-2001-04-01-chinese-account' or 'hainan-2001-04-01-us-account'?"),
        ("2016-04-14", "Did you mean 'baltic-2016-04-14'?"),
        ("zzz", "a name that `skyaccord scenario list` shows"),
        ("", "a name that `skyaccord scenario list` shows"),
    ],
)
def test_part_of_a_name_names_those_that_hold_it(name: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        load_scenario(name)
    assert says in str(caught.value)


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read as text"):
        load_scenario(tmp_path / "x.toml")


def test_accounts_of_one_event_differ_more_than_fivefold() -> None:
    least = [
        min(e.min_horizontal_m for e in between_parties(s, 60 * NM, 60_000 * FT, exact(s)))
        for s in map(load_scenario, ("aleppo-2015-10-10-russian-account", "aleppo-2015-10-10-us-account"))
    ]
    assert 5 < least[1] / least[0] < 16


def files_of(name: str) -> Path:
    import skyaccord

    return Path(skyaccord.__file__).parent / "data" / "scenarios" / f"{name}.toml"
