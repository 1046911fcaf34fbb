"""One encounter in words: who, when, how close, which rule and by how much, how believable and why."""

from __future__ import annotations

import re
from typing import Final

from skyaccord.batch.report.content import EncounterReport, ProvisionSummary
from skyaccord.batch.report.ranking import deciding, outcome_of
from skyaccord.batch.report.setting import Setting
from skyaccord.batch.report.tones import OUTCOME_SIGN, OUTCOME_TONE, Tones, side_tones
from skyaccord.batch.report.words import GRADE, OUTCOME, duration
from skyaccord.draw.svg import Markup, element, join
from skyaccord.model.encounter import Grade, Outcome, Verdict

_TELLING: Final = re.compile(r"(?=.*[0-9])(?=.*[a-z~-]).+|[0-9a-f]{6}")
"""Ids that no number, unit or word of a reason can be mistaken for."""


def who(report: EncounterReport, tones: Tones) -> Markup:
    """Return the two aircraft with the colours of their parties."""
    names = []
    for side, tone in zip((report.a, report.b), side_tones(report, tones), strict=True):
        swatch = element("i", class_=f"swatch {tone}")
        extra = element("small", f" {side.party}")
        names.append(element("span", swatch, element("b", side.name, title=f"id {side.id}"), extra, class_="craft"))
    return element("span", names[0], element("span", " and ", class_="and"), names[1], class_="who")


def badge(outcome: Outcome | None) -> Markup:
    """Return an outcome with its sign and colour."""
    return element("span", f"{OUTCOME_SIGN[outcome]} {OUTCOME[outcome]}", class_=f"badge {OUTCOME_TONE[outcome]}")


def outcome_badge(report: EncounterReport, setting: Setting) -> Markup:
    """Return the badge of an encounter, with what qualifies it and no banner of the page says already."""
    verdict = deciding(report)
    return join(
        badge(outcome_of(report)),
        element("span", "as if in force", class_="chip")
        if setting.marks_as_if and verdict and verdict.is_as_if
        else None,
        element("span", "limit within measurement error", class_="chip") if report.is_borderline else None,
    )


def by_how_much(verdict: Verdict, provision: ProvisionSummary | None) -> str:
    """Return by how much a rule was passed or kept, as far as the verdict says."""
    restore_s = provision.restore_s if provision else None
    lost = verdict.lost_s
    if verdict.outcome is Outcome.BREACH and lost is not None and restore_s is not None and lost > restore_s:
        more = (
            f"{duration(lost - restore_s)} longer than the {duration(restore_s)} allowed"
            if restore_s
            else "none allowed"
        )
        return f"lost for {duration(lost)}, {more}"
    if verdict.outcome is Outcome.INFRINGED and lost is not None:
        within = f" within {duration(restore_s)}" if restore_s else ""
        return f"lost for {duration(lost)}, restored{within}"
    if verdict.outcome in (Outcome.BREACH, Outcome.COMPLIANT) and verdict.margin is not None:
        return margin_text(verdict.margin)
    return verdict.reason


def by_name(text: str, report: EncounterReport) -> str:
    """Return a reason with the callsigns of the two in place of their ids."""
    for side in (report.a, report.b):
        if side.name != side.id and _TELLING.fullmatch(side.id):
            text = side.name.join(re.split(rf"(?<![\w~-]){re.escape(side.id)}(?![\w~-])", text))
    return text


def margin_text(margin: float | None) -> str:
    """Return a margin as a share of the rule's limit."""
    if margin is None:
        return "margin not known"
    share = abs(margin) * 100
    digits = 0 if share >= 1 else 1
    return f"{share:,.{digits}f} % {'inside the limit' if margin < 0 else 'of the limit to spare'}"


def belief(report: EncounterReport) -> Markup:
    """Return how far the data can be believed, with the gravest reason."""
    encounter = report.encounter
    chip = element("span", GRADE[encounter.grade], class_=f"chip g-{encounter.grade.value}")
    reasons = [by_name(reason, report) for reason in encounter.reasons]
    if encounter.is_below_floor and not any("floor" in reason for reason in reasons):
        reasons.append("closer than such data can measure")
    if not reasons:
        return chip
    more = f" (+{len(reasons) - 1} more)" if len(reasons) > 1 else ""
    return join(chip, element("span", f" {reasons[0]}{more}", class_="why"))


def is_doubtful(report: EncounterReport) -> bool:
    """Return whether the data under an encounter are not to be believed."""
    return report.encounter.grade is Grade.DOUBTFUL
