"""Recordings at common instants."""

from __future__ import annotations

from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import skyaccord
from skyaccord.errors import UnitError
from skyaccord.model.tables import AT_INSTANTS
from tests.frames.states import PROFILE, head_on, state

NM_A_SECOND = 300.0 / 3600.0


def recording() -> list[dict[str, Any]]:
    """Return two aircraft that meet head-on and never report at one time: at whole and at half tens of seconds."""
    own = [state("aaa", at_s=10.0 * k, east_nm=10.0 * k * NM_A_SECOND) for k in range(13)]
    other = [head_on(at_s=10.0 * k + 5.0, east_nm=16.0 - (10.0 * k + 5.0) * NM_A_SECOND) for k in range(12)]
    return own + other


def test_reports_that_are_never_simultaneous_become_comparable() -> None:
    frame = pl.DataFrame(recording())
    apart = skyaccord.alert_levels(frame, ownship="aaa", profile=PROFILE)
    assert apart["level"].null_count() == apart.height
    found = skyaccord.at_instants(frame, every="2 s")
    assert isinstance(found, pl.DataFrame)
    levels = skyaccord.alert_levels(found, ownship="aaa", profile=PROFILE).filter(pl.col("reason").is_null())
    assert levels.height > 50
    # They meet after 96 s; within 36 s the volume is violated, 25 s before that is a warning.
    by_time = dict(zip(levels["timestamp"].dt.epoch("s") - 1_777_636_800, levels["level"], strict=True))
    assert (by_time[20], by_time[42], by_time[96]) == (2, 3, 3)


def test_states_lie_on_the_way_and_keep_their_units() -> None:
    table = skyaccord.at_instants(pa.Table.from_pylist(recording()), every="5 s")
    assert table.schema == AT_INSTANTS
    row = next(r for r in table.to_pylist() if r["icao24"] == "aaa" and r["timestamp"].second == 15)
    assert row["longitude"] == pytest.approx(10.0 + 15.0 * NM_A_SECOND / 60.0)
    assert (row["altitude"], row["groundspeed"], row["track"]) == pytest.approx((10_000.0, 300.0, 90.0))
    assert row["vertical_rate"] == pytest.approx(0.0)


@pytest.mark.parametrize("every", ["0 s", "-1 s", "5", "5 ft"])
def test_a_step_that_is_no_time_above_0_is_refused(every: str) -> None:
    with pytest.raises(UnitError):
        skyaccord.at_instants(pa.Table.from_pylist(recording()), every=every)
