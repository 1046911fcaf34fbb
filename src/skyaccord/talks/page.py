"""A comparison of positions as one page: convergence, what is open, and each provision with brackets and numbers."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from skyaccord.draw.grid import draw_grid
from skyaccord.draw.page import draw_page
from skyaccord.draw.panel import Panel, Series
from skyaccord.draw.scale import number_text
from skyaccord.draw.svg import Markup, element, join
from skyaccord.draw.value_chart import draw_value_chart
from skyaccord.memorandum.quantity_text import format_quantity
from skyaccord.talks.comparison import Compared, Comparison, Redlined
from skyaccord.talks.languages import NAMES, SideBySide
from skyaccord.talks.numbers import Figure
from skyaccord.talks.redline import Stretch
from skyaccord.talks.state import words

_STYLE: Final = """
main { max-width: 1000px; margin: 0 auto; padding: 1rem; }
figure { margin: 0 0 1.5rem; overflow-x: auto; } figure svg { min-width: 36rem; }
figcaption, .note { color: var(--soft); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; }
th, td { text-align: left; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
article { padding: .2rem 1rem .8rem; margin: 0 0 1rem; }
.state { font-weight: 600; color: var(--soft); } .rule { font-family: ui-monospace, monospace; font-size: .9em; }
.bracket { background: var(--warn-soft); border-radius: 3px; padding: 0 .15em; }
del { color: var(--alarm); } ins { color: var(--kept); } .fault { color: var(--alarm); }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; } .sides p { margin: .3rem 0; }
"""
_BRACKET: Final = re.compile(r"(\[[^\[\]]*: [^\[\]]*\])")
_CAPTION: Final = (
    "Nearness of the texts: of words, twice the tokens in common over those of both; of numbers, 1 less their relative "
    "difference; the mean of the two, over all pairs of parties and all provisions on the table. 1 where all texts are "
    "the same, 0 where one is missing. It says how much text is apart, not how hard the rest is."
)


def render_page(comparison: Comparison) -> str:
    """Return one HTML document that needs nothing from elsewhere."""
    table = comparison.table
    body = element(
        "main",
        element("h1", table.talks),
        element("p", f"Between {' and '.join(table.parties)}, after round {table.round}. {_standing(comparison)}"),
        element("h2", "Convergence"),
        _chart(comparison),
        element("h2", "What is open, and who moves"),
        _open(comparison),
        element("h2", "The negotiating text"),
        [_provision(each) for each in comparison.provisions],
    )
    return draw_page(f"{table.talks}: comparison", body, style=_STYLE)


def _standing(comparison: Comparison) -> str:
    if comparison.table.is_all_agreed:
        return "Every provision is agreed."
    held = [each.clause.id for each in comparison.provisions if each.holds]
    rest = f" Provisionally agreed: {', '.join(held)}." if held else ""
    return f"Nothing is agreed until everything is.{rest}"


def _chart(comparison: Comparison) -> Markup:
    rounds, values = zip(*comparison.by_round(), strict=True)
    series = [Series(np.array(rounds, float), np.array(values), "p0", "", np.ones(len(rounds), bool))]
    panels = [Panel("All provisions", tuple(series), low=0.0, high=1.0)]
    lines = [_line(comparison, each.clause.id, f"p{k % 6}") for k, each in enumerate(comparison.provisions)]
    groups = (tuple(lines[k : k + 3]) for k in range(0, len(lines), 3))
    panels += [Panel("By provision", group, low=0.0, high=1.0) for group in groups]
    svg = draw_value_chart(
        tuple(panels),
        float(min(rounds)),
        float(max(rounds)),
        axis="round",
        title="Convergence by round",
        description="How near the texts of the parties are after each round, from 0 to 1.",
        key="convergence",
        width=860.0,
        panel_height=120.0,
        step=1.0,
    )
    return element("figure", svg, element("figcaption", _CAPTION))


def _line(comparison: Comparison, id: str, tone: str) -> Series:  # noqa: A002 - the vocabulary's word
    numbers, near = zip(*comparison.of_provision(id), strict=True)
    return Series(np.array(numbers, float), np.array(near), tone, id, np.ones(len(numbers), bool))


def _open(comparison: Comparison) -> Markup:
    head = ("Provision", "State", "Convergence", "Who moves", "To do")
    rows = [
        (
            each.clause.id,
            words(each.clause.state),
            f"{each.convergence:.2f}",
            ", ".join(each.open.movers) if each.open else "",
            each.open.task if each.open else "nothing",
        )
        for each in comparison.provisions
    ]
    return draw_grid(head, rows)


def _provision(each: Compared) -> Markup:
    clause = each.clause
    reasons = [
        element("li", element("b", f"{party}: "), standing.explanation)
        for party, standing in clause.standing.items()
        if standing.explanation
    ]
    return element(
        "article",
        element("h3", clause.id, " ", element("span", words(clause.state), class_="state")),
        element("p", _marked(each.text)),
        element("p", _marked(each.rule), class_="rule") if each.rule else None,
        _figures(clause.parties, each.figures) if each.figures else None,
        [_redline(redlined) for redlined in each.redlines],
        element("ul", reasons) if reasons else None,
        [_languages(pair) for pair in each.languages],
    )


def _marked(text: str) -> Markup:
    """Return a text with its brackets set off."""
    parts = _BRACKET.split(text)
    return join(*(element("span", part, class_="bracket") if k % 2 else part for k, part in enumerate(parts)))


def _figures(parties: tuple[str, ...], figures: tuple[Figure, ...]) -> Markup:
    rows = []
    for figure in figures:
        cells = [_written(figure, party) for party in parties]
        spread = "same" if figure.is_same else f"{number_text(figure.spread or 0.0)} {figure.unit} apart"
        rows.append((figure.name, *cells, spread if len(figure.written) == len(parties) else "missing"))
    return draw_grid(("Number", *parties, "In one unit"), rows)


def _written(figure: Figure, party: str) -> str:
    quantities = figure.written.get(party, ())
    texts = []
    for quantity, value in zip(quantities, figure.values(party), strict=True):
        other = f" ({number_text(round(value, 3))} {figure.unit})" if quantity.unit != figure.unit else ""
        texts.append(format_quantity(quantity) + other)
    return ", ".join(texts)


def _redline(redlined: Redlined) -> Markup:
    said = f"{redlined.party}, round {redlined.from_round} to {redlined.to_round}: "
    rule = element("span", element("br"), _stretches(redlined.rule), class_="rule") if redlined.rule else None
    return element("p", element("b", said), _stretches(redlined.text), rule)


def _stretches(found: tuple[Stretch, ...]) -> Markup:
    parts: list[Markup | str] = []
    for each in found:
        if each.is_same:
            parts.append(each.other)
            continue
        for name, text in (("del", each.one), ("ins", each.other)):
            parts += [element(name, text.strip()), " "] if text else []
    return join(*parts)


def _languages(pair: SideBySide) -> Markup:
    sides = [
        element("div", element("b", NAMES[language]), element("p", text), element("p", rule, class_="note"))
        for language, text, rule in zip(pair.languages, pair.texts, pair.rules, strict=True)
    ]
    verdict = (
        element("ul", [element("li", fault, class_="fault") for fault in pair.faults])
        if pair.faults
        else element("p", "Both carry the same numbers and the same rule.", class_="note")
    )
    return join(element("div", sides, class_="sides"), verdict)
