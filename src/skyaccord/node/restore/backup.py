"""Copies of a node's folder, made while it runs, and put back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from skyaccord.errors import ConfigurationError
from skyaccord.node.folder import FILE_MODE, FOLDER_MODE, write_private

MARK: Final = "restored"
"""A file in a folder that was put back: all peers are met before anything is signed."""

_NOT_COPIED: Final = frozenset({"node.lock", MARK})


def back_up(folder: Path, copy: Path) -> list[Path]:
    """Copy a node's folder into a new one, each database as it is at one moment; return what was copied.

    The node may run: databases are copied by SQLite itself, which sees each as of one transaction. The log is copied
    last, so that it is not behind what stands beside it.

    Raises:
        ConfigurationError: the copy is there already, or cannot be written.
    """
    try:
        copy.mkdir(mode=FOLDER_MODE, parents=True)
    except OSError as error:
        cure = "Name a new folder, where you may write"
        raise ConfigurationError(str(copy), f"it cannot be made: {error.strerror}", cure) from None
    files = [each for each in sorted(folder.rglob("*")) if each.is_file() and each.name not in _NOT_COPIED]
    plain = [each for each in files if ".sqlite" not in each.name]
    databases = [each for each in files if each.suffix == ".sqlite" and not each.name.startswith("log.next")]
    for each in [*plain, *sorted(databases, key=lambda path: path.name.startswith("log"))]:
        to = copy / each.relative_to(folder)
        to.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        _copy_database(each, to) if each in databases else shutil.copyfile(each, to)
        to.chmod(FILE_MODE)
    return [*plain, *databases]


def put_back(copy: Path, folder: Path) -> None:
    """Put a copy back into a new folder and mark it as restored.

    Raises:
        ConfigurationError: the folder is there already, or the copy is none.
    """
    if not copy.is_dir() or not any(copy.rglob("log.sqlite")):
        raise ConfigurationError(str(copy), "it is no copy of a node", "Name the folder that backup has made")
    back_up(copy, folder)
    write_private(folder / MARK, b"put back from a copy\n")


def is_restored(folder: Path) -> bool:
    """Return whether a folder was put back and its peers were not all met since."""
    return (folder / MARK).exists()


def forget_restoration(folder: Path) -> None:
    """Take the mark away: it is known what was said."""
    (folder / MARK).unlink(missing_ok=True)


def _copy_database(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written)
            written.execute("PRAGMA journal_mode = DELETE")  # one file, without what SQLite keeps beside it
    except sqlite3.DatabaseError as error:
        raise ConfigurationError(str(source), f"SQLite says: {error}", "Check the disk, and the space on it") from error
