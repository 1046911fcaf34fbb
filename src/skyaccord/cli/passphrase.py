"""The passphrase of keys: from a file, from the environment, or typed; never from the command line."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from skyaccord.errors import PassphraseError
from skyaccord.node.folder import read_private

if TYPE_CHECKING:
    from skyaccord.trust.keys.signing_key import SigningKey

VARIABLE: Final = "SKYACCORD_PASSPHRASE"
FEWEST: Final = 12
_CURE: Final = f"Type it, or give --passphrase-file FILE or the environment variable {VARIABLE}"


def open_key(path: Path, passphrase_file: Path | None) -> SigningKey:
    """Return the key in a key file, once its passphrase was given."""
    from skyaccord.trust.keys.key_file import read_key_file

    return read_key_file(path, find_passphrase(passphrase_file, prompt=f"Passphrase of {path}: "))


def find_passphrase(
    file: Path | None, *, prompt: str = "Passphrase of the party's keys: ", is_new: bool = False
) -> str:
    """Return the passphrase.

    Args:
        file: whose first line it is; before the environment, before asking.
        prompt: what is asked where neither is there.
        is_new: whether it is chosen now: then it is typed twice and must be long enough.

    Raises:
        PassphraseError: there is none, it is too short, or what was typed differs.
    """
    given = _given(file)
    if given is None:
        given = _ask(prompt, is_new=is_new)
    if is_new and len(given) < FEWEST:
        raise PassphraseError("the passphrase", f"it has {len(given)} characters", f"Take {FEWEST} or more")
    if not given:
        raise PassphraseError("the passphrase", "it is empty", _CURE)
    return given


def _given(file: Path | None) -> str | None:
    if file is not None:
        return read_private(file, 4096).decode("utf-8", "replace").split("\n", 1)[0].rstrip("\r")
    return os.environ.get(VARIABLE)


def _ask(prompt: str, *, is_new: bool) -> str:
    if not sys.stdin.isatty():
        raise PassphraseError("the passphrase", "there is none, and nobody to ask", _CURE)
    typed = getpass.getpass(prompt)
    if is_new and getpass.getpass("The same again: ") != typed:
        raise PassphraseError("the passphrase", "the two differ", "Try again; nothing was made")
    return typed
