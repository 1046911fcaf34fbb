"""The plan view of an encounter: both tracks about the closest instant, the link between them, the rule's ring."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.batch.report.content import EncounterReport, FlownPath, ProvisionSummary
from skyaccord.batch.report.figures import limits_of
from skyaccord.batch.report.overview import position_at
from skyaccord.batch.report.setting import Setting
from skyaccord.batch.report.tones import side_tones
from skyaccord.batch.report.words import closeness, miles
from skyaccord.draw.map import draw_map, scale_box
from skyaccord.draw.map_layers import aircraft_symbol, arrows, dots, label, line_path, ring, track_pixels
from skyaccord.draw.placement import Placement, text_width
from skyaccord.draw.polyline import Box, Floats, split_line
from skyaccord.draw.projection import DEGREE_M, View, unwrapped
from skyaccord.draw.svg import Markup, element, join, number
from skyaccord.units import FT, NM

SIZE: Final = 400.0
_SMALL_RING_PX: Final = 40.0
_LEAST_HALF_M: Final = 0.5 * NM
_FLOWN_S: Final = (45.0, 150.0)  # the view reaches as far as the faster of the two flies in this time


def plan_view(report: EncounterReport, setting: Setting) -> Markup | None:
    """Return the plan view, or ``None`` where neither aircraft has a path."""
    seen = [
        _Seen(side.name, side.path, tone)
        for side, tone in zip((report.a, report.b), side_tones(report, setting.tones), strict=True)
        if side.path is not None and len(side.path.t_s)
    ]
    if not seen:
        return None
    encounter, t_s = report.encounter, report.encounter.t_closest_s
    close = closeness(encounter.horizontal_at_closest_m, encounter.vertical_at_closest_m)
    view = _view(report, seen)
    placement = Placement(view.frame)
    placement.avoid([scale_box(view)])
    lines = [_track(view, one, setting.gap_s, placement) for one in seen]
    spots = [_spot(view, one.path, t_s) for one in seen]
    link = _link(placement, spots, miles(encounter.horizontal_at_closest_m))
    crafts = [_craft(placement, one, spot, t_s) for one, spot in zip(seen, spots, strict=True) if spot]
    layers = join(_limit_ring(view, setting.provisions, report, seen[0].name, spots[0], placement), lines, link, crafts)
    return draw_map(
        view,
        setting.atlas,
        layers,
        title=f"Plan view of {report.a.name} and {report.b.name}",
        description=f"Closest: {close}. North is up.",
        key=f"{encounter.id}-plan",
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """An aircraft that has a path."""

    name: str
    path: FlownPath
    tone: str


def _view(report: EncounterReport, seen: list[_Seen]) -> View:
    """Centre on the closest instant; reach far enough to see both come and go, near enough to see the distance."""
    t_s = report.encounter.t_closest_s
    places = [_nearest(one.path, t_s) for one in seen]
    lat = sum(p[0] for p in places) / len(places)
    lon = float(np.mean(unwrapped(np.array([p[1] for p in places]), places[0][1])))
    speed = max(_speed_mps(one.path, t_s) for one in seen)
    apart = report.encounter.horizontal_at_closest_m
    wished = 6.0 * (apart if math.isfinite(apart) else 0.0)
    half = max(min(max(wished, speed * _FLOWN_S[0]), speed * _FLOWN_S[1]), apart * 0.75, _LEAST_HALF_M)
    return View(lat, (lon + 180.0) % 360.0 - 180.0, SIZE, SIZE, 2 * half / SIZE)


def _nearest(path: FlownPath, t_s: float) -> tuple[float, float]:
    """Return the position at an instant, or the nearest known one."""
    return position_at(path, min(max(t_s, float(path.t_s[0])), float(path.t_s[-1])))


def _speed_mps(path: FlownPath, t_s: float) -> float:
    """Return the median speed over the ground within two minutes of an instant."""
    near = np.abs(path.t_s - t_s) <= 120.0
    t, lat, lon = path.t_s[near], path.lat_deg[near], path.lon_deg[near]
    if len(t) < 2:
        return 0.0
    east = np.diff(unwrapped(lon, float(lon[0]))) * math.cos(math.radians(float(lat[0])))
    span = np.diff(t)
    steps = np.hypot(east, np.diff(lat))[span > 0] * DEGREE_M / span[span > 0]
    return float(np.median(steps)) if steps.size else 0.0


def _track(view: View, one: _Seen, gap_s: float, placement: Placement) -> Markup:
    path, tone = one.path, one.tone
    gaps = np.flatnonzero(np.diff(path.t_s) > gap_s) + 1
    pixels = np.insert(track_pixels(view, path.lat_deg, path.lon_deg), gaps, np.nan, axis=0)
    doubt, report = np.insert(path.is_doubtful, gaps, False), np.insert(path.is_report, gaps, False)
    placement.avoid(points=_sampled(pixels, view))
    sure, doubtful = split_line(pixels, doubt)
    return join(
        line_path(view, sure, f"m-track {tone}"),
        line_path(view, doubtful, f"m-track m-apart {tone}"),
        dots(view, pixels[report], f"m-dots {tone}", _dot_radius(pixels[report])),
        arrows(view, sure, f"m-arrows {tone}"),
    )


def _dot_radius(pixels: Floats) -> float:
    """Return dots small enough for reports to stay apart where they lie dense."""
    steps = np.hypot(*np.diff(pixels, axis=0).T)
    known = steps[np.isfinite(steps)]
    return float(np.clip(np.median(known) / 3, 1.2, 2.4)) if known.size else 2.4


def _sampled(pixels: Floats, view: View) -> Floats:
    """Return points along a line dense enough for labels to keep clear of it."""
    known = np.isfinite(pixels[:, 0]) & np.isfinite(pixels[:, 1])
    pairs = np.flatnonzero(known[:-1] & known[1:])
    share: Floats = np.linspace(0.0, 1.0, 12).reshape(1, -1, 1)
    points = (pixels[pairs, None, :] * (1 - share) + pixels[pairs + 1, None, :] * share).reshape(-1, 2)
    frame = view.frame
    inside = (points[:, 0] > 0) & (points[:, 0] < frame.x1) & (points[:, 1] > 0) & (points[:, 1] < frame.y1)
    return points[inside]


def _spot(view: View, path: FlownPath, t_s: float) -> tuple[float, float] | None:
    lat, lon = position_at(path, t_s)
    if not math.isfinite(lat):
        return None
    return view.point(lat, float(unwrapped(np.array([lon]), view.lon_deg)[0]))


def _link(placement: Placement, spots: list[tuple[float, float] | None], text: str) -> Markup | None:
    known = [spot for spot in spots if spot is not None]
    if len(known) < 2:
        return None
    (x0, y0), (x1, y1) = known
    line = element("path", class_="m-link", d=f"M{number(x0)},{number(y0)}L{number(x1)},{number(y1)}")
    placement.avoid([Box(x - 9, y - 9, x + 9, y + 9) for x, y in known])
    return join(line, label(placement, (x0 + x1) / 2, (y0 + y1) / 2, text, "m-link-text"))


def _craft(placement: Placement, one: _Seen, spot: tuple[float, float], t_s: float) -> Markup:
    altitude = float(np.interp(t_s, one.path.t_s, one.path.altitude_m))
    text = one.name + (f", {altitude / FT:,.0f} ft" if math.isfinite(altitude) else "")
    box = placement.place(*spot, text_width(text), 14.0, clearance=11.0)
    symbol = aircraft_symbol(*spot, _heading_deg(one.path, t_s), f"m-craft {one.tone}")
    return join(symbol, element("text", text, class_=f"m-label {one.tone}", x=box.x0 + 1, y=box.y1 - 3))


def _heading_deg(path: FlownPath, t_s: float) -> float:
    """Return the direction of motion at an instant, NaN where the aircraft does not move."""
    k = min(max(int(np.searchsorted(path.t_s, t_s)), 1), len(path.t_s) - 1)
    if len(path.t_s) < 2:
        return math.nan
    north = float(path.lat_deg[k] - path.lat_deg[k - 1])
    east = float(unwrapped(path.lon_deg[k : k + 1], float(path.lon_deg[k - 1]))[0] - path.lon_deg[k - 1])
    east *= math.cos(math.radians(float(path.lat_deg[k])))
    return math.nan if math.hypot(north, east) < 1e-9 else math.degrees(math.atan2(east, north))


def _limit_ring(
    view: View,
    provisions: Mapping[str, ProvisionSummary],
    report: EncounterReport,
    name: str,
    spot: tuple[float, float] | None,
    placement: Placement,
) -> Markup | None:
    """Draw the rule's horizontal distance about the first aircraft."""
    limits = [found for found in limits_of(report, provisions) if found[1].signal == "horizontal"]
    if spot is None or not limits:
        return None
    tone, limit = max(limits, key=lambda found: found[1].value_m)
    text, (x, y), radius = f"{limit.label} about {name}", spot, limit.value_m / view.m_per_px
    if radius < _SMALL_RING_PX:
        words: Markup | None = label(placement, x, y, text, f"c-level-text {tone}", 11.5)
    else:
        words = _label_on_ring(placement, view, x, (y - radius + 14, y + radius - 6), text, tone)
    return join(ring(view, x, y, limit.value_m, f"m-ring {tone}"), words)


def _label_on_ring(
    placement: Placement, view: View, x: float, ends: tuple[float, float], text: str, tone: str
) -> Markup | None:
    """Name a ring inside its upper or lower end, whichever is in the frame and freer."""
    shown = [end for end in ends if 30.0 < end < view.height - 45.0]
    if not shown:
        return None
    half = text_width(text, 11.5) / 2
    at = shown[placement.choose([Box(x - half, end - 11, x + half, end + 3) for end in shown])]
    return element("text", text, class_=f"c-level-text {tone}", x=x, y=at, text_anchor="middle")
