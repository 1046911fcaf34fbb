"""ASTERIX CAT048: plots and tracks of one secondary or primary radar, by range and azimuth.

Where the radar stands is not in the records: it is an option. A plot needs an altitude, Mode C or the radar's own, for
its slant range to become a place; without one it is left out. Range 1/256 NM and azimuth 0.0055 degrees are steps of
the format; a radar's own error is larger (some 0.08 degrees, 300 m at 100 NM).

Source: EUROCONTROL SPEC-0149-4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.model.tracks import Floats, Ints
from skyaccord.model.values import Bools
from skyaccord.tracks.formats import acas
from skyaccord.tracks.formats.asterix_layout import CAT048, Layout, make_layout
from skyaccord.tracks.formats.asterix_records import Records, Sighting, States, Tally, sightings
from skyaccord.tracks.formats.decoded import UNKNOWN, Codes, hex_ids, squawk_texts
from skyaccord.tracks.formats.options import Site
from skyaccord.tracks.formats.radar_position import positions_from_radar
from skyaccord.tracks.formats.track_ids import track_ids
from skyaccord.units import FT, KT, NM

CATEGORY: Final = 48
COLUMNS: Final = ("010", "140", "020", "040", "070", "090", "220", "240", "250", "161", "200", "110", "230", "260")
TICK_US: Final = 1e6 / 128

_ON_GROUND: Final = (1, 3)
_AIRBORNE: Final = (0, 2)


def layout() -> Layout:
    """Return the layout of all editions from 1.27 on."""
    return make_layout(CAT048, COLUMNS)


def read(records: Records, site: Site | None, tally: Tally) -> tuple[States, list[Sighting]]:
    """Return the states in records, and the advisories that they carry."""
    ticks = records.number("140", 0, 24, TICK_US)
    since_us = np.where(np.isfinite(ticks), np.nan_to_num(ticks), -1).astype(np.int64)
    ids = _ids(records)
    addresses = pa.array(ids, mask=~records.has("220"))
    found = [
        *sightings(records, since_us, addresses, "260", acas.Carrier.REGISTER),
        *_registers(records, since_us, addresses),
    ]
    altitude = _altitude(records)
    height = _height(records)
    best = np.where(np.isfinite(height), height, altitude)
    kept = np.ones(len(records), np.bool_)
    tally.drop(kept, ~records.has("040"), "CAT048 records without measured position")
    tally.drop(kept, since_us < 0, "CAT048 plots without time")
    tally.drop(kept, _is_no_aircraft(records), "CAT048 plots of tests, simulations and field monitors")
    tally.drop(kept, records.has("020") & (records.bits("020", 0, 3) == 0), "CAT048 tracks that are extrapolated")
    tally.drop(kept, ~np.asarray(ids.is_valid()), "CAT048 plots without address and track number")
    tally.drop(kept, ~np.isfinite(best), "CAT048 plots without altitude, so that slant range cannot be corrected")
    if site is None:
        tally.drop(kept, kept.copy(), "CAT048 plots whose radar's site is not known (say where it stands)")
    lat, lon = _positions(records, site, best, kept)
    tally.drop(kept, ~np.isfinite(lat), "CAT048 plots whose range and altitude contradict one another")
    states = _states(records.take(kept), since_us[kept], ids.filter(pa.array(kept)), lat[kept], lon[kept])
    states.numbers["altitude"] = altitude[kept]
    return states, found


def refuse_two_radars(states: Sequence[States], tally: Tally) -> None:
    """Leave out plots where one site was given and several radars are in the recording: some would be misplaced."""
    radars = sorted({radar for each in states for radar in np.unique(each.radar).tolist() if radar >= 0})
    if len(radars) < 2:
        return
    names = ", ".join(f"{radar >> 8}/{radar & 0xFF}" for radar in radars[:5])
    reason = f"CAT048 plots of {len(radars)} radars ({names}) where one site was given (give them one by one)"
    for each in states:
        kept = np.ones(len(each.radar), np.bool_)
        tally.drop(kept, each.radar >= 0, reason)
        each.keep(kept)


def _ids(records: Records) -> pa.Array:
    by_address = hex_ids(records.bits("220", 0, 24), np.zeros(len(records), np.bool_))
    by_track = track_ids("r", records.bits("010", 0, 16), records.bits("161", 4, 12), records.has("161"))
    return pc.if_else(pa.array(records.has("220")), by_address, by_track)


def _is_no_aircraft(records: Records) -> Bools:
    """Return which plots are simulated, a test or of a fixed transponder."""
    first = records.octet("020", 0)
    more = np.where(records.extension("020", 1), records.octet("020", 1), 0)
    flags: Bools = ((first & 0b0001_0010) != 0) | ((more & 0b1000_0000) != 0)  # SIM, RAB; TST
    return flags


def _altitude(records: Records) -> Floats:
    """Return pressure altitude in feet; a code that the radar marks as invalid or garbled is none."""
    levels = records.number("090", 2, 14, 25.0, signed=True)
    return np.where(records.bits("090", 0, 2) == 0, levels, np.nan)


def _height(records: Records) -> Floats:
    """Return the height that a radar measured itself, in feet above mean sea level."""
    return records.number("110", 2, 14, 25.0, signed=True)


def _positions(records: Records, site: Site | None, height_ft: Floats, kept: Bools) -> tuple[Floats, Floats]:
    lat, lon = np.full(len(records), np.nan), np.full(len(records), np.nan)
    if site is None or not kept.any():
        return lat, lon
    some = records.take(kept)
    slant_m = some.number("040", 0, 16, NM / 256)
    azimuth = some.number("040", 16, 16, 360.0 / 2**16)
    lat[kept], lon[kept] = positions_from_radar(site, slant_m, azimuth, height_ft[kept] * FT)
    return lat, lon


def _states(records: Records, since_us: Ints, ids: pa.Array, lat: Floats, lon: Floats) -> States:
    good_code = records.has("070") & (records.bits("070", 0, 2) == 0)
    numbers = {
        "groundspeed": records.number("200", 0, 16, NM / KT * 2.0**-14),
        "track": records.number("200", 16, 16, 360.0 / 2**16),
    }
    texts = {
        "callsign": records.callsign("240", 0),
        "squawk": squawk_texts(records.bits("070", 4, 12), good_code),
    }
    codes = {"onground": flight_status(records, "230")}
    return States(records.numbers, since_us, ids, lat, lon, numbers, texts, codes, records.bits("010", 0, 16))


def flight_status(records: Records, item: str) -> Codes:
    """Return 1 on the ground, 0 in the air and `UNKNOWN` where a transponder's flight status does not say."""
    status, has = records.bits(item, 3, 3), records.has(item)
    ground = np.where(np.isin(status, _ON_GROUND), 1, np.where(np.isin(status, _AIRBORNE), 0, UNKNOWN))
    return np.where(has, ground, UNKNOWN).astype(np.int8)


def _registers(records: Records, since_us: Ints, addresses: pa.Array) -> list[Sighting]:
    """Return the advisories among the registers that a radar has read (item 250: a count, then 8 octets each)."""
    found: list[Sighting] = []
    counts = records.bits("250", 0, 8)
    for k in range(int(counts.max(initial=0))):
        is_advisory = (counts > k) & (records.octet("250", 8 * k + 8) == acas.REGISTER)
        if is_advisory.any():
            some, which = records.take(is_advisory), pa.array(is_advisory)
            carrier = acas.Carrier.REGISTER
            found += sightings(some, since_us[is_advisory], addresses.filter(which), "250", carrier, first=8 * k + 1)
    return found
