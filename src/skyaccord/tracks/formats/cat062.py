"""ASTERIX CAT062: system tracks, fused from many sensors.

Left out and counted: tracks that are coasting (extrapolated without a measurement), simulated ones and those without
a WGS-84 position. Velocity has the axes of the tracker's plane, whose north differs from true north by the meridians'
convergence: a track angle can be some degrees wrong far from the plane's centre.

Source: EUROCONTROL SPEC-0149-9.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.model.tracks import Floats
from skyaccord.model.values import Bools
from skyaccord.tracks.formats import acas
from skyaccord.tracks.formats.asterix_layout import CAT062, Layout, make_layout
from skyaccord.tracks.formats.asterix_records import Records, Sighting, States, Tally, sightings
from skyaccord.tracks.formats.cat048 import flight_status
from skyaccord.tracks.formats.decoded import hex_ids, squawk_texts
from skyaccord.tracks.formats.track_ids import track_ids
from skyaccord.units import KT

CATEGORY: Final = 62
COLUMNS: Final = (
    *("010", "070", "105", "185", "060", "245", "380/ADR", "380/ID", "380/COM", "380/ACS"),
    *("040", "080", "136", "130", "135", "220"),
)
TICK_US: Final = 1e6 / 128

_STEP_MPS: Final = 0.25


def layout() -> Layout:
    """Return the layout of all editions from 1.16 on."""
    return make_layout(CAT062, COLUMNS)


def read(records: Records, tally: Tally) -> tuple[States, list[Sighting]]:
    """Return the states in records, and the advisories that they carry."""
    ticks = records.number("070", 0, 24, TICK_US)
    since_us = np.where(np.isfinite(ticks), np.nan_to_num(ticks), -1).astype(np.int64)
    by_address = hex_ids(records.bits("380/ADR", 0, 24), np.zeros(len(records), np.bool_))
    has_address = records.has("380/ADR")
    by_track = track_ids("s", records.bits("010", 0, 16), records.bits("040", 0, 16), records.has("040"))
    ids = pc.if_else(pa.array(has_address), by_address, by_track)
    addresses = pa.array(by_address, mask=~has_address)
    found = list(sightings(records, since_us, addresses, "380/ACS", acas.Carrier.REGISTER))
    kept = np.ones(len(records), np.bool_)
    tally.drop(kept, since_us < 0, "CAT062 records without time")
    tally.drop(kept, ~records.has("105"), "CAT062 records without WGS-84 position")
    tally.drop(kept, ~np.asarray(ids.is_valid()), "CAT062 records without address and track number")
    tally.drop(kept, _flag(records, 1, 0b1000_0000), "CAT062 tracks that are simulated")
    tally.drop(kept, _flag(records, 3, 0b1000_0000), "CAT062 tracks that are coasting")
    some = records.take(kept)
    numbers = _numbers(some)
    lat, lon = (some.number("105", first, 32, 180.0 / 2**25, signed=True) for first in (0, 32))
    good_code = some.has("060") & (some.bits("060", 0, 2) == 0)
    own, stated = some.callsign("380/ID", 0), some.callsign("245", 8)
    is_callsign = pa.array(some.bits("245", 0, 2) != 2)  # 2: a registration that the aircraft did not send itself
    texts = {
        "callsign": pc.coalesce(own, pc.if_else(is_callsign, stated, pa.scalar(None, pa.string()))),
        "squawk": squawk_texts(some.bits("060", 4, 12), good_code),
    }
    codes = {"onground": flight_status(some, "380/COM")}
    radar = np.full(len(some), -1, np.int64)
    states = States(some.numbers, since_us[kept], ids.filter(pa.array(kept)), lat, lon, numbers, texts, codes, radar)
    return states, found


def _flag(records: Records, octet: int, mask: int) -> Bools:
    """Return a flag of the track's status, which has as many octets as it needs."""
    flag: Bools = records.extension("080", octet) & (records.octet("080", octet) & mask != 0)
    return flag


def _numbers(records: Records) -> dict[str, Floats]:
    """Return heights and velocities. A barometric altitude corrected with QNH is no pressure altitude, and not used."""
    east, north = (records.number("185", first, 16, _STEP_MPS, signed=True) for first in (0, 16))
    tracked = records.number("135", 1, 15, 25.0, signed=True)
    tracked = np.where(records.bits("135", 0, 1) == 0, tracked, np.nan)
    measured = records.number("136", 0, 16, 25.0, signed=True)
    speed = np.hypot(east, north) / KT
    return {
        "altitude": np.where(np.isfinite(tracked), tracked, measured),
        "geoaltitude": records.number("130", 0, 16, 6.25, signed=True),
        "groundspeed": speed,
        "track": np.where(speed > 0, np.degrees(np.arctan2(east, north)) % 360.0, np.nan),
        "vertical_rate": records.number("220", 0, 16, 6.25, signed=True),
    }
