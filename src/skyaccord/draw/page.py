"""A page in one file: styles and scripts inline, and a policy that forbids the browser to fetch anything at all."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from skyaccord.draw.svg import Markup, element, join, raw

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def draw_page(title: str, body: Markup, *, style: str = "", script: str = "") -> str:
    """Return a whole HTML document that needs nothing from elsewhere.

    ``style`` follows the package's own styles of page, chart and map; ``script`` stands at the end of the body.
    Both are text of the package, never data.
    """
    own = files("skyaccord.draw").joinpath("page.css").read_text("utf-8")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name_="color-scheme", content="light dark"),
        element("title", title),
        element("style", raw(own + style)),
    )
    run = element("script", raw(script)) if script else None
    return "<!doctype html>\n" + element("html", head, element("body", join(body, run)), lang="en") + "\n"
