"""The words themselves: `data/hotline/words.toml`, one key for each kind, member and word of a list."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from skyaccord.errors import SkyaccordError

LANGUAGES: Final = ("en", "ru")


@cache
def wordbook() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the words by section, key and language."""
    return tomllib.loads((files("skyaccord.data") / "hotline" / "words.toml").read_text("utf-8"))


def word(section: str, key: str, language: str) -> str:
    """Return the words of a key; raise `SkyaccordError` for a language that is not there."""
    if language not in LANGUAGES:
        raise SkyaccordError(f"{language[:20]!r} is no language of messages: choose {' or '.join(LANGUAGES)}")
    return wordbook()[section][key][language]
