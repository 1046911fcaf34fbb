"""Text: free words for people, names of a set form, and words of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from skyaccord.hotline.forms.form import refuse
from skyaccord.model.canonical_json import Json
from skyaccord.model.hidden_letters import find_hidden
from skyaccord.trust.members import DIGEST, DUTY, PARTY

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class FreeText:
    """Words for people in any language, in characters; nothing in them is hidden, so that they read as stored."""

    least: int
    most: int

    def read(self, value: Json, place: str) -> str:
        """Return the text."""
        expected = f"text of {self.least} to {self.most} characters"
        if not isinstance(value, str) or len(value) > self.most:
            refuse(place, value, expected)
        if len(value.strip()) < self.least:
            refuse(place, value, f"{expected}, not only blanks")
        hidden = find_hidden(value)
        if hidden is not None:
            refuse(place, value, f"text without the invisible character U+{ord(hidden):04X}")
        return value

    def write(self, value: str) -> Json:
        """Return the text."""
        return value


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text of a set form, in ASCII."""

    pattern: re.Pattern[str]
    expected: str

    def read(self, value: Json, place: str) -> str:
        """Return the text."""
        if not isinstance(value, str) or not self.pattern.fullmatch(value):
            refuse(place, value, self.expected)
        return value

    def write(self, value: str) -> Json:
        """Return the text."""
        return value


@dataclass(frozen=True, slots=True)
class Word(Generic[Choice]):
    """One word of a list."""

    words: type[Choice]

    def read(self, value: Json, place: str) -> Choice:
        """Return the member of the enumeration."""
        found = next((word for word in self.words if value == word.value), None)
        if found is None:
            refuse(place, value, f"one of {', '.join(self.words)}")
        return found

    def write(self, value: Choice) -> Json:
        """Return the word."""
        return value.value


DUTY_NAME: Final = Pattern(DUTY, 'a duty, not a person: "duty officer north", at most 64 ASCII characters')
PARTY_NAME: Final = Pattern(PARTY, "a party's name: at most 64 letters A to Z, digits, _ and -")
ENVELOPE_HASH: Final = Pattern(DIGEST, "sha256: and 64 hexadecimal digits in lower case")
LANGUAGE: Final = Pattern(re.compile(r"[a-z]{2,3}"), 'a language by its code of ISO 639, "en"')
AREA_NAME: Final = Pattern(PARTY, "the name of an area of the memorandum")
PROVISION: Final = Pattern(re.compile(r"[A-Za-z0-9_.-]{1,80}"), 'the id of a provision, "separation.threes"')
LABEL: Final = Pattern(
    re.compile(r"[A-Za-z0-9+][A-Za-z0-9 ./_+-]{0,31}"), "at most 32 ASCII letters, digits, spaces, + . / _ -"
)
SQUAWK: Final = Pattern(re.compile(r"[0-7]{4}"), "four digits from 0 to 7")
FREQUENCY: Final = Pattern(re.compile(r"[1-9][0-9]{0,5}(?:\.[0-9]{1,4})? (?:kHz|MHz)"), 'a frequency, "121.5 MHz"')
CHALLENGE: Final = Pattern(re.compile(r"[A-Z2-7]{4,16}"), "4 to 16 of the letters A to Z and digits 2 to 7")
