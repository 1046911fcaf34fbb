"""A journal in a folder: segments of entries that only grow, and small files beside them. One process at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from skyaccord.trust.journals.checks import check_body, check_head, check_leaf, check_next, check_range
from skyaccord.trust.journals.entry import Body, Entry, Erased, StoredCheckpoint
from skyaccord.trust.journals.folder.checkpoints import FolderCheckpoints
from skyaccord.trust.journals.folder.derived import Derived
from skyaccord.trust.journals.folder.disk import Disk, PosixDisk
from skyaccord.trust.journals.folder.header import open_header
from skyaccord.trust.journals.folder.records import Record
from skyaccord.trust.journals.folder.recovery import Recovery
from skyaccord.trust.journals.folder.segments import SEGMENT_BYTES, Segments
from skyaccord.trust.journals.folder.sidelines import FolderSidelines
from skyaccord.trust.journals.folder.table import Table
from skyaccord.trust.journals.moments import moment_text, read_moment
from skyaccord.trust.merkle.frontier import Frontier
from skyaccord.trust.merkle.hashing import hash_leaf

PLACES_AT_ONCE: Final = 4096
"""Places of records read in one go when leaves are read in order."""


class FolderJournal(FolderSidelines):
    """The journal of one log in a folder; made where nothing is (see `Journal`)."""

    def __init__(
        self, folder: Path, origin: str, *, disk: Disk | None = None, segment_bytes: int = SEGMENT_BYTES
    ) -> None:
        disk = disk or PosixDisk()
        self._lock = disk.lock(folder)
        try:
            header = open_header(disk, folder, origin)
            super().__init__(disk, folder, header.key)
            self._origin = origin
            self._checkpoints = FolderCheckpoints(disk, folder, header.key)
            self._erasures = Table(disk, folder / "erasures.log", header.key)
            self._segments = Segments(disk, folder / "entries", header.key, segment_bytes)
            self._derived = Derived(disk, folder / "derived")
            self._erased: dict[int, datetime] = {}
            begun: list[int] = []
            for _, row in self._erasures.load():
                begun = row["indexes"]
                self._erased.update(dict.fromkeys(begun, read_moment(row["at"])))
            disk.sync_folder(folder)
            last = self._checkpoints.last()
            signed = last.size if last else 0
            self._frontier = Recovery(self._segments, self._derived, signed, self._erased.__contains__).run()
            check_head(self.place, self)
            self._overwrite(begun)
        except BaseException:
            self.close()
            raise

    @property
    def origin(self) -> str:
        """The name of the log, as in its checkpoints."""
        return self._origin

    @property
    def frontier(self) -> Frontier:
        """The tree over all entries that are durable."""
        return self._frontier

    def append(self, entries: Sequence[Entry]) -> range:
        """Store a batch durably, all of it or nothing, and return the numbers of its entries."""
        first = self._frontier.size
        if not entries:
            return range(first, first)
        frontier, made = self._frontier.grow([hash_leaf(entry.leaf) for entry in entries])
        with self._writing():
            if self._segments.is_full():
                self._derived.sync()
            places = self._segments.append(first, entries)
            self._derived.append(first, made, places)
        self._frontier = frontier
        return range(first, frontier.size)

    def leaves(self, first: int, count: int) -> Iterator[bytes]:
        """Yield leaves in order, each checked against its stored hash."""
        return (leaf for _, _, _, leaf in self._records(first, count))

    def body(self, index: int) -> Body | Erased | None:
        """Return the body of an entry, or when it was erased; ``None`` where it never had one."""
        return next(self.bodies(index, 1))

    def bodies(self, first: int, count: int) -> Iterator[Body | Erased | None]:
        """Yield what `body` returns, in order and faster."""
        for index, place, record, _ in self._records(first, count):
            if not record.way_to_body:
                yield None
            elif index in self._erased:
                yield Erased(self._erased[index])
            else:
                body = self._segments.read_body(index, place, record)
                yield check_body(self._place_of(index), index, body, record.commitment)

    def erase(self, indexes: Sequence[int], now: datetime) -> None:
        """Overwrite bodies and salts, durably. An entry without a body, or erased before, stays as it is.

        That they are erased is durable before the first is overwritten; after a power cut opening goes on with it.
        """
        for index in indexes:
            check_range(self.place, index, 1, self._frontier.size)
        at = moment_text(now)
        begun = [index for index in dict.fromkeys(indexes) if isinstance(self.body(index), Body)]
        if not begun:
            return
        with self._writing():
            self._erasures.add({"at": at, "indexes": begun})
            self._erased.update(dict.fromkeys(begun, read_moment(at)))
            self._overwrite(begun)

    def hashes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        """Return hashes of complete subtrees side by side, for level 0 and from `STORED_LEVEL` up."""
        check_range(f"{self.place}, level {level}", first, count, self._frontier.size >> level)
        return self._derived.hashes(level, first, count)

    def store_checkpoint(self, checkpoint: StoredCheckpoint) -> None:
        """Store a checkpoint durably, unless it could contradict the last."""
        check_next(self.place, self._checkpoints.last(), checkpoint, self._frontier.size)
        with self._writing():
            self._checkpoints.add(checkpoint)

    def last_checkpoint(self) -> StoredCheckpoint | None:
        """Return the checkpoint of the greatest size."""
        return self._checkpoints.last()

    def checkpoint_at(self, size: int) -> StoredCheckpoint | None:
        """Return the checkpoint of a size, where one was signed."""
        return self._checkpoints.at(size)

    def checkpoints(self) -> Iterator[StoredCheckpoint]:
        """Yield all checkpoints, the smallest first."""
        return self._checkpoints.all()

    def close(self) -> None:
        """Let go of the folder."""
        for part in list(vars(self).values()):  # some are not there yet where opening failed
            if isinstance(part, Table | FolderCheckpoints | Segments | Derived):
                part.close()
        self._lock.close()

    def _records(self, first: int, count: int) -> Iterator[tuple[int, int, Record, bytes]]:
        """Yield number, place, record and leaf of entries, each leaf checked against its stored hash."""
        check_range(self.place, first, count, self._frontier.size)
        for start in range(first, first + count, PLACES_AT_ONCE):
            wanted = min(PLACES_AT_ONCE, first + count - start)
            places, hashes = self._derived.places(start, wanted), self._derived.hashes(0, start, wanted)
            for index, place, leaf_hash in zip(range(start, start + wanted), places, hashes, strict=True):
                record, leaf = self._segments.read_leaf(index, place)
                yield index, place, record, check_leaf(self._place_of(index), index, leaf, leaf_hash)

    def _place_of(self, index: int) -> str:
        return self._segments.place_of(self._segments.first_of(index))

    def _overwrite(self, indexes: Sequence[int]) -> None:
        for index in indexes:
            (place,) = self._derived.places(index, 1)
            record, _ = self._segments.read_leaf(index, place)
            self._segments.overwrite_body(index, place, record)
        for first in {self._segments.first_of(index) for index in indexes}:
            self._segments.sync(first)
