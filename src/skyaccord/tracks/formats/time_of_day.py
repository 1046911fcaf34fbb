"""Times of day as instants: which day they belong to, and where midnight passes.

ASTERIX, GDL 90 and GPS receivers state seconds since midnight UTC and no date. The date comes from the capture that
holds the message, else from the start that the caller names, else it is that of `options.UNDATED` and said to be so.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.model.tracks import Ints
from skyaccord.tracks.formats.options import NO_DATE, ReadingOptions

DAY_US: Final = 86_400_000_000


def date_times_of_day(
    since_us: Ints, options: ReadingOptions, captured_us: Ints | None = None
) -> tuple[Ints, list[str]]:
    """Return instants, in microseconds since 1970, and what had to be assumed.

    Args:
        since_us: microseconds since midnight, in the order in which they were received. A step back by more than half
            a day is midnight, a step forward by more than that a late message of the day before.
        options: when the recording began.
        captured_us: when each message was captured; the nearest day is taken. None: there is no such time.
    """
    if captured_us is not None:
        days = np.rint((captured_us - since_us) / DAY_US).astype(np.int64)
        return since_us + days * DAY_US, []
    steps = np.rint(-np.diff(since_us) / DAY_US).astype(np.int64)
    days = np.concatenate(([0], np.cumsum(steps)))[: len(since_us)].astype(np.int64)
    notes = [f"midnight passes {days.max()} times"] if len(days) and days.max() > 0 else []
    if options.start is None:
        notes.append(NO_DATE)
    date, begin = divmod(options.start_us, DAY_US)
    if len(since_us) and since_us[0] < begin - DAY_US // 2:
        date += 1
    return since_us + (days + date) * DAY_US, notes
