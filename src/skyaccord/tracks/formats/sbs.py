"""SBS-1 BaseStation text: a line a message, each with a part of an aircraft's state.

A row is made of each message with a position (types 2 and 3); what the position message does not say itself is taken
from the aircraft's latest other message, where that is not older than `MOST_AGE_S`.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from skyaccord.model.file_report import Complaint
from skyaccord.model.timestamps import instants
from skyaccord.model.tracks import Ints
from skyaccord.model.values import Bools, texts, to_mask
from skyaccord.tracks.formats.columns import recognise
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.delimited import split_lines
from skyaccord.tracks.formats.report import Part, Rows

MOST_AGE_S: Final = 10.0

_FIELDS: Final = [
    *("message", "type", "session", "aircraft", "icao24", "flight", "date", "time", "date_logged", "time_logged"),
    *("callsign", "altitude", "groundspeed", "track", "latitude", "longitude", "vertical_rate", "squawk"),
    *("alert", "emergency", "spi", "onground"),
]
_CARRIED: Final = ("callsign", "altitude", "groundspeed", "track", "vertical_rate", "squawk", "onground")
_LINE: Final = re.compile(r"MSG,[1-8](,[^,]*){20}")
_KINDS: Final = "SEL|ID|AIR|STA|CLK"
_OTHER: Final = re.compile(f"({_KINDS}),")


def is_sbs(content: Content) -> bool:
    """Return whether one of the first lines is a BaseStation message; the very first may be cut."""
    return any(_LINE.fullmatch(line.strip()) for line in content.text.splitlines()[:50])


def read_sbs(content: pa.Buffer, name: str) -> Part:
    """Return a row for each position message, completed from the messages before it.

    Raises:
        FormatError: not one position message can be used.
    """
    raw, rows = split_lines(
        content,
        name,
        first=1,
        read=pcsv.ReadOptions(column_names=_FIELDS),
        parse={"quote_char": False},
        convert=pcsv.ConvertOptions(
            column_types=dict.fromkeys(_FIELDS, pa.string()), null_values=[""], strings_can_be_null=True
        ),
        others=_OTHER,
    )
    raw = raw.append_column("line", pa.chunked_array([_line_numbers(rows, raw.num_rows)]))
    messages, bad = _sound_messages(raw, name)
    states, numbers = _states(messages)
    notes = (*rows.notes, "SBS times have no zone: taken as UTC")
    left = Rows("line", 1, numbers, tuple(sorted((*rows.bad, *bad))), notes, rows.unlisted)
    return conform(states, recognise(states.column_names, name), name=name, kind="SBS-1 BaseStation", rows=left)


def _line_numbers(rows: Rows, count: int) -> pa.Array:
    return pa.array(rows.numbers if rows.numbers is not None else np.arange(1, count + 1))


def _sound_messages(raw: pa.Table, name: str) -> tuple[pa.Table, list[Complaint]]:
    """Return the messages with id and time, and complaints about those without; other kinds of line are passed over."""
    written = pc.binary_join_element_wise(pc.replace_substring(raw["date"], "/", "-"), raw["time"], " ")
    times = instants(written, name, "date and time").column
    ids = texts(raw["icao24"], lower=True).column
    is_message = _matches(raw["message"], "^MSG$") & _matches(raw["type"], "^[1-8]$")
    is_other = _matches(raw["message"], f"^({_KINDS})$")
    is_sound = is_message & to_mask(pc.is_valid(times)) & to_mask(pc.is_valid(ids))
    problems = (
        (~is_message & ~is_other, "no BaseStation message"),
        (is_message & to_mask(pc.is_null(ids)), "no aircraft's address"),
        (is_message & to_mask(pc.is_valid(ids)) & to_mask(pc.is_null(times)), "date and time cannot be read"),
    )
    lines = raw["line"].to_numpy()
    bad = [(int(line), text) for where, text in problems for line in lines[where]]
    sound = raw.append_column("timestamp", times).set_column(raw.column_names.index("icao24"), "icao24", ids)
    return sound.filter(pa.array(is_sound)), bad


def _states(messages: pa.Table) -> tuple[pa.Table, Ints]:
    """Return position messages with the latest other values of their aircraft, and the line of each."""
    t_us = messages["timestamp"].cast(pa.int64()).to_numpy()
    code = _codes(messages["icao24"])
    order = np.lexsort((messages["line"].to_numpy(), t_us, code))
    messages, t_us, code = messages.take(pa.array(order)), t_us[order], code[order]
    is_position = _matches(messages["type"], "^[23]$")
    columns = {c: messages[c] for c in ("timestamp", "icao24", "latitude", "longitude")}
    for column in _CARRIED:
        cells = _with_surface(messages) if column == "onground" else messages[column]
        latest, is_known = _latest(to_mask(pc.is_valid(cells)), code, t_us)
        columns[column] = cells.take(pa.array(latest, mask=~is_known))
    where = pa.array(is_position)
    return pa.table(columns).filter(where), messages["line"].filter(where).to_numpy()


def _latest(valid: Bools, code: Ints, t_us: Ints) -> tuple[Ints, Bools]:
    """Return for each row the last row up to it with a value, and whether it is of this aircraft and young enough."""
    at = np.maximum.accumulate(np.where(valid, np.arange(len(valid)), -1))
    found = np.maximum(at, 0)
    is_known = (at >= 0) & (code[found] == code) & (t_us - t_us[found] <= MOST_AGE_S * 1e6)
    return found, is_known


def _with_surface(messages: pa.Table) -> pa.ChunkedArray:
    """Return ground flags; a surface position (type 2) without one comes from the ground."""
    is_surface = pa.array(_matches(messages["type"], "^2$"))
    flag = messages["onground"]
    return pc.coalesce(flag, pc.if_else(is_surface, pa.scalar("1"), pa.scalar(None, pa.string())))


def _codes(ids: pa.ChunkedArray) -> Ints:
    encoded = pc.rank(ids, tiebreaker="dense") if len(ids) else ids.cast(pa.int64())
    codes: Ints = encoded.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def _matches(column: pa.ChunkedArray, pattern: str) -> Bools:
    return to_mask(pc.match_substring_regex(column, pattern))
