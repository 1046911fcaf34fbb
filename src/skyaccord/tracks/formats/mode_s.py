"""Mode S frames to tracks and advisories: what Beast and AVR recordings share.

A row is made of each position that an extended squitter (DF 17, 18) gives; its other values are the aircraft's latest,
not older than ten seconds. Only frames whose parity proves their address make rows; replies whose parity is the
address (DF 4, 5, 20, 21) count where that address was proven elsewhere in the recording.

An id that is none of ICAO's gets a ``~`` before it: TIS-B by its field IMF or CF 5, anonymous squitters by CF 1.
Coarse TIS-B (CF 3) and management (CF 4) carry no such positions, nor does CF 7.
Source: ICAO Doc 9871; RTCA DO-260B, 2.2.3 and appendix A.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa

from skyaccord.model.tracks import Floats, Ints
from skyaccord.model.values import Bools
from skyaccord.tracks.formats import acas
from skyaccord.tracks.formats.altitude_code import altitudes_ft
from skyaccord.tracks.formats.cpr import Reports, decode_positions
from skyaccord.tracks.formats.decoded import UNKNOWN, Decoded, decoded_part, hex_ids, squawk_texts
from skyaccord.tracks.formats.frames import Frames, is_acquired
from skyaccord.tracks.formats.integrity import integrity_categories
from skyaccord.tracks.formats.latest import latest
from skyaccord.tracks.formats.options import ReadingOptions
from skyaccord.tracks.formats.report import Part, Rows
from skyaccord.tracks.formats.squitter import Fields, decode_fields

_OTHER: Final = 1 << 24  # set in the code of an address that is none of ICAO's
_SQUITTERS: Final = (17, 18)
_SURVEILLANCE: Final = (4, 5, 20, 21)
_COMM_B: Final = (20, 21)
_COORDINATION: Final = 16

_SURFACE: Final = (5, 6, 7, 8)  # type codes
_GNSS_HEIGHT: Final = (20, 21, 22)
_AIRBORNE: Final = (*range(9, 19), *_GNSS_HEIGHT)
_POSITIONS: Final = (*_SURFACE, *_AIRBORNE)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Frames of proven aircraft, by aircraft and time, and what they say."""

    frames: Frames
    code: Ints
    types: Ints  # type code of each squitter, 0 for other frames
    fields: Fields


def read_frames(frames: Frames, name: str, kind: str, rows: Rows, options: ReadingOptions) -> Part:
    """Return the tracks and advisories in frames.

    Args:
        frames: in the order of the recording.
        name: the file, for the report and for errors.
        kind: the format's name for people.
        rows: how frames are numbered, and what was already left out.
        options: where surface positions are, if the caller knows.

    Raises:
        FormatError: no position and no advisory can be decoded.
    """
    remainders = frames.remainders()
    proven = is_acquired(frames, remainders)
    notes = [*rows.notes, *_count_formats(frames, proven)]
    reports = _advisories(frames, remainders, proven, notes)
    kept, code = _of_aircraft(frames, remainders, proven)
    messages = _sort(kept, code)
    decoded, numbers = _states(messages, options, notes)
    rows = replace(rows, numbers=numbers, notes=tuple(notes))
    return decoded_part(decoded, rows, acas.advisories_table(reports), name=name, kind=kind)


def _count_formats(frames: Frames, proven: Bools) -> list[str]:
    formats = frames.formats
    squitters = np.isin(formats, _SQUITTERS)
    notes = []
    if damaged := int((squitters & ~proven).sum()):
        notes.append(f"{damaged:,} of {int(squitters.sum()):,} squitters fail parity: left out")
    if coarse := int((proven & (formats == 18) & np.isin(frames.octets[:, 0] & 7, (3, 4, 7))).sum()):
        notes.append(f"{coarse:,} coarse TIS-B and management messages: not read")
    return notes


def _of_aircraft(frames: Frames, remainders: Ints, proven: Bools) -> tuple[Frames, Ints]:
    """Return the squitters that are read and the replies of their aircraft, with the code of each."""
    formats, control = frames.formats, frames.octets[:, 0] & 7
    squitter = proven & ((formats == 17) | ((formats == 18) & ~np.isin(control, (3, 4, 7))))
    known = np.unique(frames.announced[squitter])
    reply = frames.is_sound & np.isin(formats, _SURVEILLANCE) & np.isin(remainders, known)
    kept = np.flatnonzero(squitter | reply)
    code = np.where(squitter, frames.announced + _OTHER * _is_other(frames), remainders)
    return frames.take(kept), code[kept]


def _is_other(frames: Frames) -> Ints:
    """Return 1 where a squitter's address is none of ICAO's."""
    formats, control, type_code = frames.formats, frames.octets[:, 0] & 7, frames.octets[:, 4] >> 3
    flag = np.zeros(len(frames), np.int64)
    for types, bit in ((range(9, 19), 39), (range(20, 23), 39), ((19,), 40), (range(5, 9), 52)):
        flag = np.where(np.isin(type_code, list(types)), frames.bits(bit, 1), flag)
    non_transponder = formats == 18
    by_flag = np.isin(control, (2, 6)) & (flag == 1)
    other: Ints = (non_transponder & (np.isin(control, (1, 5)) | by_flag)).astype(np.int64)
    return other


def _sort(frames: Frames, code: Ints) -> _Sorted:
    order = np.lexsort((frames.t_us, code))
    frames = frames.take(order)
    types = np.where(np.isin(frames.formats, _SQUITTERS), frames.octets[:, 4].astype(np.int64) >> 3, 0)
    return _Sorted(frames, code[order], types, decode_fields(frames, np.flatnonzero(~np.isin(types, _AIRBORNE))))


def _states(messages: _Sorted, options: ReadingOptions, notes: list[str]) -> tuple[Decoded, Ints]:
    """Return a state for each decoded position, in order of time, and the number of the frame that gave it."""
    frames, code, types, fields = messages.frames, messages.code, messages.types, messages.fields
    if fields.undecodable:
        notes.append(f"{fields.undecodable:,} frames whose content cannot be decoded")
    at = np.flatnonzero(np.isin(types, _POSITIONS))
    lat, lon = _positions(frames.take(at), code[at], np.isin(types[at], _SURFACE), options)
    placed = np.isfinite(lat)
    if lost := int((~placed).sum()):
        notes.append(f"{lost:,} encoded positions have no partner to be decoded with: left out")
    order = np.lexsort((code[at][placed], frames.t_us[at][placed]))
    at, lat, lon = at[placed][order], lat[placed][order], lon[placed][order]
    decoded = Decoded(frames.t_us[at], hex_ids(code[at] & 0xFFFFFF, code[at] >= _OTHER), lat, lon)
    _complete(decoded, messages, at)
    return decoded, frames.numbers[at]


def _positions(frames: Frames, code: Ints, surface: Bools, options: ReadingOptions) -> tuple[Floats, Floats]:
    reports = Reports(
        code, frames.t_us, frames.bits(54, 17), frames.bits(71, 17), frames.bits(53, 1).astype(np.bool_), surface
    )
    site = options.site
    return decode_positions(reports, None if site is None else (site.latitude_deg, site.longitude_deg))


def _complete(decoded: Decoded, messages: _Sorted, at: Ints) -> None:
    """Add to positions what their aircraft said last."""
    fields, own, frames = messages.fields, messages.types[at], messages.frames.take(at)
    last = _Last(messages, at)
    is_surface = np.isin(own, _SURFACE)
    height = np.where(is_surface, np.nan, altitudes_ft(frames.bits(40, 12)))
    is_gnss = np.isin(own, _GNSS_HEIGHT)
    decoded.numbers = {
        column: last.number(fields.numbers[column]) for column in ("groundspeed", "track", "vertical_rate")
    }
    decoded.numbers["altitude"] = np.where(is_gnss, np.nan, height)
    above = decoded.numbers["altitude"] + last.number(fields.numbers["above_pressure"])
    decoded.numbers["geoaltitude"] = np.where(is_gnss, height, above)
    codes = {column: last.code(fields.codes[column]) for column in ("nac_p", "version", "nic_a", "nic_s")}
    nic_b = frames.bits(39, 1)
    nic = integrity_categories(own, codes["version"], codes["nic_a"], nic_b, codes["nic_s"])
    is_own = frames.is_timed  # others are the result of multilateration, whose quality no one states
    decoded.codes = {
        "nac_p": np.where(is_own, codes["nac_p"], UNKNOWN).astype(np.int8),
        "nic": np.where(is_own, nic, UNKNOWN).astype(np.int8),
        "onground": is_surface.astype(np.int8),
    }
    squawk = last.code(fields.squawk)
    decoded.texts = {
        "callsign": last.text(fields.callsign, fields.callsigns),
        "squawk": squawk_texts(squawk, squawk != UNKNOWN),
    }


class _Last:
    """The latest values of aircraft at positions, of columns over all their messages."""

    def __init__(self, messages: _Sorted, at: Ints) -> None:
        self._code = messages.code
        self._t_us = messages.frames.t_us
        self._at = at

    def _find(self, valid: Bools) -> tuple[Ints, Bools]:
        found, known = latest(valid, self._code, self._t_us)
        return found[self._at], known[self._at]

    def number(self, values: Floats) -> Floats:
        found, known = self._find(np.isfinite(values))
        return np.where(known, values[found], np.nan)

    def code(self, values: Any) -> Any:
        found, known = self._find(values != UNKNOWN)
        return np.where(known, values[found], UNKNOWN)

    def text(self, index: Ints, texts: tuple[str, ...]) -> pa.Array:
        found, known = self._find(index != UNKNOWN)
        return pa.array(texts, pa.string()).take(pa.array(np.where(known, index[found], 0), mask=~known))


def _advisories(frames: Frames, remainders: Ints, proven: Bools, notes: list[str]) -> list[acas.Report]:
    """Return the resolution advisories in frames; those of an address that is proven nowhere are left out."""
    formats, first = frames.formats, frames.octets[:, 4]
    squitter = proven & (formats == 17) & (first == acas.SQUITTER)
    comm_b = np.isin(formats, _COMM_B) & frames.is_sound & (first == acas.REGISTER)
    coordination = (formats == _COORDINATION) & frames.is_sound & (first == acas.REGISTER)
    known = np.unique(frames.announced[proven])
    checked = squitter | np.isin(remainders, known)
    carriers = (
        (squitter, acas.Carrier.SQUITTER),
        (comm_b, acas.Carrier.REGISTER),
        (coordination, acas.Carrier.COORDINATION),
    )
    reports: list[acas.Report] = []
    unproven = 0
    for which, carrier in carriers:
        at = np.flatnonzero(which)
        some = frames.take(at)
        address = some.announced if carrier is acas.Carrier.SQUITTER else remainders[at]
        cells = zip(some.t_us.tolist(), address.tolist(), checked[at].tolist(), some.bits(32, 56).tolist(), strict=True)
        for t_us, sender, is_checked, bits in cells:
            advisory = acas.decode_advisory(bits, with_threat=carrier is not acas.Carrier.COORDINATION)
            if advisory is None:
                continue
            if is_checked:
                reports.append(acas.Report(t_us, f"{sender:06x}", carrier, is_checked, advisory))
            else:
                unproven += 1
    if unproven:
        notes.append(f"{unproven:,} advisories of aircraft whose address no frame proves: left out")
    return reports
