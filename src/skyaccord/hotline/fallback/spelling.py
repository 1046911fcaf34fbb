"""The spelling alphabet: what is read aloud when a line of letters is read over a telephone.

Source: ICAO Annex 10, volume II, 5.2.1.3 (letters) and 5.2.1.4.3 (numbers, as they are pronounced).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from skyaccord.hotline.fallback.armour import BEGIN, END

_LETTERS: Final = (
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo "
    "Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
)
_DIGITS: Final = "zero wun too tree fower fife six seven ait niner"
_WRITTEN: Final = "zero one two three four five six seven eight nine"
_OTHERWISE: Final = MappingProxyType({"alpha": "A", "juliet": "J", "whisky": "W", "xray": "X"})

WORDS: Final = MappingProxyType(
    {word[0]: word for word in _LETTERS.split()} | {str(n): word for n, word in enumerate(_DIGITS.split())}
)
"""The word of each letter and digit."""

_HEARD: Final = (
    {word.lower(): letter for letter, word in WORDS.items()}
    | {word: str(n) for n, word in enumerate(_WRITTEN.split())}
    | dict(_OTHERWISE)
)
_FRAME: Final = MappingProxyType({BEGIN: "Begin message", END: "End message"})


def spell(text: str) -> str:
    """Return a text by `write_armour` in words, a line for each line, groups parted by commas."""
    return "\n".join(_FRAME.get(line, ", ".join(_spell(group) for group in line.split())) for line in text.split("\n"))


def unspell(text: str) -> str:
    """Return the lines that words stand for; a word that is none becomes ``?``, for which reading names the line."""
    heard = {words.lower(): line for line, words in _FRAME.items()}
    return "\n".join(heard.get(" ".join(line.lower().split()), _unspell(line)) for line in text.split("\n"))


def _spell(group: str) -> str:
    return " ".join(WORDS[letter] for letter in group)


def _unspell(line: str) -> str:
    groups = ("".join(_HEARD.get(word, "?") for word in group.lower().split()) for group in line.split(","))
    return " ".join(groups)
