"""Tables of text for pages: one head, rows with a head of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skyaccord.draw.svg import Markup, element


def draw_grid(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """Return an HTML table, in a box that scrolls where it is too wide; the first cell of each row is its head."""
    head = element("tr", [element("th", name, scope="col") for name in names])
    body = [element("tr", element("th", row[0], scope="row"), [element("td", c) for c in row[1:]]) for row in rows]
    return element("div", element("table", element("thead", head), element("tbody", body)), class_="scroll")
