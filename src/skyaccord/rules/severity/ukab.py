"""Risk ratings of the UK Airprox Board, proposed, never assigned: a rating is the Board's decision.

* *A, risk of collision*: serious risk of collision has existed.
* *B, safety not assured*: the safety of the aircraft may have been compromised.
* *C, no risk of collision*: none has existed, or it was averted.
* *D, risk not determined*: too little information, or inconclusive or conflicting evidence.
* *E*: met the criteria for reporting, but normal procedures, safety standards and parameters pertained.

A to D are ICAO's (Doc 4444, chapter 1, AIRPROX), E is the United Kingdom's. Source: airproxboard.org.uk, "Contributory
factors and risk ratings". The Board has no distances: it judges by all that took place. The distances here only bound
what a board could say, and each is published for something near it.
"""

from __future__ import annotations

import math
from typing import Final

from skyaccord.detect.conduct.manner import Manner
from skyaccord.rules.severity.faa_nmac import CRITICAL_M, NEAR_M
from skyaccord.rules.severity.proposal import Proposal, Scale, reached
from skyaccord.rules.severity.situation import Situation
from skyaccord.units import FT, NM

WELL_CLEAR_M: Final = 4000 * FT
WELL_CLEAR_HEIGHT_M: Final = 450 * FT
"""Well clear of unmanned aircraft, its distances alone (DO-365, as DAIDALUS 2.0.4 configures it)."""

MINIMUM_M: Final = 5 * NM
MINIMUM_HEIGHT_M: Final = 1000 * FT
"""The common surveillance minima (Doc 4444, 8.7.3 and 5.3.2): kept, normal standards pertained."""


def propose_ukab(situation: Situation) -> Proposal:
    """Return the ratings that the tracks leave open."""
    grounds: tuple[str, ...] = (
        f"least distance {situation.slant}; at the closest instant {situation.horizontal} horizontally and "
        f"{situation.vertical} vertically",
    )
    possible: tuple[str, ...] = _ratings(situation)
    if situation.is_doubtful:
        possible, grounds = ("D",), (situation.conduct.features.doubt, *grounds)
    elif situation.conduct.manner is Manner.FORMATION and "E" not in possible:
        possible, grounds = (*possible, "E"), (*grounds, "flown as one formation: where agreed, that is normal")
    elif not math.isfinite(situation.vertical.high_m):
        possible, grounds = (*(each for each in possible if each != "D"), "D"), ("height unknown", *grounds)
    return Proposal(
        scale=Scale.UKAB,
        possible=possible,
        grounds=grounds,
        not_in_tracks=(
            "what the crews and controllers saw, said and did",
            "whether the two had agreed to fly so near",
            "which separation was prescribed there",
        ),
        decided_by="the UK Airprox Board",
    )


def _ratings(situation: Situation) -> tuple[str, ...]:
    slant = situation.slant
    is_near = _is_within(situation, WELL_CLEAR_M, WELL_CLEAR_HEIGHT_M)
    is_closer_than_minima = _is_within(situation, MINIMUM_M, MINIMUM_HEIGHT_M)
    return reached(
        (slant.is_below(CRITICAL_M), ("A",)),
        (slant.is_below(NEAR_M), ("A", "B")),
        (is_near, ("B", "C")),
        (is_closer_than_minima, ("C", "E")),
        (True, ("E",)),
    )


def _is_within(situation: Situation, range_m: float, height_m: float) -> bool | None:
    """Return whether both distances were below their limits at the closest instant; ``None`` where that is open."""
    both = situation.horizontal.is_below(range_m), situation.vertical.is_below(height_m)
    if False in both:
        return False
    return None if None in both else True
