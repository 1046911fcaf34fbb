"""``journal.json``: what a folder says of itself."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.trust.journals.folder.disk import Disk

VERSION: Final = 1
"""Of the files in the folder; a later version is refused."""

KEY_BYTES: Final = 16

_NAME: Final = "journal.json"
_LONGEST: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Header:
    """Whose log the folder is, and the number that the headers of its frames are checked with."""

    origin: str
    key: bytes


def open_header(disk: Disk, folder: Path, origin: str) -> Header:
    """Read what a folder says of itself, or make it the journal of a log where it is empty.

    Raises:
        JournalError: another kind of folder, another log's, or of a later version.
    """
    names = set(disk.names(folder)) - {"lock", f"{_NAME}.new"}
    if not names:
        _write(disk, folder, Header(origin, secrets.token_bytes(KEY_BYTES)))
    elif _NAME not in names:
        raise JournalError(str(folder), "no journal of skyaccord", "Name another folder, or one that is not there yet")
    found = _read(disk, folder)
    if found.origin != origin:
        raise JournalError(
            str(folder), f"the journal of {found.origin}, not of {origin}", "Name the journal of this log"
        )
    return found


def _write(disk: Disk, folder: Path, header: Header) -> None:
    said = {"journal": "skyaccord", "key": header.key.hex(), "origin": header.origin, "version": VERSION}
    file = disk.open(folder / f"{_NAME}.new")
    try:
        file.truncate(0)
        file.write(0, json.dumps(said, indent=1).encode() + b"\n")
        file.sync()
    finally:
        file.close()
    disk.replace(folder / f"{_NAME}.new", folder / _NAME)
    disk.sync_folder(folder)


def _read(disk: Disk, folder: Path) -> Header:
    file = disk.open(folder / _NAME)
    try:
        data = file.read(0, _LONGEST)
    finally:
        file.close()
    place = str(folder / _NAME)
    try:
        said = json.loads(data)
        version, header = said["version"], Header(said["origin"], bytes.fromhex(said["key"]))
    except (ValueError, KeyError, TypeError) as error:
        raise JournalError(place, f"it does not read: {error}", "Restore the file from a copy of the folder") from error
    if version != VERSION:
        problem = f"a journal of version {version}; this program knows {VERSION}"
        raise JournalError(place, problem, "Use a later skyaccord")
    return header
