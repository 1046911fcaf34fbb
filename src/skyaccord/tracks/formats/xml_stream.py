"""XML as a stream: tags as they come, bounded in depth and size, with no document type and so no entities.

A document type definition is refused: none of the formats here has one, and it is the way in for entities that grow
without bound or read other files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn, Protocol
from xml.parsers import expat

import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.file_report import Complaint

MOST_DEPTH: Final = 200
MOST_TAG_BYTES: Final = 1 << 20
MOST_TEXT: Final = 64 << 20
"""Characters of one element's own text."""

_DOCTYPE: Final = "a document type (DOCTYPE), which files of tracks do not have"
_HARM: Final = "It may be damaged, or meant to do harm"

_STEP_BYTES: Final = 1 << 16
_WRAP: Final = b"<log>"
_DECLARATION: Final = re.compile(rb"<\?xml\s[^<>]*\?>")


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
    """Where reading ended: at the end of the content, or at a problem."""

    at: int
    line: int
    problem: str | None
    is_outside: bool = False  # within no element, or within the root alone


def parse_document(content: pa.Buffer, name: str, tags: Tags) -> Complaint | None:
    """Hand over the tags of one document; return where it breaks off, if it does.

    Raises:
        FormatError: a document type, or depth or text without bound.
    """
    stop = _Document(memoryview(content).cast("B"), 0, 1, name, tags).parse()
    if stop.problem is None:
        return None
    tags.abandon()
    return stop.line, f"broken XML ({stop.problem}): what follows is not read"


def parse_log(content: pa.Buffer, name: str, tag: str, tags: Tags) -> Iterator[Complaint]:
    """Hand over the tags of documents one after another; yield what is broken, and go on at the next ``tag``.

    Raises:
        FormatError: as for `parse_document`.
    """
    view = memoryview(content).cast("B")
    mark = f"<{tag}".encode()
    at, line, is_whole = 0, 1, True
    while at < len(view):
        stop = _Log(view, at, line, name, tags).parse()
        if stop.problem is None:
            return
        tags.abandon()
        around = bytes(view[max(stop.at - 2, 0) : stop.at + 9])
        if b"DOCTYPE" in around:
            raise FormatError(name, _DOCTYPE, _HARM, stop.line)
        closes_root = not is_whole and stop.is_outside and b"</" in around[:4]
        if not closes_root:  # the end of a root element in which something broke is no fault of its own
            yield stop.line, f"broken XML ({stop.problem})"
        is_whole = False
        at = _find(view, mark, max(stop.at, at + 1))
        line = stop.line + _count_lines(view, stop.at, at)


class _Document:
    """One expat parser, from a place in the content to its end or to the first problem."""

    def __init__(self, view: memoryview, at: int, line: int, name: str, tags: Tags) -> None:
        self._view, self._at, self._line, self._name, self._tags = view, at, line, name, tags
        self._wrap = b""  # what is fed before the content
        self._depth = 0
        self._text: list[str] = []
        self._size = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take
        self._parser.StartDoctypeDeclHandler = self._refuse

    def parse(self) -> Stop:
        fed = self._at
        try:
            self._parser.Parse(self._wrap, False)
            while fed < len(self._view):
                step = self._step(fed)
                self._parser.Parse(step, False)
                fed += len(step)
                if fed - self._place(self._parser.CurrentByteIndex) > MOST_TAG_BYTES:
                    self._fail(f"a tag of more than {MOST_TAG_BYTES:,} bytes")
            self._parser.Parse(self._wrap.replace(b"<", b"</"), True)
        except expat.ExpatError as error:
            place = self._place(self._parser.ErrorByteIndex)
            line = self._line + error.lineno - 1
            return Stop(place, line, expat.ErrorString(error.code) or "unknown", self._depth <= 1)
        except (ValueError, LookupError) as error:  # an encoding that is none
            return Stop(fed, self._here(), str(error), self._depth <= 1)
        return Stop(len(self._view), self._here(), None)

    def _step(self, fed: int) -> memoryview | bytes:
        """Return what is fed next."""
        return self._view[fed : fed + _STEP_BYTES]

    def _place(self, index: int) -> int:
        """Return the place in the content of what is at an index of what was fed."""
        return min(max(self._at + index - len(self._wrap), self._at), len(self._view))

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            self._fail(f"elements nested deeper than {MOST_DEPTH}")
        self._text, self._size = [], 0
        self._tags.begin(_local(tag), attributes, self._here())

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._tags.end(_local(tag), "".join(self._text))
        self._text, self._size = [], 0

    def _take(self, text: str) -> None:
        self._text.append(text)
        self._size += len(text)
        if self._size > MOST_TEXT:
            self._fail(f"an element of more than {MOST_TEXT:,} characters")

    def _refuse(self, *_: object) -> NoReturn:
        self._fail(_DOCTYPE)

    def _fail(self, problem: str) -> NoReturn:
        raise FormatError(self._name, problem, _HARM, self._here())

    def _here(self) -> int:
        return self._line + self._parser.CurrentLineNumber - 1


class _Log(_Document):
    """Documents one after another, as if they stood in one root element; their declarations become blanks."""

    def __init__(self, view: memoryview, at: int, line: int, name: str, tags: Tags) -> None:
        super().__init__(view, at, line, name, tags)
        self._wrap = _WRAP

    def _step(self, fed: int) -> bytes:
        step = bytes(self._view[fed : fed + _STEP_BYTES])
        if fed + len(step) < len(self._view) and (cut := step.rfind(b"<")) > 0:
            step = step[:cut]  # so that no declaration is cut in two
        step = step.replace(b"\x00", b" ")  # zeros part the messages of some logs
        return _DECLARATION.sub(lambda found: _blank(found[0]), step) if b"<?xml" in step else step

    def _take(self, text: str) -> None:
        if self._depth > 1:
            super()._take(text)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _blank(text: bytes) -> bytes:
    """Return as many blanks, with the ends of lines where they were."""
    return bytes(byte if byte in b"\r\n" else 0x20 for byte in text)


def _find(view: memoryview, mark: bytes, at: int) -> int:
    """Return where a mark stands next; the end where it does not."""
    size = 1 << 20
    for begin in range(at, len(view), size):
        found = bytes(view[begin : begin + size + len(mark) - 1]).find(mark)
        if found >= 0:
            return begin + found
    return len(view)


def _count_lines(view: memoryview, begin: int, end: int) -> int:
    """Return how many lines end there, as expat counts them: a carriage return ends one too, alone or before a feed."""
    size, count = 1 << 20, 0
    for k in range(begin, end, size):
        step = bytes(view[k : min(k + size, end)])
        count += step.count(b"\n") + step.count(b"\r")
        count -= bytes(view[k : min(k + size + 1, end)]).count(b"\r\n")
    return count
