"""Conflicts in dataframes."""

from __future__ import annotations

from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import skyaccord
from skyaccord.errors import UnitError
from skyaccord.model.tables import CONFLICTS
from tests.frames.states import head_on, state


def find(*rows: dict[str, Any], within: str = "5 NM, 1000 ft", look_ahead: str = "300 s") -> list[dict[str, Any]]:
    table = skyaccord.conflicts(pa.Table.from_pylist(list(rows)), within=within, look_ahead=look_ahead)
    assert table.schema == CONFLICTS
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def test_head_on_traffic_is_found_with_its_times() -> None:
    (row,) = find(state("aaa"), head_on(east_nm=20.0))
    # A minute of longitude on the equator is 1.0018 NM; 15 NM and a bit to close at 600 kt.
    closing = 600.0 / 3600.0
    assert (row["a"], row["b"], row["datum"], row["reason"]) == ("aaa", "bbb", "pressure", None)
    assert row["t_entry_s"] == pytest.approx((20 * 1.00180 - 5) / closing, abs=0.1)
    assert row["t_cpa_s"] == pytest.approx(20 * 1.00180 / closing, abs=0.1)
    assert row["t_exit_s"] == pytest.approx((20 * 1.00180 + 5) / closing, abs=0.1)
    assert row["hmd_m"] == pytest.approx(0.0, abs=1.0)
    assert row["vmd_m"] == 0.0


def test_look_ahead_and_volume_decide() -> None:
    pair = state("aaa"), head_on(east_nm=20.0, altitude=10_900.0)
    assert len(find(*pair)) == 1
    assert find(*pair, look_ahead="1 min") == []
    assert find(*pair, within="5 NM, 800 ft") == []
    assert len(find(*pair, within="5 NM")) == 1


def test_each_instant_is_searched_alone() -> None:
    rows = find(state("aaa"), head_on(at_s=10.0), state("aaa", at_s=20.0), head_on(at_s=20.0))
    assert [(row["timestamp"].second, row["a"], row["b"]) for row in rows] == [(20, "aaa", "bbb")]


def test_an_unknown_altitude_excludes_nothing_and_is_said() -> None:
    (row,) = find(state("aaa"), head_on(altitude=None))
    assert (row["vmd_m"], row["datum"]) == (None, "none")
    assert row["reason"] == "no altitude in a common datum: horizontal distance alone"


def test_ellipsoidal_altitudes_decide_where_pressure_altitude_is_missing() -> None:
    own = state("aaa", geoaltitude=10_000.0)
    (row,) = find(own, head_on(altitude=None, geoaltitude=10_500.0))
    assert (row["vmd_m"], row["datum"]) == (pytest.approx(152.4), "ellipsoid")
    assert find(own, head_on(altitude=None, geoaltitude=12_000.0)) == []


def test_an_unknown_vertical_rate_counts_as_level_and_is_said() -> None:
    (row,) = find(state("aaa"), head_on(vertical_rate=None))
    assert row["reason"] == "no vertical_rate of bbb: taken as level"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"latitude": None}, "not searched: no position"),
        ({"groundspeed": None}, "not searched: no groundspeed"),
        ({"track": None}, "not searched: no track"),
        ({"onground": True}, "not searched: on the ground"),
        ({"timestamp": None}, "not searched: no timestamp"),
    ],
)
def test_an_aircraft_that_cannot_be_searched_is_named(changed: dict[str, Any], reason: str) -> None:
    rows = find(state("aaa", onground=False), head_on("bbb", **({"onground": False} | changed)))
    assert [(row["a"], row["b"], row["t_entry_s"], row["reason"]) for row in rows] == [("bbb", None, None, reason)]


def test_the_kind_of_dataframe_that_is_given_comes_back() -> None:
    found = skyaccord.conflicts(pl.DataFrame([state("aaa"), head_on()]), within="5 NM, 1000 ft", look_ahead="300 s")
    assert isinstance(found, pl.DataFrame)
    assert found.height == 1
    nothing = skyaccord.conflicts(pl.DataFrame([state("aaa")]).clear(), within="5 NM", look_ahead="300 s")
    assert nothing.height == 0


@pytest.mark.parametrize("within", ["5", "5 kt", "5 NM, 1000", "5 NM, 1000 ft, 3 m", ""])
def test_a_volume_without_units_is_refused(within: str) -> None:
    with pytest.raises(UnitError):
        find(state("aaa"), head_on(), within=within)


def test_a_look_ahead_without_unit_is_refused() -> None:
    with pytest.raises(UnitError):
        find(state("aaa"), head_on(), look_ahead="300")
