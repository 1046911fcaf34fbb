"""SQLite on a file system that notes down what it is asked (a VFS by apsw), below a journal in SQLite.

SQLite syncs the folder itself when it first syncs a write-ahead log or a rollback journal that it has made, below the
VFS and so unseen: names are taken as durable once their file is (`cut_after`'s ``is_named_by_sync``). The shared memory
of readers is never durable and not noted.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

from tests.trust.power.trace import Act, State, Step

_NUMBERS = itertools.count()


class RecordingVfs(apsw.VFS):
    """All files in one folder; ``steps`` has what was done, ``connect`` opens a database there."""

    def __init__(self, folder: Path, state: State, is_dropped: Callable[[Step], bool] = lambda _: False) -> None:
        self.name = f"recording{next(_NUMBERS)}"
        self.steps: list[Step] = []
        self._is_dropped = is_dropped
        self._there = set(state)
        for name, data in state.items():
            (folder / name).write_bytes(data)
        super().__init__(self.name, "unix")

    def note(self, step: Step) -> None:
        if not self._is_dropped(step):
            self.steps.append(step)

    def connect(self, path: Path) -> Any:
        return apsw.Connection(str(path), vfs=self.name)

    def xOpen(self, name: Any, flags: list[int]) -> RecordedDatabaseFile:  # noqa: N802 - apsw's name
        assert name is not None, "nothing of a journal lies in files without a name"
        path = Path(name if isinstance(name, str) else name.filename()).name
        if path not in self._there:
            self._there.add(path)
            self.note(Step(Act.CREATE, path))
        return RecordedDatabaseFile(self, path, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802 - apsw's name
        super().xDelete(name, sync)
        self._there.discard(Path(name).name)
        self.note(Step(Act.DELETE, Path(name).name))
        if sync:
            self.note(Step(Act.SYNC_FOLDER))


class RecordedDatabaseFile(apsw.VFSFile):
    def __init__(self, vfs: RecordingVfs, path: str, name: Any, flags: list[int]) -> None:
        self._vfs = vfs
        self._path = path
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - apsw's name
        self._vfs.note(Step(Act.WRITE, self._path, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802 - apsw's name
        self._vfs.note(Step(Act.TRUNCATE, self._path, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802 - apsw's name
        self._vfs.note(Step(Act.SYNC, self._path))
        super().xSync(flags)
