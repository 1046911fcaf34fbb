"""A party's log in a folder: ``log.json`` says whose it is and what is pinned, ``journal`` holds the entries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skyaccord.errors import CanonicalError, JournalError, MemberError, NoteError, SkyaccordError, TrustError
from skyaccord.memorandum.load import load_memorandum
from skyaccord.model.canonical_json import Json, canonical
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.journals.folder.journal import FolderJournal
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.kinds import KINDS
from skyaccord.trust.log import Log
from skyaccord.trust.members import Members
from skyaccord.trust.notes.note_key import NoteKey, NoteSigner
from skyaccord.trust.origin import log_origin

FORMAT: Final = "skyaccord/log/1"
_NAME: Final = "log.json"
_NAMES: Final = frozenset({"agreements", "format", "origin", "party"})
_CURE: Final = "Name the folder of a log, or make one with skyaccord log init"


@dataclass(frozen=True, slots=True)
class LogFolder:
    """Whose log a folder is, its name, and the agreements under which it is kept."""

    path: Path
    party: str
    origin: str
    agreements: tuple[Agreement, ...]

    @property
    def content(self) -> bytes:
        """Return what ``log.json`` holds."""
        agreements: list[Json] = [{"memorandum": each.hash, "roots": dict(each.roots)} for each in self.agreements]
        return canonical({"agreements": agreements, "format": FORMAT, "origin": self.origin, "party": self.party})

    @contextmanager
    def journal(self) -> Iterator[FolderJournal]:
        """Open the journal for as long as it is used."""
        journal = FolderJournal(self.path / "journal", self.origin)
        try:
            yield journal
        finally:
            journal.close()

    @contextmanager
    def desk(self, node: SigningKey | None = None) -> Iterator[Correspondence]:
        """Open the correspondence; without a node key nothing that signs a checkpoint can be asked of it."""
        with self.journal() as journal:
            log = Log(journal, _signer(self.origin, node))
            yield Correspondence(log, self.party, self.agreements, KINDS)


def _signer(origin: str, node: SigningKey | None) -> NoteSigner:
    if node is None:
        return NoteSigner(NoteKey(origin, bytes(32)), _refuse_to_sign)
    return NoteSigner(NoteKey(origin, node.public), node.sign)


def _refuse_to_sign(_: bytes) -> bytes:
    raise TrustError("checkpoint", "no node key was given to sign it", "Name its file with --key")


def agreement_of(memorandum: Path) -> Agreement:
    """Return what is pinned in a memorandum file."""
    found = load_memorandum(memorandum)
    roots = {party.name: party.root for party in found.party_details}
    missing = [party for party in found.parties if not roots.get(party)]
    if missing:
        cure = f'Write [party.{missing[0]}] root = "sha256:…", as key show prints it, and let both sides agree to that'
        raise TrustError(str(memorandum), f"no root key is pinned for {missing[0]}", cure)
    return Agreement(found.hash, {party: roots[party] for party in found.parties})


def make_folder(path: Path, party: str, agreement: Agreement) -> LogFolder:
    """Make the folder of a log that has no entry yet."""
    if party not in agreement.roots:
        parties = ", ".join(agreement.roots)
        raise TrustError("log", f"{party} is no party of the memorandum", f"Its parties are {parties}")
    made = LogFolder(path, party, log_origin(party, agreement.roots[party]), (agreement,))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (path / _NAME).open("xb") as file:
            file.write(made.content + b"\n")
    except FileExistsError:
        raise JournalError(str(path), "a log is kept there already", "Name a folder that is not there yet") from None
    except OSError as error:
        raise JournalError(str(path), f"it cannot be written: {error.strerror}", "Check the folder") from None
    with made.journal():
        return made


def open_folder(path: Path) -> LogFolder:
    """Return the log in a folder."""
    try:
        data = (path / _NAME).read_bytes().removesuffix(b"\n")
    except OSError as error:
        raise JournalError(str(path), f"no log is kept there: {error.strerror}", _CURE) from None
    try:
        members = Members(content := read_canonical_object(data), _NAMES)
        if content["format"] != FORMAT:
            raise MemberError("format", f"is {content['format']!a}"[:80], FORMAT)
        agreements = tuple(_agreement(each) for each in _listed(content["agreements"]))
        origin = members.free_text("origin", 255)
        return LogFolder(path, members.party("party"), origin, agreements)
    except (CanonicalError, MemberError, NoteError) as error:
        raise JournalError(str(path / _NAME), f"it does not read: {error}", "Restore it from a copy") from None


def _listed(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise MemberError("agreements", "is no list", "a list of memoranda")
    return value


def _agreement(value: Json) -> Agreement:
    roots = value.get("roots") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(roots, dict):
        raise MemberError("agreements", "names no roots", "memorandum and roots")
    try:
        return Agreement(str(value.get("memorandum")), {str(party): str(root) for party, root in roots.items()})
    except SkyaccordError as error:
        raise MemberError("agreements", str(error), "a hash and fingerprints") from None
