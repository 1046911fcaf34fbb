"""The two languages of the card, and text that is there in both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from skyaccord.errors import SkyaccordError


class Language(StrEnum):
    """A language of the card, by its ISO 639-1 code."""

    EN = "en"
    RU = "ru"


Languages: TypeAlias = tuple[Language, Language]
"""Both languages, the one that is to be read first in front."""


@dataclass(frozen=True, slots=True)
class Both:
    """One text in both languages."""

    en: str
    ru: str

    def ordered(self, languages: Languages) -> tuple[str, str]:
        """Return both texts, that of the first language in front."""
        return (self.en, self.ru) if languages[0] is Language.EN else (self.ru, self.en)


def parse_languages(text: str) -> Languages:
    """Read ``en,ru`` or ``ru,en``.

    Raises:
        SkyaccordError: anything else; the card always has both languages.
    """
    parts = [part.strip() for part in text.split(",")]
    if sorted(parts) != sorted(Language):
        raise SkyaccordError(
            f"{text!r} are not the languages of a card: write en,ru or ru,en, the first to read in front"
        )
    return Language(parts[0]), Language(parts[1])
