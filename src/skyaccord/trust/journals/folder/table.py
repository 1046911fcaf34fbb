"""Rows of JSON in a file of frames: what a journal keeps beside its entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from skyaccord.trust.journals.folder.disk import Disk
from skyaccord.trust.journals.folder.frames import FrameFile


class Table:
    """Rows that are added durably, one after the other, and read back by place."""

    def __init__(self, disk: Disk, path: Path, key: bytes) -> None:
        self._disk = disk
        self._key = key
        self._frames = FrameFile(disk, path, key)

    def load(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield place and content of every row, and cut off a torn one at the end."""
        for frame in self._frames.walk():
            yield frame.offset, json.loads(frame.checked)
        self._frames.cut_tail()

    def add(self, row: dict[str, Any]) -> int:
        """Add a row and return its place when it is durable."""
        return self._frames.append(_encode(row)).offset

    def read(self, place: int) -> dict[str, Any]:
        """Return the row at a place."""
        return dict(json.loads(self._frames.read(place).checked))

    def rewrite(self, rows: Iterable[dict[str, Any]]) -> None:
        """Put these rows in the place of all, at once: after a power cut there are the ones or the others."""
        path = self._frames.path
        beside = FrameFile(self._disk, path.with_suffix(".new"), self._key)
        beside.file.truncate(0)
        beside.append_all(map(_encode, rows))
        self._disk.replace(beside.path, path)
        self._disk.sync_folder(path.parent)
        self._frames.file.close()
        beside.path = path
        self._frames = beside

    def close(self) -> None:
        """Close the file."""
        self._frames.file.close()


def _encode(row: dict[str, Any]) -> bytes:
    return json.dumps(row, separators=(",", ":"), sort_keys=True).encode()
