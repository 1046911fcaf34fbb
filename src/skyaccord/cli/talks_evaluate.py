"""``skyaccord talks evaluate``: wiring and the table on the terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from skyaccord.batch.drafts.evaluate import (
    OUTCOMES,
    Change,
    Curve,
    Draft,
    Outlook,
    changes,
    curves,
    evaluate,
    steps,
    vary,
)
from skyaccord.batch.drafts.outputs import document
from skyaccord.batch.drafts.page import render_page
from skyaccord.batch.question import Question
from skyaccord.cli.review import find_memorandum, show_progress
from skyaccord.cli.words import count
from skyaccord.errors import InputError, TalksError
from skyaccord.memorandum.quantity_text import format_quantity
from skyaccord.talks.vary import read_variation
from skyaccord.tracks.parties import load_parties


def run(
    names: Sequence[str],
    tracks: Sequence[str],
    variations: Sequence[str],
    differ: str | None,
    parties: Path | None,
    limit: int,
    html: Path | None,
    *,
    as_json: bool,
) -> None:
    """Evaluate drafts, print what they would have meant, and write the page where it was asked for."""
    drafts = _drafts(names, variations)
    pair = _pair(differ, len(drafts))
    question = Question(tuple(tracks), drafts[0].memorandum, load_parties(parties) if parties else None)
    with show_progress() as progress:
        outlooks = evaluate(drafts, question, progress)
    drawn, differing = curves(outlooks), changes(outlooks[pair[0]], outlooks[pair[1]])
    if html is not None:
        write_page(html, render_page(outlooks, drawn, pair, differing))
    if as_json:
        print(json.dumps(document(outlooks, drawn, pair, differing), ensure_ascii=False, allow_nan=False))
        return
    _print(outlooks, drawn, pair, differing, limit)
    if html is not None:
        print(html)


def write_page(path: Path, text: str) -> None:
    """Write a page; say in words where that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})", "Name another file") from None


def _drafts(names: Sequence[str], variations: Sequence[str]) -> list[Draft]:
    drafts: list[Draft] = []
    for name in names:
        memorandum = find_memorandum(name)
        short = Path(name).stem if Path(name).is_file() else name
        if not variations:
            drafts.append(Draft(short, memorandum))
        for text in variations:
            drafts += vary(short if len(names) > 1 else "", memorandum, read_variation(text, memorandum))
    return drafts


def _pair(differ: str | None, rows: int) -> tuple[int, int]:
    if differ is None:
        return 0, rows - 1
    numbers = [int(part) for part in differ.split(",") if part.strip().isdecimal()]
    if len(numbers) != 2 or not all(1 <= number <= rows for number in numbers):
        raise TalksError("--differ", f"{differ!r} names no two of {rows} rows", "Write two of their numbers, as 1,2")
    return numbers[0] - 1, numbers[1] - 1


def _print(
    outlooks: Sequence[Outlook], drawn: Sequence[Curve], pair: tuple[int, int], differing: Sequence[Change], limit: int
) -> None:
    console = Console(highlight=False)
    table = Table("", Column("draft", overflow="fold"), box=None, padding=(0, 1, 0, 0))
    for name in ("breaches", "infringed", "undetermined", "hours", "aircraft", "in doubt"):
        table.add_column(name, justify="right")
    for number, each in enumerate(outlooks, 1):
        of = each.impact
        cells = (of.breach, of.infringed, of.undetermined)
        hours = f"{of.lost_s / 3600.0:,.2f}"
        last = (of.aircraft, of.aircraft_in_doubt)
        table.add_row(str(number), each.draft.name, *(f"{n:,}" for n in cells), hours, *(f"{n:,}" for n in last))
    console.print(table)
    for curve in drawn:
        console.print(_knees(curve))
    if len(outlooks) > 1:
        _print_changes(console, differing, pair, limit)
    review = outlooks[0].review
    of_record = f"{count(review.tally.rows, 'row')} of {count(len(review.findings.aircraft), 'aircraft', 'aircraft')}"
    console.print(f"{of_record}, searched once; {review.timing_s['total']:.2f} s", style="dim")
    console.print("Recorded traffic did not know these rules: it shows what they would have asked of it.", style="dim")


def _knees(curve: Curve) -> str:
    name = f"{curve.variation.provision}: {curve.variation.parameter}"
    if not curve.knees:
        return f"{name}: no knee: the curve goes back and forth, or bends no more than chance could bend it"
    found = ", ".join(
        f"{measure} at {format_quantity(curve.variation.values[knee.index])} "
        f"({'steeper' if knee.is_steeper_after else 'flatter'} beyond)"
        for measure, knee in curve.knees.items()
    )
    return f"{name}: knee of {found}"


def _print_changes(console: Console, differing: Sequence[Change], pair: tuple[int, int], limit: int) -> None:
    between = f"{pair[0] + 1} and {pair[1] + 1}"
    console.print(f"Rows {between} differ for {count(len(differing), 'aircraft', 'aircraft')}")
    table = Table("aircraft", "callsign", "party", box=None, padding=(0, 2, 0, 0))
    for name in OUTCOMES:
        table.add_column(name, justify="right")
    for each in differing[:limit]:
        of = each.aircraft
        table.add_row(of.id, of.callsign, of.party, *steps(each))
    if differing and limit:
        console.print(table)
    if len(differing) > limit:
        console.print(f"… and {len(differing) - limit:,} more (--limit, --json, --html)", style="dim")
