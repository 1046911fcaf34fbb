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
from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.formats import acas, integrity
from skyaccord.tracks.formats.cpr import Reports, decode_positions
from skyaccord.tracks.formats.decoded import UNKNOWN, Codes, Decoded, decoded_part, hex_ids, squawk_texts
from skyaccord.tracks.formats.frames import Frames, is_acquired
from skyaccord.tracks.formats.latest import latest
from skyaccord.tracks.formats.options import ReadingOptions
from skyaccord.tracks.formats.report import Part, Rows
from skyaccord.tracks.formats.squitter import Fields, decode_fields
from skyaccord.tracks.formats.values import Bools

_OTHER: Final = 1 << 24  # set in the code of an address that is none of ICAO's
_SURVEILLANCE: Final = (4, 5, 20, 21)
_COMM_B: Final = (20, 21)
_COORDINATION: Final = 16


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Frames of proven aircraft, by aircraft and time, and what they say."""

    frames: Frames
    code: Ints
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
    squitters = np.isin(formats, (17, 18))
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
    return _Sorted(frames, code[order], decode_fields(frames))


def _states(messages: _Sorted, options: ReadingOptions, notes: list[str]) -> tuple[Decoded, Ints]:
    """Return a state for each decoded position, in order of time, and the number of the frame that gave it."""
    frames, code, fields = messages.frames, messages.code, messages.fields
    if fields.undecodable:
        notes.append(f"{fields.undecodable:,} frames whose content cannot be decoded")
    surface = (fields.kind >= 5) & (fields.kind <= 8) & (frames.formats >= 17) & (frames.formats <= 18)
    at = np.flatnonzero(surface | _is_airborne(fields.kind))
    lat, lon = _positions(frames.take(at), code[at], surface[at], options)
    placed = np.isfinite(lat)
    if lost := int((~placed).sum()):
        notes.append(f"{lost:,} encoded positions have no partner to be decoded with: left out")
    order = np.lexsort((code[at][placed], frames.t_us[at][placed]))
    at, lat, lon = at[placed][order], lat[placed][order], lon[placed][order]
    return _complete(messages, at, lat, lon, surface), frames.numbers[at]


def _is_airborne(kind: Codes) -> Bools:
    airborne: Bools = ((kind >= 9) & (kind <= 18)) | ((kind >= 20) & (kind <= 22))
    return airborne & (kind != 9 + 256)


def _positions(frames: Frames, code: Ints, surface: Bools, options: ReadingOptions) -> tuple[Floats, Floats]:
    reports = Reports(
        code, frames.t_us, frames.bits(54, 17), frames.bits(71, 17), frames.bits(53, 1).astype(np.bool_), surface
    )
    site = options.site
    return decode_positions(reports, None if site is None else (site.latitude_deg, site.longitude_deg))
