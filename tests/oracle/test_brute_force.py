"""The oracle against encounters that can be worked out by hand. Equator: one degree of longitude is pi a / 180."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from geographiclib.geodesic import Geodesic

from tests.oracle.brute_force import WGS84, OracleEncounter, encounters

FT, NM = 0.3048, 1852.0
A_M = 6_378_137.0
M_PER_DEG = np.pi * A_M / 180  # along the equator
T0 = datetime(2015, 10, 10, 12, tzinfo=UTC)
T0_S = T0.timestamp()
D, H = 3 * NM, 3000 * FT

Row = tuple[float, str, float, float, float | None]


def table(*rows: Row, geo: dict[str, float] | None = None) -> pl.DataFrame:
    columns = ["s", "icao24", "latitude", "longitude", "altitude"]
    frame = pl.DataFrame(
        rows, schema=dict(zip(columns, [pl.Float64, pl.String, *[pl.Float64] * 3], strict=True)), orient="row"
    )
    geoaltitude = pl.col("icao24").replace_strict(geo or {}, default=None, return_dtype=pl.Float64)
    instant = pl.lit(T0) + pl.duration(microseconds=(pl.col("s") * 1e6).cast(pl.Int64))
    return frame.select(instant.alias("timestamp"), *columns[1:], geoaltitude.alias("geoaltitude"))


def eastward(
    name: str, times: range, x0_m: float, v_mps: float, lat: float = 0.0, alt: float | None = 20000.0
) -> list[Row]:
    return [(float(t), name, lat, (x0_m + v_mps * t) / M_PER_DEG, alt) for t in times]


def only(found: list[OracleEncounter]) -> OracleEncounter:
    assert len(found) == 1, found
    return found[0]


def test_head_on_along_the_equator_meets_at_the_middle() -> None:
    rows = eastward("a", range(0, 121, 10), -12000, 200) + eastward("b", range(0, 121, 10), 12000, -200, alt=21000)
    e = only(encounters(table(*rows), D, H))
    assert e.t_cpa_s == pytest.approx(T0_S + 60, abs=1e-3)
    assert e.min_horizontal_m == pytest.approx(0, abs=0.05)
    assert e.vertical_at_cpa_m == pytest.approx(1000 * FT)
    assert e.relative_speed_mps == pytest.approx(400, rel=1e-6)
    assert e.start_s == pytest.approx(T0_S + 60 - D / 400, abs=1e-3)
    assert e.end_s == pytest.approx(T0_S + 60 + D / 400, abs=1e-3)
    assert e.min_normalised == pytest.approx(1000 / 3000, abs=1e-4)


def test_crossing_at_right_angles_is_closest_between_samples() -> None:
    # a flies east through the origin at t = 61; b flies north, through it at t = 71: sqrt(1/2) * 10 s * 200 m/s apart
    m_per_deg_north = A_M * (1 - WGS84.es) * np.pi / 180  # meridian radius at the equator
    a = eastward("a", range(0, 141, 10), -200 * 61, 200)
    b = [(float(t), "b", 200 * (t - 71) / m_per_deg_north, 0.0, 20000.0) for t in range(0, 141, 10)]
    e = only(encounters(table(*a, *b), D, H))
    assert e.min_horizontal_m == pytest.approx(2000 / np.sqrt(2), abs=0.1)
    assert e.t_cpa_s == pytest.approx(T0_S + 66, abs=0.01)
    assert e.relative_speed_mps == pytest.approx(200 * np.sqrt(2), rel=1e-4)
    assert e.min_normalised == pytest.approx(2000 / np.sqrt(2) / D, abs=1e-5)


def test_parallel_flight_is_one_encounter_from_first_row_to_last() -> None:
    rows = eastward("a", range(0, 301, 10), 0, 200) + eastward("b", range(0, 301, 10), 4000, 200)
    e = only(encounters(table(*rows), D, H))
    assert (e.start_s, e.end_s) == (T0_S, T0_S + 300)
    assert e.min_horizontal_m == pytest.approx(4000, abs=1e-3)
    assert e.relative_speed_mps == pytest.approx(0, abs=1e-3)


def test_parallel_flight_outside_the_limit_is_none() -> None:
    rows = eastward("a", range(0, 301, 10), 0, 200) + eastward("b", range(0, 301, 10), D + 1, 200)
    assert encounters(table(*rows), D, H) == []


def test_gap_cuts_an_encounter_in_two_and_nothing_is_known_within() -> None:
    times = [*range(0, 101, 10), *range(140, 201, 10)]
    rows = eastward("a", range(0, 201, 10), 0, 200) + [
        r for r in eastward("b", range(0, 201, 10), 4000, 200) if r[0] in times
    ]
    first, second = encounters(table(*rows), D, H)
    assert (first.start_s, first.end_s) == (T0_S, T0_S + 100)
    assert (second.start_s, second.end_s) == (T0_S + 140, T0_S + 200)


def test_thirty_seconds_are_bridged_and_a_little_more_is_not() -> None:
    def meeting(lapse: float) -> pl.DataFrame:
        a, b = eastward("a", range(0, 61, 10), 0, 200), eastward("b", range(0, 61, 10), 4000, 200)
        return table(*a, *[(t if t <= 20 else t + lapse - 30, n, x, y, z) for t, n, x, y, z in b if not 20 < t < 50])

    assert len(encounters(meeting(30.0), D, H)) == 1
    assert len(encounters(meeting(30.1), D, H)) == 2


def test_closest_approach_hidden_in_a_gap_is_not_guessed() -> None:
    a = [r for r in eastward("a", range(0, 121, 10), -12000, 200) if not 20 < r[0] < 100]
    assert encounters(table(*a, *eastward("b", range(0, 121, 10), 12000, -200)), D, H) == []


def test_date_line_is_no_edge_of_the_world() -> None:
    def across(name: str, x0_m: float, v_mps: float) -> list[Row]:
        return [
            (t, n, lat, (180 + lon + 180) % 360 - 180, alt)
            for t, n, lat, lon, alt in eastward(name, range(0, 121, 10), x0_m, v_mps)
        ]

    rows = across("a", -12000, 200) + across("b", 12000, -200)
    assert {np.sign(r[3]) for r in rows} == {-1.0, 1.0}
    e = only(encounters(table(*rows), D, H))
    assert e.t_cpa_s == pytest.approx(T0_S + 60, abs=1e-3)
    assert e.end_s - e.start_s == pytest.approx(2 * D / 400, abs=1e-3)


def test_at_85_north_the_meridian_distance_is_the_minimum() -> None:
    # two aircraft on parallels 1.5 NM apart, the northern one overtaking: least where their longitudes are equal
    here = Geodesic.WGS84.Direct(85, 0, 0, 1.5 * NM)["lat2"]
    a = [(float(t), "a", 85.0, 0.02 * t, 20000.0) for t in range(0, 121, 10)]
    b = [(float(t), "b", here, 0.03 * t - 0.6, 20000.0) for t in range(0, 121, 10)]
    e = only(encounters(table(*a, *b), D, H))
    assert e.min_horizontal_m == pytest.approx(1.5 * NM, abs=0.01)
    assert e.t_cpa_s == pytest.approx(T0_S + 60, abs=0.1)
    east_m_per_deg = A_M / np.sqrt(1 - WGS84.es * np.sin(np.radians(85)) ** 2) * np.cos(np.radians(85)) * np.pi / 180
    assert e.relative_speed_mps == pytest.approx(0.01 * east_m_per_deg, rel=0.05)


def test_climb_through_the_other_level_is_within_only_while_near_in_height() -> None:
    a = eastward("a", range(0, 301, 10), 0, 200)
    b = [(t, n, lat, lon, 10000.0 + 100 * t) for t, n, lat, lon, _ in eastward("b", range(0, 301, 10), 2000, 200)]
    e = only(encounters(table(*a, *b), D, H))
    assert e.start_s == pytest.approx(T0_S + 70, abs=1e-3)
    assert e.end_s == pytest.approx(T0_S + 130, abs=1e-3)
    assert e.t_closest_s == pytest.approx(T0_S + 100, abs=0.25 + 3000 * 2000 / D / 100)
    assert e.min_normalised == pytest.approx(2000 / D, abs=1e-4)


def test_the_closest_instant_never_joins_minima_of_different_instants() -> None:
    # horizontally nearest (0 m) at t = 60 while 2,900 ft apart; at the same height only after 89 s
    a = eastward("a", range(0, 121, 10), -200 * 60, 200)
    b = [
        (t, n, lat, lon, 20000.0 + 100 * (89 - t))
        for t, n, lat, lon, _ in eastward("b", range(0, 121, 10), 200 * 60, -200)
    ]
    e = only(encounters(table(*a, *b), D, H))
    # |h|/D = 400 (t-60)/D and v/H = 100 (89-t)/3000 meet where both are equal
    t = (400 * 60 / D + 89 / 30) / (400 / D + 1 / 30)
    assert e.t_closest_s == pytest.approx(T0_S + t, abs=1e-2)
    assert e.min_normalised == pytest.approx(400 * (t - 60) / D, abs=1e-3)
    assert e.vertical_at_cpa_m == pytest.approx(2900 * FT, abs=0.01)


def test_levels_exactly_at_the_vertical_limit_are_within() -> None:
    rows = eastward("a", range(0, 61, 10), 0, 200, alt=36000) + eastward("b", range(0, 61, 10), 4000, 200, alt=35000)
    assert len(encounters(table(*rows), D, 1000 * FT)) == 1
    assert encounters(table(*rows), D, 999.9 * FT) == []


def test_geometric_altitude_serves_where_pressure_altitude_lacks_on_one_side() -> None:
    rows = eastward("a", range(0, 61, 10), 0, 200) + eastward("b", range(0, 61, 10), 4000, 200, alt=None)
    e = only(encounters(table(*rows, geo={"a": 21000.0, "b": 20500.0}), D, H))
    assert e.vertical_at_cpa_m == pytest.approx(500 * FT)
    assert not e.has_unknown_vertical


def test_unknown_height_counts_as_within_and_says_so() -> None:
    rows = eastward("a", range(0, 61, 10), 0, 200) + eastward("b", range(0, 61, 10), 4000, 200, alt=None)
    e = only(encounters(table(*rows, geo={"b": 20500.0}), D, H))
    assert np.isnan(e.vertical_at_cpa_m)
    assert e.has_unknown_vertical


def test_rows_of_one_instant_join_first_to_the_past_and_last_to_the_future() -> None:
    # b is reported twice at t = 30: 4 km ahead of a (south, so first) and 4 degrees north: only the past is close
    a = eastward("a", range(0, 61, 10), 0, 200)
    b = [r for r in eastward("b", range(0, 61, 10), 4000, 200) if r[0] <= 30]
    north = [(t, "b", 4.0, lon, alt) for t, _, _, lon, alt in eastward("b", range(30, 61, 10), 4000, 200)]
    e = only(encounters(table(*a, *north, *b), D, H))
    assert (e.start_s, e.end_s) == (T0_S, T0_S + 30)
    assert e.min_horizontal_m == pytest.approx(4000, abs=1e-3)


def test_row_order_and_names_do_not_matter() -> None:
    rows = eastward("a", range(0, 121, 10), -12000, 200) + eastward("b", range(0, 121, 10), 12000, -200, alt=21000)
    plain = only(encounters(table(*rows), D, H))
    renamed = [(t, {"a": "z", "b": "c"}[n], lat, lon, alt) for t, n, lat, lon, alt in reversed(rows)]
    other = only(encounters(table(*renamed), D, H))
    assert (other.a, other.b) == ("c", "z")
    assert other.t_cpa_s == pytest.approx(plain.t_cpa_s, abs=1e-3)
    assert other.min_horizontal_m == pytest.approx(plain.min_horizontal_m, abs=0.1)


def test_geodesic_of_the_oracle_is_that_of_geographiclib() -> None:
    for lat, lon in ((0.0, 179.99), (47.0, 8.0), (85.0, -179.9), (-33.0, 151.0)):
        _, _, ours = WGS84.inv(lon, lat, lon + 0.1, lat + 0.07)
        assert ours == pytest.approx(Geodesic.WGS84.Inverse(lat, lon, lat + 0.07, lon + 0.1)["s12"], abs=1e-6)


@pytest.mark.recordings
def test_dense_grid_without_any_pruning_finds_the_same_on_ten_minutes_of_swiss_traffic(recordings: Path) -> None:
    whole = pl.read_parquet(recordings / "traffic_switzerland_20180801.parquet")
    begin = datetime(2018, 8, 1, 12, tzinfo=UTC)
    frame = whole.filter(pl.col("timestamp").is_between(begin, begin + timedelta(minutes=10)))
    d, h = 10 * NM, 2050 * FT
    found: dict[tuple[str, str], float] = {}
    for e in encounters(frame, d, h):
        found[e.a, e.b] = min(e.min_horizontal_m, found.get((e.a, e.b), np.inf))
    on_grid = _pairs_on_a_grid(frame, begin.timestamp(), d, h)
    assert len(on_grid) > 5
    assert found.keys() == on_grid.keys()
    for pair, least in on_grid.items():
        assert least - 60.0 <= found[pair] <= least + 1e-3  # 60 m: half a grid step at 240 m/s closure


def _pairs_on_a_grid(frame: pl.DataFrame, t0_s: float, d_m: float, h_m: float) -> dict[tuple[str, str], float]:
    """Interpolate everything on one grid of half seconds; take the least geodesic distance of each pair within."""
    grid = t0_s + np.arange(0, 600.5, 0.5)
    tracks = {}
    for (name,), rows in frame.sort("timestamp").drop_nulls(["latitude", "longitude"]).group_by("icao24"):
        t = rows["timestamp"].dt.timestamp("ms").to_numpy() / 1000
        i = np.clip(np.searchsorted(t, grid, side="right"), 1, max(len(t) - 1, 1))
        known = (grid >= t[0]) & (grid <= t[-1]) & (len(t) > 1)
        if len(t) > 1:
            known &= (t[i] - t[i - 1]) <= 30
        tracks[str(name)] = [
            np.where(known, np.interp(grid, t, rows[c].to_numpy()), np.nan)
            for c in ("latitude", "longitude", "altitude")
        ]
    least = {}
    for a, b in ((a, b) for a in tracks for b in tracks if a < b):
        (lat_a, lon_a, alt_a), (lat_b, lon_b, alt_b) = tracks[a], tracks[b]
        near = (np.abs(alt_a - alt_b) * FT <= h_m) & np.isfinite(lat_a + lat_b)
        distance = np.asarray(WGS84.inv(lon_a[near], lat_a[near], lon_b[near], lat_b[near])[2])
        if near.any() and distance.min() <= d_m:
            least[a, b] = float(distance.min())
    return least
