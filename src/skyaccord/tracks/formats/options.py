"""What a recording does not say of itself and its reader must be told."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from skyaccord.errors import InputError

UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When a recording without any date is taken to begin, in every format: an instant that every reader takes, so that
what is written of it can be read again, and a day on which no one will look for it."""

NO_DATE: Final = f"no date in the recording: dated from {UNDATED:%Y-%m-%d} (say when it began)"
"""What is said of it."""

CAT021_EDITIONS: Final = ("0.23", "0.24", "0.25", "0.26", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a radar or receiver stands: WGS-84, height of its antenna above the ellipsoid.

    Raises:
        InputError: no place on earth.
    """

    latitude_deg: float
    longitude_deg: float
    height_m: float = 0.0

    def __post_init__(self) -> None:
        limits = ((self.latitude_deg, 90.0), (self.longitude_deg, 180.0), (self.height_m, 10_000.0))
        if not all(math.isfinite(value) and abs(value) <= most for value, most in limits):
            got = f"{self.latitude_deg}, {self.longitude_deg}, {self.height_m} m"
            raise InputError("site", f"{got} is no place on earth", "Give degrees north and east, and metres")


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What to assume where a recording is silent; the defaults assume nothing.

    Args:
        start: when a recording begins that has no date (GDL 90, ASTERIX outside a capture) or only a counter (Beast,
            ``.daa``). Of a time of day the date counts, and the day after where the recording begins twelve hours
            before `start` or earlier. Without it such a recording is dated from `UNDATED`, and its report says so.
        site: where the radar of CAT048 stands; also picks the quadrant of surface positions in Mode S recordings,
            which otherwise is that of the airborne positions around.
        cat021_edition: the edition of ASTERIX CAT021, which its bytes do not tell. All of 2.x read alike.
        gps_clock: whether the 48 bits of a Beast timestamp are GPS seconds and nanoseconds of the day (True) or a
            counter of 12 MHz (False); None: told from the numbers.

    Raises:
        InputError: a start without zone, or an edition that is not read.
    """

    start: datetime | None = None
    site: Site | None = None
    cat021_edition: str = "2.4"
    gps_clock: bool | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.start.tzinfo is None:
            raise InputError("start", f"{self.start.isoformat()} has no zone", "Give it in UTC, as 2015-10-10T11:42Z")
        if self.cat021_edition not in CAT021_EDITIONS:
            cure = f"Read are {', '.join(CAT021_EDITIONS)}"
            raise InputError("CAT021", f"edition {self.cat021_edition!r} is not known", cure)

    @property
    def start_us(self) -> int:
        """Return the start, `UNDATED` where none was given, in microseconds since 1970."""
        since = (self.start or UNDATED) - datetime(1970, 1, 1, tzinfo=UTC)
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


NOTHING_KNOWN: Final = ReadingOptions()
"""The options of a caller who knows no more than the recording says."""
