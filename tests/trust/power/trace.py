"""What a program asked of a disk, in order, and what a power cut at any place of it leaves behind.

Nothing that was not synced can be relied on: written sectors may be there or not, each for itself, in holes stands
anything, and names given in a folder are there up to any one of them. What was synced is there.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

SECTOR: Final = 512
"""Bytes that a disk writes whole or not at all."""

State: TypeAlias = dict[str, bytes]
"""The files that are there, by name."""


class Act(StrEnum):
    CREATE = "create"
    WRITE = "write"
    TRUNCATE = "truncate"
    SYNC = "sync"
    RENAME = "rename"
    DELETE = "delete"
    SYNC_FOLDER = "sync_folder"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Step:
    """One act: upon a path, with a place or size, data, another path, or a promise given to somebody."""

    act: Act
    path: str = ""
    at: int = 0
    data: bytes = b""
    to: str = ""
    promise: object = None


class Survival(StrEnum):
    """What becomes of that which was not synced."""

    NOTHING = "nothing"
    EVERYTHING = "everything"
    SECTORS = "sectors"


@dataclass(eq=False, slots=True)
class _Inode:
    durable: bytes = b""
    pending: list[Step] = field(default_factory=list)


class _Machine:
    """A disk with its cache, as a program has left it."""

    def __init__(self, before: State, is_named_by_sync: bool) -> None:
        self.names = {path: _Inode(data) for path, data in before.items()}
        self.durable_names = dict(self.names)
        self.renamings: list[tuple[str, Step, _Inode]] = []
        self._is_named_by_sync = is_named_by_sync

    def take(self, step: Step) -> None:
        match step.act:
            case Act.CREATE:
                self.names[step.path] = _Inode()
                self._rename(step.path, step, self.names[step.path])
            case Act.WRITE | Act.TRUNCATE:
                self.names[step.path].pending.append(step)
            case Act.SYNC:
                inode = self.names[step.path]
                inode.durable = _apply(inode.durable, inode.pending)
                inode.pending.clear()
                if self._is_named_by_sync:
                    self._settle(folder_of(step.path))
            case Act.RENAME:
                self.names[step.to] = self.names.pop(step.path)
                self._rename(step.path, step, self.names[step.to])
            case Act.DELETE:
                self._rename(step.path, step, self.names.pop(step.path))
            case Act.SYNC_FOLDER:
                self._settle(step.path)

    def settle_some(self, rng: random.Random, survival: Survival) -> None:
        """Make durable what became of the names: for each folder up to any one change."""
        for folder in sorted({folder for folder, _, _ in self.renamings}):
            count = sum(each == folder for each, _, _ in self.renamings)
            kept = {Survival.NOTHING: 0, Survival.EVERYTHING: count}.get(survival, rng.randint(0, count))
            self._settle(folder, kept)

    def _rename(self, path: str, step: Step, inode: _Inode) -> None:
        self.renamings.append((folder_of(path), step, inode))

    def _settle(self, folder: str, most: int | None = None) -> None:
        mine = [change for change in self.renamings if change[0] == folder][:most]
        for change in mine:
            _, step, inode = change
            if step.act is Act.CREATE:
                self.durable_names[step.path] = inode
            else:
                self.durable_names.pop(step.path, None)
            if step.act is Act.RENAME:
                self.durable_names[step.to] = inode
            self.renamings.remove(change)


def cut_after(
    before: State, steps: Sequence[Step], rng: random.Random, survival: Survival, *, is_named_by_sync: bool = False
) -> State:
    """Return the files that are there after a power cut behind the last of these steps.

    ``is_named_by_sync`` says that the program syncs the folder of a new file itself, unseen, as SQLite does.
    """
    machine = _Machine(before, is_named_by_sync)
    for step in steps:
        machine.take(step)
    machine.settle_some(rng, survival)
    return {path: _left_of(inode, rng, survival) for path, inode in machine.durable_names.items()}


def folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def _left_of(inode: _Inode, rng: random.Random, survival: Survival) -> bytes:
    if survival is Survival.NOTHING:
        return inode.durable
    if survival is Survival.EVERYTHING:
        return _apply(inode.durable, inode.pending)
    share = rng.random()
    return _apply(inode.durable, [kept for step in inode.pending for kept in _sectors(step, rng, share)])


def _sectors(step: Step, rng: random.Random, share: float) -> list[Step]:
    """Return the pieces of an act that reach the disk; a sector that does not may hold anything that stood there."""
    if step.act is Act.TRUNCATE:
        return [step] if rng.random() < share else []
    kept, at, end = [], step.at, step.at + len(step.data)
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        if rng.random() < share:
            kept.append(Step(Act.WRITE, step.path, at, step.data[at - step.at : stop - step.at]))
        elif rng.random() < 0.1:
            kept.append(Step(Act.WRITE, step.path, at, rng.randbytes(stop - at)))
        at = stop
    return kept


def _apply(content: bytes, steps: Sequence[Step]) -> bytes:
    data = bytearray(content)
    for step in steps:
        if step.act is Act.TRUNCATE:
            del data[step.at :]
            data.extend(bytes(step.at - len(data)))
        else:
            data.extend(bytes(max(0, step.at - len(data))))
            data[step.at : step.at + len(step.data)] = step.data
    return bytes(data)
