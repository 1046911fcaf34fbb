"""XML as a stream: tags as they come, bounded in depth and size, with no document type and so no entities.

A document type definition is refused: none of the formats here has one, and it is the way in for entities that grow
without bound or read other files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn, Protocol
from xml.parsers import expat

import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.report import Complaint

MOST_DEPTH: Final = 200
MOST_TEXT_BYTES: Final = 64 << 20
"""Of one tag, or of the text of one element."""

_STEP_BYTES: Final = 1 << 14


class Tags(Protocol):
    """What takes the tags. Names come without their prefix: ``coord`` for ``gx:coord``."""

    def begin(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """Take an opening tag."""

    def end(self, tag: str, text: str) -> None:
        """Take a closing tag with the element's own text."""

    def abandon(self) -> None:
        """Forget what was begun: it breaks off here."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where reading ended: at the end of a root element, or at a problem."""

    at: int
    line: int
    problem: str | None


def parse_document(content: pa.Buffer, name: str, tags: Tags) -> Complaint | None:
    """Hand over the tags of one document; return where it breaks off, if it does.

    Raises:
        FormatError: a document type, or depth or text without bound.
    """
    stop = _Run(memoryview(content).cast("B"), 0, 1, name, tags).go()
    if stop.problem is None:
        return None
    tags.abandon()
    return stop.line, f"broken XML ({stop.problem}): what follows is not read"


def parse_log(content: pa.Buffer, name: str, tag: str, tags: Tags) -> Iterator[Complaint]:
    """Hand over the tags of documents that stand one after another; yield what is broken, and go on at the next ``tag``.

    Raises:
        FormatError: as for `parse_document`.
    """
    view = memoryview(content).cast("B")
    mark = f"<{tag}".encode()
    at, line = _skip_blank(view, 0, 1)
    while at < len(view):
        stop = _Run(view, at, line, name, tags).go()
        if stop.problem is None:
            at, line = _skip_blank(view, stop.at, stop.line)
            continue
        tags.abandon()
        is_rest_of_root = stop.at < at + 4 and view[at : at + 2] == b"</"
        if not is_rest_of_root:
            yield stop.line, f"broken XML ({stop.problem})"
        following = _find(view, mark, max(stop.at, at + 1))
        line = stop.line + _count_lines(view, stop.at, following)
        at = following


class _Run:
    """One expat parser, from a place in the content to the end of the root element that begins there."""

    def __init__(self, view: memoryview, at: int, line: int, name: str, tags: Tags) -> None:
        self._view, self._at, self._line, self._name, self._tags = view, at, line, name, tags
        self._depth = 0
        self._text: list[str] = []
        self._size = 0
        self._is_complete = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take
        self._parser.StartDoctypeDeclHandler = self._refuse

    def go(self) -> Stop:
        fed = self._at
        try:
            while fed < len(self._view):
                step = self._view[fed : fed + _STEP_BYTES]
                self._parser.Parse(step, False)
                fed += len(step)
                if fed - self._at - self._parser.CurrentByteIndex > MOST_TEXT_BYTES:
                    self._fail(f"a tag of more than {MOST_TEXT_BYTES:,} bytes")
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            place = self._at + max(self._parser.ErrorByteIndex, 0)
            problem = None if self._is_complete else expat.ErrorString(error.code) or "unknown"
            return Stop(place, self._line + error.lineno - 1, problem)
        except (ValueError, LookupError) as error:  # an encoding that is none
            return Stop(fed, self._here(), str(error))
        return Stop(len(self._view), self._here(), None)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            self._fail(f"elements nested deeper than {MOST_DEPTH}")
        self._text, self._size = [], 0
        self._tags.begin(_local(tag), attributes, self._here())

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._is_complete = self._depth == 0
        self._tags.end(_local(tag), "".join(self._text))
        self._text, self._size = [], 0

    def _take(self, text: str) -> None:
        self._text.append(text)
        self._size += len(text)
        if self._size > MOST_TEXT_BYTES:
            self._fail(f"an element of more than {MOST_TEXT_BYTES:,} characters")

    def _refuse(self, *_: object) -> NoReturn:
        self._fail("a document type (DOCTYPE), which files of tracks do not have")

    def _fail(self, problem: str) -> NoReturn:
        raise FormatError(self._name, problem, "It may be damaged, or meant to do harm", self._here())

    def _here(self) -> int:
        return self._line + self._parser.CurrentLineNumber - 1


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _skip_blank(view: memoryview, at: int, line: int) -> tuple[int, int]:
    """Return the first place that is not blank, and its line; zeros separate messages in some logs."""
    while at < len(view) and view[at] in b" \t\r\n\x00\xef\xbb\xbf":
        line += view[at] == 0x0A
        at += 1
    return at, line


def _find(view: memoryview, mark: bytes, at: int) -> int:
    """Return where a mark stands next; the end where it does not."""
    size = 1 << 20
    for begin in range(at, len(view), size):
        found = bytes(view[begin : begin + size + len(mark) - 1]).find(mark)
        if found >= 0:
            return begin + found
    return len(view)


def _count_lines(view: memoryview, begin: int, end: int) -> int:
    size = 1 << 20
    return sum(bytes(view[k : min(k + size, end)]).count(b"\n") for k in range(begin, end, size))
