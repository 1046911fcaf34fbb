"""ASTERIX CAT021: reports that ground stations make of ADS-B messages.

Editions 2.1 to 2.7 are read alike, 0.23 to 0.26 by another layout. Bytes do not tell the edition: it is an option.
Dated by the time for which the position holds (071), else that of its reception (073), else that of the report (077).
Source: EUROCONTROL SPEC-0149-12.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.model.tracks import Floats, Ints
from skyaccord.model.values import Bools
from skyaccord.tracks.formats import acas
from skyaccord.tracks.formats.asterix_layout import CAT021, Layout, cat021_before_2, make_layout
from skyaccord.tracks.formats.asterix_records import Records, Sighting, States, Tally, sightings
from skyaccord.tracks.formats.decoded import UNKNOWN, Codes, hex_ids, squawk_texts
from skyaccord.units import KT, NM

CATEGORY: Final = 21
COLUMNS: Final = (
    *("040", "071", "073", "077", "130", "131", "080", "140", "090", "210", "070"),
    *("145", "155", "157", "160", "170", "200", "260", "030"),
)
NM_PER_S: Final = NM / KT
TICK_US: Final = 1e6 / 128

_MOPS_WITH_NIC: Final = 1


def layout(edition: str) -> Layout:
    """Return the layout of an edition."""
    if edition.startswith("2."):
        return make_layout(CAT021, COLUMNS)
    return make_layout(cat021_before_2(6 if edition == "0.23" else 8), COLUMNS)


def read(records: Records, edition: str, tally: Tally) -> tuple[States, list[Sighting]]:
    """Return the states in records, and the advisories that they carry."""
    is_old = not edition.startswith("2.")
    since_us = _times(records)
    is_other = _address_type(records, is_old) != (1 if is_old else 0)
    ids = hex_ids(records.bits("080", 0, 24), is_other)
    ids = pa.array(ids, mask=~records.has("080"))
    found = list(sightings(records, since_us, ids, "260", acas.Carrier.SQUITTER))
    kept = np.ones(len(records), np.bool_)
    tally.drop(kept, ~records.has("080"), "CAT021 reports without address")
    tally.drop(kept, since_us < 0, "CAT021 reports without time of the position")
    tally.drop(kept, ~records.has("130") & ~records.has("131"), "CAT021 reports without position")
    tally.drop(kept, _is_no_aircraft(records, is_old), "CAT021 reports of tests, simulations and field monitors")
    return _states(records.take(kept), since_us[kept], ids.filter(pa.array(kept)), edition), found


def _times(records: Records) -> Ints:
    """Return times of day in microseconds, -1 where there is none."""
    since_us = np.full(len(records), -1, np.int64)
    for item in ("077", "073", "071", "030"):
        ticks = records.number(item, 0, 24, TICK_US)
        since_us = np.where(np.isfinite(ticks), np.nan_to_num(ticks), since_us).astype(np.int64)
    return since_us


def _address_type(records: Records, is_old: bool) -> Ints:
    """Return the field ATP; records without item 040 have addresses of ICAO's."""
    if is_old:
        return np.where(records.has("040"), records.bits("040", 8, 3), 1)
    return records.bits("040", 0, 3)


def _is_no_aircraft(records: Records, is_old: bool) -> Bools:
    """Return which reports are simulated, a test or of a fixed transponder."""
    octet = records.octet("040", 0)
    if is_old:
        flagged: Bools = (octet & 0b0011_1000) != 0  # SIM, TST, RAB
        return flagged
    more = np.where(records.extension("040", 1), records.octet("040", 1), 0)
    flags: Bools = ((octet & 0b10) != 0) | ((more & 0b0011_0000) != 0)  # RAB; SIM, TST
    return flags


def _on_ground(records: Records, is_old: bool) -> Codes:
    """Return the field GBS, which stands in an extension in editions 2."""
    if is_old:
        bit, has = records.bits("040", 1, 1), records.has("040")
    else:
        bit, has = records.bits("040", 9, 1), records.extension("040", 1)
    return np.where(has, bit, UNKNOWN).astype(np.int8)


def _states(records: Records, since_us: Ints, ids: pa.Array, edition: str) -> States:
    lat, lon = _position(records, edition)
    height = records.number("140", 0, 16, 6.25, signed=True)
    height[records.bits("140", 0, 16) == 0x7FFF] = np.nan  # "greater than"
    has_speed = records.has("160") & (records.bits("160", 0, 1) == 0)  # RE: more than can be said
    speed = records.number("160", 1, 15, NM_PER_S * 2.0**-14)
    baro, geo = (_rate(records, item) for item in ("155", "157"))
    has_squawk = records.has("070")
    numbers = {
        "altitude": records.number("145", 0, 16, 25.0, signed=True),
        "geoaltitude": height,
        "groundspeed": np.where(has_speed, speed, np.nan),
        "track": records.number("160", 16, 16, 360.0 / 2**16),
        "vertical_rate": np.where(np.isfinite(baro), baro, geo),
    }
    texts = {
        "callsign": records.callsign("170", 0),
        "squawk": squawk_texts(records.bits("070", 4, 12), has_squawk),
    }
    is_old = not edition.startswith("2.")
    codes = _quality(records) if not is_old else {}
    codes["onground"] = _on_ground(records, is_old)
    radar = np.full(len(records), -1, np.int64)
    return States(records.numbers, since_us, ids, lat, lon, numbers, texts, codes, radar)


def _position(records: Records, edition: str) -> tuple[Floats, Floats]:
    if edition in ("0.24", "0.25", "0.26"):
        return _pair(records, "130", 32, 180.0 / 2**25)
    lat, lon = _pair(records, "130", 24, 180.0 / 2**23)
    if edition == "0.23":
        return lat, lon
    fine_lat, fine_lon = _pair(records, "131", 32, 180.0 / 2**30)
    return np.where(np.isfinite(fine_lat), fine_lat, lat), np.where(np.isfinite(fine_lon), fine_lon, lon)


def _pair(records: Records, item: str, size: int, unit: float) -> tuple[Floats, Floats]:
    return records.number(item, 0, size, unit, signed=True), records.number(item, size, size, unit, signed=True)


def _rate(records: Records, item: str) -> Floats:
    rate = records.number(item, 1, 15, 6.25, signed=True)
    return np.where(records.bits(item, 0, 1) == 0, rate, np.nan)


def _quality(records: Records) -> dict[str, Codes]:
    """Return NIC where the aircraft's version has one, and NACp, which stands in the first extension."""
    has_nic = records.has("090") & records.has("210") & (records.bits("210", 2, 3) >= _MOPS_WITH_NIC)
    nic, nac_p = records.bits("090", 3, 4), records.bits("090", 11, 4)
    has_nac_p = records.extension("090", 1)
    return {
        "nic": np.where(has_nic & (nic <= 11), nic, UNKNOWN).astype(np.int8),
        "nac_p": np.where(has_nac_p & (nac_p <= 11), nac_p, UNKNOWN).astype(np.int8),
    }
