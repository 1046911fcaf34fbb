"""The table of passages on a terminal: rules about one aircraft, the gravest verdict of each passage."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from skyaccord.batch.findings import Findings
from skyaccord.cli.encounter_table import COLOUR
from skyaccord.model.encounter import Encounter, Verdict
from skyaccord.model.instants import format_instant
from skyaccord.model.tracks import UNASSIGNED


def print_passages(console: Console, findings: Findings, rows: Sequence[tuple[Encounter, Verdict]]) -> None:
    """Print passages with a verdict each."""
    one_day = len({format_instant(passage.start_s)[:10] for passage, _ in rows}) == 1
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", "from", "until", "aircraft", "rule", "outcome", "data"):
        table.add_column(name, no_wrap=name not in ("aircraft", "rule"), overflow="fold")
    for passage, verdict in rows:
        aircraft = findings.aircraft[passage.a]
        party = "" if aircraft.party == UNASSIGNED else f" ({aircraft.party})"
        begin, end = (format_instant(t_s)[:19].replace("T", " ") for t_s in (passage.start_s, passage.end_s))
        table.add_row(
            passage.id,
            begin[11:] if one_day else begin[5:],
            end[11:],
            (aircraft.callsign or aircraft.id) + party,
            verdict.provision,
            Text(verdict.outcome.value.replace("_", " "), style=COLOUR[verdict.outcome]),
            passage.grade.value,
        )
    console.print(table)
