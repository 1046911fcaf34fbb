"""Which aircraft flew as one formation, so that a pair of interceptors is seen as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skyaccord.detect.conduct.classify import Conduct, classify
from skyaccord.detect.conduct.manner import Manner
from skyaccord.detect.encounters import Found


@dataclass(frozen=True, slots=True)
class Formation:
    """Aircraft that flew as one, by pairs: each within a standard formation of another over common time."""

    aircraft: tuple[int, ...]  # indices into Tracks.aircraft, ascending
    from_s: float
    until_s: float


def groups(found: Found, conducts: Sequence[Conduct] | None = None) -> tuple[Formation, ...]:
    """Return the formations among encounters, in order of time.

    One that joined another which did not manoeuvre, an escort, is no part of its formation.

    Args:
        found: the encounters.
        conducts: `classify` of them where it is at hand.
    """
    pairs = (pair_of(conduct) for conduct in (classify(found) if conducts is None else conducts))
    return joined(pair for pair in pairs if pair is not None)


def pair_of(conduct: Conduct) -> Formation | None:
    """Return the two of an encounter as a formation, or ``None`` where they flew as none."""
    station = conduct.features.station
    if conduct.manner is not Manner.FORMATION or station is None:
        return None
    return Formation((min(conduct.a, conduct.b), max(conduct.a, conduct.b)), station.begin_s, station.end_s)


def joined(pairs: Iterable[Formation]) -> tuple[Formation, ...]:
    """Return formations in order of time, those that share an aircraft and time made one."""
    formations: list[Formation] = []
    for pair in pairs:
        formations = _merged(formations, pair)
    return tuple(sorted(formations, key=lambda each: (each.from_s, each.aircraft)))


def _merged(formations: list[Formation], new: Formation) -> list[Formation]:
    """Return the formations with one more pair, joined to those that share an aircraft and time with it."""
    apart = [each for each in formations if not _are_one(each, new)]
    for each in formations:
        if _are_one(each, new):
            members = sorted({*new.aircraft, *each.aircraft})
            new = Formation(tuple(members), min(new.from_s, each.from_s), max(new.until_s, each.until_s))
    return [*apart, new]


def _are_one(a: Formation, b: Formation) -> bool:
    return bool(set(a.aircraft) & set(b.aircraft)) and a.from_s <= b.until_s and b.from_s <= a.until_s
