"""``skyaccord``: the commands, in the order in which a new user meets them.

Each command's own module is loaded when it is called, so that ``--help`` answers at once.
"""

from __future__ import annotations

import gc
import sys
from enum import StrEnum
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Annotated

import typer

from skyaccord import __version__
from skyaccord.cli.examples_text import examples_text
from skyaccord.cli.hotline_commands import hotline_app
from skyaccord.cli.key_app import key_app
from skyaccord.cli.log_app import log_app
from skyaccord.cli.node_app import node_app
from skyaccord.cli.talks_app import talks_app
from skyaccord.errors import SkyaccordError

app = typer.Typer(
    name="skyaccord",
    help="Keeps aircraft of parties apart who share a sky but no chain of command.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
memorandum_app = typer.Typer(
    help="Look at memoranda, the texts that parties agreed.", short_help="Look at memoranda.", no_args_is_help=True
)
scenario_app = typer.Typer(
    help="Look at generated scenarios and write them as tracks.",
    short_help="Look at generated scenarios.",
    no_args_is_help=True,
)
profile_app = typer.Typer(
    help="Look at profiles of alerting and guidance, by name or as DAIDALUS .conf files.",
    short_help="Look at profiles of alerting and guidance.",
    no_args_is_help=True,
)
app.add_typer(memorandum_app, name="memorandum")
app.add_typer(scenario_app, name="scenario")
app.add_typer(profile_app, name="profile")
app.add_typer(key_app, name="key")
app.add_typer(log_app, name="log")
app.add_typer(node_app, name="node")
app.add_typer(hotline_app, name="hotline")
app.add_typer(talks_app, name="talks")

FAILED = 1
"""Exit code when the work failed; 2 is misuse, 3 what ``--fail-on`` asks for."""


class Between(StrEnum):
    """Which pairs are looked at; the same words as `rules.judge.Between`, which is not loaded for ``--help``."""

    parties = "parties"
    any = "any"


class FailOn(StrEnum):
    """What makes a review end with exit code 3."""

    breach = "breach"
    infringed = "infringed"
    undetermined = "undetermined"


class WrittenAs(StrEnum):
    """Formats that are written; the words of `tracks.writers.write.TrackFormat`, not loaded for ``--help``."""

    parquet = "parquet"
    csv = "csv"
    sbs = "sbs"
    kml = "kml"
    czml = "czml"
    geojson = "geojson"
    daa = "daa"


Start = Annotated[
    str | None, typer.Option(help="Day or instant at which a recording without date began, e.g. 2018-08-01T05:00Z.")
]
SiteText = Annotated[
    str | None, typer.Option(help="Radar site for CAT048: latitude, longitude (deg), height (m), as 46.2,6.1,430.")
]


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command(
    short_help="Judge recorded traffic by a memorandum.",
    epilog=examples_text(
        "skyaccord review day.parquet --memorandum syria-2015-public-outline --out out",
        "skyaccord review recordings/ -m surveillance-minima --parties parties.toml --json",
        "skyaccord review scenario:crossing-breach -m syria-2015-public-outline --fail-on breach",
    ),
)
def review(
    tracks: Annotated[
        list[str],
        typer.Argument(
            help="Recordings: files, folders, or scenario:NAME. Parquet, CSV, SBS-1, readsb, OpenSky, Beast, AVR, "
            "GDL 90, ASTERIX, KML, GPX and more, plain or gzipped; recognised by content.",
            show_default=False,
        ),
    ],
    memorandum: Annotated[
        str, typer.Option("--memorandum", "-m", help="A memorandum file, or the name of a preset.", show_default=False)
    ],
    parties: Annotated[
        Path | None, typer.Option(help="Who flies what: TOML or CSV. Aircraft no one claims count against everyone.")
    ] = None,
    records: Annotated[
        list[Path] | None,
        typer.Option(help="What was said by radio and on the ground line: CSV. May be given more than once."),
    ] = None,
    between: Annotated[Between, typer.Option(help="Pairs of different parties, or any pair.")] = Between.parties,
    since: Annotated[str | None, typer.Option(help="Leave out what was before, e.g. 2018-08-01T09:00Z.")] = None,
    until: Annotated[str | None, typer.Option(help="Leave out what came after.")] = None,
    gap: Annotated[str, typer.Option(help="Longest silence bridged by a straight line.")] = "30 s",
    within: Annotated[
        str | None,
        typer.Option(help='Look further than the provisions reach, e.g. "10 NM, 5000 ft": shows who kept them.'),
    ] = None,
    start: Start = None,
    site: SiteText = None,
    report: Annotated[bool, typer.Option("--report/--no-report", help="Whether --out gets a report.html.")] = True,
    out: Annotated[
        Path | None, typer.Option(help="Write encounters, passages and verdicts (Parquet) and report.html here.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Lines of the table on the terminal.")] = 15,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of the table.")] = False,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="End with exit code 3 at this outcome or a graver one.")
    ] = None,
) -> None:
    """Find who came too close in recorded traffic, and what a memorandum says of it."""
    from skyaccord.cli.review import Arguments, run

    run(
        Arguments(
            tracks=tuple(tracks),
            memorandum=memorandum,
            parties=parties,
            records=tuple(records or ()),
            between=between.value,
            since=since,
            until=until,
            gap=gap,
            within=within,
            start=start,
            site=site,
            report=report,
            out=out,
            limit=limit,
            as_json=as_json,
            fail_on=fail_on.value if fail_on else None,
        )
    )


@app.command(
    short_help="Say what a recording is, and what is wrong with it.",
    epilog=examples_text("skyaccord inspect day.parquet", "skyaccord inspect recordings/ --plot look.html"),
)
def inspect(
    tracks: Annotated[
        list[str],
        typer.Argument(help="Recordings: files, folders, or scenario:NAME; recognised by content.", show_default=False),
    ],
    plot: Annotated[Path | None, typer.Option(help="Write a page of pictures here: map, altitude, activity.")] = None,
    start: Start = None,
    site: SiteText = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what a recording is: formats, extent, rates, pauses, altitudes, marks of doubt, and what is wrong with it."""
    from skyaccord.cli.inspect import inspect as run
    from skyaccord.cli.options import reading_options

    run(tracks, as_json, plot, options=reading_options(start, site))


@app.command(
    short_help="Write recordings in another format.",
    epilog=examples_text(
        "skyaccord convert traces/ --out day.parquet", "skyaccord convert day.parquet --out day.daa --ownship a4e704"
    ),
)
def convert(
    tracks: Annotated[
        list[str],
        typer.Argument(help="Recordings: files, folders, or scenario:NAME; recognised by content.", show_default=False),
    ],
    out: Annotated[
        Path, typer.Option(help="File to write; its ending says the format, .gz packs it.", show_default=False)
    ],
    track_format: Annotated[
        WrittenAs | None,
        typer.Option("--format", help="The format, where the ending does not say it.", show_default=False),
    ] = None,
    ownship: Annotated[
        str | None, typer.Option(help="For .daa: whose scenario it is. Else the aircraft with most reports.")
    ] = None,
    start: Start = None,
    site: SiteText = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write recordings in another format. Each file says what its altitudes are."""
    from skyaccord.cli.convert import convert as run
    from skyaccord.cli.options import reading_options

    written_as = track_format.value if track_format else None
    run(tracks, out, written_as, ownship=ownship, as_json=as_json, options=reading_options(start, site))


@app.command(
    short_help="Alerts and guidance for DAIDALUS scenarios.",
    epilog=examples_text(
        "skyaccord daa encounter.daa --conf do365b --out out",
        "skyaccord daa scenarios/ --conf our.conf --no-hysteresis --every 10 --out out",
    ),
)
def daa(
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenarios, .daa or .xyz, or folders of them.", show_default=False)
    ],
    conf: Annotated[
        str, typer.Option(help="A DAIDALUS .conf file, or a profile's name (profile list).", show_default=False)
    ],
    out: Annotated[
        Path, typer.Option(help="Folder for NAME.geometry.csv, NAME.alerts.csv, NAME.bands.jsonl.", show_default=False)
    ],
    hysteresis: Annotated[
        bool, typer.Option("--hysteresis/--no-hysteresis", help="Whether alerts and bands are steadied over time.")
    ] = True,
    instantaneous: Annotated[
        bool, typer.Option("--instantaneous", help="Let manoeuvres change the motion at once.")
    ] = False,
    every: Annotated[
        float | None, typer.Option(help="Seconds between the steps that get bands. Else every step.")
    ] = None,
    plot: Annotated[bool, typer.Option("--plot", help="Write NAME.guidance.html too: rose, tapes, reasons.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Run scenarios through alerting and guidance. Guidance is for one's own aircraft: it shows where not to go."""
    from skyaccord.cli.daa import run_daa

    run_daa(
        scenarios,
        conf,
        out,
        hysteresis=hysteresis,
        at_once=instantaneous,
        every_s=every,
        is_drawn=plot,
        as_json=as_json,
    )


@memorandum_app.command("list")
def memorandum_list(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the presets that travel with skyaccord."""
    from skyaccord.cli.memorandum import list_presets

    list_presets(as_json)


@memorandum_app.command(
    "show", epilog=examples_text("skyaccord memorandum show syria-2015-public-outline --toml > ours.toml")
)
def memorandum_show(
    name: Annotated[str, typer.Argument(help="A memorandum file, or the name of a preset.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the canonical JSON that is hashed.")] = False,
    toml: Annotated[bool, typer.Option("--toml", help="Print the TOML, to begin one's own from.")] = False,
    examples: Annotated[
        bool, typer.Option("--examples", help="With cases of each provision of a preset: kept, broken, at its limit.")
    ] = False,
) -> None:
    """Show a memorandum: each provision with its rule in words, its source and how sure it is."""
    from skyaccord.cli.memorandum import show

    show(name, as_json, toml, examples)


@memorandum_app.command("check")
def memorandum_check(
    files: Annotated[list[str], typer.Argument(help="Memorandum files.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check memorandum files and print the hash of each; exit code 1 where one cannot be accepted."""
    from skyaccord.cli.memorandum import check

    check(files, as_json)


@memorandum_app.command(
    "format",
    epilog=examples_text("skyaccord memorandum format north.toml", "skyaccord memorandum format north.toml --write"),
)
def memorandum_format(
    files: Annotated[list[Path], typer.Argument(help="Memorandum files.", show_default=False)],
    check: Annotated[bool, typer.Option("--check", help="Exit code 1 where something would change.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the files in place of showing the changes.")] = False,
) -> None:
    """Write rules in their canonical text; show what would change, and nothing else of a file does."""
    from skyaccord.cli.format import format_files

    format_files(files, check=check, write=write)


@memorandum_app.command(
    "card", epilog=examples_text("skyaccord memorandum card syria-2015-public-outline --out card.pdf --lang ru,en")
)
def memorandum_card(
    name: Annotated[str, typer.Argument(help="A memorandum file, or the name of a preset.", show_default=False)],
    out: Annotated[Path | None, typer.Option(help="PDF to write, e.g. card.pdf.", show_default=False)] = None,
    lang: Annotated[
        str, typer.Option(help="Both languages, the one to read first in front: en,ru or ru,en.")
    ] = "en,ru",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write a cockpit card: one A4 page to fold, in English and Russian. It is no permission."""
    if out is None:
        raise typer.BadParameter("name the PDF to write, as in --out card.pdf", param_hint="--out")
    from skyaccord.cli.card import write_card

    write_card(name, out, lang, as_json=as_json)


@scenario_app.command("list")
def scenario_list(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the scenarios that travel with skyaccord. All are generated."""
    from skyaccord.cli.scenario import list_scenarios

    list_scenarios(as_json)


@scenario_app.command("show")
def scenario_show(
    name: Annotated[str, typer.Argument(help="A scenario's name or file.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show a scenario: what was reported and what that implies, what is assumed, what is expected of it."""
    from skyaccord.cli.scenario import show

    show(name, as_json)


@scenario_app.command(
    "make",
    epilog=examples_text(
        "skyaccord scenario make crossing-breach --out crossing.csv",
        "skyaccord scenario make kaliningrad-2017-06-19-us-account --noise 7 --out noisy.parquet",
    ),
)
def scenario_make(
    name: Annotated[str, typer.Argument(help="A scenario's name or file.", show_default=False)],
    out: Annotated[Path, typer.Option(help="File to write, .parquet or .csv.", show_default=False)],
    noise: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Write what a sensor would have seen, from this seed: errors of position, steps of altitude, silence.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the tracks of a scenario as Parquet or CSV."""
    from skyaccord.cli.scenario import make

    make(name, out, noise)


@profile_app.command("list")
def profile_list(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the profiles that travel with skyaccord, with the configuration of DAIDALUS that each follows."""
    from skyaccord.cli.profile import list_profiles

    list_profiles(as_json)


@profile_app.command(
    "show", epilog=examples_text("skyaccord profile show do365b", "skyaccord profile show do365b --conf > ours.conf")
)
def profile_show(
    name: Annotated[str, typer.Argument(help="A profile's name, or a .conf file.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print every setting as JSON.")] = False,
    as_conf: Annotated[bool, typer.Option("--conf", help="Print a .conf file, to begin one's own from.")] = False,
) -> None:
    """Show a profile: what each alerter warns of and when, and how one's own aircraft manoeuvres."""
    from skyaccord.cli.profile import show

    show(name, as_json, as_conf)


class _NoPandas(MetaPathFinder):
    """Tells pyarrow that pandas is not there: it would import it at its first array, 0.7 s that no command needs."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def main() -> None:
    """Run the command line; an error of ours is told in words, with exit code 1."""
    sys.meta_path.insert(0, _NoPandas())
    gc.disable()  # one answer, then the end: looking for cycles takes a twentieth of the time and frees nothing
    try:
        app()
    except SkyaccordError as error:
        from skyaccord.cli.words import tell

        tell(error)
        sys.exit(FAILED)
