"""What the report of a review shows, as plain values: whoever has judged a recording fills this, the page draws it.

Everything is SI; the page converts to NM and ft. Nothing here is looked up or worked out again, so a value that is
missing from the content is missing from the page, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from skyaccord.batch.flown import Flown
from skyaccord.model.encounter import Encounter, Outcome, Verdict
from skyaccord.model.tracks import UNASSIGNED, Floats

Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class MemorandumSummary:
    """The document that was applied; ``as_if`` says why it is judged as if in force, ``""`` where it was in force."""

    title: str
    name: str  # preset or file it was read from
    hash: str
    parties: tuple[str, ...]
    valid_from_s: float | None
    valid_until_s: float | None
    as_if: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileSummary:
    """One file of the recording as it was read."""

    name: str
    format: str
    rows: int
    bad_rows: int = 0
    complaints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordingSummary:
    """The recording and how it was searched. ``between`` is ``parties`` or ``any``."""

    files: tuple[FileSummary, ...]
    rows: int
    aircraft: int
    aircraft_by_party: tuple[tuple[str, int], ...]
    begin_s: float
    end_s: float
    between: str
    search_horizontal_m: float  # the volume within which a pair is an encounter
    search_vertical_m: float
    gap_s: float  # longest silence bridged by a straight line
    notes: tuple[str, ...] = ()  # "generated data, no recording" and the like, shown at the top


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of a provision that can be drawn: ``signal`` is ``horizontal``, ``vertical`` or ``slant``."""

    signal: str
    value_m: float
    label: str  # as the memorandum writes it, "3 NM"


@dataclass(frozen=True, slots=True)
class ProvisionSummary:
    """One provision, its grounds and what came out; ``not_assessable`` is the reason, ``""`` where it was judged."""

    id: str
    text: str
    modality: str
    rule: str  # the machine rule in words, "" where there is none
    source: str
    confidence: str
    evidence: tuple[str, ...]
    not_assessable: str = ""
    restore_s: float | None = None
    limits: tuple[Limit, ...] = ()
    counts: tuple[tuple[Outcome, int], ...] = ()  # encounters by outcome


@dataclass(frozen=True, slots=True)
class FlownPath:
    """Where an aircraft was about an encounter, in order of time; one entry a row, altitude NaN where unknown.

    Between rows further apart than the recording's ``gap_s`` nothing is drawn.
    """

    t_s: Floats
    lat_deg: Floats
    lon_deg: Floats
    altitude_m: Floats
    is_report: Bools  # a report, not a value between two
    is_doubtful: Bools


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two aircraft of an encounter."""

    id: str
    callsign: str = ""
    party: str = UNASSIGNED
    path: FlownPath | None = None

    @property
    def name(self) -> str:
        """Return the callsign, else the id."""
        return self.callsign.strip() or self.id


@dataclass(frozen=True, slots=True)
class Trace:
    """Distances of the pair against time, NaN where one of the two was not seen."""

    t_s: Floats
    horizontal_m: Floats
    vertical_m: Floats  # absolute


@dataclass(frozen=True, slots=True)
class Lost:
    """An interval in which a provision's distance was not kept."""

    provision: str
    from_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class FlewAsOne:
    """Aircraft that flew as one formation, by name."""

    names: tuple[str, ...]
    from_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class EncounterReport:
    """An encounter with everything that is shown of it. Without paths and trace it is listed and not drawn."""

    encounter: Encounter
    a: Side
    b: Side
    verdicts: tuple[Verdict, ...] = ()
    lost: tuple[Lost, ...] = ()
    trace: Trace | None = None
    is_borderline: bool = False  # a limit lies inside the error of what was measured
    is_suspected: bool = False  # not near as measured, but may have been: for its error, or for doubtful positions
    flown: Flown | None = None  # how, where it was asked for
    formations: tuple[FlewAsOne, ...] = ()  # of either with others, meanwhile
    place: tuple[float, float] | None = None  # latitude and longitude of the closest instant, where no path is given


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many reports carry a mark of doubt, and what was done with them ("left out", "searched, never decisive")."""

    name: str
    meaning: str
    rows: int
    aircraft: int
    treatment: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one aircraft's data that a reader must know: a gap, a ghost, a doubtful stretch."""

    kind: str  # "gap", "ghost", "jumping", …: rows are grouped by it
    aircraft: str
    callsign: str
    party: str
    text: str
    from_s: float | None = None
    until_s: float | None = None


@dataclass(frozen=True, slots=True)
class QualitySummary:
    """What the recording can bear. ``not_observed`` are sentences on what it cannot say, shown beside the result."""

    marks: tuple[MarkCount, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_observed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverviewTrack:
    """One aircraft's track, thinned, for the overview map; NaN breaks the line."""

    party: str
    lat_deg: Floats
    lon_deg: Floats


@dataclass(frozen=True, slots=True)
class Activity:
    """How many aircraft were seen per bin of time; ``edges_s`` has one entry more than ``aircraft``."""

    edges_s: Floats
    aircraft: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PassageReport:
    """An aircraft where a rule about one aircraft speaks of, with the gravest verdict on it."""

    passage: Encounter
    side: Side
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All of it."""

    memorandum: MemorandumSummary
    recording: RecordingSummary
    provisions: tuple[ProvisionSummary, ...]
    encounters: tuple[EncounterReport, ...]  # all, gravest first; rank is the place in it
    quality: QualitySummary
    tracks: tuple[OverviewTrack, ...]
    activity: Activity | None
    generated_by: str  # "skyaccord 0.1.0"
    passages: tuple[PassageReport, ...] = ()  # those that someone must look at, gravest first
