"""What stands on every card, whatever the memorandum: fixed words, phrases, visual signals, transponder codes.

All of it is data of the package (``data/card/*.toml``), each file with its source and in both languages.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from skyaccord.batch.card.language import Both
from skyaccord.model.canonical_json import Json

FOLDER = files("skyaccord.data") / "card"


def read_text(name: str) -> str:
    """Return a file of the card's data as text."""
    return (FOLDER / name).read_text(encoding="utf-8")


def read_table(name: str) -> dict[str, Any]:
    """Return a TOML file of the card's data; a table with exactly ``en`` and ``ru`` becomes `Both`."""
    table: dict[str, Any] = _in_both(tomllib.loads(read_text(f"{name}.toml")))
    return table


def _in_both(value: Json) -> Any:
    if isinstance(value, list):
        return [_in_both(each) for each in value]
    if isinstance(value, dict):
        if value.keys() == {"en", "ru"}:
            return Both(**value)
        return {key: _in_both(each) for key, each in value.items()}
    return value
