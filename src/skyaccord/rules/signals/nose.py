"""The crossing of an aircraft's nose: the other passes over its track line, ahead of it."""

from __future__ import annotations

import numpy as np

from skyaccord.rules.motion import Motion
from skyaccord.rules.signals.crossing import crossings
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.signals.nodes import nodes_of, sight
from skyaccord.rules.strictness import Error


def nose_crossing(motion: Motion, side: int, error: Error) -> list[Curve]:
    """Return how far ahead of an aircraft the other crosses its track line, m, for a second from each crossing."""
    nodes = nodes_of(motion)
    seen = sight(motion, side, nodes)
    error_m = motion.horizontal_error_m[nodes.piece]
    slack_m = error_m if error is Error.POSSIBLY else 0.0
    with np.errstate(invalid="ignore"):
        ahead_m = np.where(seen.ahead_m + slack_m > 0.0, np.maximum(seen.ahead_m, 0.0), np.inf)
    return crossings(nodes, motion.owner, np.nan_to_num(seen.aside_m), ahead_m, error_m, error)
