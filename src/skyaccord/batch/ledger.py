"""What has ended, window by window: entered once with all that is said of it, in the end named and put in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from skyaccord.batch.findings import KINDS, Findings, Register, Settled, in_order, places_at
from skyaccord.batch.flown import Flown
from skyaccord.batch.seam import Lasted, Seam
from skyaccord.model.encounter import Encounter, Verdict
from skyaccord.model.tracks import Aircraft, Bools, Tracks
from skyaccord.rules.judge import Judgement
from skyaccord.rules.severity.proposal import is_meant

if TYPE_CHECKING:
    from skyaccord.detect.conduct.formation import Formation


@dataclass(slots=True)
class Ledger:
    """All that was settled so far, its aircraft numbered for all windows."""

    register: Register = field(default_factory=Register)
    settled: list[Settled] = field(default_factory=list)
    of_one_party: list[Formation] = field(default_factory=list)  # pairs that flew as one, left out as one party
    same_party: int = 0
    candidates: int = 0

    def enter(self, found: Judgement, tracks: Tracks, before: Seam, after: Seam, with_conduct: bool) -> None:
        """Enter what ended in a window between two seams.

        Args:
            found: what was found in the window.
            tracks: its tracks.
            before: the seam at its begin.
            after: the seam at its end.
            with_conduct: whether conduct and severity are told.
        """
        numbers = self.register.enter(tracks)
        is_ended = _ended(Lasted.of(tracks, found.same_party), before, after)
        flown: dict[str, Flown] = {}
        if with_conduct:
            from skyaccord.batch.conduct import tell_flown, tell_pairs  # forty modules that a plain answer spares

            flown = tell_flown(found)
            self.of_one_party += tell_pairs(found.same_party.select(is_ended), numbers)
        self.settled += _settle(found, tracks, numbers, flown, (before, after))
        self.same_party += int(is_ended.sum())
        self.candidates += found.encounters.candidates

    def findings(self, last: Judgement) -> Findings:
        """Return all that was entered; the ``last`` window says what was searched for."""
        encounters, borderline, doubtful, passages = (in_order(self.settled, kind, self.register) for kind in KINDS)
        rows = (*encounters, *borderline, *doubtful, *passages)
        aircraft = self.register.aircraft
        return Findings(
            aircraft=tuple(aircraft),
            encounters=tuple(row.encounter for row in encounters),
            borderline=tuple(row.encounter for row in borderline),
            doubtful=tuple(row.encounter for row in doubtful),
            passages=tuple(row.encounter for row in passages),
            verdicts=tuple(verdict for row in rows for verdict in row.verdicts),
            volume=last.volume,
            places={row.encounter.id: row.place for row in rows if row.place is not None},
            flown={row.encounter.id: _as_meant(row.flown, row.encounter, aircraft) for row in rows if row.flown},
            formations=self._formations(rows),
            not_assessable=last.not_assessable,
            same_party=self.same_party,
            candidates=self.candidates,
        )

    def _formations(self, rows: Sequence[Settled]) -> tuple[Formation, ...]:
        """Return the formations that pairs make, of one party or not."""
        told = [(row.pair, row.flown.together_s) for row in rows if row.flown and row.flown.together_s]
        if not told and not self.of_one_party:
            return ()
        from skyaccord.detect.conduct.formation import Formation, joined

        between = [Formation((min(pair), max(pair)), *together_s) for pair, together_s in told]
        return joined([*self.of_one_party, *between])


def _as_meant(flown: Flown, encounter: Encounter, aircraft: Sequence[Aircraft]) -> Flown:
    """Return the same without scales that are not meant for such two."""
    parties = aircraft[encounter.a].party, aircraft[encounter.b].party
    return replace(flown, proposals=tuple(each for each in flown.proposals if is_meant(each.scale, *parties)))


def _settle(
    found: Judgement, tracks: Tracks, numbers: list[int], flown: dict[str, Flown], seams: tuple[Seam, Seam]
) -> Iterator[Settled]:
    """Yield what ended in this window and not before, with all that is said of it."""
    verdicts: dict[str, list[Verdict]] = {}
    for verdict in found.verdicts:
        verdicts.setdefault(verdict.encounter, []).append(verdict)
    encounters = (
        *found.encounters.encounters,
        *found.borderline.encounters,
        *found.doubtful,
        *found.passages.encounters,
    )
    a = np.array([encounter.a for encounter in encounters], np.int64)
    places = places_at(tracks, a, np.array([encounter.t_closest_s for encounter in encounters]))
    ended = np.concatenate(
        [
            _ended(Lasted.of(tracks, found.encounters), *seams),
            _ended(Lasted.of(tracks, found.borderline, found.doubtful), *seams),
            _ended(Lasted.of(tracks, found.passages), *seams),
        ]
    )
    for encounter, place, is_settled in zip(encounters, places, ended.tolist(), strict=True):
        if is_settled:
            pair, name = (numbers[encounter.a], numbers[encounter.b]), encounter.id
            yield Settled(encounter, pair, tuple(verdicts.get(name, ())), place, flown.get(name))


def _ended(lasted: Lasted, before: Seam, after: Seam) -> Bools:
    """Return which encounters ended in the window between two seams."""
    return ~before.are_settled(lasted) & ~after.are_left(lasted)
