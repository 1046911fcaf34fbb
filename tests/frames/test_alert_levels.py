"""Alert levels on dataframes: the same kind out as in, and never 0 where nothing can be known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import skyaccord
from skyaccord.detect.profiles import conf_text, find_profile
from skyaccord.errors import ColumnError, FormatError, SkyaccordError
from skyaccord.model.tables import ALERT_LEVELS
from tests.frames.states import PROFILE, head_on, state


def levels(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    table = skyaccord.alert_levels(pa.Table.from_pylist(list(rows)), ownship="aaa", profile=PROFILE)
    assert table.schema == ALERT_LEVELS
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def test_head_on_within_reach_is_a_warning() -> None:
    (row,) = levels(state("aaa"), head_on())
    # 6 NM at 600 kt: modified tau is (0.66² - 36) / -(6 * 600) h = 35.6 s, 0.6 s above the threshold of 35 s.
    assert row["level"] == 3
    assert row["t_entry_s"] == pytest.approx(0.6, abs=0.3)
    assert row["horizontal_m"] == pytest.approx(6 * 1855.3, rel=1e-3)  # a minute of longitude on the equator
    assert (row["vertical_m"], row["datum"], row["reason"]) == (0.0, "pressure", None)


def test_far_or_parting_aircraft_have_level_0() -> None:
    far, parting, high = levels(
        state("aaa"), head_on("b1", 40.0), head_on("b2", -6.0), head_on("b3", altitude=20_000.0)
    )
    assert [row["level"] for row in (far, parting, high)] == [0, 0, 0]
    assert far["t_entry_s"] is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"latitude": None}, "no position"),
        ({"longitude": float("nan")}, "no position"),
        ({"latitude": 91.0}, "no position"),
        ({"groundspeed": None}, "no groundspeed"),
        ({"groundspeed": -1.0}, "no groundspeed"),
        ({"track": None}, "no track"),
        ({"altitude": None}, "no altitude in a common datum"),
        ({"vertical_rate": None}, "no vertical_rate"),
        ({"onground": True}, "on the ground"),
        ({"timestamp": None}, "ownship: not seen at this instant"),
        ({"icao24": None}, "no icao24"),
    ],
)
def test_missing_values_leave_the_level_open_with_the_reason(changed: dict[str, Any], reason: str) -> None:
    whole = {"onground": False}
    own, other = state("aaa", **whole), head_on(**{**whole, **changed})
    table = pa.Table.from_pylist([own, other, head_on("ccc", **whole)])
    found = skyaccord.alert_levels(table, ownship="aaa", profile=PROFILE).to_pylist()
    by_id = {row["icao24"]: row for row in found}
    spoilt = by_id[other["icao24"]]
    assert (spoilt["level"], spoilt["t_entry_s"], spoilt["reason"]) == (None, None, reason)
    assert by_id["ccc"]["level"] == 3


def test_what_the_ownship_lacks_leaves_every_level_open() -> None:
    rows = levels(state("aaa", track=None), head_on(), head_on("ccc"))
    assert [(row["level"], row["reason"]) for row in rows] == [(None, "ownship: no track")] * 2
    (row,) = levels(state("aaa", vertical_rate=None), head_on())
    assert (row["level"], row["reason"]) == (None, "ownship: no vertical_rate")


def test_each_timestamp_is_an_instant_and_an_absent_ownship_leaves_it_open() -> None:
    rows = levels(head_on(at_s=10.0), head_on(at_s=0.0), state("aaa", at_s=10.0))
    assert [(row["level"], row["reason"]) for row in rows] == [(None, "ownship: not seen at this instant"), (3, None)]


def test_two_reports_of_one_aircraft_at_one_instant_contradict() -> None:
    rows = levels(state("aaa"), head_on(), head_on(east_nm=7.0))
    assert [(row["level"], row["reason"]) for row in rows] == [(None, "several reports at this instant")] * 2


def test_pressure_and_ellipsoidal_altitude_are_never_subtracted() -> None:
    own = state("aaa", geoaltitude=10_400.0)
    (row,) = levels(own, head_on(altitude=None, geoaltitude=10_400.0))
    assert (row["level"], row["vertical_m"], row["datum"]) == (3, 0.0, "ellipsoid")
    (row,) = levels(state("aaa", geoaltitude=None), head_on(altitude=None, geoaltitude=10_000.0))
    assert (row["level"], row["datum"]) == (None, "none")


def test_a_hovering_aircraft_needs_no_track() -> None:
    (row,) = levels(state("aaa"), head_on(east_nm=3.0, groundspeed=0.0, track=None))
    assert row["level"] == 3


@pytest.mark.parametrize(
    ("make", "kind"),
    [(pl.DataFrame, pl.DataFrame), (pd.DataFrame, pd.DataFrame), (pa.Table.from_pylist, pa.Table)],
)
def test_the_kind_of_dataframe_that_is_given_comes_back(make: Any, kind: type) -> None:
    frame = make([state("aaa"), head_on(), head_on("ccc", altitude=None)])
    found = skyaccord.alert_levels(frame, ownship="AAA", profile=PROFILE)
    assert type(found) is kind
    table = pa.table(found)
    assert table["level"].to_pylist() == [3, None]
    assert pa.types.is_integer(table["level"].type)
    assert table["reason"].to_pylist() == [None, "no altitude in a common datum"]


def test_no_rows_give_no_rows() -> None:
    empty = pl.DataFrame([state("aaa")]).clear()
    assert skyaccord.alert_levels(empty, ownship="aaa", profile=PROFILE).height == 0
    alone = pl.DataFrame([state("aaa")])
    assert skyaccord.alert_levels(alone, ownship="aaa", profile=PROFILE).height == 0


def test_what_is_no_dataframe_is_refused_in_words() -> None:
    with pytest.raises(FormatError, match="no dataframe"):
        skyaccord.alert_levels([state("aaa")], ownship="aaa", profile=PROFILE)  # type: ignore[arg-type]
    with pytest.raises(ColumnError, match="no column latitude"):
        skyaccord.alert_levels(pa.table({"timestamp": [0], "icao24": ["a"]}), ownship="aaa", profile=PROFILE)


def test_an_alerter_that_the_profile_lacks_is_refused() -> None:
    with pytest.raises(SkyaccordError, match="no alerter 2: it has 1 en-route"):
        skyaccord.alert_levels(pa.Table.from_pylist([state("aaa")]), ownship="aaa", profile=PROFILE, alerter=2)


def test_a_profile_may_be_a_name_or_a_configuration_file(tmp_path: Path) -> None:
    conf = tmp_path / "ours.conf"
    conf.write_text(conf_text(find_profile("do365b")))
    frame = pa.Table.from_pylist([state("aaa"), head_on()])
    for profile in ("do365b", conf, str(conf)):
        (row,) = skyaccord.alert_levels(frame, ownship="aaa", profile=profile).to_pylist()
        assert row["level"] == 3


def test_importing_skyaccord_loads_nothing_heavy() -> None:
    program = "import sys, skyaccord; print(sorted({'numpy', 'pyarrow', 'numba', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_the_package_lists_its_functions() -> None:
    assert {"alert_levels", "conflicts"} <= set(dir(skyaccord))
    with pytest.raises(AttributeError, match="no attribute 'alert_level'"):
        skyaccord.alert_level  # noqa: B018
