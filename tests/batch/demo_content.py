"""A made-up review for the report's tests: every kind of encounter once, and many harmless ones. No real traffic."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from skyaccord.batch.report.content import (
    Activity,
    EncounterReport,
    FileSummary,
    Finding,
    FlownPath,
    Limit,
    Lost,
    MarkCount,
    MemorandumSummary,
    OverviewTrack,
    ProvisionSummary,
    QualitySummary,
    RecordingSummary,
    ReportContent,
    Side,
    Trace,
)
from skyaccord.model.encounter import Datum, Edge, Encounter, Grade, Outcome, Verdict
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.units import FT, KT, NM

T0 = 1444435200.0  # 2015-10-10T00:00:00Z
D_M, H_M = 5 * NM, 3000 * FT
RULE = "separation.threes"
HOSTILE = "<script>alert(1)</script>"
DEGREE_M = 60 * NM


def straight(
    lat: float, lon: float, course: float, speed_kt: float, alt_ft: float, climb_fpm: float, step_s: float
) -> FlownPath:
    """Return ten minutes of straight flight through a place at its middle."""
    t = np.arange(-300.0, 300.0 + step_s, step_s)
    way = speed_kt * KT * t / DEGREE_M
    return FlownPath(
        t_s=t,
        lat_deg=lat + way * math.cos(math.radians(course)),
        lon_deg=lon + way * math.sin(math.radians(course)) / math.cos(math.radians(lat)),
        altitude_m=(alt_ft + climb_fpm * t / 60) * FT,
        is_report=np.ones(len(t), bool),
        is_doubtful=np.zeros(len(t), bool),
    )


def moved(path: FlownPath, t_s: float) -> FlownPath:
    return replace(path, t_s=path.t_s + t_s)


def without(path: FlownPath, from_s: float, until_s: float) -> FlownPath:
    keep = (path.t_s <= from_s) | (path.t_s >= until_s)
    return FlownPath(*(getattr(path, name)[keep] for name in FlownPath.__slots__))


def trace_of(a: FlownPath, b: FlownPath, gap_s: float = 30.0) -> Trace:
    t = np.arange(max(a.t_s[0], b.t_s[0]), min(a.t_s[-1], b.t_s[-1]), 2.0)
    at = [[np.interp(t, p.t_s, v) for v in (p.lat_deg, p.lon_deg, p.altitude_m)] for p in (a, b)]
    east = (at[0][1] - at[1][1]) * np.cos(np.radians(at[0][0])) * DEGREE_M
    north = (at[0][0] - at[1][0]) * DEGREE_M
    h, v = np.hypot(east, north), np.abs(at[0][2] - at[1][2])
    for p in (a, b):
        for k in np.flatnonzero(np.diff(p.t_s) > gap_s):
            hole = (t > p.t_s[k]) & (t < p.t_s[k + 1])
            h[hole], v[hole] = np.nan, np.nan
    return Trace(t, h, v)


def encounter_of(name: str, trace: Trace, grade: Grade, reasons: tuple[str, ...], error_m: float = 140.0) -> Encounter:
    norm = np.fmax(trace.horizontal_m / D_M, trace.vertical_m / H_M)
    inside = np.flatnonzero(norm < 1)
    k, c = int(np.nanargmin(norm)), int(np.nanargmin(trace.horizontal_m))
    has_gap = bool(np.isnan(norm).any())
    return Encounter(
        id=name, a=0, b=1, start_s=float(trace.t_s[inside[0]]), end_s=float(trace.t_s[inside[-1]]),
        starts_by=Edge.CROSSING, ends_by=Edge.GAP if has_gap else Edge.CROSSING,
        t_cpa_s=float(trace.t_s[c]), min_horizontal_m=float(trace.horizontal_m[c]),
        vertical_at_cpa_m=float(trace.vertical_m[c]), min_vertical_m=float(np.nanmin(trace.vertical_m[inside])),
        min_slant_m=float(np.nanmin(np.hypot(trace.horizontal_m, trace.vertical_m))),
        t_closest_s=float(trace.t_s[k]), horizontal_at_closest_m=float(trace.horizontal_m[k]),
        vertical_at_closest_m=float(trace.vertical_m[k]), min_normalised=float(norm[k]), datum=Datum.PRESSURE,
        horizontal_error_m=error_m, vertical_error_m=30.0, grade=grade, reasons=reasons,
    )  # fmt: skip


def verdict_of(encounter: Encounter, outcome: Outcome, lost: Lost | None, reason: str) -> Verdict:
    margin = encounter.min_normalised * D_M / (3 * NM) - 1
    return Verdict(
        encounter=encounter.id, provision=RULE, outcome=outcome, margin=margin,
        from_s=lost.from_s if lost else encounter.start_s, until_s=lost.until_s if lost else encounter.end_s,
        lost_s=lost.until_s - lost.from_s if lost else 0.0, is_as_if=True, reason=reason, evidence=("tracks",),
    )  # fmt: skip


def lost_of(trace: Trace) -> Lost | None:
    inside = np.flatnonzero((trace.horizontal_m < 3 * NM) & (trace.vertical_m < 3000 * FT))
    return Lost(RULE, float(trace.t_s[inside[0]]), float(trace.t_s[inside[-1]])) if inside.size else None


def report_of(
    name: str, at_s: float, a: Side, b: Side, outcome: Outcome | None, grade: Grade = Grade.GOOD,
    reasons: tuple[str, ...] = (), reason: str = "", error_m: float = 140.0, is_borderline: bool = False,
) -> EncounterReport:  # fmt: skip
    assert a.path is not None
    assert b.path is not None
    a, b = replace(a, path=moved(a.path, T0 + at_s)), replace(b, path=moved(b.path, T0 + at_s))
    assert a.path is not None
    assert b.path is not None
    trace = trace_of(a.path, b.path)
    encounter = encounter_of(name, trace, grade, reasons, error_m)
    lost = lost_of(trace)
    if outcome is None:
        return EncounterReport(encounter, a, b, trace=trace)
    verdict = verdict_of(encounter, outcome, lost, reason)
    return EncounterReport(encounter, a, b, (verdict,), (lost,) if lost else (), trace, is_borderline)


def special() -> list[EncounterReport]:
    h = 11 * 3600 + 42 * 60
    jump = straight(35.1, 38.4, 200, 420, 24000, 0, 10)
    doubt = np.abs(jump.t_s) < 70
    noise = np.where(doubt, np.sin(jump.t_s) * 0.05, 0.0)
    jump = replace(jump, lat_deg=jump.lat_deg + noise, lon_deg=jump.lon_deg - noise, is_doubtful=doubt)
    wing = straight(36.1, 37.3, 70, 250, 18000, 0, 5)
    mate = replace(wing, lat_deg=wing.lat_deg + 25 / DEGREE_M, altitude_m=wing.altitude_m + 20 * FT)
    return [
        report_of(
            "E0007", h, Side("ae1f02", "RAVEN21", "United States", straight(36.0, 38.0, 80, 300, 21000, 0, 5)),
            Side("15500a", "RFF7021", "Russia", straight(36.006, 38.0, 97, 330, 21300, -60, 5)), Outcome.BREACH,
            reason="distance not kept for longer than it may take to restore it",
        ),
        report_of(
            "E0012", h + 5400, Side("ae1f09", "REACH405", "United States", straight(35.4, 40.1, 10, 440, 31000, 0, 10)),
            Side("155012", "RFF7102", "Russia", straight(35.41, 40.08, 285, 410, 29800, 300, 10)), Outcome.INFRINGED,
            Grade.FAIR, ("nearest report of 155012 is 12 s from the closest instant",), reason="restored in time",
        ),
        report_of(
            "E0051", h - 12000, Side("~2b1c", HOSTILE, UNASSIGNED, straight(35.6, 36.4, 180, 120, 4500, 0, 5)),
            Side("ae1f44", "DUSTY&\"6'", "United States", straight(35.6, 36.43, 350, 140, 5200, 0, 5)),
            Outcome.INFRINGED, Grade.GOOD, reason="restored in time",
        ),
        report_of(
            "E0033", h - 9000, Side("ae1f02", "RAVEN21", "United States", straight(34.9, 37.2, 45, 300, 15000, 0, 5)),
            Side("15500f", "", "Russia", without(straight(34.93, 37.25, 300, 350, 16500, 0, 5), -90, -5)),
            Outcome.UNDETERMINED, Grade.FAIR, ("ends at a gap in the reports",),
            reason="15500f was not seen for 85 s while within 3 NM",
        ),
        report_of(
            "E0041", h + 9000, Side("ae1f30", "JAMMED1", "United States", jump),
            Side("15500a", "RFF7021", "Russia", straight(35.12, 38.38, 190, 400, 24500, 0, 10)), Outcome.UNDETERMINED,
            Grade.DOUBTFUL, ("positions of ae1f30 are not to be believed here (jumping)",
                             "nearest report of ae1f30 is 14 s from the closest instant"),
            reason="positions of ae1f30 are not to be believed", is_borderline=True,
        ),
        report_of(
            "E0050", h - 20000, Side("15510a", "RFF101", "Russia", wing), Side("15510b", "RFF102", "Russia", mate),
            None, Grade.FAIR, ("the minimum lies below the measurement floor: 25 m measured, ±140 m",),
        ),
    ]  # fmt: skip


def harmless(count: int, seed: int = 7) -> list[EncounterReport]:
    draw = np.random.default_rng(seed)
    out = []
    parties = ("United States", "Russia", UNASSIGNED)
    for k in range(count):
        lat, lon = draw.uniform(34.4, 36.6), draw.uniform(36.2, 41.0)
        alt = draw.uniform(8, 37) * 1000
        off_lat, off_lon = draw.uniform(3.2, 4.6) / 60 * draw.choice((-1, 1)), draw.uniform(-0.02, 0.02)
        course = 90 + draw.uniform(-0.4, 0.4)
        a = straight(lat, lon, course, draw.uniform(150, 450), alt, 0, 10)
        b = straight(
            lat + off_lat, lon + off_lon, 90 + draw.uniform(-0.4, 0.4), draw.uniform(150, 450), alt + 900, 0, 10
        )
        sides = [Side(f"{k:04x}{n:02x}", f"FLT{k}{n}", parties[int(draw.integers(3))], p) for n, p in enumerate((a, b))]
        out.append(report_of(f"E1{k:03d}", float(draw.uniform(0.3, 23.5) * 3600), *sides, Outcome.COMPLIANT))
    return out


def provisions(reports: list[EncounterReport]) -> tuple[ProvisionSummary, ...]:
    counts = [v.outcome for r in reports for v in r.verdicts]
    return (
        ProvisionSummary(
            RULE, "Aircraft of the Parties keep three nautical miles or three thousand feet apart; where they do not, "
            "they restore it within three minutes.", "shall", "horizontal >= 3 NM or vertical >= 3000 ft",
            "WSJ, 9 January 2017, as reposted; ELN commentary", "reported", ("tracks",), restore_s=180.0,
            limits=(Limit("horizontal", 3 * NM, "3 NM"), Limit("vertical", 3000 * FT, "3,000 ft")),
            counts=tuple((o, counts.count(o)) for o in Outcome if counts.count(o)),
        ),
        ProvisionSummary(
            "airmanship.professional", "Aircrews maintain professional airmanship at all times.", "shall", "",
            "DoD press briefing, 20 October 2015", "confirmed", ("video",),
            not_assessable="needs video or crew reports, which a recording of tracks does not hold",
        ),
        ProvisionSummary(
            "hotline.check", "The Parties check the ground line three times a week.", "should", "",
            "LA Times, 2017", "assumed", ("hotline",), not_assessable="needs the hotline's log",
        ),
    )  # fmt: skip


def demo_content(count: int = 120) -> ReportContent:
    reports = special() + sorted(harmless(count), key=lambda r: r.encounter.min_normalised)
    tracks = tuple(
        OverviewTrack(side.party, side.path.lat_deg, side.path.lon_deg)
        for report in reports
        for side in (report.a, report.b)
        if side.path is not None
    )
    edges = T0 + np.arange(0, 24 * 3600 + 1, 900.0)
    hours = np.arange(96) / 4
    seen = np.round(24 + 18 * np.sin((hours - 7) / 24 * 2 * np.pi)).astype(np.int64)
    return ReportContent(
        memorandum=MemorandumSummary(
            "Memorandum of Understanding on flight safety over Syria, public outline", "syria-2015-public-outline",
            "sha256:" + "3f" * 32, ("United States", "Russia"), 1445299200.0, None,
            as_if="it came into force on 20 October 2015, after this recording",
        ),
        recording=RecordingSummary(
            (FileSummary("made_up.parquet", "skyaccord Parquet", 139098, 3, ("row 17: latitude 91.2",)),),
            139098, 842,
            (("United States", 301), ("Russia", 288), (UNASSIGNED, 253)), T0, T0 + 86399, "parties", D_M, H_M, 30.0,
            notes=("Generated data, no recording of real flights.",),
        ),
        provisions=provisions(reports), encounters=tuple(reports),
        quality=QualitySummary(
            (
                MarkCount("ghost", "shadows a real aircraft under another id", 1204, 9, "left out"),
                MarkCount("jumping", "positions jump against reported speed", 86, 1, "searched, never decisive"),
                MarkCount("stale_gap", "first report after a gap", 411, 120, "kept"),
                MarkCount("zero_position", "position is exactly 0, 0", 0, 0, "left out"),
            ),
            (
                Finding("gap", "15500f", "", "Russia", "not seen for 85 s", T0 + 33030, T0 + 33115),
                Finding("jumping", "ae1f30", "JAMMED1", "United States", "14 reports jump", T0 + 51100, T0 + 51240),
                *[Finding("ghost", f"~{k:04x}", "", UNASSIGNED, "shadows 15500a at 0.1 NM") for k in range(9)],
            ),
            (
                "aircraft without a working transponder",
                "15500f between 09:10:30Z and 09:11:55Z, while within 3 NM of RAVEN21",
                "253 aircraft that no party claims: they count against everyone",
            ),
        ),
        tracks=tracks, activity=Activity(edges, seen), generated_by="skyaccord 0.1.0",
    )  # fmt: skip
