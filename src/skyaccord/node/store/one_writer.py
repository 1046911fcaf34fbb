"""One process writes a store at a time: a lock on a file, which the system takes back when the process ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from skyaccord.errors import StoreError
from skyaccord.node.folder import FILE_MODE

BUSY = "Another process has this node open: end it, or ask the running node"


class FileLock:
    """A lock that is held until it is let go of."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._handle)
            raise StoreError(str(path), "it is locked", BUSY) from None

    def release(self) -> None:
        """Let go; once is enough, more does no harm."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
