"""A disk in memory that notes down what it is asked: below a folder journal in the place of the real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.trust.power.trace import Act, State, Step


class RecordedFile:
    def __init__(self, disk: RecordingDisk, data: bytearray, path: str) -> None:
        self._disk = disk
        self._data = data
        self.path = path

    def size(self) -> int:
        return len(self._data)

    def read(self, offset: int, count: int) -> bytes:
        return bytes(self._data[offset : offset + count])

    def write(self, offset: int, data: bytes) -> None:
        self._disk.note(Step(Act.WRITE, self._name(), offset, data))
        self._data.extend(bytes(max(0, offset - len(self._data))))
        self._data[offset : offset + len(data)] = data

    def truncate(self, size: int) -> None:
        self._disk.note(Step(Act.TRUNCATE, self._name(), size))
        del self._data[size:]
        self._data.extend(bytes(size - len(self._data)))

    def sync(self) -> None:
        self._disk.note(Step(Act.SYNC, self._name()))

    def close(self) -> None:
        pass

    def _name(self) -> str:
        """Return the name under which the file is now: it may have been renamed while it is open."""
        return next(path for path, data in self._disk.files.items() if data is self._data)


class RecordingDisk:
    """The files to begin with; ``steps`` has what was done, without what a bad disk leaves out (``is_dropped``)."""

    def __init__(self, state: State, is_dropped: Callable[[Step], bool] = lambda _: False) -> None:
        self.files = {path: bytearray(data) for path, data in state.items()}
        self.steps: list[Step] = []
        self._is_dropped = is_dropped

    def note(self, step: Step) -> None:
        if not self._is_dropped(step):
            self.steps.append(step)

    def lock(self, folder: Path) -> RecordedFile:
        return self.open(folder / "lock")

    def names(self, folder: Path) -> list[str]:
        return sorted(Path(path).name for path in self.files if Path(path).parent == folder)

    def make_folder(self, folder: Path) -> None:
        """Folders themselves are taken as durable: the paths of files are all there is."""

    def open(self, path: Path) -> RecordedFile:
        if str(path) not in self.files:
            self.files[str(path)] = bytearray()
            self.note(Step(Act.CREATE, str(path)))
        return RecordedFile(self, self.files[str(path)], str(path))

    def replace(self, source: Path, destination: Path) -> None:
        self.files[str(destination)] = self.files.pop(str(source))
        self.note(Step(Act.RENAME, str(source), to=str(destination)))

    def sync_folder(self, folder: Path) -> None:
        self.note(Step(Act.SYNC_FOLDER, str(folder)))
