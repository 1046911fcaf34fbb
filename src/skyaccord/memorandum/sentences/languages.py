"""The languages that a formula can be said in: the one table that a new language is added to."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from skyaccord.memorandum.sentences.english import ENGLISH
from skyaccord.memorandum.sentences.russian import RUSSIAN

LANGUAGES: Final = MappingProxyType({language.code: language for language in (ENGLISH, RUSSIAN)})
