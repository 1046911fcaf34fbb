"""How an encounter was flown, in a sentence or two, and what scales of severity leave open: never assigned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from skyaccord.batch.report.account import by_name
from skyaccord.batch.report.content import EncounterReport, FlewAsOne
from skyaccord.batch.report.words import listed, span
from skyaccord.draw.svg import Markup, element, join
from skyaccord.rules.severity.proposal import Proposal, Scale

UNDETERMINED: Final = "undetermined"

SCALE: Final = {
    Scale.UKAB: "UK Airprox rating",
    Scale.FAA_NMAC: "FAA near midair collision",
    Scale.ELN: "European Leadership Network",
    Scale.FACTORS: "Safe or unsafe",
}

CLASS: Final = {
    "A": "A: risk of collision",
    "B": "B: safety not assured",
    "C": "C: no risk of collision",
    "D": "D: risk not determined",
    "E": "E: normal standards",
    "not_near": "none, by distance",
}


def manner_words(report: EncounterReport) -> str:
    """Return the manner in words; nothing where it was not asked for or is not told."""
    if report.flown is None or report.flown.manner == UNDETERMINED:
        return ""
    return report.flown.manner.replace("_", " ").replace("head on", "head-on")


def how_flown(report: EncounterReport) -> Markup | None:
    """Return manner, roles and formations with their grounds."""
    flown = report.flown
    if flown is None:
        return None
    manner = manner_words(report)
    said = [
        _said(f"{manner[:1].upper()}{manner[1:]}" if manner else "Manner undetermined", flown.manner_ground, report)
    ]
    if flown.interceptor is not None:
        name = next(side.name for side in (report.a, report.b) if side.id == flown.interceptor)
        said.append(_said(f"{name} intercepted", flown.role_ground, report))
    elif flown.role_ground != flown.manner_ground:
        said.append(element("span", f"No interceptor is told: {by_name(flown.role_ground, report)}.", class_="when"))
    together = [element("p", text) for text in map(_together, report.formations)]
    return element("div", element("p", [join(each, " ") for each in said]), together, class_="flown")


def _said(what: str, ground: str, report: EncounterReport) -> Markup:
    return join(element("strong", what), f": {by_name(ground, report)}.")


def _together(group: FlewAsOne) -> str:
    return f"{listed(list(group.names))} flew as one formation, {span(group.from_s, group.until_s)}."


def severity(report: EncounterReport) -> Markup | None:
    """Return what each scale leaves open, on what grounds, what it lacks and who decides."""
    if report.flown is None or not report.flown.proposals:
        return None
    heads = ("Scale", "Possible", "What the tracks gave", "What they cannot give")
    return element(
        "div",
        element(
            "p", element("strong", "Severity, proposed"), ": what the tracks leave open. No class is assigned here."
        ),
        element(
            "table",
            element("thead", element("tr", [element("th", head, scope="col") for head in heads])),
            element("tbody", [_row(proposal, heads, report) for proposal in report.flown.proposals]),
        ),
        class_="severity",
    )


def _row(proposal: Proposal, heads: Sequence[str], report: EncounterReport) -> Markup:
    cells = (
        [[element("div", each) for each in possible_words(proposal)], _alone(proposal)],
        by_name("; ".join(_grounds(proposal)), report),
        "; ".join(proposal.not_in_tracks),
    )
    return element(
        "tr",
        element("th", SCALE[proposal.scale], element("small", f"decided by {proposal.decided_by}"), scope="row"),
        [element("td", cell, data_head=head) for head, cell in zip(heads[1:], cells, strict=True)],
    )


def _alone(proposal: Proposal) -> Markup | None:
    return element("small", "alone is left") if proposal.proposed else None


def _grounds(proposal: Proposal) -> Iterator[str]:
    """Yield the grounds but the manner, which stands above the block already."""
    yield from (ground for ground in proposal.grounds if not ground.startswith("manner "))


def possible_words(proposal: Proposal) -> list[str]:
    """Return the classes that are left, in words."""
    names = [CLASS.get(each, each.replace("_", " ")) for each in proposal.possible]
    return names or ["no classes, factors alone"]
