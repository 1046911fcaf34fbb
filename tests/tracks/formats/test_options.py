"""What readers must be told: options that make no sense are refused."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest

from skyaccord.errors import InputError
from skyaccord.tracks.formats.options import ReadingOptions, Site


@pytest.mark.parametrize(
    ("lat", "lon", "height"), [(91.0, 0.0, 0.0), (0.0, 181.0, 0.0), (math.nan, 0.0, 0.0), (0.0, 0.0, 1e6)]
)
def test_a_site_that_is_no_place_on_earth_is_refused(lat: float, lon: float, height: float) -> None:
    with pytest.raises(InputError, match="no place on earth"):
        Site(lat, lon, height)


def test_a_start_without_zone_is_refused() -> None:
    with pytest.raises(InputError, match="has no zone"):
        ReadingOptions(start=datetime(2024, 6, 1))  # noqa: DTZ001 - that is the point


def test_a_start_in_any_zone_is_the_same_instant() -> None:
    utc = ReadingOptions(start=datetime(2024, 6, 1, 12, tzinfo=UTC))
    other = ReadingOptions(start=datetime(2024, 6, 1, 14, tzinfo=timezone(timedelta(hours=2))))
    assert utc.start_us == other.start_us == 1_717_243_200_000_000
