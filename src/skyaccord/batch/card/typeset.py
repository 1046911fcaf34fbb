"""A card to a PDF: the one place that calls typst.

What comes from a memorandum reaches the template as JSON and stays a value there: it is shown, never read as markup or
code. The template reads no file and no package; its root and its package folders are an empty folder all the same.

Only the fonts inside typst are used (Libertinus Serif and DejaVu Sans Mono, both with Cyrillic), so that a card looks
the same everywhere, and there is no date in the PDF, so that the same memorandum gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from skyaccord.batch.card.content import Card, Distance, Words, shorten
from skyaccord.batch.card.language import Both, Language, Languages
from skyaccord.batch.card.standing import read_table, read_text
from skyaccord.errors import MemorandumError
from skyaccord.model.canonical_json import Json

TEMPLATE: Final = ("main.typ", "parts.typ", "agreement.typ", "interception.typ", "sketches.typ")
"""The template's files, the first of which is the page."""

STANDING: Final = ("words", "phrases", "signals", "interception")
"""Data that is on every card."""


MOST_DISTANCES: Final = 12
MOST_WORDS: Final = 48
"""More than ever fit: what a memorandum of thousands of provisions sends to the template."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A card as a PDF of one page, and what did not fit on it."""

    pdf: bytes
    left_out: tuple[str, ...]  # ids of provisions


def typeset(card: Card, languages: Languages = (Language.EN, Language.RU)) -> Typeset:
    """Return the PDF of a card. Provisions that do not fit are left out, which the card says.

    Args:
        card: what stands on it.
        languages: both languages, the one to read first in front.

    Raises:
        MemorandumError: not even title, parties and contacts fit.
    """
    data = card_data(card, languages)
    shown = json.loads(_run("eval", data, expression="query(<shown>).first().value"))
    if not shown["fits"]:
        cure = "Shorten its title and the names of its parties"
        raise MemorandumError(shorten(card.title, 40), "not even its head fits on a card", cure)
    provisions: tuple[Distance | Words, ...] = (
        *card.distances[shown["distances"] :],
        *card.words[shown["words"] :],
    )
    return Typeset(_run("compile", data, format="pdf"), tuple(each.id for each in provisions))


def card_data(card: Card, languages: Languages) -> dict[str, Json]:
    """Return all that the template shows, texts in both languages as pairs in their order."""
    standing = {name: _plain(read_table(name), languages) for name in STANDING}
    first = replace(card, distances=card.distances[:MOST_DISTANCES], words=card.words[:MOST_WORDS])
    return {
        "languages": list(languages),
        "content": _plain(first, languages),
        "distances": len(card.distances),
        "provisions": len(card.distances) + len(card.words),
        **standing,
    }


def _run(what: str, data: dict[str, Json], **options: Any) -> Any:
    import typst

    sources: Any = {name: read_text(name).encode() for name in TEMPLATE}
    with TemporaryDirectory() as empty:
        return getattr(typst, what)(
            sources,
            font_paths=typst.Fonts(include_system_fonts=False),
            sys_inputs={"card": json.dumps(data)},
            root=Path(empty),
            package_path=Path(empty),
            package_cache_path=Path(empty),
            **options,
        )


def _plain(value: Any, languages: Languages) -> Any:
    """Return JSON values: `Both` as a pair, dataclasses as objects."""
    if isinstance(value, Both):
        return value.ordered(languages)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), languages) for field in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(each, languages) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each, languages) for each in value]
    return value
