"""What a memorandum does not judge: whom it leaves out, where it does not apply, and whom a provision does not bind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from skyaccord.detect.intervals import Intervals
from skyaccord.memorandum.document import Actor, Memorandum, Provision
from skyaccord.memorandum.formula import NO_ONE, Subject, atoms
from skyaccord.model.tracks import UNASSIGNED, Tracks, are_one_party
from skyaccord.rules.area import applies
from skyaccord.rules.spans import Bools

Exempt: TypeAlias = Callable[[Provision, int], str]
"""Why a provision does not bind encounter n; an empty text where it does."""


def exemptions(memorandum: Memorandum, tracks: Tracks, intervals: Intervals) -> Exempt:
    """Return what exempts encounters, or passages (an aircraft with itself)."""
    by_encounter = _of_memorandum(memorandum, tracks, intervals)
    parties = [
        (tracks.aircraft[a].party, tracks.aircraft[b].party)
        for a, b in zip(intervals.a.tolist(), intervals.b.tolist(), strict=True)
    ]

    def why(provision: Provision, n: int) -> str:
        return by_encounter[n] or _of_provision(provision, parties[n])

    return why


def exempt_from_all(memorandum: Memorandum, tracks: Tracks, intervals: Intervals) -> Bools:
    """Return which encounters the whole memorandum does not judge."""
    return np.array([bool(why) for why in _of_memorandum(memorandum, tracks, intervals)], bool)


def _of_memorandum(memorandum: Memorandum, tracks: Tracks, intervals: Intervals) -> list[str]:
    is_alone = intervals.a == intervals.b
    one_party = (are_one_party(tracks, intervals.a, intervals.b) & ~is_alone).tolist()
    inside = (
        applies(memorandum.area, intervals, tracks) if memorandum.area is not None else np.ones(len(intervals), bool)
    ).tolist()
    reasons = []
    for n, (a, b) in enumerate(zip(intervals.a.tolist(), intervals.b.tolist(), strict=True)):
        parties = tracks.aircraft[a].party, tracks.aircraft[b].party
        left_out = next((party for party in parties if party in memorandum.excluded), None)
        if one_party[n]:
            reasons.append(f"both aircraft are of {parties[0]}: the provisions bind parties to each other")
        elif left_out:
            reasons.append(f"the memorandum leaves out aircraft of {left_out}")
        elif not inside[n]:
            reasons.append("outside the area of application")
        else:
            reasons.append("")
    return reasons


def _of_provision(provision: Provision, parties: tuple[str, str]) -> str:
    """Return why a provision that binds one party, or speaks of it, has nothing to say of others.

    An aircraft that no one claims may be anyone's.
    """
    named = {atom.subject for formula in provision.readings for atom in atoms(formula)}
    named -= {NO_ONE, *(subject.value for subject in Subject)}
    if provision.actor not in [actor.value for actor in Actor]:
        named.add(provision.actor)
    absent = sorted(name for name in named if name not in parties and UNASSIGNED not in parties)
    return f"no aircraft of {absent[0]} takes part" if absent else ""
