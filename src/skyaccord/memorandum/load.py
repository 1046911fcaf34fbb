"""Reads a memorandum file into a `Memorandum`, or says at which line what must be mended."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final, Never

from skyaccord.errors import MemorandumError
from skyaccord.memorandum.canonical_form import content_hash
from skyaccord.memorandum.check_names import check_names
from skyaccord.memorandum.document import Memorandum, Provision
from skyaccord.memorandum.keys import FILE, MEMORANDUM, VALID
from skyaccord.memorandum.lines import Lines
from skyaccord.memorandum.read_area import read_area
from skyaccord.memorandum.read_communications import read_communications
from skyaccord.memorandum.read_named import read_named_areas, read_named_lines
from skyaccord.memorandum.read_parties import read_excluded, read_parties, read_party_details
from skyaccord.memorandum.read_provision import read_provision
from skyaccord.memorandum.strict_table import Sheet, StrictTable
from skyaccord.memorandum.validity import Validity

GREATEST_FILE: Final = 1_000_000
"""Bytes of a memorandum file."""


def load_memorandum(path: str | os.PathLike[str]) -> Memorandum:
    """Read a memorandum file (TOML, UTF-8); a polygon's file is looked for beside it.

    Raises:
        MemorandumError: with file, line, provision and cure; a `FormulaError` where a rule cannot be read.
    """
    return read_memorandum(read_text(path), str(path), Path(path).parent)


def read_text(path: str | os.PathLike[str]) -> str:
    """Return the text of a memorandum file, or of another file of its kind; refuse one that is too large or no text."""
    file = Path(path)
    source = str(path)
    try:
        if file.stat().st_size > GREATEST_FILE:
            raise MemorandumError(source, f"larger than {GREATEST_FILE} bytes", "Name a memorandum file")
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as error:
        _refuse_unreadable(source, error)


def read_memorandum(text: str, source: str = "memorandum", folder: Path | None = None) -> Memorandum:
    """Read the text of a memorandum.

    Args:
        text: TOML.
        source: what errors call it.
        folder: where a polygon's file may lie; ``None`` allows an inline polygon only.

    Raises:
        MemorandumError: with source, line, provision and cure; a `FormulaError` where a rule cannot be read.
    """
    content = parse_toml(text, source)
    sheet = Sheet(source, Lines(text))
    file = StrictTable(sheet, FILE, content, ())
    file.require("memorandum", "provision")
    head = file.table(MEMORANDUM, "memorandum")
    parties = read_parties(head)
    memorandum = Memorandum(
        title=head.text("title"),
        parties=parties,
        valid=_read_validity(head),
        provisions=_read_provisions(file, parties),
        area=read_area(head, folder),
        communications=read_communications(file),
        party_details=read_party_details(file, parties),
        areas=read_named_areas(file, folder),
        lines=read_named_lines(file),
        excluded=read_excluded(head, parties),
        notes=head.text("notes", default=""),
    )
    check_names(memorandum, source, sheet.lines)
    return replace(memorandum, hash=content_hash(memorandum))


def parse_toml(text: str, source: str) -> dict[str, object]:
    """Return the content of TOML; refuse what is none, with its line."""
    cure = "Mend the TOML: text stands in quotes, a table begins with [name], a list of provisions with [[provision]]"
    try:
        text.encode("utf-8")  # refuses lone surrogates, which cannot be hashed
        return tomllib.loads(text)
    except RecursionError:
        raise MemorandumError(source, "lists or tables are nested too deeply", "Flatten them") from None
    except ValueError as error:
        problem, line = _split_place(str(error), text)
        raise MemorandumError(source, problem, cure, line) from None


def _split_place(message: str, text: str) -> tuple[str, int | None]:
    """Take the line out of a message of tomllib."""
    place = re.search(r" \((?:at line (\d+), column \d+|at end of document)\)", message)
    if place is None:
        return message, None
    line = int(place[1]) if place[1] else text.count("\n") + (not text.endswith("\n"))
    return message.replace(place[0], ""), max(line, 1)


def _refuse_unreadable(source: str, error: OSError | ValueError) -> Never:
    if isinstance(error, UnicodeDecodeError):
        raise MemorandumError(source, f"not UTF-8 at byte {error.start}", "Save the file as UTF-8") from None
    reason = error.strerror if isinstance(error, OSError) else str(error)
    raise MemorandumError(source, f"cannot be read: {reason}", "Name a memorandum file") from None


def _read_validity(head: StrictTable) -> Validity:
    head.require("valid")
    table = head.table(VALID, "valid")
    valid = Validity(table.instant_s("from"), table.instant_s("until"))
    if valid.until_s <= valid.from_s:
        table.refuse("'until' is not after 'from'", "Write the end of validity after its beginning", "until")
    return valid


def _read_provisions(file: StrictTable, parties: tuple[str, ...]) -> tuple[Provision, ...]:
    content = file.content["provision"]
    if not isinstance(content, list) or not content:
        file.refuse("'provision' is not a list of tables", "Begin each provision with [[provision]]", "provision")
    provisions: list[Provision] = []
    for index, item in enumerate(content):
        provision = read_provision(file.sheet, item, index, parties)
        if any(other.id == provision.id for other in provisions):
            line = file.sheet.lines.of(("provision", index, "id"))
            cure = "Give each provision an id of its own"
            raise MemorandumError(file.sheet.source, "the id is taken already", cure, line, provision.id)
        provisions.append(provision)
    return tuple(provisions)
