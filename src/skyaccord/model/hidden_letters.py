"""Letters that keep text from reading as it is stored: controls, separators, half letters, marks that turn it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TURNS_TEXT_AROUND: Final = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def find_hidden(text: str) -> str | None:
    """Return the first such letter of a text, ``None`` where it has none; line ends and tabs are no such letters."""
    return next((letter for letter in text if _is_hidden(letter)), None)


def _is_hidden(letter: str) -> bool:
    is_control = unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") and letter not in "\n\t"
    return is_control or _TURNS_TEXT_AROUND.match(letter) is not None
