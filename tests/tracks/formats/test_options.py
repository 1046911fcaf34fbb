"""What readers must be told: options that make no sense are refused."""

from __future__ import annotations

import io
import math
from datetime import UTC, datetime, timedelta, timezone

import pyarrow as pa
import pyarrow.csv as pcsv
import pytest

from skyaccord.errors import InputError
from skyaccord.tracks.formats.asterix import read_asterix
from skyaccord.tracks.formats.beast import read_beast
from skyaccord.tracks.formats.daa import read_daa
from skyaccord.tracks.formats.delimited import read_delimited
from skyaccord.tracks.formats.gdl90 import read_gdl90
from skyaccord.tracks.formats.options import NO_DATE, UNDATED, ReadingOptions, Site
from skyaccord.tracks.formats.registry import Reader
from tests.tracks.formats import asterix_encoder, gdl90_encoder, squitters
from tests.tracks.formats.test_hostile import SAMPLES

UNDATED_RECORDINGS: dict[str, tuple[Reader, bytes]] = {
    "GDL 90": (read_gdl90, gdl90_encoder.heartbeat(7) + gdl90_encoder.report(1, 45.0, 5.0)),
    "ASTERIX": (read_asterix, asterix_encoder.block(21, asterix_encoder.cat021(7.0, 1, 48.0, 11.0))),
    "Beast": (read_beast, squitters.beast((round(t * 12e6) + 1, frame) for t, frame in squitters.flight(1, 4))),
    "DAIDALUS": (read_daa, SAMPLES["DAIDALUS scenario (.daa)"].encode()),
}


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


@pytest.mark.parametrize("name", UNDATED_RECORDINGS)
def test_recordings_without_date_all_begin_on_the_same_day_and_say_so(name: str) -> None:
    read, content = UNDATED_RECORDINGS[name]
    part = read(pa.py_buffer(content), "file", ReadingOptions())
    assert NO_DATE in part.report.notes
    assert part.table["timestamp"][0].as_py() - UNDATED < timedelta(seconds=10)


@pytest.mark.parametrize("name", UNDATED_RECORDINGS)
def test_what_is_written_of_a_recording_without_date_can_be_read_again(name: str) -> None:
    read, content = UNDATED_RECORDINGS[name]
    table = read(pa.py_buffer(content), "file", ReadingOptions()).table
    sink = io.BytesIO()
    pcsv.write_csv(table, sink)
    assert read_delimited(pa.py_buffer(sink.getvalue()), "file").table["timestamp"].equals(table["timestamp"])
