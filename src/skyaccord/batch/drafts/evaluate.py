"""Drafts against a recording: each is reviewed, all in one search, and their numbers are set side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from typing import Final

from skyaccord.batch.drafts.impact import Affected, Impact, affected_aircraft, impact_by_provision, impact_of_all
from skyaccord.batch.question import Question
from skyaccord.batch.review import Progress, Review, review_drafts
from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.quantity_text import format_quantity
from skyaccord.model.tracks import Aircraft
from skyaccord.talks.knee import Knee, find_knee
from skyaccord.talks.vary import Variation, with_value
from skyaccord.units import Quantity

MEASURES: Final[dict[str, Callable[[Impact], float]]] = {
    "lost": lambda impact: impact.lost,
    "breach": lambda impact: impact.breach,
    "undetermined": lambda impact: impact.undetermined,
    "lost_h": lambda impact: impact.lost_s / 3600.0,
    "aircraft": lambda impact: impact.aircraft,
}
"""What is drawn over a parameter."""

OUTCOMES: Final = ("breaches", "infringed", "undetermined")
"""What `steps` tells of an aircraft, in its order."""

COUNTED: Final = ("lost", "breach", "aircraft")
"""Measures that are counts, of which a knee is looked for."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A memorandum under a name; ``value`` where it was made by varying a parameter of another, the origin."""

    origin: str
    memorandum: Memorandum
    value: Quantity | None = None
    variation: Variation | None = None

    @property
    def name(self) -> str:
        """Return what it is called among other drafts."""
        if self.variation is None or self.value is None:
            return self.origin
        value = f"{self.variation.parameter} {format_quantity(self.value)}"
        return f"{self.origin}: {value}" if self.origin else value


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a draft would have meant."""

    draft: Draft
    review: Review
    total: Impact
    by_provision: dict[str, Impact]

    @property
    def impact(self) -> Impact:
        """Return the impact of the provision that was varied, or of all together."""
        variation = self.draft.variation
        if variation is None:
            return self.total
        return self.by_provision.get(variation.provision, Impact(0, 0, 0, 0.0, 0, 0))


@dataclass(frozen=True, slots=True)
class Curve:
    """What values of a parameter give, in the order in which they were asked for."""

    variation: Variation
    of: str  # the draft that was varied
    measures: dict[str, tuple[float, ...]]
    knees: dict[str, Knee]


@dataclass(frozen=True, slots=True)
class Change:
    """What two drafts make of one aircraft."""

    aircraft: Aircraft
    before: Affected
    after: Affected


def vary(origin: str, memorandum: Memorandum, variation: Variation) -> list[Draft]:
    """Return a draft for each value; an empty origin is left out of their names."""
    return [Draft(origin, with_value(memorandum, variation, v), v, variation) for v in variation.values]


def evaluate(drafts: Sequence[Draft], question: Question, progress: Progress = lambda _: None) -> tuple[Outlook, ...]:
    """Return what each draft would have meant, in their order.

    Args:
        drafts: at least one.
        question: recordings and parties; its own memorandum does not count.
        progress: told what is under way.
    """
    reviews = review_drafts(question, [draft.memorandum for draft in drafts], progress)
    return tuple(
        Outlook(draft, each, impact_of_all(each.findings), impact_by_provision(each.findings))
        for draft, each in zip(drafts, reviews, strict=True)
    )


def curves(outlooks: Sequence[Outlook]) -> tuple[Curve, ...]:
    """Return a curve for each parameter that was varied over two values or more."""
    groups: dict[tuple[str, int], list[Outlook]] = {}
    for each in outlooks:
        if each.draft.variation is not None:
            groups.setdefault((each.draft.origin, id(each.draft.variation)), []).append(each)
    return tuple(_curve(origin, group) for (origin, _), group in groups.items() if len(group) > 1)


def changes(one: Outlook, other: Outlook) -> tuple[Change, ...]:
    """Return the aircraft of which two drafts say different things, those with most breaches more or fewer first."""
    provisions = {each.draft.variation.provision if each.draft.variation else None for each in (one, other)}
    provision = provisions.pop() if len(provisions) == 1 else None
    before, after = (affected_aircraft(each.review.findings, provision) for each in (one, other))
    aircraft = {each.id: each for each in (*one.review.findings.aircraft, *other.review.findings.aircraft)}
    nothing = Affected()
    found = [
        Change(aircraft[name], before.get(name, nothing), after.get(name, nothing))
        for name in sorted(before.keys() | after.keys())
        if before.get(name, nothing) != after.get(name, nothing)
    ]
    return tuple(sorted(found, key=_by_step))


def steps(change: Change) -> tuple[str, ...]:
    """Return each of `OUTCOMES` before and after, ``0 → 4``; one number where it is the same."""
    pairs = zip(astuple(change.before), astuple(change.after), strict=True)
    return tuple(f"{one:,} → {other:,}" if one != other else f"{one:,}" for one, other in pairs)


def _by_step(change: Change) -> tuple[int, ...]:
    return tuple(-abs(b - a) for a, b in zip(astuple(change.before), astuple(change.after), strict=True))


def _curve(origin: str, group: Sequence[Outlook]) -> Curve:
    variation = group[0].draft.variation
    assert variation is not None  # noqa: S101 - grouped by it
    measures = {name: tuple(float(of(each.impact)) for each in group) for name, of in MEASURES.items()}
    values = [value.si for value in variation.values]
    knees = {name: knee for name in COUNTED if (knee := find_knee(values, measures[name]))}
    return Curve(variation, origin, measures, knees)
