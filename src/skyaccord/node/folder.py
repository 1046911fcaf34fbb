"""Where things are in a node's folder, and that nobody else can read it."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skyaccord.errors import ConfigurationError

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600


@dataclass(frozen=True, slots=True)
class Folder:
    """A node's folder; each property is the path of what it is named after."""

    path: Path

    @property
    def configuration(self) -> Path:
        """The configuration, written by ``init`` and then by the owner."""
        return self.path / "node.toml"

    @property
    def store(self) -> Path:
        """The store, where it is a SQLite file."""
        return self.path / "node.sqlite"

    @property
    def lock(self) -> Path:
        """Held by the process that writes the store."""
        return self.path / "node.lock"

    @property
    def secret(self) -> Path:
        """The key under which secrets that must be read again lie in the store."""
        return self.path / "secret.key"

    @property
    def tls(self) -> Path:
        """The certificate authority: its certificate, key and revocation list, and the node's own certificates."""
        return self.path / "tls"

    @property
    def keys(self) -> Path:
        """The party's keys, each under a passphrase, and what is said of them to peers."""
        return self.path / "keys"

    @property
    def log(self) -> Path:
        """The party's log: all that was said and received."""
        return self.path / "log.sqlite"

    @property
    def introduction(self) -> Path:
        """What the party says of itself; it is given to peers."""
        return self.path / "introduction.json"

    @property
    def socket(self) -> Path:
        """Where commands of the machine's owner reach the running node."""
        return self.path / "node.socket"

    def memorandum_with(self, peer: str) -> Path:
        """The memorandum with a peer."""
        return self.peers / f"{peer}.toml"

    @property
    def peers(self) -> Path:
        """One card for each peer whose authority is pinned."""
        return self.path / "peers"

    def make(self) -> None:
        """Make the folder and those within it; one that is there must be empty.

        Raises:
            ConfigurationError: it has something in it, or cannot be made.
        """
        try:
            self.path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            if any(self.path.iterdir()):
                raise ConfigurationError(str(self.path), "something is in it already", "Name an empty or a new folder")
            self.path.chmod(FOLDER_MODE)
            for each in (self.tls, self.peers):
                each.mkdir(mode=FOLDER_MODE)
        except OSError as error:
            problem = f"it cannot be made: {error.strerror}"
            raise ConfigurationError(str(self.path), problem, "Name a folder where you may write") from None

    def unmake(self) -> None:
        """Empty a folder that `make` has made, where making the node went wrong."""
        for each in list(self.path.iterdir()):
            if each.is_dir():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.unlink(missing_ok=True)

    def check(self) -> None:
        """Refuse a folder that is none of a node, or that others on the machine can look into.

        Raises:
            ConfigurationError: with the cure, a command where there is one.
        """
        if not self.configuration.is_file():
            cure = f"Make a node there first: skyaccord node init {self.path}"
            raise ConfigurationError(str(self.path), "no node is there (no node.toml)", cure)
        for each in (self.path, self.tls, self.peers, *self._secret_files()):
            mode = stat.S_IMODE(each.stat().st_mode)
            if mode & 0o077:
                cure = f"Close it: chmod {FOLDER_MODE if each.is_dir() else FILE_MODE:o} {each}"
                raise ConfigurationError(str(each), f"others can reach it (mode {mode:04o})", cure)

    def _secret_files(self) -> list[Path]:
        keys = (*self.tls.glob("*.key"), *self.keys.glob("*.key"))
        named = [self.configuration, self.secret, self.store, self.log, self.keys, *keys]
        return [each for each in named if each.exists()]


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, replacing one that is there; all of it, durably, or nothing."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync(path.parent)
    except OSError as error:
        problem = f"it cannot be written: {error.strerror}"
        raise ConfigurationError(str(path), problem, "Check the folder and the space on it") from None
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def read_private(path: Path, most_bytes: int) -> bytes:
    """Return the content of one of the node's own files.

    Raises:
        ConfigurationError: it is not there, cannot be read or is longer than it may be.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except OSError as error:
        cure = "Take it from a backup of this folder"
        raise ConfigurationError(str(path), f"it cannot be read: {error.strerror}", cure) from None
    if len(content) > most_bytes:
        problem = f"it is longer than {most_bytes:,} bytes"
        raise ConfigurationError(str(path), problem, "Take it from a backup of this folder")
    return content


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
