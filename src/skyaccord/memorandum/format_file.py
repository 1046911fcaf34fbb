"""Writes the rules of a memorandum file in their canonical text and leaves everything else as it is."""

from __future__ import annotations

from pathlib import Path

from skyaccord.errors import MemorandumError
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.load import read_memorandum
from skyaccord.memorandum.parse_formula import parse_formula


def format_memorandum(text: str, source: str = "memorandum", folder: Path | None = None) -> str:
    """Return a memorandum's text with each rule as `format_formula` writes it; comments and layout stay.

    What comes back is the same memorandum: its hash is compared, and it comes back the same when formatted again.

    Args:
        text: TOML.
        source: what errors call it.
        folder: where a polygon's file may lie.

    Raises:
        MemorandumError: it is no memorandum; a `FormulaError` where a rule cannot be read.
    """
    before = read_memorandum(text, source, folder)
    import tomlkit  # keeps what TOML readers throw away: comments, order, white space

    document = tomlkit.parse(text)
    for provision in document["provision"]:
        for key in ("keep", "breach"):
            if key in provision and (rule := _canonical(provision[key])) != provision[key]:
                provision[key] = rule
        readings = provision.get("alternatives", ())
        for k, reading in enumerate(readings):
            if (rule := _canonical(reading)) != reading:
                readings[k] = rule
    written = str(tomlkit.dumps(document))
    if read_memorandum(written, source, folder).hash != before.hash:
        raise MemorandumError(source, "formatting would change what it says", "Write each rule on a line of its own")
    return written


def _canonical(rule: str) -> str:
    return format_formula(parse_formula(str(rule)))
