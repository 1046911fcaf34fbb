"""The party's keys in the node's folder: a root, one for the machine, one for each duty; each under a passphrase.

``keys/root.key`` is needed to introduce the party to a peer, and not while the node runs: it may be kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from skyaccord.errors import ConfigurationError, KeyStoreError
from skyaccord.model.instants import format_instant
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.node.folder import Folder, read_private, write_private
from skyaccord.trust.keys.certificate import NAMES, Certificate, read_certificate
from skyaccord.trust.keys.key_file import COST, read_key_file, write_key_file
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.signing_key import SigningKey, generate
from skyaccord.trust.members import Members

VALID_S: Final = 400 * 86_400.0
"""Of duty and node keys: a year, and a month in which to make the next ones."""

BEFORE_S: Final = 120.0
"""A certificate counts from a little before it was made: the peer's clock may be behind."""

_MOST_BYTES: Final = 64 * 1024
_ROOT: Final = "root"
_NODE: Final = "node"
CERTIFICATES: Final = "certificates.jsonl"
"""One certificate a line, as it is said to each peer; the first is the root's of itself."""


@dataclass(frozen=True, slots=True)
class PartyKeys:
    """The keys that a running node needs."""

    node: SigningKey
    duties: Mapping[str, SigningKey]
    """By the duty that the key's certificate names: what it signs, that duty says."""


def make_keys(folder: Folder, duties: Sequence[str], passphrase: str, now_s: float, cost: int = COST) -> SigningKey:
    """Make all keys of a party in its folder and return the root.

    Args:
        folder: of the node.
        duties: that speak for the party.
        passphrase: under which all of them lie.
        now_s: from when they are valid.
        cost: of a guess at the passphrase, N of scrypt.
    """
    folder.keys.mkdir(mode=0o700)
    keys = {_ROOT: generate(), _NODE: generate(), **{_file_of(duty): generate() for duty in duties}}
    for name, key in keys.items():
        write_key_file(folder.keys / f"{name}.key", key, passphrase, cost)
    from_s, until_s = now_s - BEFORE_S, now_s + VALID_S
    certificates = [
        Certificate(keys[_ROOT].public, Role.ROOT, "root", from_s, until_s),
        Certificate(keys[_NODE].public, Role.NODE, "node", from_s, until_s),
        *(Certificate(keys[_file_of(duty)].public, Role.DUTY, duty, from_s, until_s) for duty in duties),
    ]
    write_private(folder.keys / CERTIFICATES, b"".join(each.body() + b"\n" for each in certificates))
    return keys[_ROOT]


def has_keys(folder: Folder) -> bool:
    """Return whether a party's keys were made in a folder."""
    return (folder.keys / CERTIFICATES).exists()


def open_root(folder: Folder, passphrase: str) -> SigningKey:
    """Return the root key; errors as `read_key_file`."""
    return read_key_file(_present(folder.keys / f"{_ROOT}.key"), passphrase)


def open_keys(folder: Folder, passphrase: str) -> PartyKeys:
    """Return the keys that a running node needs.

    Raises:
        KeyStoreError: one is missing, or the passphrase does not open it.
    """
    duties = [each.duty for each in read_certificates(folder) if each.role is Role.DUTY]
    node = read_key_file(_present(folder.keys / f"{_NODE}.key"), passphrase)
    return PartyKeys(node, {d: read_key_file(_present(folder.keys / f"{_file_of(d)}.key"), passphrase) for d in duties})


def read_certificates(folder: Folder) -> Sequence[Certificate]:
    """Return what the party says of its keys to each peer, the root first."""
    path = folder.keys / CERTIFICATES
    if not path.exists():
        cure = f"Make the node anew: skyaccord node init {folder.path}"
        raise ConfigurationError(str(path), "the node has no keys to speak with", cure)
    lines = read_private(path, _MOST_BYTES).splitlines()
    return [read_certificate(Members(read_canonical_object(line), NAMES)) for line in lines]


def describe_keys(certificates: Sequence[Certificate]) -> list[dict[str, Any]]:
    """Return role, duty, fingerprint and end of each key, for people."""
    return [
        {"role": e.role.value, "duty": e.duty, "fingerprint": e.fingerprint, "until": format_instant(e.until_s)}
        for e in certificates
    ]


def _file_of(duty: str) -> str:
    return "duty-" + "".join(letter if letter.isalnum() else "-" for letter in duty.lower())


def _present(path: Path) -> Path:
    if not path.exists():
        raise KeyStoreError(str(path), "the key is not there", "Put it back from where it is kept")
    return path
