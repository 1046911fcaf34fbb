"""What a review found, over all its windows: encounters and verdicts with aircraft numbered once for all."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from skyaccord.batch.flown import Flown
from skyaccord.detect.belief import EDGE_WORDS
from skyaccord.detect.volume import Volume
from skyaccord.geometry.grouped import search_grouped
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.encounter import Edge, Encounter, Verdict
from skyaccord.model.tracks import UNASSIGNED, Aircraft, Tracks, takes_part

if TYPE_CHECKING:
    from skyaccord.detect.conduct.formation import Formation

KINDS = "EBDP"
"""First letters of ids: encounters, borderline pairs, doubtful pairs, passages of one aircraft."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Encounters in order of time by kind; ``a`` and ``b`` of each are indices into ``aircraft``."""

    aircraft: tuple[Aircraft, ...]
    encounters: tuple[Encounter, ...]
    borderline: tuple[Encounter, ...]
    doubtful: tuple[Encounter, ...]
    passages: tuple[Encounter, ...]  # of an aircraft with itself
    verdicts: tuple[Verdict, ...]
    volume: Volume
    places: dict[str, tuple[float, float]]  # latitude and longitude of the closest instant, by encounter
    flown: dict[str, Flown]  # by encounter, where it was asked for
    formations: tuple[Formation, ...]  # of indices into ``aircraft``, those of one party too
    not_assessable: dict[str, str]
    same_party: int
    candidates: int

    def all_encounters(self) -> tuple[Encounter, ...]:
        """Return encounters, borderline and doubtful pairs."""
        return (*self.encounters, *self.borderline, *self.doubtful)


@dataclass(slots=True)
class Register:
    """The aircraft met so far, in order of first sight by id within each window, and when each was last seen."""

    index: dict[str, int] = field(default_factory=dict)
    aircraft: list[Aircraft] = field(default_factory=list)
    first_s: list[float] = field(default_factory=list)
    last_s: list[float] = field(default_factory=list)

    def enter(self, tracks: Tracks) -> list[int]:
        """Add a window's aircraft and return the number of each; a party or callsign learnt later is kept."""
        numbers = []
        for k, aircraft in enumerate(tracks.aircraft):
            times = tracks.t_s[tracks.rows(k)]
            first_s, last_s = (float(times[0]), float(times[-1])) if len(times) else (math.inf, -math.inf)
            number = self.index.setdefault(aircraft.id, len(self.aircraft))
            if number == len(self.aircraft):
                self.aircraft.append(aircraft)
                self.first_s.append(first_s)
                self.last_s.append(last_s)
            else:
                known = self.aircraft[number]
                party = aircraft.party if known.party == UNASSIGNED else known.party
                self.aircraft[number] = replace(known, party=party, callsign=known.callsign or aircraft.callsign)
                self.first_s[number] = min(self.first_s[number], first_s)
                self.last_s[number] = max(self.last_s[number], last_s)
            numbers.append(number)
        return numbers

    def with_true_edges(self, encounter: Encounter) -> Encounter:
        """Return an encounter with gaps where a window knew of no earlier or later sight of either aircraft."""
        pair = (encounter.a, encounter.b)
        if encounter.starts_by is Edge.TRACK and max(self.first_s[k] for k in pair) < encounter.start_s:
            encounter = replace(encounter, starts_by=Edge.GAP, reasons=_as_gap(encounter.reasons, "begins"))
        if encounter.ends_by is Edge.TRACK and min(self.last_s[k] for k in pair) > encounter.end_s:
            encounter = replace(encounter, ends_by=Edge.GAP, reasons=_as_gap(encounter.reasons, "ends"))
        return encounter


def _as_gap(reasons: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(EDGE_WORDS[Edge.GAP].format(word) if r == EDGE_WORDS[Edge.TRACK].format(word) else r for r in reasons)


def places_at(tracks: Tracks, index: Ints, t_s: Floats) -> list[tuple[float, float] | None]:
    """Return latitude and longitude of aircraft between their usable reports about instants, ``None`` outside them."""
    rows = np.flatnonzero(takes_part(tracks.marks))
    owner = np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))[rows]
    after = search_grouped(owner, tracks.t_s[rows], index, t_s)
    begin, end = np.searchsorted(owner, index), np.searchsorted(owner, index, "right")
    is_known = after < end
    rows = np.append(rows, 0)  # what is not known has a place too
    until = rows[after]
    before = rows[np.maximum(after - 1, begin)]
    is_known &= (after > begin) | (tracks.t_s[until] <= t_s)
    elapsed_s = t_s - tracks.t_s[before]
    step_s = tracks.t_s[until] - tracks.t_s[before]
    lon_deg = np.unwrap(np.column_stack((tracks.lon_deg[before], tracks.lon_deg[until])), period=360.0)
    lat_deg = np.column_stack((tracks.lat_deg[before], tracks.lat_deg[until]))
    at = []
    for low, high in (lat_deg.T, lon_deg.T):
        rate = np.divide(high - low, step_s, out=np.zeros(len(step_s)), where=step_s > 0.0)
        at.append(np.where(t_s == tracks.t_s[until], high, rate * elapsed_s + low).tolist())
    places = zip(is_known.tolist(), *at, strict=True)
    return [(lat, lon) if known else None for known, lat, lon in places]


@dataclass(frozen=True, slots=True)
class Settled:
    """An encounter that has ended, as its window knew it, with the verdicts on it and where it was."""

    encounter: Encounter
    pair: tuple[int, int]  # its aircraft, numbered for all windows
    verdicts: tuple[Verdict, ...]
    place: tuple[float, float] | None
    flown: Flown | None  # how, where it was asked for


def in_order(settled: Iterable[Settled], kind: str, register: Register) -> list[Settled]:
    """Return what is settled of one kind in order of time, named anew, ``E0001`` and so on, with true edges."""
    rows = sorted(
        (row for row in settled if row.encounter.id[0] == kind),
        key=lambda row: (row.encounter.start_s, row.encounter.end_s, row.pair),
    )
    return [_renamed(row, f"{kind}{n + 1:04d}", register) for n, row in enumerate(rows)]


def _renamed(row: Settled, name: str, register: Register) -> Settled:
    encounter = register.with_true_edges(row.encounter.renamed(name, *row.pair))
    verdicts = tuple(verdict.renamed(name) for verdict in row.verdicts)
    return Settled(encounter, row.pair, verdicts, row.place, row.flown)
