"""The three classes by which the European Leadership Network sorts incidents between Russia and the West.

* *High risk*: a high probability of causing casualties or a direct military confrontation.
* *Serious*: of a more aggressive or unusually provocative nature, with a higher level of risk of escalation.
* *Near routine*: what has become everyday: patrols met and accompanied, short violations of airspace.

Source: Frear, Kulesa and Kearns, "Dangerous Brinkmanship", European Leadership Network, November 2014, as press and
abstracts quote it. The classes go by consequence and intent, neither of which is in tracks; a near collision was
counted as high risk (an airliner and a reconnaissance aircraft, 3 March 2014, reported at 90 m). What is proposed here
says only which classes the motion leaves open, and is meant for two sides only (`proposal.is_meant`).
"""

from __future__ import annotations

from typing import Final

from skyaccord.detect.conduct.manner import Manner
from skyaccord.rules.severity.faa_nmac import NEAR_M
from skyaccord.rules.severity.factors import SAID, Bearing, find_factors
from skyaccord.rules.severity.proposal import Proposal, Scale, reached
from skyaccord.rules.severity.situation import Situation

HIGH_RISK: Final = "high_risk"
SERIOUS: Final = "serious"
NEAR_ROUTINE: Final = "near_routine"

ACCOMPANIED: Final = (Manner.FORMATION, Manner.ESCORT, Manner.IDENTIFICATION_APPROACH, Manner.SHADOWING)


def propose_eln(situation: Situation) -> Proposal:
    """Return the classes that the motion leaves open."""
    unsafe = [factor for factor in find_factors(situation) if factor.bearing is Bearing.UNSAFE]
    manner = situation.conduct.manner
    gravest, least = (SERIOUS, NEAR_ROUTINE) if manner in ACCOMPANIED else (HIGH_RISK, SERIOUS)
    near = (SERIOUS,) if unsafe and manner in ACCOMPANIED else (gravest, least)
    beyond = (SERIOUS,) if unsafe else (NEAR_ROUTINE,)
    return Proposal(
        scale=Scale.ELN,
        possible=reached((situation.slant.is_below(NEAR_M), near), (True, beyond)),
        grounds=(
            f"least distance {situation.slant}, against the 500 ft of a near midair collision",
            f"manner {manner}: {situation.conduct.manner_ground}",
            *(SAID[factor.bearing].format(factor.name, factor.found) for factor in unsafe),
        ),
        not_in_tracks=(
            "whether it was meant to provoke",
            "what either state would have done of it",
            "what was carried, and whether transponder and lights were on",
        ),
        decided_by="the analysts who keep the list",
    )
