"""The one pipeline from tracks to verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.detect.encounters import Found
from skyaccord.detect.measured import NO_TWINS, Twins
from skyaccord.detect.observation import GAP_S
from skyaccord.detect.search import Search, search
from skyaccord.detect.volume import Volume
from skyaccord.memorandum.document import Memorandum, Provision
from skyaccord.memorandum.horizon import Scope, scope_of
from skyaccord.memorandum.reach import reach_of
from skyaccord.model.encounter import Encounter, Verdict
from skyaccord.model.records import Records
from skyaccord.model.tracks import Tracks, are_one_party
from skyaccord.rules.assessable import why_not_assessable
from skyaccord.rules.hidden import judge_hidden
from skyaccord.rules.known import Known
from skyaccord.rules.overlaps import overlap_any
from skyaccord.rules.passages import find_passages
from skyaccord.rules.scene import by_pair, times_of
from skyaccord.rules.setting import Setting
from skyaccord.rules.spans import Bools
from skyaccord.rules.verdicts import judge_all, judge_open
from skyaccord.tracks.quality.stretches import Stretch
from skyaccord.units import FT, NM

COMMON_VOLUME: Final = Volume(5 * NM, 1000 * FT)
"""Searched where a memorandum has no provision that tracks can decide: the common minima of surveillance."""


class Between(StrEnum):
    """Which pairs are looked at."""

    PARTIES = "parties"  # of different parties; an unassigned aircraft counts against everyone
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found and what the memorandum says of it.

    Beside the encounters stand two kinds of pairs that are not encounters and not clear either: ``borderline``, which
    stayed outside the volume by less than the error of measurement, so that some provision is undetermined; and
    ``doubtful``, of which one was hidden: silent, or not to be believed (`detect.doubt`). Their ids begin with B and D.
    """

    volume: Volume
    encounters: Found
    borderline: Found
    doubtful: tuple[Encounter, ...]
    passages: Found  # of one aircraft, for the rules about one (`passages`)
    verdicts: tuple[Verdict, ...]
    not_assessable: dict[str, str]  # provision → why no verdict can come from tracks
    same_party: Found  # left out because both aircraft are of one party
    around: Found  # times in which pairs may have been within the volume, granting the error


def judge(
    tracks: Tracks,
    memorandum: Memorandum,
    between: Between = Between.PARTIES,
    gap_s: float = GAP_S,
    stretches: Sequence[Stretch] = (),
    within: Volume | None = None,
    twins: Twins = NO_TWINS,
    records: Records | None = None,
) -> Judgement:
    """Find every encounter of a recording at the memorandum's loosest limits and apply every provision to it.

    Args:
        tracks: the recording, with marks and parties.
        memorandum: the provisions.
        between: which pairs are looked at; pairs of one party are found with ``ANY``, and never judged.
        gap_s: longest silence bridged by a straight line.
        stretches: where positions are doubted (`tracks.quality`).
        within: a volume to look in beyond the provisions' reach, so that pairs which kept them are listed too.
        twins: pairs that may be one aircraft reported twice.
        records: what was said by radio and on the ground line, where it is at hand.
    """
    volume = volume_of(memorandum, within, has_records=records is not None)
    return judge_found(search(tracks, volume, gap_s, stretches, twins), memorandum, between, within, records)


def judge_found(
    searched: Search,
    memorandum: Memorandum,
    between: Between = Between.PARTIES,
    within: Volume | None = None,
    records: Records | None = None,
) -> Judgement:
    """Apply every provision to what a search found: what `judge` gives, whatever else the search was made for.

    Args:
        searched: a search of at least `volume_of` the memorandum.
        memorandum: the provisions.
        between: as `judge` takes it.
        within: as `judge` takes it.
        records: as `judge` takes it.
    """
    unassessable = _not_assessable(memorandum, has_records=records is not None)
    judged = [p for p in memorandum.provisions if p.id not in unassessable]
    asked = [p for p in judged if scope_of(p.readings[0]) is Scope.PAIR]
    volume = volume_of(memorandum, within, has_records=records is not None)
    strict, around = searched.within(volume), searched.maybe_within(volume)
    setting = Setting(Known.of(memorandum, records))
    is_left_out = _is_one_party(strict) & (between is Between.PARTIES)
    encounters = strict.select(~is_left_out)
    is_near = ~overlap_any(times_of(around), times_of(by_pair(strict))) & ~_is_one_party(around)
    borderline, open_verdicts = judge_open(memorandum, asked, around.select(is_near, "B"), around, setting)
    alone = [p for p in judged if scope_of(p.readings[0]) is Scope.AIRCRAFT]
    passages = find_passages(searched.tracks, searched.seen, searched.errors, alone, setting.known)
    verdicts = (*judge_all(memorandum, asked, encounters, around, setting), *open_verdicts)
    doubts, doubt_verdicts = judge_hidden(memorandum, asked, searched, (encounters, borderline), verdicts)
    return Judgement(
        volume=volume,
        encounters=encounters,
        borderline=borderline,
        doubtful=doubts,
        passages=passages,
        verdicts=(
            *verdicts,
            *judge_all(memorandum, alone, passages, passages, Setting(setting.known)),
            *doubt_verdicts,
        ),
        not_assessable=unassessable,
        same_party=strict.select(is_left_out),
        around=around,
    )


def volume_of(memorandum: Memorandum, within: Volume | None = None, *, has_records: bool = False) -> Volume:
    """Return what must be searched for a memorandum: the reach of what can be judged, and what is looked at beyond."""
    unassessable = _not_assessable(memorandum, has_records=has_records)
    judged = [p for p in memorandum.provisions if p.id not in unassessable]
    volume = loosest_volume([p for p in judged if scope_of(p.readings[0]) is Scope.PAIR])
    return volume if within is None else volume.joined(within)


def _not_assessable(memorandum: Memorandum, *, has_records: bool) -> dict[str, str]:
    return {p.id: why for p in memorandum.provisions if (why := why_not_assessable(p, has_records))}


def loosest_volume(provisions: Sequence[Provision]) -> Volume:
    """Return the least volume outside which none of the provisions can be touched."""
    reaches = [within for p in provisions if (within := reach_of(p))]
    if not reaches:
        return COMMON_VOLUME
    return Volume(max(r.horizontal_m for r in reaches), max(r.vertical_m for r in reaches))


def _is_one_party(found: Found) -> Bools:
    return are_one_party(found.measured.tracks, found.intervals.a, found.intervals.b)
