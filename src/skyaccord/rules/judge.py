"""The one pipeline from tracks to verdicts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from skyaccord.detect.accuracy import widest_bounds
from skyaccord.detect.describe import NO_TWINS, Twins
from skyaccord.detect.doubt import find_doubtful_pairs
from skyaccord.detect.encounters import Found, find_encounters
from skyaccord.detect.observation import GAP_S, observe
from skyaccord.detect.volume import Volume
from skyaccord.memorandum.document import Evidence, Memorandum, Provision, is_in_force
from skyaccord.memorandum.reach import reach_of
from skyaccord.model.encounter import Encounter, Outcome, Verdict
from skyaccord.model.tracks import UNASSIGNED, Tracks
from skyaccord.rules.area import applies
from skyaccord.rules.assess import Scene, assess
from skyaccord.rules.decide import Decision
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
    ``doubtful``, of which one may have been anywhere (`detect.doubt`). Their ids begin with B and D.
    """

    volume: Volume
    encounters: Found
    borderline: Found
    doubtful: tuple[Encounter, ...]
    verdicts: tuple[Verdict, ...]
    not_assessable: dict[str, str]  # provision → why no verdict can come from tracks
    same_party: tuple[Encounter, ...]  # left out because both aircraft are of one party
    around: tuple[Encounter, ...]  # times in which pairs may have been within the volume, granting the error


def judge(
    tracks: Tracks,
    memorandum: Memorandum,
    between: Between = Between.PARTIES,
    gap_s: float = GAP_S,
    stretches: Sequence[Stretch] = (),
    within: Volume | None = None,
    twins: Twins = NO_TWINS,
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
    """
    unassessable = {p.id: why for p in memorandum.provisions if (why := why_not_assessable(p))}
    asked = [p for p in memorandum.provisions if p.id not in unassessable]
    volume = loosest_volume(asked)
    if within is not None:
        volume = Volume(max(volume.range_m, within.range_m), max(volume.height_m, within.height_m))
    seen = observe(tracks, gap_s)
    strict = find_encounters(tracks, volume, gap_s, seen, twins, graded=False)
    around = find_encounters(
        tracks, volume.widened(*widest_bounds(tracks, seen, gap_s)), gap_s, seen, twins, graded=False
    )

    wanted = [n for n, e in enumerate(strict.encounters) if between is Between.ANY or not _is_one_party(tracks, e)]
    encounters = strict.select(wanted, "E")
    near = _not_within(around, strict)
    near = [n for n in near if not _is_one_party(tracks, around.encounters[n])]
    border = around.select(near, "B")

    verdicts = _verdicts(tracks, memorandum, asked, Scene.of(encounters, around))
    doubtful = [v for v in _verdicts(tracks, memorandum, asked, Scene.of(border, around)) if _is_open(v)]
    doubts = [
        replace(e, id=f"D{n + 1:04d}")
        for n, e in enumerate(_new_doubts(tracks, find_doubtful_pairs(tracks, seen, stretches, volume), around))
    ]
    kept = sorted({int(v.encounter[1:]) - 1 for v in doubtful})
    name = {f"B{n + 1:04d}": f"B{k + 1:04d}" for k, n in enumerate(kept)}
    return Judgement(
        volume=volume,
        encounters=encounters,
        borderline=border.select(kept, "B"),
        doubtful=tuple(doubts),
        verdicts=(
            *verdicts,
            *(replace(v, encounter=name[v.encounter]) for v in doubtful),
            *(_undetermined(memorandum, provision, e) for e in doubts for provision in asked),
        ),
        not_assessable=unassessable,
        same_party=tuple(e for e in strict.encounters if between is Between.PARTIES and _is_one_party(tracks, e)),
        around=around.encounters,
    )


def why_not_assessable(provision: Provision) -> str:
    """Return why tracks cannot decide a provision, or an empty text where they can."""
    needs = ", ".join(evidence.value for evidence in provision.evidence)
    if provision.rule is None and Evidence.TRACKS in provision.evidence:
        return "has no machine rule"
    if not provision.is_assessable_from_tracks:
        return "not observable by machine" if needs == "none" else f"needs other evidence than tracks: {needs}"
    within = reach_of(provision)
    if within is None or not math.isfinite(within.horizontal_m):
        return "sets no limit to horizontal distance, so that every pair of aircraft would be an encounter"
    if within.horizontal_m <= 0.0 or within.vertical_m <= 0.0:
        return "can never be touched: its limits are zero"
    return ""


def loosest_volume(provisions: Sequence[Provision]) -> Volume:
    """Return the least volume outside which none of the provisions can be touched."""
    reaches = [within for p in provisions if (within := reach_of(p))]
    if not reaches:
        return COMMON_VOLUME
    return Volume(max(r.horizontal_m for r in reaches), max(r.vertical_m for r in reaches))


def _is_one_party(tracks: Tracks, encounter: Encounter) -> bool:
    party = tracks.aircraft[encounter.a].party
    return party != UNASSIGNED and party == tracks.aircraft[encounter.b].party


def _not_within(around: Found, strict: Found) -> list[int]:
    """Return the stretches that hold no encounter."""
    inside: dict[tuple[int, int], list[Encounter]] = {}
    for encounter in strict.encounters:
        inside.setdefault((encounter.a, encounter.b), []).append(encounter)
    return [
        n
        for n, stretch in enumerate(around.encounters)
        if not any(
            stretch.start_s <= encounter.end_s and encounter.start_s <= stretch.end_s
            for encounter in inside.get((stretch.a, stretch.b), ())
        )
    ]


def _verdicts(tracks: Tracks, memorandum: Memorandum, provisions: Sequence[Provision], scene: Scene) -> list[Verdict]:
    assessed = [(provision, assess(provision, scene)) for provision in provisions]
    verdicts: list[Verdict] = []
    for n, encounter in enumerate(scene.encounters.encounters):
        exempt = _exemption(tracks, memorandum, encounter)
        for provision, assessment in assessed:
            decision = assessment.decisions[n]
            if exempt:
                decision = Decision(Outcome.NOT_ASSESSABLE, None, exempt)
            margin = float(assessment.margins[n])
            verdicts.append(
                Verdict(
                    encounter=encounter.id,
                    provision=provision.id,
                    outcome=decision.outcome,
                    margin=None if math.isnan(margin) else margin,
                    from_s=decision.loss.begin_s if decision.loss else encounter.start_s,
                    until_s=decision.loss.end_s if decision.loss else encounter.end_s,
                    lost_s=decision.loss.duration_s if decision.loss else None,
                    is_as_if=not is_in_force(memorandum, encounter.start_s),
                    reason=decision.reason,
                    evidence=("tracks",),
                )
            )
    return verdicts


def _exemption(tracks: Tracks, memorandum: Memorandum, encounter: Encounter) -> str:
    """Return why a memorandum does not apply to an encounter, or an empty text where it does."""
    if _is_one_party(tracks, encounter):
        return f"both aircraft are of {tracks.aircraft[encounter.a].party}: the provisions bind parties to each other"
    if memorandum.area is not None and not applies(memorandum.area, encounter, tracks):
        return "outside the area of application"
    return ""


def _new_doubts(tracks: Tracks, doubts: Sequence[Encounter], around: Found) -> list[Encounter]:
    """Return the doubtful pairs that were not found near each other as reported anyway, and are of two parties."""
    known: dict[tuple[int, int], list[Encounter]] = {}
    for stretch in around.encounters:
        known.setdefault((stretch.a, stretch.b), []).append(stretch)
    return [
        e
        for e in sorted(doubts, key=lambda e: (e.start_s, e.a, e.b))
        if not _is_one_party(tracks, e)
        and not any(k.start_s <= e.end_s and e.start_s <= k.end_s for k in known.get((e.a, e.b), ()))
    ]


def _undetermined(memorandum: Memorandum, provision: Provision, encounter: Encounter) -> Verdict:
    return Verdict(
        encounter=encounter.id,
        provision=provision.id,
        outcome=Outcome.UNDETERMINED,
        margin=None,
        from_s=encounter.start_s,
        until_s=encounter.end_s,
        lost_s=None,
        is_as_if=not is_in_force(memorandum, encounter.start_s),
        reason=encounter.reasons[0],
        evidence=("tracks",),
    )


def _is_open(verdict: Verdict) -> bool:
    return verdict.outcome not in (Outcome.COMPLIANT, Outcome.NOT_ASSESSABLE)
