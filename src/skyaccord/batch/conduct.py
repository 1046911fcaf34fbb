"""Conduct and severity of what a window holds. Imported where it is asked for: some forty modules hang on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from skyaccord.batch.flown import Flown
from skyaccord.detect.conduct.classify import Conduct, classify
from skyaccord.detect.conduct.formation import Formation, pair_of
from skyaccord.detect.conduct.look import AROUND_S
from skyaccord.detect.conduct.manner import Manner
from skyaccord.detect.conduct.parabola import WIDEST_S
from skyaccord.detect.encounters import Found
from skyaccord.model.encounter import Encounter
from skyaccord.rules.judge import Judgement
from skyaccord.rules.severity.proposal import Proposal
from skyaccord.rules.severity.propose import propose_severity

LOOKS_S: Final = AROUND_S + WIDEST_S
"""Conduct looks so far before and after an encounter: where it is asked for, nothing is settled earlier."""


def tell_flown(found: Judgement) -> dict[str, Flown]:
    """Return how each encounter, borderline and doubtful pair of a window was flown, by its id there."""
    told = {name: flown for each in (found.encounters, found.borderline) for name, flown in _tell(each)}
    return told | {encounter.id: _untold(encounter) for encounter in found.doubtful}


def tell_pairs(found: Found, numbers: Sequence[int]) -> Iterator[Formation]:
    """Yield which two of each encounter flew as one formation, their aircraft numbered for all windows."""
    for conduct in classify(found):
        pair = pair_of(conduct)
        if pair is not None:
            a, b = sorted(numbers[index] for index in pair.aircraft)
            yield Formation((a, b), pair.from_s, pair.until_s)


def _tell(found: Found) -> Iterator[tuple[str, Flown]]:
    ids = [aircraft.id for aircraft in found.measured.tracks.aircraft]
    conducts = classify(found)
    for encounter, conduct, proposals in zip(
        found.encounters, conducts, propose_severity(found, conducts), strict=True
    ):
        yield encounter.id, _flown(conduct, ids, proposals)


def _flown(conduct: Conduct, ids: Sequence[str], proposals: tuple[Proposal, ...]) -> Flown:
    pair = pair_of(conduct)
    return Flown(
        manner=conduct.manner.value,
        manner_ground=conduct.manner_ground,
        interceptor=None if conduct.interceptor is None else ids[conduct.interceptor],
        role_ground=conduct.role_ground,
        proposals=proposals,
        together_s=None if pair is None else (pair.from_s, pair.until_s),
    )


def _untold(encounter: Encounter) -> Flown:
    """Return what is said of a pair of which one may have been anywhere."""
    why = encounter.reasons[0]
    return Flown(Manner.UNDETERMINED.value, why, None, why)
