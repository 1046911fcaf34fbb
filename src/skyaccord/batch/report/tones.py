"""Colours by class of the style sheet: one for each party, the same in every figure, and one for each outcome."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from skyaccord.batch.report.content import EncounterReport, ReportContent
from skyaccord.draw.svg import Markup, element
from skyaccord.model.encounter import Outcome
from skyaccord.model.tracks import UNASSIGNED

Tones: TypeAlias = "dict[str, str]"

_CYCLE: Final = ("p0", "p1", "p2", "p3", "p4", "p5")
_NAMED: Final = {"blue": "p0", "red": "p1", "orange": "p1", "green": "p2", "pink": "p3", "yellow": "p4", "purple": "p5"}
_UNASSIGNED: Final = "pu"

OUTCOME_TONE: Final[dict[Outcome | None, str]] = {
    Outcome.BREACH: "t-breach",
    Outcome.INFRINGED: "t-infringed",
    Outcome.UNDETERMINED: "t-open",
    Outcome.NOT_ASSESSABLE: "t-none",
    Outcome.PENDING: "t-open",
    Outcome.COMPLIANT: "t-kept",
    None: "t-none",
}

OUTCOME_SIGN: Final[dict[Outcome | None, str]] = {
    Outcome.BREACH: "■",
    Outcome.INFRINGED: "▲",
    Outcome.UNDETERMINED: "?",
    Outcome.NOT_ASSESSABLE: "–",
    Outcome.PENDING: "…",
    Outcome.COMPLIANT: "●",
    None: "–",
}
"""The second sign beside colour, for those who do not see colours."""


def party_tones(parties: Iterable[str]) -> Tones:
    """Give each party a tone; the same names give the same tones, a party named as a colour gets that colour."""
    tones = {UNASSIGNED: _UNASSIGNED}
    names = sorted(set(parties) - {UNASSIGNED})
    tones.update({name: _NAMED[name.lower()] for name in names if name.lower() in _NAMED})
    free = [tone for tone in _CYCLE if tone not in tones.values()] or list(_CYCLE)
    for k, name in enumerate(name for name in names if name not in tones):
        tones[name] = free[k % len(free)]
    return tones


def all_parties(content: ReportContent) -> list[str]:
    """Return every party that the report names."""
    named = {side.party for report in content.encounters for side in (report.a, report.b)}
    named |= {track.party for track in content.tracks} | {party for party, _ in content.recording.aircraft_by_party}
    return sorted(named | set(content.memorandum.parties))


def side_tones(report: EncounterReport, tones: Tones) -> tuple[str, str]:
    """Return the tones of the two aircraft; the second is a shade where both are of one colour."""
    a, b = tones.get(report.a.party, _UNASSIGNED), tones.get(report.b.party, _UNASSIGNED)
    return a, f"{b} alt" if a == b else b


def party_chip(party: str, tones: Tones) -> Markup:
    """Return a party's name with its colour."""
    return element("span", element("i", class_=f"swatch {tones.get(party, _UNASSIGNED)}"), party, class_="party")
