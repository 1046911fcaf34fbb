"""Verdicts while it happens: what is decided by now, and what the future still decides.

The same pipeline runs on what was seen so far. A breach that is certain stays one whatever comes. Everything else
about an encounter that may still be going on is ``pending``: a loss may yet be restored, a duty that was kept may yet
be lost. What has ended long enough ago is what it will be in the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from skyaccord.detect.observation import GAP_S
from skyaccord.memorandum.document import Keep, Memorandum
from skyaccord.model.encounter import Outcome, Verdict
from skyaccord.model.tracks import Tracks
from skyaccord.rules.demand import demand_of
from skyaccord.rules.judge import Between, Judgement, judge
from skyaccord.rules.padding import UNBOUNDED_S
from skyaccord.tracks.quality.stretches import Stretch


def judge_so_far(
    tracks: Tracks,
    memorandum: Memorandum,
    now_s: float,
    between: Between = Between.PARTIES,
    gap_s: float = GAP_S,
    stretches: Sequence[Stretch] = (),
) -> Judgement:
    """Return what provisions say at an instant; what they cannot say yet is ``pending``.

    Args:
        tracks: what was seen; rows after ``now_s`` are not looked at.
        memorandum: the provisions.
        now_s: seconds since 1970.
        between: which pairs are looked at.
        gap_s: longest silence bridged by a straight line.
        stretches: where positions are doubted.
    """
    found = judge(seen_until(tracks, now_s), memorandum, between, gap_s, stretches)
    since_s = now_s - settles_after_s(memorandum, gap_s)
    live = {
        e.id
        for e in (*found.encounters.encounters, *found.borderline.encounters, *found.doubtful)
        if e.end_s >= since_s
    }
    live |= {e.id for e in found.passages.encounters if e.end_s >= since_s}
    verdicts = tuple(_by_now(verdict) if verdict.encounter in live else verdict for verdict in found.verdicts)
    return replace(found, verdicts=verdicts)


def settles_after_s(memorandum: Memorandum, gap_s: float) -> float:
    """Return how long after its end an encounter is what it will stay: a gap, re-entry, what a rule looks at beyond."""
    times_s = [provision.rule.reenter_s for provision in memorandum.provisions if isinstance(provision.rule, Keep)]
    for provision in memorandum.provisions:
        if provision.rule is not None:
            horizon = demand_of(provision).horizon
            times_s += [min(horizon.past_s, UNBOUNDED_S), min(horizon.future_s, UNBOUNDED_S)]
    return max(gap_s, *times_s, 0.0) + 1.0


def seen_until(tracks: Tracks, now_s: float) -> Tracks:
    """Return the rows up to an instant; aircraft not seen by then stay, with no rows."""
    keep = tracks.t_s <= now_s
    before = np.concatenate(([0], np.cumsum(keep)))
    columns = {name: getattr(tracks, name)[keep] for name in tracks.__slots__ if name not in ("aircraft", "start")}
    return Tracks(aircraft=tracks.aircraft, start=before[tracks.start], **columns)


def _by_now(verdict: Verdict) -> Verdict:
    if verdict.outcome in (Outcome.BREACH, Outcome.NOT_ASSESSABLE):
        return verdict
    return replace(verdict, outcome=Outcome.PENDING, reason=f"not over yet; so far {verdict.outcome}: {verdict.reason}")
