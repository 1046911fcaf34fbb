"""What every part of the page shares: colours, provisions, map data, and what the page as a whole already says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skyaccord.batch.report.content import ProvisionSummary, ReportContent
from skyaccord.batch.report.tones import Tones, all_parties, party_tones
from skyaccord.batch.report.words import day
from skyaccord.draw.basemap import Atlas


@dataclass(frozen=True, slots=True)
class Setting:
    """Shared by all parts of one page."""

    provisions: Mapping[str, ProvisionSummary]
    tones: Tones
    atlas: Atlas
    gap_s: float
    with_day: bool  # the recording has more than one day, so every instant carries its own
    marks_as_if: bool  # some verdicts are "as if" and some are not
    drawn: int  # how many encounters, by rank, have details to lead to


def setting_of(content: ReportContent, drawn: int) -> Setting:
    """Return what the parts of a page share."""
    return Setting(
        provisions={provision.id: provision for provision in content.provisions},
        tones=party_tones(all_parties(content)),
        atlas=Atlas(),
        gap_s=content.recording.gap_s,
        with_day=day(content.recording.begin_s) != day(content.recording.end_s),
        marks_as_if=len({v.is_as_if for report in content.encounters for v in report.verdicts}) == 2,
        drawn=drawn,
    )
