"""``skyaccord memorandum format``: rules in their canonical text."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from skyaccord.cli.main import FAILED
from skyaccord.errors import MemorandumError
from skyaccord.memorandum.format_file import format_memorandum
from skyaccord.memorandum.load import load_memorandum


def format_files(files: Sequence[Path], *, check: bool, write: bool) -> None:
    """Print what would change, or write it; with ``check`` end with exit code 1 where something would."""
    changed = 0
    for file in files:
        load_memorandum(file)  # its errors name the file, its size and its encoding
        text = file.read_text(encoding="utf-8-sig")
        written = format_memorandum(text, str(file), file.parent)
        if written == text:
            print(f"{file}: as it should be", file=sys.stderr)
            continue
        changed += 1
        if write:
            _replace(file, written)
            print(file)
        else:
            old, new = text.splitlines(keepends=True), written.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(old, new, str(file), str(file)))
    if check and changed:
        sys.exit(FAILED)


def _replace(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise MemorandumError(str(file), f"cannot be written: {error.strerror}", "Check the folder") from None
