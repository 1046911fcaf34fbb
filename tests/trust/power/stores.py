"""Both journals over a disk that notes down what it is asked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from skyaccord.trust.journals.folder.journal import FolderJournal
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.journals.sqlite.journal import SqliteJournal
from tests.trust.journals.opened import ORIGIN
from tests.trust.power.recording_disk import RecordingDisk
from tests.trust.power.recording_vfs import RecordingVfs
from tests.trust.power.trace import State, Step

SEGMENT_BYTES: Final = 20_000
"""Short, so that segments begin often."""

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - only a place: folders there are made by tempfile
"""Where there is one, files lie in memory: what is durable is decided by the trace, and real syncs cost time only."""

Dropped = Callable[[Step], bool]


@dataclass(frozen=True)
class Opened:
    """A journal, and the list into which its disk writes."""

    journal: Journal
    steps: list[Step]


class Store(Protocol):
    """Opens a journal on files that are there."""

    name: str
    is_named_by_sync: bool

    def opened(self, state: State, is_dropped: Dropped) -> Iterator[Opened]: ...


class FolderStore:
    name = "folder"
    is_named_by_sync = False

    @contextmanager
    def opened(self, state: State, is_dropped: Dropped = lambda _: False) -> Iterator[Opened]:
        disk = RecordingDisk(state, is_dropped)
        journal = FolderJournal(Path("/log"), ORIGIN, disk=disk, segment_bytes=SEGMENT_BYTES)
        yield Opened(journal, disk.steps)
        journal.close()


class SqliteStore:
    name = "sqlite"
    is_named_by_sync = True

    @contextmanager
    def opened(self, state: State, is_dropped: Dropped = lambda _: False) -> Iterator[Opened]:
        folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        vfs = RecordingVfs(folder, state, is_dropped)
        journal = None
        try:
            journal = SqliteJournal(folder / "log.sqlite", ORIGIN, connect=vfs.connect)
            yield Opened(journal, vfs.steps)
        finally:
            if journal is not None:
                journal.close()
            vfs.unregister()
            shutil.rmtree(folder)


STORES: Final = (FolderStore(), SqliteStore())
