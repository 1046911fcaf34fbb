"""``skyaccord talks``: what the commands take; what they do is loaded when one is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skyaccord.cli.examples_text import examples_text

talks_app = typer.Typer(
    help="From drafts to one memorandum: compare positions, and see what a draft would have meant.",
    short_help="Compare positions, and see what drafts would have meant.",
    no_args_is_help=True,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Html = Annotated[Path | None, typer.Option(help="Write a page with charts here.", show_default=False)]


@talks_app.command(
    "evaluate",
    short_help="Put drafts against recorded traffic.",
    epilog=examples_text(
        "skyaccord talks evaluate blue.toml green.toml --tracks day.parquet --html meant.html",
        "skyaccord talks evaluate syria-2015-public-outline --tracks day.parquet \\",
        "    --vary 'separation.threes: horizontal = 3 NM, 5 NM, 20 mi'",
        "skyaccord talks evaluate blue.toml --tracks day.parquet \\\\",
        "    --vary 'separation.threes: restore = 60 s to 300 s by 60 s'",
    ),
)
def evaluate(
    drafts: Annotated[list[str], typer.Argument(help="Memorandum files, or names of presets.", show_default=False)],
    tracks: Annotated[
        list[str],
        typer.Option(
            help="A recording: file, folder, or scenario:NAME. May be given more than once.", show_default=False
        ),
    ],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            help="A parameter under several values, 'PROVISION: SIGNAL = VALUE, VALUE' or '= VALUE to VALUE by STEP'; "
            "also restore and reenter. May be given more than once.",
            show_default=False,
        ),
    ] = None,
    differ: Annotated[
        str | None,
        typer.Option(help="Which two rows to compare aircraft by aircraft, as 1,3; else the first and the last."),
    ] = None,
    parties: Annotated[Path | None, typer.Option(help="Who flies what: TOML or CSV.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=0, help="Aircraft of the difference shown on the terminal.")] = 10,
    html: Html = None,
    as_json: AsJson = False,
) -> None:
    """See what drafts would have meant in recorded traffic: breaches, infringements, hours, aircraft."""
    from skyaccord.cli.talks_evaluate import run

    run(tuple(drafts), tuple(tracks), tuple(vary or ()), differ, parties, limit, html, as_json=as_json)


Positions = Annotated[
    list[str],
    typer.Argument(help="Position files, folders of them, or an example: october-2015.", show_default=False),
]


@talks_app.command(
    "compare",
    short_help="Show the negotiating text with brackets.",
    epilog=examples_text(
        "skyaccord talks compare october-2015 --html talks.html", "skyaccord talks compare 1-blue.toml 1-green.toml"
    ),
)
def compare(positions: Positions, html: Html = None, as_json: AsJson = False) -> None:
    """Show the negotiating text with brackets: numbers in one unit, redlines, languages, who moves."""
    from skyaccord.cli.talks_compare import run_compare

    run_compare(positions, html, as_json=as_json)


@talks_app.command(
    "status",
    short_help="Say what is open and who moves.",
    epilog=examples_text("skyaccord talks status october-2015", "skyaccord talks status talks/ --json"),
)
def status(positions: Positions, as_json: AsJson = False) -> None:
    """Say how far each provision has come, what is open and who moves."""
    from skyaccord.cli.talks_compare import run_status

    run_status(positions, as_json=as_json)
