"""Asks for the passphrase of a key file: from a file, the environment, or the terminal; never from an argument."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from skyaccord.errors import PassphraseError

if TYPE_CHECKING:
    from skyaccord.trust.keys.signing_key import SigningKey

VARIABLE: Final = "SKYACCORD_PASSPHRASE"
_LONGEST: Final = 1024


def open_key(path: Path, passphrase_file: Path | None) -> SigningKey:
    """Return the key in a key file, once its passphrase was given."""
    from skyaccord.trust.keys.key_file import read_key_file

    return read_key_file(path, read_passphrase(f"Passphrase of {path}: ", passphrase_file))


def read_passphrase(prompt: str, passphrase_file: Path | None, *, is_new: bool = False) -> str:
    """Return a passphrase: the first line of a file, else of the environment, else what is typed; a new one twice."""
    if passphrase_file is not None:
        return _from_file(passphrase_file)
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        cure = f"Set {VARIABLE}, or name a file of yours with --passphrase-file"
        raise PassphraseError("passphrase", "there is no terminal to ask at", cure)
    typed = getpass.getpass(prompt)
    if is_new and getpass.getpass("Once more: ") != typed:
        raise PassphraseError("passphrase", "the two differ", "Type it again")
    return typed


def _from_file(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(_LONGEST).rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise PassphraseError(str(path), f"it cannot be read: {error}", "Name a text file of your own") from None
