"""QR codes as pictures. segno is loaded when a code is drawn, not before."""

from __future__ import annotations

import io
from collections.abc import Iterable


def draw_svg(texts: Iterable[str]) -> tuple[str, ...]:
    """Return an SVG picture of each text by `write_codes`, error correction M (15 % of a code may be unreadable)."""
    return tuple(_svg(text) for text in texts)


def draw_png(texts: Iterable[str], pixels_a_module: int = 4) -> tuple[bytes, ...]:
    """Return a PNG picture of each text, with the quiet zone of four modules that readers need."""
    import segno

    pictures = []
    for text in texts:
        picture = io.BytesIO()
        segno.make(text, error="m", micro=False).save(picture, kind="png", scale=pixels_a_module)
        pictures.append(picture.getvalue())
    return tuple(pictures)


def _svg(text: str) -> str:
    import segno

    picture: str = segno.make(text, error="m", micro=False).svg_inline(scale=4)
    return picture
