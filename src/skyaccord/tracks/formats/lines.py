"""The lines of a file, one at a time and none without bound."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

import pyarrow as pa

from skyaccord.errors import FormatError

MOST_LINE_BYTES: Final = 64 << 20


def lines(content: pa.Buffer, name: str, most: int = MOST_LINE_BYTES) -> Iterator[tuple[int, bytes]]:
    """Yield the number, from 1, and the bytes of each line, with its end.

    Raises:
        FormatError: a line is longer than ``most`` bytes.
    """
    number = 0
    with io.BufferedReader(pa.BufferReader(content), 1 << 16) as file:
        while line := file.readline(most + 1):
            number += 1
            if len(line) > most:
                problem = f"a line of more than {most:,} bytes"
                raise FormatError(name, problem, "Lines of such files are far shorter: it may be damaged", number)
            yield number, line
