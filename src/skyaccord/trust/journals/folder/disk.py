"""The few things a folder journal asks of a file system; a test puts a disk that loses power in its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from skyaccord.errors import JournalError


class File(Protocol):
    """An open file that is written at a place and made durable on request."""

    def size(self) -> int:
        """Return its length in bytes."""

    def read(self, offset: int, count: int) -> bytes:
        """Return bytes from a place; fewer where the file ends."""

    def write(self, offset: int, data: bytes) -> None:
        """Write all bytes at a place; they survive a power cut only after `sync`."""

    def truncate(self, size: int) -> None:
        """Cut the file off."""

    def sync(self) -> None:
        """Return when all that was written would survive a power cut."""

    def close(self) -> None:
        """Close the file."""


class Disk(Protocol):
    """The file system below a folder journal."""

    def lock(self, folder: Path) -> File:
        """Make the folder where it is not there, and hold it for this process alone until the file is closed."""

    def names(self, folder: Path) -> list[str]:
        """Return the names in a folder in order; none where there is no folder."""

    def make_folder(self, folder: Path) -> None:
        """Make a folder durably, where it is not there."""

    def open(self, path: Path) -> File:
        """Open a file to read and write; a new one is durable by name only after `sync_folder`."""

    def replace(self, source: Path, destination: Path) -> None:
        """Give a file the name of another, which is gone then; durable after `sync_folder`."""

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder would survive a power cut."""


class _PosixFile:
    def __init__(self, path: Path) -> None:
        self._number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def size(self) -> int:
        return os.fstat(self._number).st_size

    def read(self, offset: int, count: int) -> bytes:
        return os.pread(self._number, count, offset)

    def write(self, offset: int, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            done = os.pwrite(self._number, rest, offset)
            offset, rest = offset + done, rest[done:]

    def truncate(self, size: int) -> None:
        os.ftruncate(self._number, size)

    def sync(self) -> None:
        _sync(self._number)

    def close(self) -> None:
        if self._number >= 0:
            os.close(self._number)
        self._number = -1

    def lock(self) -> bool:
        """Return whether the file is now held by this process alone."""
        import fcntl

        try:
            fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class PosixDisk:
    """The file system of Linux, macOS and their like."""

    def lock(self, folder: Path) -> File:
        """Make the folder where it is not there, and hold it for this process alone until the file is closed."""
        if os.name != "posix":
            raise JournalError(str(folder), "a folder cannot be made durable on this system", "Use a SQLite journal")
        self.make_folder(folder)
        file = _PosixFile(folder / "lock")
        if not file.lock():
            file.close()
            raise JournalError(str(folder), "another process has it open", "A journal has one writer: stop the other")
        return file

    def names(self, folder: Path) -> list[str]:
        """Return the names in a folder in order; none where there is no folder."""
        return sorted(os.listdir(folder)) if folder.is_dir() else []

    def make_folder(self, folder: Path) -> None:
        """Make a folder durably, where it is not there."""
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            self.sync_folder(folder.parent)

    def open(self, path: Path) -> File:
        """Open a file to read and write; a new one is durable by name only after `sync_folder`."""
        return _PosixFile(path)

    def replace(self, source: Path, destination: Path) -> None:
        """Give a file the name of another, which is gone then; durable after `sync_folder`."""
        source.replace(destination)

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder would survive a power cut."""
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            _sync(number)
        finally:
            os.close(number)


def _sync(number: int) -> None:
    """Reach the disk itself: on macOS plain fsync stops at the drive's cache."""
    import fcntl

    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is None:
        os.fsync(number)
    else:
        fcntl.fcntl(number, full)
