"""On which line of a TOML text a key stands; the standard reader does not say.

The text must be valid TOML already: the scan only splits it into statements, a table header or a key with its value.
A key inside an inline table or an array has the line of the statement that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys from the outside in; a number counts the tables of an array of tables, ``("provision", 0, "id")``."""

_PIECE: Final = re.compile(
    r"(?P<COMMENT>#[^\n]*)"
    r'|(?P<STRING>"""(?:\\.|[^\\])*?"""(?!")|\'\'\'.*?\'\'\'(?!\')|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<OPEN>[\[{])"
    r"|(?P<CLOSE>[\]}])"
    r"|(?P<NEWLINE>\n)"
    r"|(?P<OTHER>[^\n#\"'\[\]{}]+|.)",
    re.DOTALL,
)
_KEY: Final = re.compile(r"\s*(?:\"((?:\\.|[^\"\\])*)\"|'([^']*)'|([A-Za-z0-9_-]+))\s*")


class Lines:
    """Lines, counted from 1, by key path."""

    def __init__(self, text: str) -> None:
        self._line: dict[KeyPath, int] = {}
        self._last: dict[KeyPath, int] = {}  # how many tables an array of tables has, less one
        table: KeyPath = ()
        for line, statement in _statements(text.replace("\r\n", "\n")):
            if statement.startswith("[["):
                table = self._open_array_table(_keys(statement[2:]))
            elif statement.startswith("["):
                table = self._resolve(_keys(statement[1:]))
            else:
                self._note((*table, *_keys(statement)), line, len(table) + 1)
                continue
            self._note(table, line, 1)

    def of(self, path: KeyPath) -> int | None:
        """Return the line of a key, or of the innermost statement around it; ``None`` where the text has neither."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._line:
                return self._line[path[:end]]
        return None

    def _note(self, path: KeyPath, line: int, shortest: int) -> None:
        for end in range(shortest, len(path) + 1):
            self._line.setdefault(path[:end], line)

    def _resolve(self, keys: list[str]) -> KeyPath:
        path: KeyPath = ()
        for key in keys:
            path = (*path, key)
            if path in self._last:
                path = (*path, self._last[path])
        return path

    def _open_array_table(self, keys: list[str]) -> KeyPath:
        path = (*self._resolve(keys[:-1]), *keys[-1:])
        self._last[path] = self._last.get(path, -1) + 1
        return (*path, self._last[path])


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each statement's first line and its text up to the first value, comments and blank lines left out."""
    line, begin, depth = 1, 1, 0
    parts: list[str] = []
    for piece in _PIECE.finditer(text):
        kind, content = piece.lastgroup, piece[0]
        if kind == "NEWLINE" and depth == 0:
            if parts:
                yield begin, "".join(parts)
            parts = []
        elif kind != "COMMENT" and (parts or content.strip()):
            begin = begin if parts else line
            parts.append(content if parts else content.lstrip())
        depth += (kind == "OPEN") - (kind == "CLOSE")
        line += content.count("\n")
    if parts:
        yield begin, "".join(parts)


def _keys(statement: str) -> list[str]:
    """Return the dotted keys at the start of a statement; escapes in quoted keys are left as they are."""
    keys: list[str] = []
    at = 0
    while match := _KEY.match(statement, at):
        keys.append(next(group for group in match.groups() if group is not None))
        at = match.end()
        if statement[at : at + 1] != ".":
            break
        at += 1
    return keys
