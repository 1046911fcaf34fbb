"""The header line of delimited text (CSV and its kin): where it is, and what stands between its names."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_DELIMITERS: Final = ",;\t|"


@dataclass(frozen=True, slots=True)
class Header:
    """The header line of delimited text: its names, the delimiter between them and its number in the file."""

    names: tuple[str, ...]
    delimiter: str
    line: int


def find_header_line(lines: Iterable[str], count_known: Callable[[Sequence[str]], int]) -> Header | None:
    """Return the header if the first line that is neither empty nor a comment names two or more known columns."""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        splits = [(next(csv.reader([line], delimiter=d)), d) for d in _DELIMITERS]
        names, delimiter = max(splits, key=lambda split: count_known(split[0]))
        return Header(tuple(names), delimiter, number) if count_known(names) >= 2 else None
    return None
