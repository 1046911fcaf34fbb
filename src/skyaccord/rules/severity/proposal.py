"""What a scale proposes of an encounter. No scale assigns: each of them is somebody's decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scale(StrEnum):
    """The scales."""

    UKAB = "ukab"  # UK Airprox Board risk ratings
    FAA_NMAC = "faa_nmac"  # near midair collision, degree of hazard
    ELN = "eln"  # European Leadership Network, incidents between Russia and the West
    FACTORS = "factors"  # what makes an interaction safe or unsafe


@dataclass(frozen=True, slots=True)
class Proposal:
    """The classes of one scale that the tracks leave open, the gravest first; none where it has no such classes."""

    scale: Scale
    possible: tuple[str, ...]
    grounds: tuple[str, ...]  # what the tracks gave
    not_in_tracks: tuple[str, ...]  # what the scale needs and tracks cannot give
    decided_by: str  # whose decision it is

    @property
    def proposed(self) -> str | None:
        """Return the class that alone is left, or ``None``."""
        return self.possible[0] if len(self.possible) == 1 else None


def is_meant(scale: Scale, party_a: str, party_b: str) -> bool:
    """Return whether a scale is meant for aircraft of two parties (`UNASSIGNED` where no one claims one).

    All are but the European Leadership Network's: its list is of incidents between two sides. An airliner that no side
    claims was on it beside a reconnaissance aircraft (3 March 2014); two of one side, or two of none, never were.
    """
    return scale is not Scale.ELN or party_a != party_b


def reached(*bands: tuple[bool | None, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the classes of all bands that a value may lie in, in the order of the scale.

    Each band is whether the value is below its upper limit, and its classes, the narrowest limit first; the last is
    open. A value that is certainly below a limit lies in no band beyond it; one that certainly is not, in none before.
    """
    found: list[str] = []
    for is_below, classes in bands:
        if is_below is not False:
            found += [each for each in classes if each not in found]
        if is_below:
            break
    return tuple(found)
