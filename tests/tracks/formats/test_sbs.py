"""BaseStation text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.read import Reading, read_tracks

DAY = "2015/10/10"
FIELDS = ("callsign", "altitude", "gs", "track", "lat", "lon", "rate", "squawk", "alert", "emergency", "spi", "ground")


def line(kind: int, at: str, icao24: str = "4B1805", **fields: object) -> str:
    cells = [str(fields.get(name, "")) for name in FIELDS]
    return ",".join(["MSG", str(kind), "1", "1", icao24, "1", DAY, at, DAY, at, *cells])


def position(at: str, icao24: str = "4B1805", **fields: object) -> str:
    return line(3, at, icao24, **{"lat": 47.5, "lon": 8.5, "altitude": 10_000, "ground": 0, **fields})


def read(folder: Path, *lines: str) -> Reading:
    path = folder / "feed.txt"
    path.write_text("\r\n".join(lines) + "\r\n")
    return read_tracks([path])


def rows(reading: Reading) -> list[dict[str, Any]]:
    return sorted(reading.table.to_pylist(), key=lambda row: (row["icao24"], row["timestamp"]))


def test_a_position_carries_what_other_messages_said_before_it(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        line(1, "11:42:00.000", callsign="SWR12A  "),
        line(4, "11:42:01.000", gs=450.5, track=271.0, rate=-64),
        line(6, "11:42:02.000", squawk="0021", altitude=9_975),
        position("11:42:03.250"),
    )
    (row,) = rows(reading)
    assert row["timestamp"].isoformat() == "2015-10-10T11:42:03.250000+00:00"
    assert (row["icao24"], row["callsign"], row["squawk"]) == ("4b1805", "SWR12A", "0021")
    assert (row["latitude"], row["longitude"], row["altitude"]) == (47.5, 8.5, 10_000.0)
    assert (row["groundspeed"], row["track"], row["vertical_rate"]) == (450.5, 271.0, -64.0)
    assert row["onground"] is False
    assert row["source"] == "feed.txt"
    report = reading.files[0]
    assert (report.format, report.rows, report.bad_rows) == ("SBS-1 BaseStation", 1, 0)
    assert "SBS times have no zone: taken as UTC" in report.notes


def test_a_value_older_than_ten_seconds_is_not_carried(tmp_path: Path) -> None:
    velocity = line(4, "11:42:00.000", gs=450)
    assert rows(read(tmp_path, velocity, position("11:42:10.000")))[0]["groundspeed"] == 450.0
    assert rows(read(tmp_path, velocity, position("11:42:10.001")))[0]["groundspeed"] is None


def test_a_value_that_comes_later_is_not_carried_back(tmp_path: Path) -> None:
    assert rows(read(tmp_path, position("11:42:00.000"), line(4, "11:42:00.500", gs=450)))[0]["groundspeed"] is None


def test_a_value_of_another_aircraft_is_not_carried(tmp_path: Path) -> None:
    found = rows(read(tmp_path, line(4, "11:42:00.000", "4B1805", gs=450), position("11:42:01.000", "4B1806")))
    assert [(row["icao24"], row["groundspeed"]) for row in found] == [("4b1806", None)]


def test_altitude_of_another_message_serves_where_the_position_has_none(tmp_path: Path) -> None:
    found = rows(read(tmp_path, line(5, "11:42:00.000", altitude=9_975), position("11:42:01.000", altitude="")))
    assert found[0]["altitude"] == 9_975.0


def test_a_surface_position_is_on_the_ground(tmp_path: Path) -> None:
    found = rows(read(tmp_path, line(2, "11:42:00.000", gs=12, track=90, lat=47.5, lon=8.5)))
    assert (found[0]["onground"], found[0]["groundspeed"], found[0]["altitude"]) == (True, 12.0, None)


@pytest.mark.parametrize(("flag", "on_ground"), [("-1", True), ("1", True), ("0", False), ("", None)])
def test_the_ground_flag_is_minus_one_or_one_or_zero(tmp_path: Path, flag: str, on_ground: bool | None) -> None:
    assert rows(read(tmp_path, position("11:42:00.000", ground=flag)))[0]["onground"] is on_ground


def test_messages_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    found = rows(read(tmp_path, position("11:42:01.000"), line(4, "11:42:00.000", gs=450)))
    assert found[0]["groundspeed"] == 450.0


def test_an_sbs_line_without_position_is_counted_not_dropped(tmp_path: Path) -> None:
    reading = read(tmp_path, position("11:42:00.000"), position("11:42:01.000", lat="", lon=""))
    assert "1 rows have no position: left out" in reading.files[0].notes
    assert reading.files[0].bad_rows == 0


def test_bad_lines_are_named_by_their_number(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "8.5,,,0,0,0,0",
        position("11:42:00.000"),
        "AIR,,1,1,4B1805,1,2015/10/10,11:42:00.000,2015/10/10,11:42:00.000",
        position("noon"),
        position("11:42:02.000", icao24=""),
        position("11:42:03.000", lat=95),
        line(4, "", gs=450),
        "MSG,3,1,1,4B18",
    )
    report = reading.files[0]
    assert (report.rows, report.bad_rows) == (1, 6)
    assert report.complaints == (
        "line 1: 7 fields where there should be 22",
        "line 4: date and time cannot be read",
        "line 5: no aircraft's address",
        "line 6: latitude '95' is no angle from -90 to 90 degrees",
        "line 7: date and time cannot be read",
        "line 8: 5 fields where there should be 22",
    )
    assert "1 lines of other kinds: not needed" in report.notes


def test_the_date_changes_at_midnight(tmp_path: Path) -> None:
    text = position("23:59:59.900").replace(DAY, "2015/12/31")
    found = rows(read(tmp_path, text, position("00:00:00.100").replace(DAY, "2016/01/01")))
    assert [row["timestamp"].isoformat()[:19] for row in found] == ["2015-12-31T23:59:59", "2016-01-01T00:00:00"]


def test_a_feed_without_any_position_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no tracks in it"):
        read(tmp_path, line(1, "11:42:00.000", callsign="SWR12A"))
