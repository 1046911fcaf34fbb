"""All scales, one table: what each proposes of an encounter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from skyaccord.detect.conduct.classify import Conduct
from skyaccord.detect.encounters import Found
from skyaccord.rules.severity.eln import propose_eln
from skyaccord.rules.severity.faa_nmac import propose_faa_nmac
from skyaccord.rules.severity.factors import propose_factors
from skyaccord.rules.severity.proposal import Proposal, Scale
from skyaccord.rules.severity.situation import Situation, situations
from skyaccord.rules.severity.ukab import propose_ukab

SCALES: Final[Mapping[Scale, Callable[[Situation], Proposal]]] = MappingProxyType(
    {
        Scale.UKAB: propose_ukab,
        Scale.FAA_NMAC: propose_faa_nmac,
        Scale.ELN: propose_eln,
        Scale.FACTORS: propose_factors,
    }
)


def propose_severity(found: Found, conducts: Sequence[Conduct] | None = None) -> tuple[tuple[Proposal, ...], ...]:
    """Return what every scale proposes of each encounter, in their order.

    Args:
        found: the encounters.
        conducts: `detect.conduct.classify` of them where it is at hand.
    """
    return tuple(tuple(propose(each) for propose in SCALES.values()) for each in situations(found, conducts))
