"""An evaluation of drafts as one page: the drafts side by side, curves over a parameter, and for whom two differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from skyaccord.batch.drafts.evaluate import OUTCOMES, Change, Curve, Outlook, steps
from skyaccord.batch.drafts.impact import Impact
from skyaccord.batch.report.words import count, span
from skyaccord.draw.grid import draw_grid
from skyaccord.draw.page import draw_page
from skyaccord.draw.panel import Panel, Series, Spot
from skyaccord.draw.svg import Markup, element, join
from skyaccord.draw.value_chart import draw_value_chart
from skyaccord.memorandum.quantity_text import format_quantity
from skyaccord.units import Quantity

MOST_ROWS: Final = 200
"""Aircraft in the table of differences; the page says how many are not in it."""

_STYLE: Final = """
main { max-width: 1000px; margin: 0 auto; padding: 1rem; }
figure { margin: 0 0 1.5rem; overflow-x: auto; } figure svg { min-width: 36rem; }
figcaption, .note { color: var(--soft); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; }
th, td { text-align: right; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; } thead th { vertical-align: bottom; }
"""
_PANELS: Final = (
    (
        "Encounters",
        (("lost", "rule lost", "p1"), ("breach", "of these breached", "p3"), ("undetermined", "undetermined", "pu")),
    ),
    ("Hours for which the rule was lost", (("lost_h", "", "p1"),)),
    ("Aircraft to which it was lost", (("aircraft", "", "p0"),)),
)


def render_page(
    outlooks: Sequence[Outlook], drawn: Sequence[Curve], pair: tuple[int, int], differing: Sequence[Change]
) -> str:
    """Return one HTML document that needs nothing from elsewhere."""
    review = outlooks[0].review
    body = element(
        "main",
        element("h1", "What would it have meant?"),
        element(
            "p",
            f"{count(len(outlooks), 'draft')} against {count(review.tally.rows, 'row')} of "
            f"{count(len(review.findings.aircraft), 'aircraft', 'aircraft')}; "
            f"{span(review.tally.first_s, review.tally.last_s)}.",
        ),
        element(
            "p",
            "Recorded traffic did not know these rules: it shows what they would have asked of it, no more.",
            class_="note",
        ),
        element("h2", "Drafts"),
        _drafts(outlooks),
        element("p", _NOTE, class_="note"),
        [_curve(curve, k) for k, curve in enumerate(drawn)],
        _differences(outlooks, pair, differing) if len(outlooks) > 1 else None,
    )
    return draw_page("What would it have meant?", body, style=_STYLE)


_NOTE: Final = (
    "Lost: the rule was certainly not kept throughout; a breach where it was not restored in time, else infringed. "
    "Undetermined: within the error of measurement, or not seen. Hours: for how long it was lost, together. Of several "
    "provisions the gravest verdict on each encounter counts."
)


def _drafts(outlooks: Sequence[Outlook]) -> Markup:
    names = ("Draft", "Breaches", "Infringed", "Undetermined", "Hours lost", "Aircraft", "Aircraft in doubt")
    return draw_grid(names, [(each.draft.name, *_cells(each.impact)) for each in outlooks])


def _cells(impact: Impact) -> tuple[str, ...]:
    hours = f"{impact.lost_s / 3600.0:,.2f}"
    counts = (impact.breach, impact.infringed, impact.undetermined)
    return (*(f"{n:,}" for n in counts), hours, f"{impact.aircraft:,}", f"{impact.aircraft_in_doubt:,}")


def _curve(curve: Curve, number: int) -> Markup:
    values = curve.variation.values
    unit = values[0].unit
    x = np.array([value.si / Quantity(1.0, unit).si for value in values])
    order = np.argsort(x)
    panels = []
    for title, lines in _PANELS:
        series = tuple(
            Series(x[order], np.array(curve.measures[name])[order], tone, label, np.ones(len(x), bool))
            for name, label, tone in lines
        )
        spots = tuple(
            Spot(
                float(x[knee.index]),
                curve.measures[name][knee.index],
                f"knee at {format_quantity(values[knee.index])}",
                tone,
            )
            for name, _, tone in lines
            if (knee := curve.knees.get(name))
        )
        panels.append(Panel(title, series, spots=spots, low=0.0))
    name = f"{curve.variation.provision}: {curve.variation.parameter}"
    svg = draw_value_chart(
        tuple(panels),
        float(x.min()),
        float(x.max()),
        axis=f"{curve.variation.parameter}, {unit}",
        title=f"{name} under {len(x)} values",
        description="Encounters, hours and aircraft over the parameter; a knee is marked where there is one.",
        key=f"curve{number}",
        width=760.0,
    )
    return join(
        element("h2", f"{name}{f' ({curve.of})' if curve.of else ''}"),
        element("figure", svg, element("figcaption", _caption(curve))),
    )


def _caption(curve: Curve) -> str:
    if not curve.knees:
        return "No knee: the curve goes back and forth, or bends no more than chance could bend it."
    return (
        "Knee: the value farthest from the straight line between both ends of the curve (Satopää and others 2011), "
        "marked where it is farther than two square roots of the count."
    )


def _differences(outlooks: Sequence[Outlook], pair: tuple[int, int], differing: Sequence[Change]) -> Markup:
    one, other = (outlooks[k].draft.name for k in pair)
    head = element("h2", f"Whom it makes a difference to: {one} against {other}")
    if not differing:
        return join(head, element("p", "No aircraft: both say the same of each."))
    names = ("Aircraft", "Callsign", "Party", *(name.capitalize() for name in OUTCOMES))
    rows = [
        (each.aircraft.id, each.aircraft.callsign, each.aircraft.party, *steps(each)) for each in differing[:MOST_ROWS]
    ]
    rest = len(differing) - len(rows)
    note = element("p", f"{count(rest, 'more aircraft', 'more aircraft')} not shown.", class_="note") if rest else None
    return join(
        head,
        element("p", f"{count(len(differing), 'aircraft', 'aircraft')}."),
        draw_grid(names, rows),
        note,
    )
