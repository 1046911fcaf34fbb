"""Instants for tests, as plain columns, and the profile that they are judged by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from skyaccord.detect.profile import Axis, Hysteresis, Performance, Profile, Recovery, Region
from tests.detect.pairs import EN_ROUTE, LOOK_AHEAD_S

T0 = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)

_AXIS = Axis(0.0, 1.0, 1.0)
PROFILE = Profile(
    "en-route",
    LOOK_AHEAD_S,
    (EN_ROUTE,),
    Region.MID,
    is_ownship_centric=False,
    hysteresis=Hysteresis(5.0, 4.0, 2, 4),
    direction=_AXIS,
    speed=_AXIS,
    climb=_AXIS,
    altitude=_AXIS,
    performance=Performance(0.05, 0.0, 2.0, 2.5, 2.5, 5.0),
    recovery=Recovery(1222.0, 137.0, 3.0, True, 0.1, 152.4, 30.48),
)


def state(icao24: str | None, *, at_s: float = 0.0, east_nm: float = 0.0, **changed: Any) -> dict[str, Any]:
    """Return one row: 10,000 ft, 300 kt eastward, level, so far east of 10° E on the equator."""
    row = {
        "timestamp": T0 + timedelta(seconds=at_s),
        "icao24": icao24,
        "latitude": 0.0,
        "longitude": 10.0 + east_nm / 60.0,
        "altitude": 10_000.0,
        "groundspeed": 300.0,
        "track": 90.0,
        "vertical_rate": 0.0,
    }
    return row | changed


def head_on(icao24: str | None = "bbb", east_nm: float = 6.0, **changed: Any) -> dict[str, Any]:
    """Return an aircraft that comes towards `state`'s: by default they are 6 NM apart, closing at 600 kt."""
    return state(icao24, east_nm=east_nm, **({"track": 270.0} | changed))
