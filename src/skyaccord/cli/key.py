"""``skyaccord key``: make and show key files, certify and revoke keys in a log."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skyaccord.cli.log_folder import LogFolder, open_folder
from skyaccord.cli.passphrase import find_passphrase, open_key
from skyaccord.errors import KeyStoreError, TrustError
from skyaccord.model.instants import format_instant, parse_instant
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.envelope import Header, read_envelope, read_leaf
from skyaccord.trust.envelopes.seal import Message
from skyaccord.trust.keys.certificate import Certificate
from skyaccord.trust.keys.key_file import read_public_key, write_key_file
from skyaccord.trust.keys.revocation import Because, Revocation
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.signing_key import SigningKey, fingerprint, generate
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64
from skyaccord.trust.notes.note_key import NoteKey, SignatureKind

YEAR_S: Final = 366 * 86_400.0


def make_key(path: Path, passphrase_file: Path | None, *, as_json: bool) -> None:
    """Make a key, write it under a passphrase, and print what others may know of it."""
    key = generate()
    write_key_file(path, key, find_passphrase(passphrase_file, prompt=f"New passphrase for {path}: ", is_new=True))
    _print_key(path, key.public, None, as_json=as_json)


def show_key(path: Path, name: str | None, passphrase_file: Path | None, *, check: bool, as_json: bool) -> None:
    """Print what others may know of a key; with ``check`` after opening it."""
    public = open_key(path, passphrase_file).public if check else read_public_key(path)
    _print_key(path, public, name, as_json=as_json)


def _print_key(path: Path, public: bytes, name: str | None, *, as_json: bool) -> None:
    said = {"file": str(path), "fingerprint": fingerprint(public), "public_key": encode_base64(public)}
    if name:
        said["note_key"] = str(NoteKey(name, public, SignatureKind.NOTE))
        said["witness_key"] = str(NoteKey(name, public, SignatureKind.COSIGNATURE))
    if as_json:
        print(json.dumps(said, indent=1))
        return
    for word, value in said.items():
        print(f"{word.replace('_', ' '):12} {value}")


@dataclass(frozen=True, slots=True)
class Term:
    """For what and when a key is to sign."""

    role: str
    duty: str
    since: str | None
    until: str | None


def certify(log: Path, key: str, root: Path, term: Term, to: Sequence[str], passphrase_file: Path | None) -> None:
    """Certify a key to each other party; the root itself is introduced so."""
    now_s = time.time()
    from_s = parse_instant(term.since) if term.since else now_s
    until_s = parse_instant(term.until) if term.until else from_s + YEAR_S
    public, signer = _public(key), open_key(root, passphrase_file)
    is_root = public == signer.public
    if is_root != (term.role == Role.ROOT.value):
        cure = "Give --role root for the root alone; duty, node or tls for any other key"
        raise TrustError("certificate", f"the role {term.role} for {key}", cure)
    if until_s <= from_s:
        raise TrustError("certificate", "it ends before it begins", "Give --until after --from")
    body = Certificate(public, Role(term.role), term.duty, from_s, until_s).body()
    _tell(open_folder(log), "key.certificate", body, signer, to, now_s)


def revoke(log: Path, key: str, by: Path, because: str, to: Sequence[str], passphrase_file: Path | None) -> None:
    """Revoke a key towards each other party."""
    named = key if key.startswith("sha256:") else fingerprint(_public(key))
    body = Revocation(named, Because(because)).body()
    _tell(open_folder(log), "key.revocation", body, open_key(by, passphrase_file), to, time.time())


def _tell(folder: LogFolder, kind: str, body: bytes, signer: SigningKey, to: Iterable[str], now_s: float) -> None:
    """Say something to each other party, and print where it stands in one's log."""
    agreement = folder.agreements[-1]
    with folder.desk() as desk:
        for recipient in to or [party for party in agreement.roots if party != folder.party]:
            message = Message(agreement.hash, folder.party, recipient, kind, 1, body)
            said = desk.send(message, signer, now_s)
            if isinstance(said, Refused):
                cure = f"{recipient} would refuse it: {_cure(said)}"
                raise TrustError(f"{kind} to {recipient}", f"{said.reason.value}: {said.words}", cure)
            header = read_envelope(read_leaf(said.leaf)).header
            print(f"entry {desk.log.size - 1}: {kind} {_numbered(header)}, {format_instant(header.time_s)}")


def _cure(refused: Refused) -> str:
    if refused.reason.value == "unknown_key":
        return "first introduce the root by key certify --role root, and certify the key that signs"
    return "sign with a key that is certified for it and in force"


def _numbered(header: Header) -> str:
    return f"to {header.recipient}, number {header.sequence}"


def _public(key: str) -> bytes:
    """Return a public key: of a key file, or as base64."""
    public = decode_base64(key)
    if public is not None and len(public) == len(bytes(32)):
        return public
    if not Path(key).exists():
        raise KeyStoreError(key[:80], "neither a key file nor 32 octets in base64", "Name the file, or the public key")
    return read_public_key(Path(key))
