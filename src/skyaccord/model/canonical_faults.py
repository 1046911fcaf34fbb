"""Says why bytes are not canonical JSON: the first fault in reading order, its place, and what was expected there."""

from __future__ import annotations

import codecs
import json
import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from skyaccord.errors import CanonicalError
from skyaccord.model.canonical_json import GREATEST_INTEGER, format_number


class CanonicalFault(StrEnum):
    """What keeps bytes from being canonical JSON."""

    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NOT_UTF8 = "not_utf8"
    BYTE_ORDER_MARK = "byte_order_mark"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    DUPLICATE_KEY = "duplicate_key"
    KEY_ORDER = "key_order"
    WHITE_SPACE = "white_space"
    NUMBER_FORM = "number_form"
    NUMBER_RANGE = "number_range"
    TEXT_FORM = "text_form"
    LONE_SURROGATE = "lone_surrogate"


_TOKEN: Final = re.compile(
    r'(?P<space>[ \t\r\n]+)|(?P<text>"(?:[^"\\\x00-\x1f]|\\.)*")|(?P<number>-?[0-9][0-9.eE+-]*)|(?P<mark>[\[\]{}:,])'
    r"|(?P<word>true|false|null)",
    re.DOTALL,
)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Level:
    """An open object or list: the keys it has shown, and whether a key comes next."""

    is_object: bool
    keys: set[str] = field(default_factory=set)
    last: bytes = b""
    awaits_key: bool = True


def find_fault(data: bytes) -> CanonicalError:
    """Return the first fault of bytes that are known not to be canonical JSON."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
            return CanonicalError(
                CanonicalFault.BYTE_ORDER_MARK, 0, "a byte order mark; UTF-8 without one was expected"
            )
        return CanonicalError(CanonicalFault.NOT_UTF8, error.start, f"no UTF-8: {error.reason}")
    if text.startswith("\ufeff"):
        return CanonicalError(CanonicalFault.BYTE_ORDER_MARK, 0, "a byte order mark; UTF-8 without one was expected")
    fault, at, words = _walk(text) or _syntax(text)
    return CanonicalError(fault, len(text[:at].encode()), words)


_Found = tuple[CanonicalFault, int, str]


def _walk(text: str) -> _Found | None:
    """Look at one token after the other; grammar itself is left to `_syntax`."""
    levels: list[_Level] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        found = _look(token, levels)
        if found is not None:
            return (found[0], at, found[1])
        at = token.end()
    return None


def _look(token: re.Match[str], levels: list[_Level]) -> tuple[CanonicalFault, str] | None:
    shown = token[0]
    match token.lastgroup:
        case "space":
            return CanonicalFault.WHITE_SPACE, "white space between tokens"
        case "number":
            return _number(shown)
        case "text":
            return _text(shown) or _key(shown, levels)
        case "mark":
            _follow(shown, levels)
    return None


def _follow(mark: str, levels: list[_Level]) -> None:
    if mark in "{[":
        levels.append(_Level(mark == "{"))
    elif mark in "}]" and levels:
        levels.pop()
    elif levels:
        levels[-1].awaits_key = mark == ","


def _number(shown: str) -> tuple[CanonicalFault, str] | None:
    if not _NUMBER.fullmatch(shown):
        return CanonicalFault.NOT_JSON, f"{shown[:40]!r} is not a number of JSON"
    value = float(shown) if len(shown) < 400 or not shown.lstrip("-").isdigit() else math.inf
    if not math.isfinite(value):
        return CanonicalFault.NUMBER_RANGE, f"{shown[:40]} is beyond what a double holds"
    written = format_number(value)
    if "." not in shown and "e" not in shown.lower() and abs(int(shown)) > GREATEST_INTEGER:
        return CanonicalFault.NUMBER_RANGE, f"{shown[:40]} is an integer beyond 2^53, which readers round"
    return None if written == shown else (CanonicalFault.NUMBER_FORM, f"{shown[:40]} is written {written}")


def _text(shown: str) -> tuple[CanonicalFault, str] | None:
    try:
        value = json.loads(shown)
    except ValueError:
        return CanonicalFault.NOT_JSON, "an escape that JSON does not have"
    if _SURROGATE.search(value):
        return CanonicalFault.LONE_SURROGATE, "half a surrogate pair, which is no Unicode text"
    if json.dumps(value, ensure_ascii=False) != shown:
        return CanonicalFault.TEXT_FORM, "a letter is escaped that stands for itself, or its escape has a shorter form"
    return None


def _key(shown: str, levels: list[_Level]) -> tuple[CanonicalFault, str] | None:
    if not levels or not levels[-1].is_object or not levels[-1].awaits_key:
        return None
    level, key = levels[-1], json.loads(shown)
    level.awaits_key = False
    if key in level.keys:
        return CanonicalFault.DUPLICATE_KEY, f"the key {key[:40]!r} stands twice in one object"
    order = key.encode("utf-16-be")
    if order < level.last:
        return CanonicalFault.KEY_ORDER, f"the key {key[:40]!r} stands after one that it sorts before (UTF-16 order)"
    level.keys.add(key)
    level.last = order
    return None


def _syntax(text: str) -> _Found:
    try:
        json.loads(text, parse_constant=_refuse_constant, parse_int=float)
    except json.JSONDecodeError as error:
        return CanonicalFault.NOT_JSON, error.pos, error.msg
    except (ValueError, RecursionError) as error:
        return CanonicalFault.NOT_JSON, _first_word(text), str(error)
    return CanonicalFault.NOT_JSON, 0, "it would be written otherwise"


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _first_word(text: str) -> int:
    found = re.search(r"NaN|-?Infinity", text)
    return found.start() if found else 0
