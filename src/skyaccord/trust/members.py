"""Reads the members of a signed statement one by one, each in the only form it may have; used by all decoders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from skyaccord.errors import MemberError, SkyaccordError
from skyaccord.model.canonical_json import GREATEST_INTEGER, Json
from skyaccord.model.instants import format_instant, parse_instant
from skyaccord.trust.notes.base64_text import decode_base64

PARTY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""Names of parties, as the memorandum has them: ASCII, so that two names that look alike are alike."""

KIND: Final = re.compile(r"[a-z][a-z0-9_]{0,31}(?:\.[a-z][a-z0-9_]{0,31}){1,3}")
DUTY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _./-]{0,63}")
"""A duty, not a person: "duty officer north"; ASCII for the same reason."""

DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_INSTANT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")

Choice = TypeVar("Choice", bound=StrEnum)


class Members:
    """The members of one object, to be read each by its name."""

    __slots__ = ("_content",)

    def __init__(self, content: Mapping[str, Json], names: frozenset[str]) -> None:
        """Take exactly these names; raise `MemberError` where one is missing or one is too many."""
        if content.keys() != names:
            missing, more = sorted(names - content.keys()), sorted(content.keys() - names)
            member = (missing or more)[0][:64]
            raise MemberError(member, "is missing" if missing else "is unknown", f"{', '.join(sorted(names))}")
        self._content = content

    def text(self, name: str, form: re.Pattern[str], expected: str) -> str:
        """Return text that has a form as a whole."""
        value = self._content[name]
        if not isinstance(value, str) or not form.fullmatch(value):
            raise MemberError(name, f"is {_shown(value)}", expected)
        return value

    def party(self, name: str) -> str:
        """Return the name of a party."""
        return self.text(name, PARTY, "a party's name: at most 64 letters A to Z, digits, _ and -")

    def digest(self, name: str) -> str:
        """Return a hash as it is written everywhere."""
        return self.text(name, DIGEST, "sha256: and 64 hexadecimal digits in lower case")

    def integer(self, name: str, least: int, most: int = GREATEST_INTEGER) -> int:
        """Return a whole number within bounds, both taken."""
        value = self._content[name]
        if type(value) is not int or not least <= value <= most:
            raise MemberError(name, f"is {_shown(value)}", f"a whole number from {least} to {most}")
        return value

    def instant_s(self, name: str) -> float:
        """Return seconds since 1970 of an instant written with milliseconds and Z."""
        text = self.text(name, _INSTANT, _INSTANT_WORDS)
        try:
            t_s = parse_instant(text)
        except SkyaccordError:
            raise MemberError(name, f"is {_shown(text)}", _INSTANT_WORDS) from None
        if format_instant(t_s) != text:
            raise MemberError(name, f"is {_shown(text)}", _INSTANT_WORDS)
        return t_s

    def octets(self, name: str, size: int) -> bytes:
        """Return that many octets, from base64 with padding."""
        expected = f"base64 of {size} octets"
        value = self._content[name]
        if not isinstance(value, str):
            raise MemberError(name, f"is {_shown(value)}", expected)
        found = decode_base64(value)
        if found is None or len(found) != size:
            raise MemberError(name, f"is {_shown(value)}", expected)
        return found

    def octets_list(self, name: str, size: int, most: int) -> tuple[bytes, ...]:
        """Return a list of octets, each of that many, from base64."""
        value = self._content[name]
        expected = f"a list of at most {most} texts, each base64 of {size} octets"
        if not isinstance(value, list) or len(value) > most:
            raise MemberError(name, f"is {_shown(value)}", expected)
        found = [decode_base64(each) if isinstance(each, str) else None for each in value]
        octets = tuple(each for each in found if each is not None and len(each) == size)
        if len(octets) < len(found):
            raise MemberError(name, f"is {_shown(value)}", expected)
        return octets

    def free_text(self, name: str, most: int) -> str:
        """Return text of any letters, at most that many."""
        value = self._content[name]
        if not isinstance(value, str) or len(value) > most:
            raise MemberError(name, f"is {_shown(value)}", f"text of at most {most} characters")
        return value

    def boolean(self, name: str) -> bool:
        """Return true or false."""
        value = self._content[name]
        if not isinstance(value, bool):
            raise MemberError(name, f"is {_shown(value)}", "true or false")
        return value

    def inner(self, name: str, names: frozenset[str]) -> Members | None:
        """Return an object that has exactly these members, or ``None`` for null."""
        value = self._content[name]
        if value is None:
            return None
        if not isinstance(value, dict):
            raise MemberError(name, f"is {_shown(value)}", "an object, or null")
        return Members(value, names)

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """Return a member of an enumeration."""
        value = self._content[name]
        for each in choices:
            if value == each.value:
                return each
        raise MemberError(name, f"is {_shown(value)}", f"one of {', '.join(each.value for each in choices)}")


_INSTANT_WORDS: Final = "an instant with milliseconds, 2026-12-01T00:00:00.000Z"


def _shown(value: Json) -> str:
    return ascii(value)[:80]
