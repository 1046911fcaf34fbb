"""``skyaccord talks compare`` and ``status``: wiring and what the terminal shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from skyaccord.cli.talks_evaluate import write_page
from skyaccord.memorandum.quantity_text import format_quantity
from skyaccord.talks.comparison import Compared, Comparison, compare, document
from skyaccord.talks.gather import gather_positions
from skyaccord.talks.languages import NAMES
from skyaccord.talks.numbers import Figure
from skyaccord.talks.page import render_page
from skyaccord.talks.redline import as_text
from skyaccord.talks.state import words


def run_compare(names: Sequence[str], html: Path | None, *, as_json: bool) -> None:
    """Compare positions: the negotiating text with brackets, numbers, redlines and languages."""
    comparison = compare(gather_positions(names))
    if html is not None:
        write_page(html, render_page(comparison))
    if as_json:
        _print_json(comparison)
        return
    console = Console(highlight=False, markup=False)
    for each in comparison.provisions:
        _print_provision(console, each)
    _print_rounds(console, comparison)
    if html is not None:
        print(html)


def run_status(names: Sequence[str], *, as_json: bool) -> None:
    """Say how far each provision has come, what is open and who moves."""
    comparison = compare(gather_positions(names))
    if as_json:
        _print_json(comparison)
        return
    console = Console(highlight=False, markup=False)
    table = comparison.table
    console.print(f"{table.talks}, after round {table.round}", style="bold")
    grid = Table(
        Column("provision", overflow="fold"), "state", "near", "who moves", "to do", box=None, padding=(0, 2, 0, 0)
    )
    for each in comparison.provisions:
        todo = (", ".join(each.open.movers), each.open.task) if each.open else ("", "nothing")
        grid.add_row(each.clause.id, words(each.clause.state), f"{each.convergence:.2f}", *todo)
    console.print(grid)
    _print_rounds(console, comparison)


def _print_json(comparison: Comparison) -> None:
    print(json.dumps(document(comparison), ensure_ascii=False, allow_nan=False))


def _print_rounds(console: Console, comparison: Comparison) -> None:
    said = ", ".join(f"round {number}: {value:.2f}" for number, value in comparison.by_round())
    console.print(f"Convergence: {said}")
    if comparison.table.is_all_agreed:
        console.print("Every provision is agreed.")
        return
    held = [each.clause.id for each in comparison.provisions if each.holds]
    console.print("Nothing is agreed until everything is." + (f" Provisionally: {', '.join(held)}." if held else ""))


def _print_provision(console: Console, each: Compared) -> None:
    clause = each.clause
    console.print(f"{clause.id}: {words(clause.state)}, convergence {each.convergence:.2f}", style="bold")
    console.print(each.text)
    if each.rule:
        console.print(each.rule, style="dim")
    for figure in each.figures:
        if not figure.is_same:
            console.print(f"  {figure.name}: {_written(figure)}")
    for redlined in each.redlines:
        changed = as_text(redlined.text)
        console.print(f"  {redlined.party}, round {redlined.from_round} to {redlined.to_round}: {changed}")
    for pair in each.languages:
        names = " and ".join(NAMES[language] for language in pair.languages)
        if pair.faults:
            for fault in pair.faults:
                console.print(f"  {names}: {fault}", style="red")
        else:
            console.print(f"  {names} carry the same numbers and the same rule")
    if each.open:
        console.print(f"  to move: {', '.join(each.open.movers)} ({each.open.task})")
    console.print()


def _written(figure: Figure) -> str:
    """Return what each party has of a number, in its own unit and in the common one."""
    parts = []
    for party, quantities in figure.written.items():
        own = ", ".join(map(format_quantity, quantities))
        is_other = any(quantity.unit != figure.unit for quantity in quantities)
        common = ", ".join(f"{value:.4g}" for value in figure.values(party))
        parts.append(f"{party} {own}" + (f" ({common} {figure.unit})" if is_other else ""))
    spread = f"; {figure.spread:.4g} {figure.unit} apart" if figure.spread is not None else ""
    return "; ".join(parts) + spread
