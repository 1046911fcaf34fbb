"""The checkpoints of a folder journal: a file of them, and in memory where each stands."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from skyaccord.trust.journals.entry import StoredCheckpoint
from skyaccord.trust.journals.folder.disk import Disk
from skyaccord.trust.journals.folder.table import Table


class FolderCheckpoints:
    """Checkpoints in the order of their sizes; a later row of one size has more cosignatures."""

    def __init__(self, disk: Disk, folder: Path, key: bytes) -> None:
        self._table = Table(disk, folder / "checkpoints.log", key)
        self._places = {row["size"]: place for place, row in self._table.load()}

    def add(self, checkpoint: StoredCheckpoint) -> None:
        """Store a checkpoint durably."""
        note = base64.b64encode(checkpoint.note).decode("ascii")
        place = self._table.add({"size": checkpoint.size, "root": checkpoint.root.hex(), "note": note})
        self._places[checkpoint.size] = place

    def last(self) -> StoredCheckpoint | None:
        """Return the one of the greatest size."""
        size = next(reversed(self._places), None)
        return None if size is None else self.at(size)

    def at(self, size: int) -> StoredCheckpoint | None:
        """Return the one of a size, where there is one."""
        place = self._places.get(size)
        return None if place is None else _read(self._table.read(place))

    def all(self) -> Iterator[StoredCheckpoint]:
        """Yield all, the smallest first."""
        for place in list(self._places.values()):
            yield _read(self._table.read(place))

    def close(self) -> None:
        """Close the file."""
        self._table.close()


def _read(row: dict[str, Any]) -> StoredCheckpoint:
    return StoredCheckpoint(row["size"], bytes.fromhex(row["root"]), base64.b64decode(row["note"]))
