"""The table of encounters on a terminal: 80 columns take it, and no id in it is ever cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from skyaccord.batch.findings import Findings
from skyaccord.cli.words import feet
from skyaccord.model.encounter import Encounter, Outcome, Verdict
from skyaccord.model.instants import format_instant
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.units import NM

COLOUR: Final = {
    Outcome.BREACH: "bold red",
    Outcome.INFRINGED: "yellow",
    Outcome.UNDETERMINED: "magenta",
    Outcome.COMPLIANT: "green",
    Outcome.NOT_ASSESSABLE: "dim",
}

_RULE: Final = "rule"
_MANNER: Final = "manner"
_COLUMNS: Final = ("", "closest", "aircraft", _RULE, "NM", "ft", _MANNER, "outcome", "margin", "data")
_NUMBERS: Final = (_RULE, "NM", "ft", "margin")

Row = tuple[Encounter, Verdict | None]


def print_encounters(console: Console, findings: Findings, rows: Sequence[Row]) -> None:
    """Print the table of some encounters and, where they are judged by several provisions, which these are."""
    told = (True, False) if findings.flown else (False,)
    console.print(_fitted([_table(findings, rows, with_manner=each) for each in told], console))
    for line in _legend(findings, rows):
        console.print(line, style="dim")


def _fitted(tables: Sequence[Table], console: Console) -> Table:
    """Return the first table that fits the terminal, its columns closer to one another where need be; else the last."""
    for table in tables:
        for padding in (table.padding, (0, 1, 0, 0)):
            table.padding = padding
            if Measurement.get(console, console.options.update(max_width=10_000), table).maximum <= console.width:
                return table
    return tables[-1]


def _numbered(findings: Findings) -> dict[str, int]:
    """Return the number by which the table names each provision; none where all verdicts are of one."""
    names = sorted({verdict.provision for verdict in findings.verdicts})
    return {} if len(names) == 1 else {name: k for k, name in enumerate(names, 1)}


def _legend(findings: Findings, rows: Sequence[Row]) -> Iterator[str]:
    shown = {verdict.provision for _, verdict in rows if verdict}
    yield from (f"rule {k}: {name}" for name, k in _numbered(findings).items() if name in shown)


def _table(findings: Findings, rows: Sequence[Row], with_manner: bool) -> Table:
    """Return the table; what is the same in all rows of the answer is not a column."""
    aircraft = findings.aircraft
    one_day = len({format_instant(encounter.t_closest_s)[:10] for encounter, _ in rows}) == 1
    no_party = all(each.party == UNASSIGNED for each in aircraft)
    provisions = _numbered(findings)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in _COLUMNS:
        if (name != _RULE or provisions) and (name != _MANNER or with_manner):
            justify: Literal["left", "right"] = "right" if name in _NUMBERS else "left"
            table.add_column(name, justify=justify, no_wrap=name != "aircraft", overflow="fold")
    for encounter, verdict in rows:
        outcome = verdict.outcome if verdict else Outcome.NOT_ASSESSABLE
        text = format_instant(encounter.t_closest_s)[:19].replace("T", " ")
        pair = [aircraft[index] for index in (encounter.a, encounter.b)]
        cells: list[str | Text] = [
            encounter.id,
            text[11:] if one_day else text[5:16],
            " ".join((each.callsign or each.id) + ("" if no_party else f" ({each.party})") for each in pair),
            f"{encounter.horizontal_at_closest_m / NM:.2f}",
            feet(encounter.vertical_at_closest_m).removesuffix(" ft"),
        ]
        if provisions:
            cells.insert(3, str(provisions[verdict.provision]) if verdict else "")
        if with_manner:
            cells.append(findings.flown[encounter.id].manner.replace("_", " "))
        cells.append(Text(outcome.value.replace("_", " "), style=COLOUR[outcome]))
        cells.append("" if verdict is None or verdict.margin is None else f"{verdict.margin:+.0%}")
        cells.append(encounter.grade.value)
        table.add_row(*cells)
    return table
