"""A signal as straight segments in time, and when it is below a threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.rules.spans import Spans, joined


@dataclass(frozen=True, slots=True)
class Curve:
    """Segments sorted by owner and time; between them the signal is above every threshold. NaN is unknown."""

    owner: Ints
    begin_s: Floats
    end_s: Floats
    first: Floats  # value at the begin
    last: Floats  # value at the end
    error: Floats  # 95 % bound; infinite where nothing can be said

    def below(self, threshold: Floats, or_at: bool) -> Spans:
        """Return when the signal is below a threshold, one a segment; infinite holds always, unknown below none else.

        Crossings lie where the straight segment crosses.
        """
        first, last = self.first - threshold, self.last - threshold
        starts, ends = (first <= 0.0, last <= 0.0) if or_at else (first < 0.0, last < 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            crossing_s = self.begin_s + (self.end_s - self.begin_s) * np.clip(first / (first - last), 0.0, 1.0)
        endless = threshold == np.inf
        begin_s = np.where(starts | endless, self.begin_s, crossing_s)
        end_s = np.where(ends | endless, self.end_s, crossing_s)
        some = np.flatnonzero(starts | ends | endless)
        return joined(Spans(self.owner[some], begin_s[some], end_s[some]))
