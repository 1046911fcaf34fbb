"""``skyaccord log``: init, show, sign, send, receive."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from skyaccord.cli.log_folder import agreement_of, make_folder, open_folder
from skyaccord.cli.main import FAILED
from skyaccord.cli.passphrase import open_key
from skyaccord.errors import TrustError
from skyaccord.model.instants import format_instant
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Accepted, Known, Outcome, Refused
from skyaccord.trust.acceptance.read import open_parcel
from skyaccord.trust.envelopes import receipt as receipts
from skyaccord.trust.envelopes.envelope import Header, read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import MOST_PARCEL_BYTES, Parcel
from skyaccord.trust.journals.entry import Body
from skyaccord.trust.journals.journal import Journal

RECEIPT: Final = "-receipt"
"""What the name of a receipt's file ends in."""


def init(folder: Path, party: str, memorandum: Path) -> None:
    """Make the folder of a log, under the roots that a memorandum pins."""
    made = make_folder(folder, party, agreement_of(memorandum))
    print(f"{made.origin}: a log of {party} under {made.agreements[0].hash}")


def show(path: Path, entry: int | None, *, as_json: bool) -> None:
    """Print a log's entries and checkpoints, or one entry with what its body says."""
    folder = open_folder(path)
    with folder.journal() as journal:
        if entry is not None:
            _show_entry(journal, entry)
            return
        last = journal.last_checkpoint()
        entries = [_row(index, header) for index, header in enumerate(_headers(journal))]
        if as_json:
            counts = dict(journal.refusals().counts)
            said = {"log": folder.origin, "party": folder.party, "signed": last.size if last else 0, "refused": counts}
            print(json.dumps({**said, "entries": entries}, indent=1))
            return
        for row in entries:
            print("{entry:>6}  {time}  {sender} to {recipient} {number:>5}  {kind}".format_map(row))
        print(f"{folder.origin}: {len(entries)} entries, {last.size if last else 0} under its last checkpoint")
        for reason, count in journal.refusals().counts.items():
            print(f"refused {count} times: {reason}")


def _headers(journal: Journal) -> Iterator[Header]:
    return (read_envelope(read_leaf(leaf)).header for leaf in journal.leaves(0, journal.frontier.size))


def _row(index: int, header: Header) -> dict[str, object]:
    return {
        "entry": index,
        "time": format_instant(header.time_s),
        "sender": header.sender,
        "recipient": header.recipient,
        "number": header.sequence,
        "kind": header.kind,
    }


def _show_entry(journal: Journal, index: int) -> None:
    if not 0 <= index < journal.frontier.size:
        cure = f"It has {journal.frontier.size} entries, numbered from 0"
        raise TrustError(f"log {journal.origin}", f"no entry {index}", cure)
    body = journal.body(index)
    content = json.loads(body.content) if isinstance(body, Body) else None
    leaf = next(iter(journal.leaves(index, 1)))
    print(json.dumps({"entry": index, "envelope": json.loads(leaf), "body": content}, indent=1))


def sign(path: Path, key: Path, passphrase_file: Path | None, out: Path | None) -> None:
    """Sign a checkpoint over all entries, and print or write it."""
    node = open_key(key, passphrase_file)
    with open_folder(path).desk(node) as desk:
        note = bytes(desk.log.checkpoint())
    write_out(note, out)


def send(path: Path, to: str, out: Path) -> None:
    """Write what a party has not acknowledged yet, one file an envelope."""
    folder = open_folder(path)
    if to == folder.party or all(to not in each.roots for each in folder.agreements):
        others = ", ".join(sorted({party for each in folder.agreements for party in each.roots} - {folder.party}))
        raise TrustError("send", f"{to} is no other party", f"Name one of {others}")
    count = 0
    with folder.desk() as desk:
        stream = desk.standing.stream((folder.party, to))
        for number in range(1, stream.next_number):
            if desk.standing.receipt_of((folder.party, to), number) is None:
                _write_parcel(out, _parcel(desk.log.journal, stream.places[number - 1]), "")
                count += 1
    print(f"{count} written to {out}" if count else f"{to} has acknowledged everything", file=sys.stderr)


def _parcel(journal: Journal, index: int) -> Parcel:
    body = journal.body(index)
    if not isinstance(body, Body):
        cure = "It cannot be sent any more: the recipient judges envelopes with their bodies"
        raise TrustError(f"entry {index}", "its body was erased before it was acknowledged", cure)
    return Parcel(next(iter(journal.leaves(index, 1))), body.content, body.salt)


def _write_parcel(out: Path, parcel: Parcel, mark: str) -> None:
    header = read_envelope(read_leaf(parcel.leaf)).header
    out.mkdir(parents=True, exist_ok=True)
    name = f"{header.sender}-{header.recipient}-{header.sequence:09d}{mark}.json"
    write_out(parcel.packed(), out / name)


def write_out(data: bytes, out: Path | None) -> None:
    """Write octets to a file as a whole, or to standard output."""
    if out is None:
        sys.stdout.buffer.write(data)
        return
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise TrustError(str(out), f"it cannot be written: {error.strerror}", "Check the folder") from None


def receive(
    path: Path,
    files: Sequence[Path],
    key: Path | None,
    out: Path | None,
    passphrase_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Judge what arrived in files; accept it into the log, and write receipts. Exit code 1 where one was refused."""
    folder = open_folder(path)
    if (key is None) != (out is None):
        raise TrustError("receipts", "they need a key and a place", "Give --key and --out together, or neither")
    node = open_key(key, passphrase_file) if key else None
    given = [each for name in files for each in (name.iterdir() if name.is_dir() else (name,))]
    found = sorted(given, key=lambda file: (file.stem.endswith(RECEIPT), file.name))  # keys before what they sign
    now_s = time.time()
    with folder.desk(node) as desk:
        arrivals = [(each, open_parcel(_read(each))) for each in found]
        outcomes = desk.receive([parcel for _, parcel in arrivals], now_s)
        rows = [_outcome(file, outcome) for (file, _), outcome in zip(arrivals, outcomes, strict=True)]
        if node and out:
            for index in _acknowledged(desk, outcomes):
                _write_parcel(out, desk.receipt(index, node, now_s), RECEIPT)
    print(json.dumps(rows, indent=1) if as_json else "\n".join(_words(row) for row in rows))
    if any(row["outcome"] == "refused" for row in rows):
        sys.exit(FAILED)


def _acknowledged(desk: Correspondence, outcomes: Sequence[Outcome]) -> Iterator[int]:
    """Yield the entries to acknowledge: received now or before, and no receipts themselves."""
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            continue
        header = read_envelope(read_leaf(next(iter(desk.log.journal.leaves(outcome.index, 1))))).header
        if header.kind != receipts.KIND:
            yield outcome.index


def _outcome(file: Path, outcome: Outcome) -> dict[str, object]:
    match outcome:
        case Accepted(index):
            return {"file": str(file), "outcome": "accepted", "entry": index}
        case Known(index):
            return {"file": str(file), "outcome": "known", "entry": index}
        case Refused(reason, words):
            return {"file": str(file), "outcome": "refused", "reason": reason.value, "words": words}


def _words(row: dict[str, object]) -> str:
    if row["outcome"] == "refused":
        return f"{row['file']}: refused, {row['reason']}: {row['words']}"
    return f"{row['file']}: {row['outcome']}, entry {row['entry']}"


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_PARCEL_BYTES + 2).removesuffix(b"\n")
    except OSError as error:
        raise TrustError(str(path), f"it cannot be read: {error.strerror}", "Name files that log send wrote") from None
