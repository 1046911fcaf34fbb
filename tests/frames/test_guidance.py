"""Guidance on dataframes: the same as of the scene, in the library that came in, and nothing free that is not known."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import skyaccord
from skyaccord.detect.profile import Region
from skyaccord.model.tables import GUIDANCE
from tests.detect.guidance.scenes import PROFILE
from tests.frames.states import head_on, state

OPEN = {"NONE", "RECOVERY"}


def guided(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = skyaccord.guidance(
        pa.Table.from_pylist(list(rows)), ownship="AAA", profile=PROFILE
    ).to_pylist()
    return found


def of(found: list[dict[str, Any]], manoeuvre: str) -> list[dict[str, Any]]:
    return [row for row in found if row["manoeuvre"] == manoeuvre]


def test_head_on_forbids_the_way_ahead_and_names_who_forbids_it() -> None:
    found = of(guided(state("aaa"), head_on(east_nm=8.0)), "direction")
    ahead = next(row for row in found if row["low"] < 90.0 < row["high"])
    assert ahead["region"] in (Region.MID.name, Region.NEAR.name)
    assert ahead["icao24"] == "bbb"
    assert 0.0 < ahead["t_entry_s"] < 60.0
    assert any(row["region"] == "NONE" for row in found)


def test_a_lonely_ownship_may_go_anywhere() -> None:
    found = guided(state("aaa"), state("bbb", east_nm=300.0))
    assert [(row["manoeuvre"], row["region"]) for row in found] == [
        (name, "NONE") for name in ("direction", "groundspeed", "vertical_rate", "altitude")
    ]
    spans = {row["manoeuvre"]: (row["low"], row["high"]) for row in found}
    assert spans["groundspeed"] == pytest.approx((10.0, 700.0))
    assert spans["altitude"] == pytest.approx((100.0, 50_000.0))
    assert spans["direction"] == pytest.approx((-90.0, 270.0), abs=1e-6)


def test_nothing_is_free_while_a_near_aircraft_has_no_altitude() -> None:
    found = guided(state("aaa"), head_on(east_nm=8.0), head_on("ccc", east_nm=20.0, altitude=None))
    assert not any(row["region"] in OPEN for row in found)
    assert any(row["region"] in ("MID", "NEAR") and row["icao24"] == "bbb" for row in found)
    assert {row["reason"] for row in found if row["region"] is None} == {"ccc: no altitude in a common datum"}


@pytest.mark.parametrize("changed", [{"east_nm": 900.0, "altitude": None}, {"onground": True, "altitude": None}])
def test_who_cannot_matter_casts_no_doubt(changed: dict[str, Any]) -> None:
    found = guided(state("aaa", onground=False), head_on("ccc", **({"onground": False} | changed)))
    assert {row["region"] for row in found} == {"NONE"}


def test_inside_an_advisory_only_the_advisory_counts() -> None:
    found = guided(state("aaa"), head_on(east_nm=2.0))
    assert {(row["region"], row["reason"]) for row in found} == {(None, "follow the resolution advisory")}
    assert len(found) == 4


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"altitude": None}, "ownship: no altitude"),
        ({"vertical_rate": None}, "ownship: no vertical_rate"),
        ({"latitude": None}, "ownship: no position"),
        ({"icao24": "zzz"}, "ownship: not seen at this instant"),
    ],
)
def test_an_ownship_that_is_not_known_gets_no_guidance(changed: dict[str, Any], reason: str) -> None:
    assert {row["reason"] for row in guided(state("aaa") | changed, head_on())} == {reason}


def test_an_ellipsoidal_altitude_is_compared_with_an_ellipsoidal_one() -> None:
    level = {"altitude": None, "geoaltitude": 10_300.0}
    found = of(guided(state("aaa", geoaltitude=10_300.0), head_on(east_nm=8.0, **level)), "direction")
    assert any(row["icao24"] == "bbb" for row in found)
    apart = {"altitude": None, "geoaltitude": 14_000.0}
    higher = of(guided(state("aaa", geoaltitude=10_300.0), head_on(east_nm=8.0, **apart)), "direction")
    assert {row["region"] for row in higher} == {"NONE"}


def test_the_library_that_came_in_comes_out() -> None:
    rows = [state("aaa"), head_on(east_nm=8.0)]
    table = pa.Table.from_pylist(rows)
    assert skyaccord.guidance(table, ownship="aaa", profile=PROFILE).schema == GUIDANCE
    assert isinstance(skyaccord.guidance(pl.DataFrame(rows), ownship="aaa", profile=PROFILE), pl.DataFrame)
    assert isinstance(skyaccord.guidance(pd.DataFrame(rows), ownship="aaa", profile=PROFILE), pd.DataFrame)


def test_no_rows_give_no_rows() -> None:
    empty = pa.Table.from_pylist([state("aaa")]).slice(0, 0)
    assert skyaccord.guidance(empty, ownship="aaa", profile=PROFILE).num_rows == 0
