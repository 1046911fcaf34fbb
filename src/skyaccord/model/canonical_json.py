"""Canonical JSON (RFC 8785, JCS): one value, one sequence of bytes, so that it can be hashed and signed.

Keys stand in the order of their UTF-16 code units, numbers are written as ECMAScript writes them, and there is no
white space. What has no single reading elsewhere is refused: NaN and infinities, integers that a double cannot hold,
lone surrogates, and any type that is not JSON's own (an enum member or a NumPy number is converted by who calls).
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from skyaccord.errors import SkyaccordError

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

GREATEST_INTEGER: Final = 2**53
"""Beyond it an integer may differ from the double that a reader makes of it."""

DEEPEST: Final = 200
"""Levels of nesting; JSON that people or nodes exchange has fewer than ten."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TEXT: Final = json.JSONEncoder(ensure_ascii=False).encode


_PLAIN: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


def canonical(value: Json) -> bytes:
    """Return the canonical JSON of a value, in UTF-8.

    Takes exactly ``str``, ``bool``, ``None``, ``int``, ``float``, ``list``, ``tuple`` and ``dict`` with text keys.
    Text is not normalised: two spellings of one letter are two values, as RFC 8785 has it.

    Raises:
        SkyaccordError: a value that canonical JSON cannot hold; the message names its path.
    """
    if _is_plain(value, 0):
        try:
            return _PLAIN(value).encode("utf-8")
        except UnicodeEncodeError:
            pass  # half a surrogate pair, which is found and named below
    return _write(value, "$", 0).encode("utf-8")


def digest(value: Json) -> str:
    """Return ``sha256:`` and 64 hexadecimal digits of the canonical JSON of a value."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()


def format_number(value: float) -> str:
    """Return a finite number as ECMAScript's ``Number::toString`` writes it (ECMA-262, 6.1.6.1.20); -0 is ``0``.

    Both Python and ECMAScript take the fewest digits that read back as the same double; only the layout differs.
    """
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    digits, exponent = _digits(abs(value))
    return sign + _lay_out(digits, exponent)


def _digits(value: float) -> tuple[str, int]:
    """Return the shortest digits of a positive number and ``n`` such that it is 0.digits times 10 to the n."""
    mantissa, _, power = float.__repr__(float(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(digits) - len(fraction) + int(power or 0)
    return digits.rstrip("0"), point


def _lay_out(digits: str, point: int) -> str:
    """Place the decimal point: plain from 1e-6 up to 1e21, else with an exponent."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    mantissa = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{point - 1:+d}"


def _is_plain(value: object, depth: int) -> bool:
    """Return whether Python's own encoder writes a value canonically: no fractions, and keys in ASCII.

    Code points of ASCII sort as their UTF-16 units do. What nodes exchange is of this kind, and so written much faster.
    """
    if value is None or type(value) is str or type(value) is bool:
        return True
    if type(value) is int:
        return -GREATEST_INTEGER <= value <= GREATEST_INTEGER
    if type(value) is dict and depth < DEEPEST:
        return all(type(key) is str and key.isascii() and _is_plain(item, depth + 1) for key, item in value.items())
    if (type(value) is list or type(value) is tuple) and depth < DEEPEST:
        return all(_is_plain(item, depth + 1) for item in value)
    return False


def _write(value: object, path: str, depth: int) -> str:
    if depth > DEEPEST:
        raise SkyaccordError(f"{path[:80]}… is nested deeper than {DEEPEST} levels: flatten it")
    # Types are asked for exactly: a subclass may print as something else.
    if value is None:
        return "null"
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int or type(value) is float:
        return _write_number(value, path)
    if type(value) is str:
        return _write_text(value, path)
    if type(value) is list or type(value) is tuple:
        return "[" + ",".join(_write(item, f"{path}[{k}]", depth + 1) for k, item in enumerate(value)) + "]"
    if type(value) is dict:
        return _write_object(value, path, depth)
    raise SkyaccordError(
        f"{path} is a {type(value).__name__}: canonical JSON holds text, numbers, lists, tables, true, null"
    )


def _write_number(value: float, path: str) -> str:
    if isinstance(value, int):
        if abs(value) > GREATEST_INTEGER:
            raise SkyaccordError(f"{path} is an integer beyond 2^53, which readers round: write it as text")
        return str(value)
    if not math.isfinite(value):
        raise SkyaccordError(f"{path} is {value}: JSON has finite numbers only, leave it out or write null")
    return format_number(value)


def _write_text(value: str, path: str) -> str:
    if not value.isascii() and _SURROGATE.search(value):
        raise SkyaccordError(f"{path} holds half a surrogate pair: it is not Unicode text, mend where it was decoded")
    return _TEXT(value)


def _write_object(value: dict[object, object], path: str, depth: int) -> str:
    written: list[tuple[bytes, str]] = []
    for key, item in value.items():
        if type(key) is not str:
            raise SkyaccordError(f"{path} has the key {key!r}: keys of canonical JSON are text")
        name = _write_text(key, f"the key {key!a} of {path}")
        written.append((key.encode("utf-16-be"), f"{name}:{_write(item, f'{path}.{key}', depth + 1)}"))
    return "{" + ",".join(text for _, text in sorted(written)) + "}"
