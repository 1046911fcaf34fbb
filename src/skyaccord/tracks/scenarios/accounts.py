"""How far accounts of one event lie apart: the parties' versions, and reports within one version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final

from skyaccord.tracks.scenarios.plan import Reported, Scenario, Span
from skyaccord.tracks.scenarios.plausibility import Check, Finding, Kind, distance_text
from skyaccord.units import MIN

ROUNDING: Final = 1.1
"""Reports of one event differ by a tenth without contradicting each other: both are rounded."""


def check_accounts(scenario: Scenario, others: Sequence[Scenario]) -> tuple[Check, ...]:
    """Return how the parties' versions of an event differ: the least distances that each reports, where both do."""
    versions = {other.name: other for other in others if other.event == scenario.event and other.name != scenario.name}
    return tuple(_against(scenario, versions[name]) for name in sorted(versions))


def check_agreement(scenario: Scenario) -> tuple[Check, ...]:
    """Return how reports within one version contradict each other, in distance and in duration."""
    return tuple(_within(scenario.reported))


def near_of(report: Reported) -> Span | None:
    """Return the least distance that a report tells, skin to skin where it says so."""
    return report.clearance_m or report.distance_m


def fold(one: Span, other: Span) -> Span | None:
    """Return by how many times two ranges differ, at least and at most; ``None`` where they do not exclude each other.

    From nothing to something there is no ratio: a range that begins at 0 excludes another without one, and its least
    is taken as its end.
    """
    near, far = sorted((one, other))
    if near[1] >= far[0] or near[1] <= 0.0:
        return None
    return far[0] / near[1], far[1] / (near[0] or near[1])


def _against(scenario: Scenario, other: Scenario) -> Check:
    who = f"{_the(scenario.account)} and {_the(other.account)} ({other.name})"
    mine, theirs = (_told(each) for each in (scenario, other))
    if mine is None or theirs is None:
        return Check(Kind.ACCOUNTS, Finding.NOTED, f"{who} tell it differently; not both give a distance", {})
    ratio = fold(mine, theirs)
    if ratio is None:
        return Check(Kind.ACCOUNTS, Finding.NOTED, f"{who} tell it differently, but not in distance", {})
    text = f"{who} differ {ratio[0]:.1f}- to {ratio[1]:.1f}-fold in distance"
    return Check(Kind.ACCOUNTS, Finding.NOTED, text, {"least_ratio": ratio[0], "most_ratio": ratio[1]})


def _told(scenario: Scenario) -> Span | None:
    """Return the least distance that a version is flown by, from and to over all its reports."""
    spans = [span for report in scenario.reported if report.is_flown and (span := near_of(report))]
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None


def _within(reports: Sequence[Reported]) -> Iterator[Check]:
    for one, other in combinations(reports, 2):
        yield from _disagree("came as near as", near_of(one), near_of(other), distance_text)
        yield from _disagree("lasted", one.lasted_s, other.lasted_s, _minutes)


def _disagree(what: str, one: Span | None, other: Span | None, words: Callable[[float], str]) -> Iterator[Check]:
    ratio = fold(one, other) if one and other else None
    if one and other and ratio and ratio[0] >= ROUNDING:
        text = f"by one report it {what} {words(one[1])}, by another {words(other[1])}: {ratio[0]:.1f}-fold"
        yield Check(Kind.REPORTS, Finding.NOTED, text, {"least_ratio": ratio[0], "most_ratio": ratio[1]})


def _minutes(time_s: float) -> str:
    return f"{time_s / MIN:.0f} min"


def _the(account: str) -> str:
    return f"the {account}" if account.startswith("United") else account
