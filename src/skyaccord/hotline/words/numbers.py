"""Numbers, quantities, places and instants in a language."""

from __future__ import annotations

from skyaccord.hotline.forms.numbers import Place
from skyaccord.hotline.words.wordbook import word
from skyaccord.memorandum.sentences.languages import LANGUAGES
from skyaccord.model.canonical_json import format_number
from skyaccord.model.instants import format_instant
from skyaccord.units import Quantity


def say_number(value: float, language: str) -> str:
    """Return a number with all its digits and the decimal mark of the language."""
    return format_number(value).replace(".", LANGUAGES[language].decimal)


def say_quantity(quantity: Quantity, language: str) -> str:
    """Return number and unit."""
    return f"{say_number(quantity.value, language)} {LANGUAGES[language].units[quantity.unit]}"


def say_place(place: Place, language: str) -> str:
    """Return latitude and longitude in degrees, ``50.6° N 11° E``: latitude first, as people say it."""
    lon, lat = place
    north = word("word", "south" if lat < 0 else "north", language)
    east = word("word", "west" if lon < 0 else "east", language)
    return f"{say_number(abs(lat), language)}° {north} {say_number(abs(lon), language)}° {east}"


def say_instant(t_s: float) -> str:
    """Return date and time in UTC, the same in each language, without milliseconds where there are none."""
    return format_instant(t_s).replace("T", " ").replace(".000Z", "Z")
