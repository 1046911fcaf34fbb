"""``skyaccord log``: verify, prove, export, witness, cosign."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from skyaccord.cli.log import write_out
from skyaccord.cli.log_folder import LogFolder, agreement_of, open_folder
from skyaccord.cli.main import FAILED
from skyaccord.cli.passphrase import open_key
from skyaccord.errors import JournalError, NoteError, TrustError
from skyaccord.model.instants import from_seconds
from skyaccord.trust.acceptance.review import Finding, review
from skyaccord.trust.audit import audit_journal
from skyaccord.trust.bundles.export import export_bundle
from skyaccord.trust.bundles.parcels import take_parcels
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.journals.entry import Body
from skyaccord.trust.journals.folder.journal import FolderJournal
from skyaccord.trust.kinds import KINDS
from skyaccord.trust.merkle.prove import prove_consistency, prove_inclusion
from skyaccord.trust.merkle.stored_nodes import StoredNodes
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64
from skyaccord.trust.notes.note_key import NoteKey, NoteSigner, SignatureKind, parse_note_key
from skyaccord.trust.notes.signed_note import parse_note, parse_signatures, verify_note
from skyaccord.trust.witness import Cosigned, Witness

if TYPE_CHECKING:
    from skyaccord.trust.verify_skyaccord import Bundle

_REQUEST: Final = re.compile(rb"old (0|[1-9][0-9]{0,18})\n((?:[A-Za-z0-9+/=]{44}\n){0,63})\n(.+)", re.DOTALL)
Row: TypeAlias = dict[str, Any]
_LONGEST_REQUEST: Final = 1 << 19


def verify(
    paths: Sequence[Path], memorandum: Path | None, roots: Sequence[str], witnesses: Sequence[str], *, as_json: bool
) -> None:
    """Check the folder of a log, or bundles side by side; exit code 1 where something does not hold."""
    folders = [path for path in paths if path.is_dir()]
    if folders and len(paths) > 1:
        raise TrustError(
            "verify", "a folder is checked alone", "Give one folder, or bundles; export shows a folder as one"
        )
    if folders:
        _verify_folder(open_folder(folders[0]), as_json=as_json)
    else:
        keys = [(key.name, key.public) for key in map(parse_note_key, witnesses)]
        _verify_bundles(paths, _given(memorandum, roots), keys, as_json=as_json)


def _given(memorandum: Path | None, roots: Sequence[str]) -> dict[str, str]:
    found = dict(agreement_of(memorandum).roots) if memorandum else {}
    for each in roots:
        party, equals, root = each.partition("=")
        if not equals or not re.fullmatch("sha256:[0-9a-f]{64}", root):
            raise TrustError(f"--root {each[:90]}", "no party and fingerprint", "Write it as --root blue=sha256:…")
        found[party] = root
    if not found:
        cure = (
            "Give --memorandum FILE, or --root PARTY=sha256:… for each party; a bundle's own word for it proves nothing"
        )
        raise TrustError("verify", "nothing says which roots are the parties'", cure)
    return found


def _verify_folder(folder: LogFolder, *, as_json: bool) -> None:
    with folder.journal() as journal:
        audit = audit_journal(journal)
        _progress(f"{audit.entries} entries are as stored; judging them")
        parcels = [_parcel(journal, index) for index in range(audit.entries)]
        signed = _signed(folder, journal)
    findings = review(parcels, folder.party, folder.agreements, KINDS)
    rows = _found(findings)
    rows += [row for row in signed if not row["place"].startswith("entry")]
    counts = {"entries": audit.entries, "erased": audit.erased, "checkpoints": audit.checkpoints}
    _tell([{"path": str(folder.path), "log": folder.origin, **counts, "faults": rows}], as_json=as_json)


def _signed(folder: LogFolder, journal: FolderJournal) -> list[dict[str, str]]:
    """Return what the verifier finds wrong with checkpoints and their signatures."""
    if journal.last_checkpoint() is None:
        return []
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "bundle"
        with path.open("wb") as file:
            file.writelines(export_bundle(journal, folder.party, folder.agreements))
        return _rows(_run_verifier(path, [dict(each.roots) for each in folder.agreements], [], {}).faults)


def _run_verifier(
    path: Path, pins: list[dict[str, str]], witnesses: list[tuple[str, bytes]], once: dict[Any, Any]
) -> Bundle:
    from skyaccord.trust.verify_skyaccord import Bundle

    return Bundle(str(path), pins, witnesses, once)


def _parcel(journal: FolderJournal, index: int) -> Parcel:
    body, leaf = journal.body(index), next(iter(journal.leaves(index, 1)))
    return Parcel(leaf, body.content, body.salt) if isinstance(body, Body) else Parcel(leaf, None, None)


def _verify_bundles(
    paths: Sequence[Path], roots: dict[str, str], witnesses: list[tuple[str, bytes]], *, as_json: bool
) -> None:
    once: dict[Any, Any] = {}
    bundles = []
    for path in paths:
        _progress(f"checking {path}")
        try:
            bundles.append(_run_verifier(path, [roots], witnesses, once))
        except OSError as error:
            raise TrustError(
                str(path), f"it cannot be read: {error.strerror}", "Name a bundle or a log's folder"
            ) from None
    rows: list[Row] = [
        {
            "path": each.path,
            "log": each.log,
            "entries": each.count,
            "size": each.size,
            "erased": each.erased,
            "faults": _rows(each.faults) or _judged(Path(each.path), is_whole=each.count == each.size),
        }
        for each in bundles
    ]
    _tell(rows, as_json=as_json)


def _judged(path: Path, *, is_whole: bool) -> list[dict[str, str]]:
    """Return what the package finds wrong in a whole bundle, beyond what the verifier looks at."""
    if not is_whole:
        return []
    shown = take_parcels(path)
    return _found(review(shown.parcels, shown.party, shown.agreements, KINDS))


def _found(findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [{"place": f"entry {each.index}", "reason": each.reason.value, "words": each.words} for each in findings]


def _rows(faults: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    return [{"place": place, "reason": reason, "words": words} for place, reason, words in faults]


def _tell(rows: Sequence[Row], *, as_json: bool) -> None:
    from skyaccord.trust.verify_skyaccord import PART_WORDS

    if as_json:
        print(json.dumps(rows, indent=1))
    for row in () if as_json else rows:
        if "entries" in row:
            print(f"{row['path']}: {row['log']!a}, {row['entries']} entries, {row['erased']} bodies erased")
        faults = row["faults"]
        for fault in faults:
            print(f"  FAILS {fault['place']}: {fault['reason']}: {fault['words']}")
        words = PART_WORDS if row["entries"] < row.get("size", 0) else ""
        print(f"  {len(faults)} faults" if faults else f"  holds{words}")
    if any(row["faults"] for row in rows):
        sys.exit(FAILED)


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        print(words, file=sys.stderr)


def export(path: Path, out: Path, entries: str | None) -> None:
    """Write the bundle of a log, or of some of its entries."""
    folder = open_folder(path)
    beside = out.with_name(f".{out.name}.part")
    count = 0
    with folder.journal() as journal:
        chosen = _numbers(entries, journal.frontier.size) if entries else None
        try:
            with beside.open("wb") as file:
                for count, line in enumerate(export_bundle(journal, folder.party, folder.agreements, chosen), 1):
                    file.write(line)
                    if count % 10_000 == 0:
                        _progress(f"{count} lines")
            beside.replace(out)
        except OSError as error:
            raise TrustError(str(out), f"it cannot be written: {error.strerror}", "Check the folder") from None
        finally:
            beside.unlink(missing_ok=True)
    print(f"{out}: {count} lines", file=sys.stderr)


def _numbers(text: str, size: int) -> frozenset[int]:
    """Return the numbers in ``3-9,12``."""
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"\s*([0-9]{1,15})(?:\s*-\s*([0-9]{1,15}))?\s*", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last < size:
            raise TrustError(
                f"--entries {part[:40]}", "no entries of this log", f"Write 3-9,12; it has 0 to {size - 1}"
            )
        found.update(range(first, last + 1))
    return frozenset(found)


def prove(path: Path, entry: int | None, since: int | None, out: Path | None) -> None:
    """Print the proof of an entry as JSON, or what a witness asks for that has seen the log at a size."""
    folder = open_folder(path)
    with folder.journal() as journal:
        last = journal.last_checkpoint()
        if last is None:
            raise JournalError(f"log {folder.origin}", "no checkpoint was signed yet", "Sign one: skyaccord log sign")
        nodes = StoredNodes(journal.hashes, journal.frontier.size)
        asked, most = (entry, last.size - 1) if entry is not None else (since or 0, last.size)
        if not 0 <= asked <= most:
            cure = f"Its last checkpoint covers {last.size}: sign another, or name a number up to {most}"
            raise TrustError(f"log {folder.origin}", f"{asked} is beyond what was signed for", cure)
        if entry is not None:
            leaf = next(iter(journal.leaves(entry, 1)))
            proof = [encode_base64(each) for each in prove_inclusion(nodes.node, entry, last.size)]
            said = {"checkpoint": last.note.decode(), "entry": entry, "leaf": encode_base64(leaf), "proof": proof}
            write_out(json.dumps(said, indent=1).encode() + b"\n", out)
            return
        lines = "".join(f"{encode_base64(each)}\n" for each in prove_consistency(nodes.node, asked, last.size))
        write_out(f"old {asked}\n{lines}\n".encode() + last.note, out)


def witness(
    store: Path,
    request: Path,
    key: Path,
    name: str,
    logs: Sequence[str],
    passphrase_file: Path | None,
    out: Path | None,
) -> None:
    """Cosign a checkpoint that continues the last one that was cosigned of its log, or say why not."""
    size, proof, note = _read_request(request)
    known: dict[str, list[NoteKey]] = {}
    for each in map(parse_note_key, logs):
        known.setdefault(each.name, []).append(each)
    signer = open_key(key, passphrase_file)
    cosigner = NoteSigner(NoteKey(name, signer.public, SignatureKind.COSIGNATURE), signer.sign)
    journal = FolderJournal(store, name)
    try:
        found = Witness(journal, cosigner, known).add_checkpoint(note, size, proof, from_seconds(time.time()))
    finally:
        journal.close()
    if not isinstance(found, Cosigned):
        cure = f"Make the request anew with log prove --since {found.known_size}"
        if found.reason.value in ("fork", "rollback"):
            cure = f"Both checkpoints are kept in {store}: they show it to anyone"
        raise TrustError(f"witness {name}", f"not cosigned, {found.reason.value}: {found.words}", cure)
    write_out(str(found.signature).encode(), out)


def _read_request(path: Path) -> tuple[int, list[bytes], bytes]:
    match = _REQUEST.fullmatch(_read(path))
    proof = [decode_base64(line) for line in match[2].decode().split()] if match else [None]
    hashes = [each for each in proof if each is not None]
    if match is None or len(hashes) < len(proof):
        raise NoteError(str(path), "no request to a witness", "Make it with skyaccord log prove --since SIZE")
    return int(match[1]), hashes, match[3]


def cosign(path: Path, signatures: Path, key: str) -> None:
    """Add a witness's signature to the last checkpoint."""
    folder, of = open_folder(path), parse_note_key(key)
    lines = parse_signatures(_read(signatures))
    with folder.desk() as desk:
        last = desk.log.journal.last_checkpoint()
        if last is None:
            raise JournalError(f"log {folder.origin}", "no checkpoint was signed yet", "Sign one: skyaccord log sign")
        verify_note(parse_note(last.note).with_signatures(lines), [of])
        desk.log.add_cosignatures(
            last.size, [each for each in lines if (each.name, each.key_id) == (of.name, of.key_id)]
        )
        print(f"{folder.origin}: the checkpoint over {last.size} is cosigned by {of.name}")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_REQUEST)
    except OSError as error:
        raise TrustError(str(path), f"it cannot be read: {error.strerror}", "Name the file that was written") from None


def print_verifier(out: Path | None) -> None:
    """Print the program with which a stranger checks bundles."""
    write_out(Path(__file__).parent.parent.joinpath("trust", "verify_skyaccord.py").read_bytes(), out)
