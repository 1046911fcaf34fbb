"""A recording as one page of pictures: where it is, how high, when, and what is wrong with it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

import numpy as np

from skyaccord.batch.inspection.facts import Inspection, owners
from skyaccord.batch.inspection.findings import findings
from skyaccord.batch.report.words import count, span
from skyaccord.draw.basemap import Atlas
from skyaccord.draw.chart import draw_time_chart
from skyaccord.draw.map import draw_map
from skyaccord.draw.map_layers import dots, line_path, track_pixels
from skyaccord.draw.page import draw_page
from skyaccord.draw.panel import Panel, Series
from skyaccord.draw.projection import fit_view
from skyaccord.draw.strip import draw_strip
from skyaccord.draw.svg import Markup, element, join
from skyaccord.model.tracks import Floats, Tracks, takes_part
from skyaccord.units import FT

PROFILES: Final = 60
"""Aircraft whose altitude is drawn: those with most reports."""

_WIDTH, _HEIGHT = 1000.0, 620.0
_PAUSE_S: Final = 30.0
_FEW: Final = 40
_STYLE: Final = """
main { max-width: 1100px; margin: 0 auto; padding: 1rem; }
figure { margin: 0 0 1.5rem; } figcaption { color: var(--soft); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
"""


def render_page(inspection: Inspection) -> str:
    """Return one HTML document that needs nothing from elsewhere."""
    facts = inspection.facts
    wrong = findings(inspection)
    names = [file.name for file in inspection.reading.files]
    name = PurePath(names[0]).name if len(names) == 1 else count(len(names), "file")
    body = element(
        "main",
        element("h1", name),
        element(
            "p",
            f"{count(facts.rows, 'row')} of {count(facts.aircraft, 'aircraft', 'aircraft')}, at most "
            f"{facts.most_at_once:,} at once; {span(facts.begin_s, facts.end_s)}.",
        ),
        element("h2", "What is wrong with it"),
        element("ul", [element("li", text) for text in wrong]) if wrong else element("p", "Nothing was found."),
        element("h2", "Where"),
        _map(inspection.quality.tracks),
        element("h2", "How high"),
        _profiles(inspection.quality.tracks),
        element("h2", "When"),
        _activity(inspection),
        element("h2", "Files"),
        element("div", _files(inspection), class_="scroll"),
    )
    return draw_page(f"{name}: inspection", body, style=_STYLE)


def _shown(tracks: Tracks) -> np.typing.NDArray[np.bool_]:
    """Return the rows that are drawn: those not left out by their marks, or all where nothing else is left."""
    usable = takes_part(tracks.marks)
    return usable if usable.any() else np.ones(len(tracks), bool)


def _map(tracks: Tracks) -> Markup:
    shown = _shown(tracks)
    view = fit_view(tracks.lat_deg[shown], tracks.lon_deg[shown], _WIDTH, _HEIGHT, least_m=10_000.0)
    weight = "m-some" if len(tracks.aircraft) <= _FEW else "m-thin"
    layers = []
    for k in range(len(tracks.aircraft)):
        _, lat, lon = _line(tracks, k, shown, tracks.lat_deg, tracks.lon_deg)
        layers.append(line_path(view, track_pixels(view, lat, lon), f"{weight} p0", pixel=1.0))
    lonely = _alone(tracks, shown)
    layers.append(dots(view, track_pixels(view, tracks.lat_deg[lonely], tracks.lon_deg[lonely]), "c-dots pu"))
    svg = draw_map(
        view,
        Atlas(),
        join(layers),
        title="Map of all tracks",
        description=f"{len(tracks.aircraft):,} aircraft; a line breaks where nothing was received for 30 s.",
        key="where",
    )
    hidden = int(np.count_nonzero(~shown))
    caption = f"{count(hidden, 'row')} left out by their marks are not drawn." if hidden else "All rows are drawn."
    return element("figure", svg, element("figcaption", caption))


def _line(tracks: Tracks, aircraft: int, shown: np.typing.NDArray[np.bool_], *values: Floats) -> tuple[Floats, ...]:
    """Return an aircraft's times and values without the rows that are not shown, and with NaN in each pause."""
    rows = tracks.rows(aircraft)
    kept = shown[rows]
    t_s = tracks.t_s[rows][kept]
    pauses = np.flatnonzero(np.diff(t_s) > _PAUSE_S) + 1
    times = np.insert(t_s, pauses, t_s[pauses])
    return (times, *(np.insert(each[rows][kept], pauses, np.nan) for each in values))


def _alone(tracks: Tracks, shown: np.typing.NDArray[np.bool_]) -> np.typing.NDArray[np.bool_]:
    """Return the rows that no line reaches: none near in time before and after."""
    step = np.diff(tracks.t_s)
    joined = (step <= _PAUSE_S) & (np.diff(owners(tracks)) == 0)
    alone: np.typing.NDArray[np.bool_] = shown & ~np.append(False, joined) & ~np.append(joined, False)
    return alone


def _profiles(tracks: Tracks) -> Markup:
    """Draw each altitude in a panel of its own: they are never compared."""
    busiest = np.argsort(-np.diff(tracks.start), kind="stable")[:PROFILES]
    shown = _shown(tracks)
    panels = []
    for title, values in (
        ("Pressure altitude, ft", tracks.altitude_m),
        ("Height above the ellipsoid, ft", tracks.geoaltitude_m),
    ):
        series = tuple(
            Series(t_s, value / FT, f"p{k % 6}")
            for k in busiest.tolist()
            for t_s, value in (_line(tracks, k, shown, values),)
        )
        if np.isfinite(values).any():
            panels.append(Panel(title, series))
    panels = panels or [Panel("Altitude", (), empty="no row states one")]
    svg = draw_time_chart(
        tuple(panels),
        float(tracks.t_s.min()),
        float(tracks.t_s.max()),
        title="Altitude along time",
        description="A panel for each datum that rows state: they are never compared.",
        key="high",
        width=_WIDTH,
        panel_height=200.0,
    )
    rest = len(tracks.aircraft) - len(busiest)
    caption = element("figcaption", f"The {len(busiest)} with most reports; {rest:,} are not drawn.") if rest else None
    return element("figure", svg, caption)


def _activity(inspection: Inspection) -> Markup:
    facts = inspection.facts
    svg = draw_strip(
        (),
        facts.activity.edges_s,
        facts.activity.aircraft.astype(float),
        facts.begin_s,
        facts.end_s,
        counts_title="Aircraft seen",
        title="Aircraft along time",
        description="How many aircraft were seen in each interval.",
        key="when",
        width=_WIDTH,
    )
    return element("figure", svg)


def _files(inspection: Inspection) -> Markup:
    head = element("tr", [element("th", name, scope="col") for name in ("File", "What it is", "Rows", "Bad", "Notes")])
    rows = [
        element(
            "tr",
            element("th", file.name, scope="row"),
            element("td", file.format),
            element("td", f"{file.rows:,}"),
            element("td", f"{file.bad_rows:,}"),
            element("td", "; ".join((*file.complaints, *file.notes))),
        )
        for file in inspection.reading.files
    ]
    return element("table", element("thead", head), element("tbody", rows))
