"""A private key in a file, under a passphrase: scrypt, ChaCha20-Poly1305, canonical JSON, mode 0600.

A format of its own, with a version: what `cryptography` writes as encrypted PKCS #8 rests on 2,048 rounds of PBKDF2 and
is not authenticated. Here everything in the file is covered by the tag, and the cost is stated and bounded.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skyaccord.errors import CanonicalError, KeyStoreError, MemberError, PassphraseError
from skyaccord.model.canonical_json import Json, canonical
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.trust.keys.signing_key import SEED_BYTES, SigningKey
from skyaccord.trust.members import Members
from skyaccord.trust.notes.base64_text import encode_base64
from skyaccord.trust.notes.ed25519 import PUBLIC_BYTES

FORMAT: Final = "skyaccord/key/1"
COST: Final = 1 << 17
"""N of scrypt with r = 8, p = 1: 128 MiB and a third of a second or so (OWASP, Password Storage Cheat Sheet, 2023)."""
LEAST_COST: Final = 1 << 10
MOST_COST: Final = 1 << 20
"""1 GiB: a file cannot make its reader take more."""

_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_MOST_BYTES: Final = 2048
_NAMES: Final = frozenset({"ciphertext", "cost", "format", "nonce", "public_key", "salt"})


@dataclass(frozen=True, slots=True)
class _Sealing:
    """What stands in a key file beside the ciphertext, and is authenticated by it."""

    cost: int
    salt: bytes
    nonce: bytes
    public: bytes

    def members(self) -> dict[str, Json]:
        return {
            "cost": self.cost,
            "format": FORMAT,
            "nonce": encode_base64(self.nonce),
            "public_key": encode_base64(self.public),
            "salt": encode_base64(self.salt),
        }

    def key(self, passphrase: str) -> bytes:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        return Scrypt(self.salt, length=32, n=self.cost, r=8, p=1).derive(passphrase.encode("utf-8"))


def lock_key(key: SigningKey, passphrase: str, cost: int = COST) -> bytes:
    """Return the content of a key file; ``cost`` is scrypt's N, a power of two."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if not passphrase:
        raise PassphraseError("key file", "the passphrase is empty", "Give one, or use the system's keyring")
    sealing = _Sealing(cost, secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES), key.public)
    cipher = ChaCha20Poly1305(sealing.key(passphrase))
    hidden = cipher.encrypt(sealing.nonce, key.seed, canonical(sealing.members()))
    return canonical({**sealing.members(), "ciphertext": encode_base64(hidden)}) + b"\n"


def unlock_key(data: bytes, passphrase: str, source: str = "key file") -> SigningKey:
    """Return the key in the content of a key file.

    Raises:
        PassphraseError: the passphrase is another one, or the file was changed: the two cannot be told apart.
        KeyStoreError: it is no key file.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    sealing, hidden = _read(data, source)
    try:
        seed = ChaCha20Poly1305(sealing.key(passphrase)).decrypt(sealing.nonce, hidden, canonical(sealing.members()))
    except InvalidTag:
        cure = "Give the one it was written with; if that is certain, take the copy of the file that you keep elsewhere"
        raise PassphraseError(source, "the passphrase does not open it", cure) from None
    key = SigningKey(seed)
    if key.public != sealing.public:
        raise KeyStoreError(source, "the private key is not that of the public key beside it", "Take another copy")
    return key


def _read(data: bytes, source: str) -> tuple[_Sealing, bytes]:
    try:
        content = read_canonical_object(data.removesuffix(b"\n"), most_bytes=_MOST_BYTES, deepest=1)
        if content.get("format") != FORMAT:
            raise KeyStoreError(source, f"it is no key file of the form {FORMAT}", "Name a file that lock_key wrote")
        members = Members(content, _NAMES)
        cost = members.integer("cost", LEAST_COST, MOST_COST)
        if cost & (cost - 1):
            raise MemberError("cost", f"is {cost}", "a power of two")
        salt, nonce = members.octets("salt", _SALT_BYTES), members.octets("nonce", _NONCE_BYTES)
        sealing = _Sealing(cost, salt, nonce, members.octets("public_key", PUBLIC_BYTES))
        return sealing, members.octets("ciphertext", SEED_BYTES + _TAG_BYTES)
    except (CanonicalError, MemberError) as error:
        raise KeyStoreError(source, f"it is no key file: {error}", "Take the copy that you keep elsewhere") from None


def write_key_file(path: Path, key: SigningKey, passphrase: str, cost: int = COST) -> None:
    """Write a key file that only its owner can read; all of it or nothing, and never over what is there."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(lock_key(key, passphrase, cost))
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)  # fails where something is there, which a renaming would not
        _sync_folder(path.parent)
    except FileExistsError:
        raise KeyStoreError(str(path), "a file is there already", "Name another; keys are not overwritten") from None
    except OSError as error:
        raise KeyStoreError(str(path), f"it cannot be written: {error.strerror}", "Name a folder of your own") from None
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_key_file(path: Path, passphrase: str) -> SigningKey:
    """Return the key in a file; errors as `unlock_key`, and where the file cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 2)
    except OSError as error:
        raise KeyStoreError(str(path), f"it cannot be read: {error.strerror}", "Name a key file of your own") from None
    return unlock_key(data, passphrase, str(path))
