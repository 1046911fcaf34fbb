"""A private key in the store of the operating system, by the package ``keyring`` where that is installed."""

from __future__ import annotations

import importlib
from typing import Any, Final

from skyaccord.errors import KeyStoreError
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64

SERVICE: Final = "skyaccord"
_STORE: Final = "system keyring"


def store_key(key: SigningKey) -> None:
    """Put a key into the store under its fingerprint; one that is there already is the same."""
    _ask_store("set_password", key.fingerprint, encode_base64(key.seed))


def fetch_key(fingerprint: str) -> SigningKey:
    """Return the key of a fingerprint."""
    text = _ask_store("get_password", fingerprint)
    if text is None:
        raise KeyStoreError(_STORE, f"it has no key {fingerprint}", "Put it there, or name a key file")
    seed = decode_base64(str(text))
    key = SigningKey(seed) if seed is not None else None
    if key is None or key.fingerprint != fingerprint:
        raise KeyStoreError(_STORE, f"what it has under {fingerprint} is another key", "Put the right one there")
    return key


def _ask_store(ask: str, *words: str) -> object:
    """Return the answer of the store; refuse in words where there is none, or where it fails."""
    try:
        store: Any = importlib.import_module("keyring")
    except ImportError:
        cure = "Install it with `pip install skyaccord[keyring]`, or keep keys in files"
        raise KeyStoreError(_STORE, "the package keyring is not installed", cure) from None
    try:
        answer: object = getattr(store, ask)(SERVICE, *words)
    except Exception as error:  # noqa: BLE001 - each backend has errors of its own, whose words may hold what was stored
        problem = f"it does not answer: {type(error).__name__}"
        raise KeyStoreError(_STORE, problem, "Unlock it, or keep keys in files") from None
    return answer
