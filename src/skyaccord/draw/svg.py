"""Elements of HTML and SVG as text. Whatever is not markup already is escaped, so no name can become an element."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

VOID: Final = frozenset({"br", "hr", "input", "meta", "link", "img", "wbr"})


class Markup(str):
    """Text that is markup; only `element`, `join` and `raw` make it."""

    __slots__ = ()


Child: TypeAlias = "str | int | Iterable[Child] | None"
Attribute: TypeAlias = "str | float | bool | None"


def raw(text: str) -> Markup:
    """Take text as markup: for style sheets, scripts and other text of the package itself, never for data."""
    return Markup(text)


def join(*children: Child) -> Markup:
    """Return children one after another; ``None`` gives nothing."""
    return Markup("".join(_text(child) for child in children))


def element(name: str, *children: Child, **attributes: Attribute) -> Markup:
    """Return an element.

    Attribute names lose a trailing ``_`` (``class_``) and write ``-`` for ``_`` (``stroke_width``). ``None`` and
    ``False`` leave an attribute out, ``True`` writes it bare. Numbers are written short.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(*children)}</{name}>")


def number(value: float) -> str:
    """Return a number with at most two decimals, without needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def path_data(points: npt.NDArray[np.float64], *, closed: bool = False) -> str:
    """Return the ``d`` of a polyline with one decimal, as relative steps: short, and no error adds up."""
    cells = np.round(np.asarray(points, float) * 10.0).astype(np.int64)
    if len(cells) == 0:
        return ""
    steps = np.diff(cells, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    text = f"M{_tenths(cells[0, 0])},{_tenths(cells[0, 1])}"
    if len(steps):
        text += "l" + " ".join(f"{_tenths(x)},{_tenths(y)}" for x, y in steps.tolist())
    return text + ("z" if closed else "")


def _tenths(value: int) -> str:
    whole, rest = divmod(abs(int(value)), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" if rest == 0 else f"{sign}{whole or ''}.{rest}"


def _text(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, str):
        return escape(_printable(child), quote=True)
    if isinstance(child, int):
        return str(child)
    return "".join(_text(part) for part in child)


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    text = value if isinstance(value, str) else number(value)
    return f' {name}="{escape(_printable(text), quote=True)}"'


def _printable(text: str) -> str:
    """Replace characters that XML cannot hold; a broken callsign must not break the page."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if (ord(c) < 32 and c not in "\t\n\r") or 0xD800 <= ord(c) <= 0xDFFF else c for c in text)
