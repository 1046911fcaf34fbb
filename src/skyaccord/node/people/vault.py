"""Secrets that must be read again are encrypted in the store, under a key that lies beside it and not in it.

A copy of the store alone (a backup, a PostgreSQL server's disk) gives no code of anybody's authenticator.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from skyaccord.errors import ConfigurationError
from skyaccord.node.folder import Folder, read_private, write_private

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Vault:
    """Encrypts with ChaCha20-Poly1305; what a secret is for is bound to it: none can be put in another's place."""

    key: bytes = field(repr=False)

    def seal(self, secret: bytes, purpose: str) -> bytes:
        """Return a secret as it may be stored."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, secret, purpose.encode())

    def unseal(self, sealed: bytes, purpose: str) -> bytes:
        """Return a secret that was stored.

        Raises:
            ConfigurationError: it was sealed under another key or for another purpose, or is damaged.
        """
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher().decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            cure = "Restore secret.key together with the store it belongs to"
            raise ConfigurationError("secret.key", f"it does not open {purpose}", cure) from None

    def _cipher(self) -> ChaCha20Poly1305:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        return ChaCha20Poly1305(self.key)


def make_vault(folder: Folder) -> Vault:
    """Make a node's vault key and return its vault."""
    key = secrets.token_bytes(KEY_BYTES)
    write_private(folder.secret, key)
    return Vault(key)


def open_vault(folder: Folder) -> Vault:
    """Return a node's vault."""
    key = read_private(folder.secret, KEY_BYTES)
    if len(key) != KEY_BYTES:
        cure = "Take it from a backup of this folder"
        raise ConfigurationError(str(folder.secret), f"it has {len(key)} bytes, not {KEY_BYTES}", cure)
    return Vault(key)
