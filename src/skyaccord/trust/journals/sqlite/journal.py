"""A journal in one SQLite file: write-ahead log, synchronous FULL, one writer, any number of readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.trust.journals.checks import CURE, check_body, check_head, check_leaf, check_next, check_range
from skyaccord.trust.journals.entry import Body, Entry, Erased, StoredCheckpoint
from skyaccord.trust.journals.moments import moment_text, read_moment
from skyaccord.trust.journals.sqlite.database import Connect, connect, open_database
from skyaccord.trust.journals.sqlite.sidelines import SqliteSidelines
from skyaccord.trust.merkle.frontier import Frontier
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.merkle.prove import frontier_at
from skyaccord.trust.merkle.stored_nodes import STORED_LEVEL, StoredNodes

ROWS_AT_ONCE: Final = 4096
"""Leaves read in one go, so that a long reading holds no snapshot open and little memory."""


class SqliteJournal(SqliteSidelines):
    """The journal of one log in a SQLite file; made where no file is (see `Journal`)."""

    def __init__(self, path: Path, origin: str, *, connect: Connect = connect) -> None:
        super().__init__(open_database(path, origin, connect))
        self._origin = origin
        try:
            size = self._count()
            self._frontier = frontier_at(StoredNodes(self._hashes, size).node, size)
            check_head(str(path), self)
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
        hashes = [hash_leaf(entry.leaf) for entry in entries]
        frontier, made = self._frontier.grow(hashes)
        with self._database.transaction():
            if self._count() != first:
                problem = f"{self._count()} entries, where this writer left {first}"
                raise JournalError(
                    self._database.place, problem, "A journal has one writer: stop the other, open again"
                )
            leaves = ((first + k, entry.leaf, hashes[k]) for k, entry in enumerate(entries))
            self._database.many("INSERT INTO entry VALUES (?, ?, ?)", leaves)
            for nodes in made[STORED_LEVEL:]:
                rows = ((nodes.level, nodes.first + k, value) for k, value in enumerate(nodes.hashes))
                self._database.many("INSERT INTO node VALUES (?, ?, ?)", rows)
            kept = ((first + k, entry.body) for k, entry in enumerate(entries))
            bodies = ((k, body.salt, body.content, body.commitment) for k, body in kept if body is not None)
            self._database.many("INSERT INTO body VALUES (?, ?, ?, ?)", bodies)
        self._frontier = frontier
        return range(first, frontier.size)

    def leaves(self, first: int, count: int) -> Iterator[bytes]:
        """Yield leaves in order, each checked against its stored hash."""
        check_range(self._database.place, first, count, self._frontier.size)
        for start in range(first, first + count, ROWS_AT_ONCE):
            wanted = min(ROWS_AT_ONCE, first + count - start)
            rows = self._database.all("SELECT leaf, hash FROM entry WHERE id >= ? AND id < ?", start, start + wanted)
            self._check_whole("entries", start, len(rows), wanted)
            for k, (leaf, leaf_hash) in enumerate(rows):
                yield check_leaf(self._database.place, start + k, leaf, leaf_hash)

    def body(self, index: int) -> Body | Erased | None:
        """Return the body of an entry, or when it was erased; ``None`` where it never had one."""
        return next(self.bodies(index, 1))

    def bodies(self, first: int, count: int) -> Iterator[Body | Erased | None]:
        """Yield what `body` returns, in order and faster."""
        check_range(self._database.place, first, count, self._frontier.size)
        for start in range(first, first + count, ROWS_AT_ONCE):
            span = (start, min(start + ROWS_AT_ONCE, first + count))
            erased: dict[int, str] = dict(
                self._database.all("SELECT id, at FROM erasure WHERE id >= ? AND id < ?", *span)
            )
            rows = self._database.all("SELECT id, salt, content, hash FROM body WHERE id >= ? AND id < ?", *span)
            kept = {index: (Body(salt, content), commitment) for index, salt, content, commitment in rows}
            for index in range(*span):
                if index in erased:
                    yield Erased(read_moment(erased[index]))
                else:
                    yield check_body(self._database.place, index, *kept[index]) if index in kept else None

    def erase(self, indexes: Sequence[int], now: datetime) -> None:
        """Overwrite bodies and salts, durably. An entry without a body, or erased before, stays as it is."""
        at = moment_text(now)
        with self._database.transaction():
            for index in indexes:
                check_range(self._database.place, index, 1, self._frontier.size)
                sql = "INSERT INTO erasure SELECT id, ? FROM body WHERE id = ?"
                self._database.all(sql, at, index)
                self._database.all("DELETE FROM body WHERE id = ?", index)
        self._database.forget_deleted()

    def hashes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        """Return hashes of complete subtrees side by side, for level 0 and from `STORED_LEVEL` up."""
        check_range(f"{self._database.place}, level {level}", first, count, self._frontier.size >> level)
        return self._hashes(level, first, count)

    def store_checkpoint(self, checkpoint: StoredCheckpoint) -> None:
        """Store a checkpoint durably, unless it could contradict the last."""
        with self._database.transaction():
            check_next(self._database.place, self.last_checkpoint(), checkpoint, self._count())
            row = (checkpoint.size, checkpoint.root, checkpoint.note)
            self._database.all("INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?)", *row)

    def last_checkpoint(self) -> StoredCheckpoint | None:
        """Return the checkpoint of the greatest size."""
        row = self._database.one("SELECT size, root, note FROM checkpoint ORDER BY size DESC LIMIT 1")
        return StoredCheckpoint(*row) if row else None

    def checkpoint_at(self, size: int) -> StoredCheckpoint | None:
        """Return the checkpoint of a size, where one was signed."""
        row = self._database.one("SELECT size, root, note FROM checkpoint WHERE size = ?", size)
        return StoredCheckpoint(*row) if row else None

    def checkpoints(self) -> Iterator[StoredCheckpoint]:
        """Yield all checkpoints, the smallest first."""
        last = -1
        while row := self._database.one(
            "SELECT size, root, note FROM checkpoint WHERE size > ? ORDER BY size LIMIT 1", last
        ):
            yield StoredCheckpoint(*row)
            last = row[0]

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _count(self) -> int:
        row = self._database.one("SELECT max(id) FROM entry")
        return 0 if row is None or row[0] is None else int(row[0]) + 1

    def _hashes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        if level == 0:
            sql = "SELECT hash FROM entry WHERE id >= ? AND id < ?"
            rows = self._database.all(sql, first, first + count)
        else:
            sql = "SELECT hash FROM node WHERE level = ? AND place >= ? AND place < ?"
            rows = self._database.all(sql, level, first, first + count)
        self._check_whole(f"hashes of level {level}", first, len(rows), count)
        return [row[0] for row in rows]

    def _check_whole(self, what: str, first: int, found: int, wanted: int) -> None:
        if found != wanted:
            problem = f"{found} of {wanted} {what} from {first} on"
            raise JournalError(self._database.place, problem, CURE)
