"""Near midair collision of the FAA, with its degree of hazard.

* *Near midair collision*: a possibility of collision through proximity of less than 500 ft, or a report by a crew that
  a collision hazard existed (Aeronautical Information Manual, "Near Midair Collision Reporting").
* *Critical*: avoided by chance rather than by an act of a pilot; less than 100 ft would be critical.
* *Potential*: probably a collision had no pilot acted; less than 500 ft would usually be required.
* *No hazard*: direction and altitude would have made a collision improbable whatever was done.

Source: FAA near midair collision system, asias.faa.gov, as quoted in encyclopaedias of aviation; AIM chapter 7.
What is further apart than 500 ft is no near midair collision by distance: `NOT_NEAR`, a class the FAA does not have.
"""

from __future__ import annotations

from typing import Final

from skyaccord.rules.severity.proposal import Proposal, Scale, reached
from skyaccord.rules.severity.situation import Situation
from skyaccord.units import FT

NEAR_M: Final = 500 * FT
CRITICAL_M: Final = 100 * FT

CRITICAL: Final = "critical"
POTENTIAL: Final = "potential"
NO_HAZARD: Final = "no_hazard"
NOT_NEAR: Final = "not_near"


def propose_faa_nmac(situation: Situation) -> Proposal:
    """Return the degrees of hazard that the tracks leave open."""
    acted = situation.turned_away
    critical = (CRITICAL, POTENTIAL) if acted else (CRITICAL,)
    near = (POTENTIAL,) if acted else (POTENTIAL, NO_HAZARD)
    slant = situation.slant
    return Proposal(
        scale=Scale.FAA_NMAC,
        possible=reached((slant.is_below(CRITICAL_M), critical), (slant.is_below(NEAR_M), near), (True, (NOT_NEAR,))),
        grounds=(
            f"least distance {slant}, against 500 ft and 100 ft",
            "one turned away before" if acted else "neither was seen to turn away before",
        ),
        not_in_tracks=(
            "whether a crew reports a hazard: that alone makes a near midair collision, at any distance",
            "whether it was chance or an act of a pilot",
            "whether a climb or descent was avoiding action",
        ),
        decided_by="the FAA, from the reports of the crews",
    )
