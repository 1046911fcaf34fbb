"""The memorandum, provision by provision: its words, how sure they are, and what came out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from skyaccord.batch.report.account import badge
from skyaccord.batch.report.content import ProvisionSummary
from skyaccord.batch.report.ranking import SEVERITY
from skyaccord.batch.report.words import count
from skyaccord.draw.svg import Markup, element, join

_CONFIDENCE: Final = {
    "confirmed": "confirmed by a party or its document",
    "reported": "reported, not confirmed by a party",
    "assumed": "assumed: no source states it",
    "unknown": "no source",
}


def provision_list(provisions: Sequence[ProvisionSummary]) -> Markup:
    """Return all provisions; those that no machine can observe say so."""
    if not provisions:
        return element("p", "The memorandum has no provisions.", class_="note")
    return element("div", [_provision(provision) for provision in provisions], class_="provisions")


def _provision(provision: ProvisionSummary) -> Markup:
    return element(
        "article",
        element("h3", element("code", provision.id), element("span", provision.modality, class_="chip")),
        element("blockquote", provision.text),
        element("p", "Judged as: ", element("code", provision.rule), class_="as-rule") if provision.rule else None,
        _outcomes(provision),
        _grounds(provision),
        class_="provision" + (" unjudged" if provision.not_assessable else ""),
    )


def _outcomes(provision: ProvisionSummary) -> Markup:
    if provision.not_assessable:
        return element("p", element("strong", "Not judged here: "), provision.not_assessable, class_="unjudged-why")
    counts = sorted(((o, n) for o, n in provision.counts if n), key=lambda item: SEVERITY.index(item[0]))
    if not counts:
        return element("p", "Applied to no encounter: none was found among what was observed.", class_="note")
    chips = [element("span", badge(outcome), f" {number:,}", class_="count") for outcome, number in counts]
    total = sum(number for _, number in counts)
    return element("p", chips, element("small", f" of {count(total, 'encounter')}"), class_="counts")


def _grounds(provision: ProvisionSummary) -> Markup:
    confidence = _CONFIDENCE.get(provision.confidence, provision.confidence)
    evidence = ", ".join(provision.evidence) or "not stated"
    return element(
        "p",
        join("Source: ", provision.source or "none stated", ". Confidence: ", element("b", provision.confidence)),
        f" ({confidence})." if confidence != provision.confidence else ".",
        f" Evidence it needs: {evidence}.",
        class_="grounds",
    )
