"""``skyaccord memorandum``: list, show and check."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from skyaccord.cli.main import FAILED
from skyaccord.cli.review import find_memorandum
from skyaccord.cli.words import tell
from skyaccord.errors import MemorandumError
from skyaccord.memorandum.canonical_form import canonical_form
from skyaccord.memorandum.document import Keep, Memorandum, Provision
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.load import load_memorandum
from skyaccord.memorandum.named_area import Circle, NamedArea
from skyaccord.memorandum.presets import preset, preset_names, preset_text
from skyaccord.memorandum.quantity_text import format_duration, format_quantity
from skyaccord.memorandum.sentences import sentence
from skyaccord.model.canonical_json import canonical
from skyaccord.model.instants import format_instant

if TYPE_CHECKING:
    from skyaccord.rules.examples.example import Example


def list_presets(as_json: bool) -> None:
    """Print the presets with their titles."""
    found = [{"name": name, "title": preset(name).title, "hash": preset(name).hash} for name in preset_names()]
    if as_json:
        print(json.dumps(found, indent=1))
        return
    width = max(len(row["name"]) for row in found)
    for row in found:
        print(f"{row['name']:{width}}  {row['title']}")


def show(name: str, as_json: bool, toml: bool, with_examples: bool = False) -> None:
    """Print a memorandum for reading, a preset's with examples where wanted, as the canonical JSON or as TOML."""
    if toml and name in preset_names():
        print(preset_text(name), end="")
        return
    memorandum = find_memorandum(name)
    if toml:
        with open(name, encoding="utf-8") as file:
            print(file.read(), end="")
    elif as_json:
        sys.stdout.buffer.write(canonical(canonical_form(memorandum)) + b"\n")
    else:
        print("\n".join(_lines(memorandum, _examples(name) if with_examples else ())))


def check(files: list[str], as_json: bool) -> None:
    """Print each file's hash or error."""
    rows: list[dict[str, object]] = []
    for file in files:
        try:
            rows.append({"file": file, "hash": load_memorandum(file).hash, "error": None})
        except MemorandumError as error:
            rows.append({"file": file, "hash": None, "error": str(error)})
            if not as_json:
                tell(error)
    if as_json:
        print(json.dumps(rows, indent=1))
    else:
        for row in rows:
            if row["hash"]:
                print(f"{row['hash']}  {row['file']}")
    if any(row["error"] for row in rows):
        sys.exit(FAILED)


def _examples(name: str) -> tuple[Example, ...]:
    from skyaccord.rules.examples.preset_examples import preset_examples  # reading alone needs no rules

    return preset_examples(name) if name in preset_names() else ()


def _lines(memorandum: Memorandum, examples: Sequence[Example]) -> list[str]:
    valid = memorandum.valid
    lines = [
        memorandum.title,
        f"parties {', '.join(memorandum.parties)}; in force from {format_instant(valid.from_s)[:10]} "
        f"to {format_instant(valid.until_s)[:10]}",
        memorandum.hash,
        *(f"area {area.name}: {_area_words(area)}" for area in memorandum.areas),
        *(f"line {line.name}: {len(line.points)} points{_named(line.full_name)}" for line in memorandum.lines),
    ]
    for provision in memorandum.provisions:
        lines += ["", *_provision_lines(provision)]
        lines += [_example_line(example) for example in examples if example.provision == provision.id]
    return lines


def _example_line(example: Example) -> str:
    outcome = f" ({example.outcome.value})" if example.outcome else ""
    return f"  {example.kind.value}: {example.what}{outcome}"


def _area_words(area: NamedArea) -> str:
    match area.shape:
        case Circle((lon, lat), radius):
            shape = f"{format_quantity(radius)} around {lat:g}, {lon:g}"
        case ring:
            shape = f"a polygon of {len(ring)} vertices"
    band, limits = area.band, ""
    if band.floor is not None:
        limits += f", from {format_quantity(band.floor)}"
    if band.ceiling is not None:
        limits += f", up to {format_quantity(band.ceiling)}"
    return f"{shape}{limits}{f' ({band.datum.value})' if limits and band.datum else ''}{_named(area.full_name)}"


def _named(full_name: str) -> str:
    return f" ({full_name})" if full_name else ""


def _provision_lines(provision: Provision) -> list[str]:
    evidence = ", ".join(each.value for each in provision.evidence)
    lines = [
        f"{provision.id} ({provision.modality.value}; evidence: {evidence}; {provision.source.confidence.value})",
        f"  {provision.text}",
    ]
    if provision.rule is not None:
        verb = "keep" if isinstance(provision.rule, Keep) else "never"
        lines.append(f"  {verb}: {format_formula(provision.rule.formula)}")
        lines.append(f"  in words: {sentence(provision.rule.formula)}")
        if isinstance(provision.rule, Keep):
            lines.append(
                f"  restore within {format_duration(provision.rule.restore_s)}; "
                f"restored once it held for {format_duration(provision.rule.reenter_s)}"
            )
    lines += [f"  other reading: {format_formula(formula)}" for formula in provision.alternatives]
    if provision.source.text:
        lines.append(f"  source: {provision.source.text}")
    return lines
