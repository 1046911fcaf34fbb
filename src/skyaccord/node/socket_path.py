"""Paths of sockets: systems take a hundred octets or so, and folders may lie deep."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

LONGEST_PATH: Final = 100
"""Octets of a socket's path that every system takes."""


@contextmanager
def short_path(path: Path) -> Iterator[str]:
    """Give a path of a socket that is short enough for the system, where the folder lies deep."""
    if len(os.fsencode(path)) <= LONGEST_PATH:
        yield str(path)
        return
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{path.name}"
    finally:
        os.close(handle)
