"""Where and when: all tracks on a map with the gravest encounters numbered, and the encounters along the day."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from skyaccord.batch.report.content import EncounterReport, FlownPath, ReportContent
from skyaccord.batch.report.ranking import SEVERITY, outcome_of
from skyaccord.batch.report.setting import Setting
from skyaccord.batch.report.tones import OUTCOME_TONE, Tones, party_chip
from skyaccord.batch.report.words import OUTCOME, clock, closeness, count
from skyaccord.draw.map import draw_map, scale_box
from skyaccord.draw.map_layers import Marker, line_path, numbered_markers, track_pixels
from skyaccord.draw.placement import Placement
from skyaccord.draw.polyline import Floats
from skyaccord.draw.projection import View, fit_view, unwrapped
from skyaccord.draw.strip import Event, Lane, draw_strip
from skyaccord.draw.svg import Markup, element, join, number
from skyaccord.model.encounter import Outcome

WIDTH: Final = 660.0
HEIGHT: Final = 640.0
_WEIGHTS: Final = ((40, "m-some"), (250, "m-thin"), (math.inf, "m-faint"))
_SHARES: Final = (0.01, 0.02, 0.05, 0.10)
_WORTH_IT: Final = 0.5  # leave far points out of the map where it then shows half as wide an area


def position_at(path: FlownPath, t_s: float) -> tuple[float, float]:
    """Return latitude and longitude at an instant between two rows, NaN outside the path."""
    if len(path.t_s) == 0 or not path.t_s[0] <= t_s <= path.t_s[-1]:
        return float("nan"), float("nan")
    lon = unwrapped(path.lon_deg, float(path.lon_deg[0]))
    return float(np.interp(t_s, path.t_s, path.lat_deg)), float(np.interp(t_s, path.t_s, lon))


def place_of(report: EncounterReport) -> tuple[float, float]:
    """Return the place of an encounter, else where A or B was at the closest instant; NaN where nothing says."""
    if report.place is not None:
        return report.place
    for side in (report.a, report.b):
        if side.path is not None:
            lat, lon = position_at(side.path, report.encounter.t_closest_s)
            if np.isfinite(lat):
                return lat, lon
    return float("nan"), float("nan")


def overview_map(
    content: ReportContent, ranked: Sequence[EncounterReport], setting: Setting, *, numbered: int
) -> Markup | None:
    """Return the map with its legend, the first ``numbered`` encounters with their rank; ``None`` without positions."""
    places = [place_of(report) for report in ranked]
    known = [k for k, (lat, _) in enumerate(places) if np.isfinite(lat)]
    lat = np.concatenate([track.lat_deg for track in content.tracks] + [np.array([places[k][0] for k in known])])
    lon = np.concatenate([track.lon_deg for track in content.tracks] + [np.array([places[k][1] for k in known])])
    if not np.isfinite(lat).any():
        return None
    weight = next(name for most, name in _WEIGHTS if len(content.tracks) <= most)
    view, outside = _focus(lat, lon, len(known))
    tracks = [
        line_path(
            view, track_pixels(view, t.lat_deg, t.lon_deg), f"{weight} {setting.tones.get(t.party, 'pu')}", pixel=1.0
        )
        for t in content.tracks
    ]
    shown = [k for k in known if k < numbered]
    markers = [
        Marker(*places[k], str(k + 1), _tone(ranked[k]), _says(ranked[k]), _leads_to(k, ranked[k], setting))
        for k in shown
    ]
    placement = Placement(view.frame)
    placement.avoid([scale_box(view)])
    layers = join(tracks, _spots(view, ranked, places, known, numbered), numbered_markers(view, placement, markers))
    svg = draw_map(
        view,
        setting.atlas,
        layers,
        title="Map of all tracks and encounters",
        description=f"{count(len(tracks), 'track')}, {count(len(known), 'encounter')}; the gravest are numbered.",
        key="overview",
    )
    return element(
        "figure", svg, _caption(content, setting.tones, len(ranked), len(known), len(shown), outside), class_="overview"
    )


def _focus(lat: Floats, lon: Floats, places: int) -> tuple[View, float]:
    """Return the view, and the share of points left outside it because a few would make it twice as wide.

    The last ``places`` points are encounters and always inside.
    """
    whole = fit_view(lat, lon, WIDTH, HEIGHT, least_m=10_000.0)
    if places == 0 or not whole.is_azimuthal:
        return whole, 0.0
    turned = unwrapped(lon, whole.lon_deg)
    is_place = np.arange(len(lat)) >= len(lat) - places
    for share in _SHARES:
        edges = [np.nanquantile(values, (share / 2, 1 - share / 2)) for values in (lat, turned)]
        near = (lat >= edges[0][0]) & (lat <= edges[0][1]) & (turned >= edges[1][0]) & (turned <= edges[1][1])
        view = fit_view(lat[near | is_place], turned[near | is_place], WIDTH, HEIGHT, least_m=10_000.0)
        if view.m_per_px < _WORTH_IT * whole.m_per_px:
            return view, float(np.sum(np.isfinite(lat) & ~near & ~is_place) / np.sum(np.isfinite(lat)))
    return whole, 0.0


def timeline(
    content: ReportContent, ranked: Sequence[EncounterReport], setting: Setting, *, width: float, key: str
) -> Markup:
    """Return the encounters along time, one lane an outcome, above the number of aircraft seen."""
    lanes = []
    for outcome in SEVERITY:
        events = tuple(
            Event(
                r.encounter.start_s, r.encounter.end_s, _says(r) if k < setting.drawn else "", _leads_to(k, r, setting)
            )
            for k, r in enumerate(ranked)
            if outcome_of(r) is outcome
        )
        if events or outcome is Outcome.BREACH:
            lanes.append(Lane(OUTCOME[outcome], OUTCOME_TONE[outcome], events))
    activity = content.activity
    return draw_strip(
        tuple(lanes),
        activity.edges_s if activity else np.empty(0),
        activity.aircraft.astype(float) if activity else np.empty(0),
        content.recording.begin_s,
        content.recording.end_s,
        counts_title="Aircraft seen",
        title="Encounters along time",
        description="One lane for each outcome; below, how many aircraft were seen.",
        key=key,
        width=width,
    )


def _leads_to(k: int, report: EncounterReport, setting: Setting) -> str | None:
    return f"#{report.encounter.id}" if k < setting.drawn else None


def _tone(report: EncounterReport) -> str:
    return OUTCOME_TONE[outcome_of(report)]


def _says(report: EncounterReport) -> str:
    encounter = report.encounter
    close = closeness(encounter.horizontal_at_closest_m, encounter.vertical_at_closest_m)
    return (
        f"{encounter.id}, {OUTCOME[outcome_of(report)]}: {report.a.name} and {report.b.name}, {close} "
        f"at {clock(encounter.t_closest_s)}"
    )


def _spots(
    view: View, ranked: Sequence[EncounterReport], places: list[tuple[float, float]], known: list[int], numbered: int
) -> Markup:
    """Draw the encounters without a number as dots, one path an outcome, the gravest on top."""
    groups: dict[str, list[str]] = {}
    for k in reversed([k for k in known if k >= numbered]):
        lat, lon = places[k]
        x, y = view.point(lat, float(unwrapped(np.array([lon]), view.lon_deg)[0]))
        groups.setdefault(_tone(ranked[k]), []).append(f"M{number(x)},{number(y)}h0")
    return join([element("path", class_=f"m-spot {tone}", d="".join(data)) for tone, data in groups.items()])


def _caption(content: ReportContent, tones: Tones, total: int, placed: int, numbered: int, outside: float) -> Markup:
    parties = Counter(track.party for track in content.tracks)
    chips = [element("span", party_chip(party, tones), class_="key") for party in sorted(parties)]
    which = f"the gravest {numbered} of {total:,} encounters" if total > numbered else "1 is the gravest"
    text = f"Numbers are ranks: {which}" if numbered else "No encounter found"
    rest = "; dots are others" if placed > numbered else ""
    far = f"; {outside * 100:.0f} % of the reports lie outside this map" if outside else ""
    lost = f"; {total - placed:,} have no place on the map" if total > placed else ""
    return element(
        "figcaption", chips, f" {text}{rest}{lost}{far}. Lines: coast solid, border dash-dotted (Natural Earth)."
    )
