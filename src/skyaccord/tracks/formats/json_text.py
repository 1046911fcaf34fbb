"""JSON: one document a file, or one a line; nothing in it is trusted to be small, flat or complete."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, TypeAlias

import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.cells import BadRows
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.lines import lines

MOST_DOCUMENT_BYTES: Final = 256 << 20
"""A document is parsed as a whole, which takes some ten times its size."""

Object: TypeAlias = dict[str, Any]

_BLANK: Final = b" \t\r\n\x1e"  # a record separator may stand before each document (RFC 8142)


def has_keys(content: Content, *keys: str) -> bool:
    """Return whether content begins as a JSON object and names all these keys near its beginning or end."""
    return content.head.lstrip(_BLANK)[:1] == b"{" and all(f'"{key}"'.encode() in content.ends for key in keys)


def documents(content: pa.Buffer, name: str, bad: BadRows) -> Iterator[tuple[int, Object]]:
    """Yield each JSON object of a file and its line, 0 where the file is one object; a bad line goes to ``bad``.

    Raises:
        FormatError: a file of one document is broken, too large or no object.
    """
    if not _is_by_line(content, name):
        yield 0, _whole(content, name)
        return
    for number, line in lines(content, name):
        if text := line.strip(_BLANK):
            try:
                yield number, _parse(text)
            except _BrokenError as error:
                bad.add(number, str(error))


class _BrokenError(Exception):
    """Text that is no JSON object, and on which line of it."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        self.line = line
        super().__init__(problem)


def _whole(content: pa.Buffer, name: str) -> Object:
    if content.size > MOST_DOCUMENT_BYTES:
        problem = f"one JSON document of {content.size:,} bytes; at most {MOST_DOCUMENT_BYTES:,} are read as one"
        raise FormatError(name, problem, "Split it into several files, or write one object a line")
    try:
        return _parse(content.to_pybytes().strip(_BLANK))
    except _BrokenError as error:
        raise FormatError(name, str(error), "Fetch the file again: it may be cut", error.line) from None


def _is_by_line(content: pa.Buffer, name: str) -> bool:
    """Return whether the first line is an object and others follow; two after a damaged first line do as well."""
    beginning = (line.strip(_BLANK) for _, line in islice(lines(content, name, MOST_DOCUMENT_BYTES), 5))
    try:
        texts = [text for text in beginning if text]
    except FormatError:  # one line that is too long even for a document
        return False
    if len(texts) < 2:
        return False
    return _is_object(texts[0]) or (len(texts) > 2 and all(_is_object(text) for text in texts[1:]))


def _is_object(text: bytes) -> bool:
    try:
        _parse(text)
    except _BrokenError:
        return False
    return True


def _parse(text: bytes) -> Object:
    try:
        found = json.loads(text.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise _BrokenError(f"broken JSON ({error.msg}, column {error.colno})", error.lineno) from None
    except UnicodeDecodeError as error:
        raise _BrokenError(f"broken JSON (not UTF-8: {error.reason})") from None
    except RecursionError:
        raise _BrokenError("broken JSON (nested too deep)") from None
    except ValueError as error:  # a number of more than 4,300 digits
        raise _BrokenError(f"broken JSON ({error})") from None
    if not isinstance(found, dict):
        raise _BrokenError(f"a JSON {type(found).__name__}, not an object")
    return found
