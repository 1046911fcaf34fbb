"""One search of a recording: all that later asks who was within which volume, once for every volume up to its own.

What a volume gives does not depend on how much larger the one that was searched is: candidates only prune.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skyaccord.detect.accuracy import LineErrors, line_errors, line_slack
from skyaccord.detect.candidates import Candidates, find_candidates
from skyaccord.detect.encounters import Found, find_encounters
from skyaccord.detect.hidden import Hidden, find_hidden
from skyaccord.detect.measured import NO_TWINS, Twins
from skyaccord.detect.observation import GAP_S, Observation, observe
from skyaccord.detect.volume import Volume
from skyaccord.geometry.vectors import Floats
from skyaccord.model.tracks import Tracks
from skyaccord.tracks.quality.stretches import Stretch


@dataclass(frozen=True, slots=True)
class Search:
    """Who may have met: within one volume or any that lies in it."""

    tracks: Tracks
    seen: Observation
    hidden: Hidden
    errors: LineErrors
    slack: Floats  # what each line may be off by, shape (rows, 2)
    candidates: Candidates
    volume: Volume
    gap_s: float
    stretches: Sequence[Stretch]
    twins: Twins

    def within(self, volume: Volume) -> Found:
        """Return every encounter within a volume."""
        return self._found(volume, None)

    def maybe_within(self, volume: Volume) -> Found:
        """Return every time in which a pair may have been within a volume, granting the error."""
        return self._found(volume, self.slack)

    def _found(self, volume: Volume, slack: Floats | None) -> Found:
        if volume.joined(self.volume) != self.volume:
            raise ValueError(f"{volume} was not searched, only {self.volume}")
        return find_encounters(
            self.tracks, volume, self.gap_s, self.seen, self.twins, self.candidates, slack, self.errors
        )


def search(
    tracks: Tracks,
    volume: Volume,
    gap_s: float = GAP_S,
    stretches: Sequence[Stretch] = (),
    twins: Twins = NO_TWINS,
) -> Search:
    """Search a recording for pairs that were or may have been within a volume.

    Args:
        tracks: the recording, with marks.
        volume: D and H.
        gap_s: longest silence bridged by a straight line.
        stretches: where positions are doubted (`tracks.quality`).
        twins: pairs that may be one aircraft reported twice.
    """
    seen = observe(tracks, gap_s)
    hidden, errors = find_hidden(tracks, seen), line_errors(tracks, seen)
    slack = line_slack(errors, seen)
    candidates = find_candidates(seen, volume, slack, hidden)
    return Search(tracks, seen, hidden, errors, slack, candidates, volume, gap_s, stretches, twins)
