"""Memoranda that the tests of the card change, and the card of one as the text that its PDF holds."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from skyaccord.batch.card.content import card_of
from skyaccord.batch.card.language import Language, Languages
from skyaccord.batch.card.typeset import typeset
from skyaccord.memorandum import Memorandum, read_memorandum

EN_RU: Languages = (Language.EN, Language.RU)
RU_EN: Languages = (Language.RU, Language.EN)

HEAD = """\
[memorandum]
title   = "Safety of flight, northern sector"
parties = ["blue", "green"]
area    = { polygon = [[10, 50], [12, 50], [11, 52]], floor = "1500 ft", ceiling = "45000 ft", datum = "pressure" }
valid   = { from = 2026-12-01T06:30:00Z, until = 2027-12-01T00:00:00Z }

[party.blue]
name = "Blue air rescue"

[communications]
frequencies = ["118.275 MHz", "243.000 MHz"]
hotline     = { check_every = "12 h", acknowledge = { emergency = "60 s", flash = "150 s", routine = "6 h" } }
"""


def provision(id: str, rule: str = "", text: str = "They fly with care.", confidence: str = "confirmed") -> str:  # noqa: A002
    """Return the TOML of a provision with lines of its rule."""
    return (
        f'\n[[provision]]\nid = "{id}"\ntext = "{text}"\nmodality = "shall"\nevidence = ["tracks"]\n{rule}\n'
        f'source = {{ text = "Talks", confidence = "{confidence}" }}\n'
    )


def memorandum(*provisions: str) -> Memorandum:
    """Return the memorandum of some provisions."""
    return read_memorandum(HEAD + "".join(provisions), "test")


def pdf_of(document: Memorandum, languages: Languages = EN_RU) -> PdfReader:
    """Return the card of a memorandum as another program reads it."""
    return PdfReader(BytesIO(typeset(card_of(document), languages).pdf))


def text_of(document: Memorandum, languages: Languages = EN_RU) -> str:
    """Return the text of a card, words parted by single spaces."""
    (page,) = pdf_of(document, languages).pages
    return " ".join(page.extract_text().split())


def squeezed(text: str) -> str:
    """Return a text without spaces and capitals, so that a line's end or a heading's type makes no difference."""
    return "".join(text.replace("\u200b", "").split()).casefold()
