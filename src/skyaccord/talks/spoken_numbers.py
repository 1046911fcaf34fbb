"""Numbers with units as they stand in words: "three nautical miles", "3 NM", «трёх морских миль»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from skyaccord.units import Quantity

EN: Final = "en"
RU: Final = "ru"

_TEENS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH: Final = {word: k for k, word in enumerate(_TEENS)} | {word: 10 * k for k, word in enumerate(_TENS, 2)}
_RUSSIAN: Final = (
    (r"ноль|нуля", 0), (r"од(?:ин|на|ну|но|ной|ного)", 1), (r"дв(?:а|е|ух|умя)", 2), (r"тр(?:и|ех|емя)", 3),
    (r"четыр(?:е|ех|ьмя)", 4), (r"пят(?:ь|и|ью)", 5), (r"шест(?:ь|и|ью)", 6), (r"сем(?:ь|и|ью)", 7),
    (r"вос(?:емь|ьми|емью)", 8), (r"девят(?:ь|и|ью)", 9), (r"десят(?:ь|и|ью)", 10), (r"одиннадцат(?:ь|и|ью)", 11),
    (r"двенадцат(?:ь|и|ью)", 12), (r"тринадцат(?:ь|и|ью)", 13), (r"четырнадцат(?:ь|и|ью)", 14),
    (r"пятнадцат(?:ь|и|ью)", 15), (r"шестнадцат(?:ь|и|ью)", 16), (r"семнадцат(?:ь|и|ью)", 17),
    (r"восемнадцат(?:ь|и|ью)", 18), (r"девятнадцат(?:ь|и|ью)", 19), (r"двадцат(?:ь|и|ью)", 20),
    (r"тридцат(?:ь|и|ью)", 30), (r"сорок(?:а)?", 40), (r"пят(?:ьдесят|идесяти)", 50), (r"шест(?:ьдесят|идесяти)", 60),
    (r"сем(?:ьдесят|идесяти)", 70), (r"вос(?:емьдесят|ьмидесяти)", 80), (r"девяност(?:о|а)", 90),
    (r"ст(?:о|а)", 100),
    (r"двести|двухсот", 200), (r"триста|трехсот", 300), (r"четыреста|четырехсот", 400), (r"пят(?:ьсот|исот)", 500),
    (r"шест(?:ьсот|исот)", 600), (r"сем(?:ьсот|исот)", 700), (r"вос(?:емьсот|ьмисот)", 800),
    (r"девят(?:ьсот|исот)", 900),
)  # fmt: skip
_THOUSAND: Final = {EN: r"thousand", RU: r"тысяч(?:а|и|у|ами|ей)?"}

_UNITS: Final = MappingProxyType(
    {
        EN: (
            (r"nautical miles?|NM", ("NM",)), (r"statute miles?|mi", ("mi",)), (r"miles?", ("NM", "mi")),
            (r"kilomet(?:re|er)s?|km", ("km",)), (r"met(?:re|er)s?|m", ("m",)), (r"feet|foot|ft", ("ft",)),
            (r"minutes?|min", ("min",)), (r"seconds?|s", ("s",)), (r"hours?|h", ("h",)), (r"knots?|kt", ("kt",)),
        ),
        RU: (
            (r"морск(?:ая|ие|их|ой|ую|ими) мил(?:я|и|ь|ю|ями)|м\. мил(?:я|и|ь)|NM", ("NM",)),
            (r"сухопутн\w+ мил(?:я|и|ь|ю|ями)|mi", ("mi",)), (r"мил(?:я|и|ь|ю|ями)", ("NM", "mi")),
            (r"километр\w*|км", ("km",)), (r"метр\w*|м", ("m",)), (r"фут\w*", ("ft",)),
            (r"минут\w*|мин", ("min",)), (r"секунд\w*|с", ("s",)), (r"час\w*|ч", ("h",)),
            (r"уз(?:ел|л\w+)|уз", ("kt",)),
        ),
    }
)  # fmt: skip
"""Units by language. A mile that says not which may be either: both are carried."""

_WORD: Final = re.compile(r"[0-9]+(?:[.,\u00a0\u202f][0-9]+)*|\w+|\S")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number with its unit as it stands in a text."""

    text: str
    quantities: tuple[Quantity, ...]  # one, or several where the unit may be read in several ways

    def may_be(self, other: Spoken) -> bool:
        """Return whether both may mean the same."""
        mine, theirs = ({round(q.si, 6) for q in each.quantities} for each in (self, other))
        return bool(mine & theirs)


def spoken_numbers(text: str, language: str) -> tuple[Spoken, ...]:
    """Return the numbers of a text that have a unit, in their order; counts without a unit are none.

    Args:
        text: words of a provision.
        language: ``en`` or ``ru``.
    """
    return tuple(_numbers(text, language))


def _numbers(text: str, language: str) -> Iterator[Spoken]:
    said = text.replace("ё", "е").replace("Ё", "Е")
    words = list(_WORD.finditer(said))
    k = 0
    while k < len(words):
        value, after = _number_at(words, k, language)
        if value is None:
            k += 1
            continue
        if after + 1 < len(words) and words[after][0] == "-":  # a three-minute limit
            after += 1
        unit = _unit_at(said, words[after].start(), language) if after < len(words) else None
        if unit is not None:
            end, units = unit
            quantities = tuple(Quantity(value, each) for each in units)
            yield Spoken(text[words[k].start() : end], quantities)
        k = after


def _number_at(words: list[re.Match[str]], k: int, language: str) -> tuple[float | None, int]:
    """Return the number that begins at a word, and the word after it."""
    if words[k][0][0].isdigit():
        return _digits(words[k][0], language), k + 1
    total, part, begin = 0.0, 0.0, k
    while k < len(words):
        word = words[k][0].lower()
        value = _value_of(word, language)
        if value is not None:
            part += value
        elif k > begin and language == EN and word == "hundred":
            part *= 100.0
        elif re.fullmatch(_THOUSAND[language], word) and (k > begin or language == RU):
            total, part = total + 1000.0 * (part or 1.0), 0.0
        elif k == begin or not _joins(words, k, language):
            break
        k += 1
    return (total + part, k) if k > begin else (None, k)


def _joins(words: list[re.Match[str]], k: int, language: str) -> bool:
    """Return whether a word stands between two parts of one number: a hyphen, or the *and* after hundred."""
    goes_on = k + 1 < len(words) and _value_of(words[k + 1][0].lower(), language) is not None
    is_and = language == EN and words[k][0].lower() == "and" and words[k - 1][0].lower() in ("hundred", "thousand")
    is_hyphen = words[k][0] == "-" and words[k - 1][0].lower() in _TENS
    return goes_on and (is_and or is_hyphen)


def _value_of(word: str, language: str) -> float | None:
    if language == EN:
        return _ENGLISH.get(word)
    return next((value for pattern, value in _RUSSIAN if re.fullmatch(pattern, word)), None)


def _digits(text: str, language: str) -> float:
    """Return written digits: English parts thousands with a comma, Russian with a blank, and has a decimal comma."""
    bare = re.sub("[\u00a0\u202f]", "", text)
    return float(bare.replace(",", "") if language == EN else bare.replace(",", "."))


def _unit_at(text: str, at: int, language: str) -> tuple[int, tuple[str, ...]] | None:
    for pattern, units in _UNITS[language]:
        match = re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE if len(units[0]) > 2 else 0).match(text, at)
        match = match or re.compile(rf"(?:{pattern})(?!\w)").match(text, at)
        if match:
            return match.end(), units
    return None
