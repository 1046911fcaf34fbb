"""``skyaccord memorandum card``: the cockpit card of a memorandum as a PDF."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Final

from skyaccord.batch.card.content import card_of
from skyaccord.batch.card.language import Languages, parse_languages
from skyaccord.batch.card.typeset import Typeset, typeset
from skyaccord.cli.review import find_memorandum
from skyaccord.cli.words import count
from skyaccord.errors import InputError
from skyaccord.memorandum.document import Memorandum

NAMED: Final = 10
"""Provisions that standard error names; --json names all."""


def write_card(name: str, out: Path, lang: str = "en,ru", *, as_json: bool = False) -> None:
    """Write the card of a memorandum and print the file's name; what did not fit goes to standard error.

    Args:
        name: a memorandum file, or a preset's name.
        out: the PDF to write; one that is there is replaced once the new one is complete.
        lang: ``en,ru`` or ``ru,en``: which language is read first.
        as_json: print one JSON object instead.
    """
    languages = parse_languages(lang)
    if out.suffix.lower() != ".pdf":
        raise InputError(str(out), "the name does not say that it is a PDF", "End it on .pdf")
    memorandum = find_memorandum(name)
    card = typeset(card_of(memorandum), languages)
    _replace(out, card.pdf)
    if as_json:
        json.dump(_document(out, memorandum, languages, card), sys.stdout, indent=1)
        sys.stdout.write("\n")
        return
    if card.left_out:
        print(f"{out}: no room for {_provisions(card.left_out)}; the card says how many", file=sys.stderr)
    print(out)


def _replace(out: Path, content: bytes) -> None:
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    except OSError as error:
        problem = f"cannot be written ({error.strerror or error})"
        raise InputError(str(out), problem, "Check the folder and the space on it") from None
    finally:
        beside.unlink(missing_ok=True)


def _provisions(ids: tuple[str, ...]) -> str:
    named = ", ".join(ids[:NAMED]) + (", …" if len(ids) > NAMED else "")
    return f"{count(len(ids), 'provision')} ({named})"


def _document(out: Path, memorandum: Memorandum, languages: Languages, card: Typeset) -> dict[str, object]:
    return {
        "path": str(out),
        "bytes": len(card.pdf),
        "languages": list(languages),
        "memorandum": {"title": memorandum.title, "hash": memorandum.hash},
        "provisions": len(memorandum.provisions),
        "left_out": list(card.left_out),
    }
