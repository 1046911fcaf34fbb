"""The page: nothing from elsewhere, and colours that can be read."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from skyaccord.draw.page import draw_page
from skyaccord.draw.svg import element

CSS = files("skyaccord.draw").joinpath("page.css").read_text("utf-8")


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+|\.p[0-5u] \{ --b): ?(#[0-9a-f]{6})", css))


LIGHT, DARK = (
    colours("".join(blocks))
    for blocks in (
        re.split(r"@media \(prefers-color-scheme: dark\) \{.*?\n\}\n", CSS, flags=re.DOTALL),
        re.findall(r"@media \(prefers-color-scheme: dark\) \{.*?\n\}\n", CSS, flags=re.DOTALL),
    )
)


def luminance(colour: str) -> float:
    """Return relative luminance (WCAG 2.2)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    ("--ink", "--paper"), ("--ink", "--ground"), ("--soft", "--paper"), ("--soft", "--ground"), ("--link", "--paper"),
    ("--alarm", "--paper"), ("--on-alarm", "--alarm"), ("--warn-ink", "--paper"), ("--on-warn", "--warn"),
    ("--open", "--paper"), ("--open", "--open-soft"), ("--kept", "--paper"), ("--kept", "--kept-soft"),
    ("--ink", "--warn-soft"), ("--soft", "--land"), ("--soft", "--sea"), ("--paper", "--open"), ("--paper", "--kept"),
    *[(f".p{k} {{ --b", "--land") for k in "012345u"],
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    shown = LIGHT if scheme == "light" else DARK
    assert contrast(shown[text], shown[ground]) >= 4.5


def test_a_page_forbids_the_browser_to_fetch_anything() -> None:
    page = draw_page("a < b", element("p", "x"))
    assert "default-src &#x27;none&#x27;" in page
    assert "<title>a &lt; b</title>" in page
    assert not re.search(r"url\(\s*['\"]?https?:|@import|<link|src=", page)
