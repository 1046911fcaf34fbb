"""When an aircraft reports a squawk."""

from __future__ import annotations

import numpy as np

from skyaccord.memorandum.formula import Fact
from skyaccord.rules.spans import Spans, joined
from skyaccord.rules.strictness import Error
from skyaccord.rules.trace import Trace, motion_in


def times_squawking(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:
    """Return when the last report of an aircraft has a squawk; where it has none it may be any."""
    motion = motion_in(trace, fact.signal)
    reported = motion.tracks.squawk[motion.seen.row[motion.rows[side]]]
    is_so = reported == float(str(fact.argument))
    if error is Error.POSSIBLY:
        is_so |= np.isnan(reported)
    return joined(Spans(motion.owner[is_so], motion.begin_s[is_so], motion.end_s[is_so]))
