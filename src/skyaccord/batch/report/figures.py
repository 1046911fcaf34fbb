"""The charts of one encounter: distances against time, altitudes against time, and both distances at once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from skyaccord.batch.report.content import EncounterReport, FlownPath, Limit, ProvisionSummary
from skyaccord.batch.report.ranking import deciding
from skyaccord.batch.report.setting import Setting
from skyaccord.batch.report.tones import OUTCOME_TONE, side_tones
from skyaccord.batch.report.words import closeness, feet, miles
from skyaccord.draw.chart import draw_time_chart, unknown_intervals
from skyaccord.draw.panel import Band, Level, Panel, Series, Spot
from skyaccord.draw.plane import Corner, draw_plane
from skyaccord.draw.polyline import Floats
from skyaccord.draw.svg import Markup
from skyaccord.model.encounter import Outcome
from skyaccord.units import FT, NM

_UNIT: Final = {"horizontal": NM, "vertical": FT, "slant": NM}
_PAD_S: Final = 45.0


def window(report: EncounterReport) -> tuple[float, float]:
    """Return the time that the charts show: the encounter and something before and after, where there is data."""
    encounter = report.encounter
    pad = max(_PAD_S, 0.3 * (encounter.end_s - encounter.start_s))
    begin, end = encounter.start_s - pad, encounter.end_s + pad
    known = [side.path.t_s for side in (report.a, report.b) if side.path is not None and len(side.path.t_s)]
    if report.trace is not None and len(report.trace.t_s):
        known.append(report.trace.t_s)
    if not known:
        return begin, end
    return max(begin, min(float(t[0]) for t in known)), min(end, max(float(t[-1]) for t in known))


def separation(report: EncounterReport, provisions: Mapping[str, ProvisionSummary]) -> Markup:
    """Return horizontal and vertical distance against time, the limits drawn in and the lost interval shaded."""
    encounter, trace = report.encounter, report.trace
    begin, end = window(report)
    empty = np.empty(0)
    t_s = trace.t_s if trace else empty
    horizontal, vertical = (trace.horizontal_m, trace.vertical_m) if trace else (empty, empty)
    unseen = [(a, b) for a, b in unknown_intervals(t_s, horizontal) if b > begin and a < end]
    bands = (*_lost(report), *(Band(a, b, "unseen", "not observed") for a, b in unseen))
    levels = _levels(report, provisions)
    at = encounter.t_closest_s
    panels = (
        Panel(
            "Horizontal distance, NM",
            (Series(t_s, horizontal / NM, "c-pair"),),
            tuple(level for signal, level in levels if signal in ("horizontal", "slant")),
            (Spot(at, encounter.horizontal_at_closest_m / NM, miles(encounter.horizontal_at_closest_m), "c-pair"),),
            low=0.0,
            high=_high(levels, "horizontal"),
        ),
        Panel(
            "Vertical distance, ft",
            (Series(t_s, vertical / FT, "c-pair"),),
            tuple(level for signal, level in levels if signal == "vertical"),
            (Spot(at, encounter.vertical_at_closest_m / FT, feet(encounter.vertical_at_closest_m), "c-pair"),),
            low=0.0,
            high=_high(levels, "vertical"),
            empty="not known: no altitude in a common datum",
        ),
    )
    return draw_time_chart(
        panels,
        begin,
        end,
        title=f"Distances of {report.a.name} and {report.b.name} against time",
        description=f"Closest: {closeness(encounter.horizontal_at_closest_m, encounter.vertical_at_closest_m)}.",
        key=f"{encounter.id}-sep",
        bands=bands,
        moment_s=at,
        panel_height=143.0,
    )


def profile(report: EncounterReport, setting: Setting) -> Markup:
    """Return the altitudes of both against time; reports are dots, what is doubtful is dashed."""
    encounter = report.encounter
    begin, end = window(report)
    series, at_closest = [], []
    for side, tone in zip((report.a, report.b), side_tones(report, setting.tones), strict=True):
        if side.path is None:
            continue
        t_s, value, is_dot, is_apart = _broken(side.path, setting.gap_s)
        series.append(Series(t_s, value / FT, tone, side.name, is_dot, is_apart))
        at_closest.append(_altitude_at(side.path, encounter.t_closest_s, setting.gap_s) / FT)
    spots: tuple[Spot, ...] = ()
    if len(at_closest) == 2:
        text = feet(encounter.vertical_at_closest_m)
        spots = (Spot(encounter.t_closest_s, at_closest[0], text, "c-pair", to=at_closest[1]),)
    middle = np.array([value for value in at_closest if math.isfinite(value)])
    low, high = (float(middle.min()) - 400, float(middle.max()) + 400) if middle.size else (None, None)
    low = _not_above(series, low, begin, end)
    return draw_time_chart(
        (Panel("Altitude, ft", tuple(series), (), spots, low, high, "altitude not known"),),
        begin,
        end,
        title=f"Altitudes of {report.a.name} and {report.b.name} against time",
        description=f"Vertical distance at the closest instant: {feet(encounter.vertical_at_closest_m)}.",
        key=f"{encounter.id}-alt",
        bands=_lost(report),
        moment_s=encounter.t_closest_s,
        panel_height=131.0,
    )


def both_distances(report: EncounterReport, provisions: Mapping[str, ProvisionSummary]) -> Markup | None:
    """Return the pair's path through horizontal and vertical distance, with the corner that the rule forbids."""
    trace, encounter = report.trace, report.encounter
    if trace is None or not np.isfinite(trace.vertical_m).any():
        return None
    begin, end = window(report)
    now = (trace.t_s >= begin) & (trace.t_s <= end)
    x, y = trace.horizontal_m[now] / NM, trace.vertical_m[now] / FT
    close = (encounter.horizontal_at_closest_m / NM, encounter.vertical_at_closest_m / FT)
    return draw_plane(
        x,
        y,
        _corners(report, provisions),
        (*close, "closest"),
        x_title="horizontal distance, NM",
        y_title="Vertical distance, ft, against horizontal",
        title=f"Vertical against horizontal distance of {report.a.name} and {report.b.name}",
        description="The shaded corner is where the rule's distance is lost.",
        key=f"{encounter.id}-box",
        height=210.0,
    )


def limits_of(report: EncounterReport, provisions: Mapping[str, ProvisionSummary]) -> tuple[tuple[str, Limit], ...]:
    """Return the limits to draw, with their tones: those of the deciding provision, or of all that were applied."""
    verdict = deciding(report)
    names: Sequence[str] = [verdict.provision] if verdict else []
    if verdict and not (verdict.provision in provisions and provisions[verdict.provision].limits):
        names = [v.provision for v in report.verdicts]
    tone = OUTCOME_TONE[verdict.outcome] if verdict else ""
    return tuple((tone, limit) for name in names if name in provisions for limit in provisions[name].limits)


def _levels(report: EncounterReport, provisions: Mapping[str, ProvisionSummary]) -> list[tuple[str, Level]]:
    return [
        (limit.signal, Level(limit.value_m / _UNIT[limit.signal], _limit_text(limit), tone))
        for tone, limit in limits_of(report, provisions)
        if limit.signal in _UNIT
    ]


def _limit_text(limit: Limit) -> str:
    return f"limit {limit.label}" if limit.signal != "slant" else f"slant limit {limit.label}"


def _high(levels: list[tuple[str, Level]], signal: str) -> float | None:
    values = [level.value for name, level in levels if name == signal]
    return max(values) * 1.15 if values else None


def _corners(report: EncounterReport, provisions: Mapping[str, ProvisionSummary]) -> tuple[Corner, ...]:
    limits = limits_of(report, provisions)
    flat = [(tone, limit) for tone, limit in limits if limit.signal == "horizontal"]
    up = [(tone, limit) for tone, limit in limits if limit.signal == "vertical"]
    if flat and up:
        pairs = zip(flat, up, strict=False)
        return tuple(
            Corner(h.value_m / NM, v.value_m / FT, f"{h.label} / {v.label}", tone) for (tone, h), (_, v) in pairs
        )
    return (
        *(Corner(limit.value_m / NM, None, limit.label, tone) for tone, limit in flat),
        *(Corner(None, limit.value_m / FT, limit.label, tone) for tone, limit in up),
    )


def _lost(report: EncounterReport) -> tuple[Band, ...]:
    """Shade the lost intervals of the deciding provision, or of all where it has none."""
    verdict = deciding(report)
    outcomes = {v.provision: v.outcome for v in report.verdicts}
    lost = [one for one in report.lost if outcomes.get(one.provision) is not Outcome.COMPLIANT]
    own = [one for one in lost if verdict and one.provision == verdict.provision]
    return tuple(
        Band(one.from_s, one.until_s, OUTCOME_TONE[outcomes.get(one.provision)], f"{one.provision}: distance lost")
        for one in own or lost
    )


def _broken(path: FlownPath, gap_s: float) -> tuple[Floats, Floats, np.ndarray, np.ndarray]:
    """Return times, altitudes, dots and doubts with a NaN put into every silence longer than ``gap_s``."""
    gaps = np.flatnonzero(np.diff(path.t_s) > gap_s) + 1
    return (
        np.insert(path.t_s, gaps, path.t_s[gaps]),
        np.insert(path.altitude_m, gaps, np.nan),
        np.insert(path.is_report, gaps, False),
        np.insert(path.is_doubtful, gaps, False),
    )


def _altitude_at(path: FlownPath, t_s: float, gap_s: float) -> float:
    k = int(np.searchsorted(path.t_s, t_s))
    if k == 0 or k >= len(path.t_s) or path.t_s[k] - path.t_s[k - 1] > gap_s:
        return float(path.altitude_m[k]) if k < len(path.t_s) and path.t_s[k] == t_s else math.nan
    return float(np.interp(t_s, path.t_s[k - 1 : k + 1], path.altitude_m[k - 1 : k + 1]))


def _not_above(series: list[Series], low: float | None, begin: float, end: float) -> float | None:
    """Return ``low``, or the least altitude shown where that is lower: a fixed low end must cut nothing off."""
    seen = [s.value[(s.t_s >= begin) & (s.t_s <= end) & np.isfinite(s.value)] for s in series]
    least = min((float(v.min()) for v in seen if v.size), default=math.inf)
    if low is None or not math.isfinite(least):
        return low
    return math.floor(min(low, least) / 500.0) * 500.0
