"""Instants: to the millisecond as machines write them, and date-time groups to the minute as officers do."""

from __future__ import annotations

import re
from typing import Final

from skyaccord.errors import SkyaccordError
from skyaccord.hotline.forms.form import refuse
from skyaccord.model.canonical_json import Json
from skyaccord.model.instants import format_instant, parse_instant
from skyaccord.records.date_time_group import as_iso

EARLIEST_S: Final = parse_instant("2000-01-01T00:00:00Z")
LATEST_S: Final = parse_instant("2100-01-01T00:00:00Z")
"""Two digits of a year in a date-time group are of this century; so are the instants of messages."""

_GROUP: Final = re.compile(r"[0-9]{6}Z [A-Z]{3} [0-9]{2}")
_INSTANT_WORDS: Final = "an instant of this century with milliseconds, 2026-12-01T00:00:00.000Z"


class Instant:
    """An instant with milliseconds and Z."""

    def read(self, value: Json, place: str) -> float:
        """Return seconds since 1970."""
        t_s = _seconds(value) if isinstance(value, str) and len(value) == 24 else None
        if t_s is None or not EARLIEST_S <= t_s < LATEST_S or format_instant(t_s) != value:
            refuse(place, value, _INSTANT_WORDS)
        return t_s

    def write(self, value: float) -> Json:
        """Return ISO 8601."""
        return format_instant(value)


class DateTimeGroup:
    """A date-time group in UTC, ``251400Z NOV 26``."""

    def read(self, value: Json, place: str) -> str:
        """Return the group as it is written."""
        if not isinstance(value, str) or not _GROUP.fullmatch(value) or _seconds(as_iso(value)) is None:
            refuse(place, value, "a date-time group in UTC, 251400Z NOV 26")
        return value

    def write(self, value: str) -> Json:
        """Return the group as it is written."""
        return value


def _seconds(text: str) -> float | None:
    try:
        return parse_instant(text)
    except SkyaccordError:
        return None
