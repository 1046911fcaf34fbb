"""``skyaccord node``: what the commands take; what they do is loaded when one is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skyaccord.cli.examples_text import examples_text

node_app = typer.Typer(
    help="Make and run a party's node: its people, its peers, its line to the other party.",
    short_help="Make and run a party's node.",
    no_args_is_help=True,
)
peer_app = typer.Typer(help="Come to know another party.", no_args_is_help=True)
node_app.add_typer(peer_app, name="peer")

PassphraseFile = Annotated[
    Path | None,
    typer.Option(help="Its first line opens the party's keys; else SKYACCORD_PASSPHRASE, else you are asked."),
]
NodeFolder = Annotated[Path, typer.Argument(help="The node's folder.", show_default=False)]


@node_app.command(
    "init",
    epilog=examples_text(
        "skyaccord node init blue --party blue",
        "skyaccord node init /srv/blue --party blue --host blue.example --address 192.0.2.7 --administrator north.1",
        "skyaccord node init blue --party blue --store postgresql:///skyaccord",
    ),
)
def node_init(
    folder: NodeFolder,
    party: Annotated[str, typer.Option(help="Whose node it is, as the memorandum names it.", show_default=False)],
    administrator: Annotated[str, typer.Option(help="What the first person signs in as.")] = "administrator",
    host: Annotated[
        list[str] | None,
        typer.Option(help="A name or address under which the node is reached; may be given more than once."),
    ] = None,
    address: Annotated[str, typer.Option(help="Where both listeners listen.")] = "127.0.0.1",
    people_port: Annotated[int, typer.Option(min=0, max=65535, help="Port for people.")] = 8443,
    peers_port: Annotated[int, typer.Option(min=0, max=65535, help="Port for peers.")] = 8444,
    store: Annotated[
        str | None, typer.Option(help="A PostgreSQL database, postgresql://… . Else a file in the folder.")
    ] = None,
    preset: Annotated[
        str, typer.Option(help="The memorandum whose communications both parties go by until talks.")
    ] = "syria-2015-public-outline",
    duty: Annotated[
        list[str] | None,
        typer.Option(help="A duty that speaks for the party; may be repeated.", show_default="officer, supervisor"),
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make a node: its folder, its certificate authority, its store, its party's keys, its first administrator."""
    from skyaccord.cli.node import init
    from skyaccord.node.configuration import DUTIES, LineSettings

    ports = people_port, peers_port
    line = LineSettings(preset, tuple(duty or DUTIES))
    init(folder, party, administrator, host or [], address, ports, store, line, passphrase_file, as_json=as_json)


@node_app.command("run", epilog=examples_text("skyaccord node run blue", "skyaccord node run /srv/blue --json"))
def node_run(
    folder: NodeFolder,
    passphrase_file: PassphraseFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print where it listens as JSON.")] = False,
) -> None:
    """Run a node until it is interrupted. Prints where it listens, once it does."""
    from skyaccord.cli.node import run

    run(folder, passphrase_file, as_json=as_json)


@node_app.command("code", epilog=examples_text("skyaccord node code blue"))
def node_code(
    folder: NodeFolder,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the code of the party's root key, which the other party compares by voice."""
    from skyaccord.cli.node_peer import show_code

    show_code(folder, as_json=as_json)


@peer_app.command(
    "add",
    epilog=examples_text(
        "skyaccord node peer add blue introduction-of-green.json",
        'skyaccord node peer add blue introduction-of-green.json --compared "ABCDE FGHIJ KLMNO PQRST UVWXY"',
    ),
)
def node_peer_add(
    folder: NodeFolder,
    card: Annotated[Path, typer.Argument(help="The other party's introduction.json.", show_default=False)],
    compared: Annotated[
        str | None, typer.Option(help="The code as the other party read it out; else you are asked.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Believe another party from now on, and say to it which keys are this party's. The node must not be running."""
    from skyaccord.cli.node_peer import add

    add(folder, card, compared, passphrase_file, as_json=as_json)


@node_app.command("backup", epilog=examples_text("skyaccord node backup blue copies/blue-1"))
def node_backup(
    folder: NodeFolder,
    copy: Annotated[Path, typer.Argument(help="A new folder.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Copy a node, which may be running, into a new folder."""
    from skyaccord.cli.node_copy import backup

    backup(folder, copy, as_json=as_json)


@node_app.command("restore", epilog=examples_text("skyaccord node restore copies/blue-1 blue"))
def node_restore(
    copy: Annotated[Path, typer.Argument(help="What backup has made.", show_default=False)],
    folder: Annotated[Path, typer.Argument(help="A new folder.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Put a copy of a node back into a new folder; its peers tell it what it had said since."""
    from skyaccord.cli.node_copy import restore

    restore(copy, folder, as_json=as_json)


@node_app.command("status", epilog=examples_text("skyaccord node status blue", "skyaccord node status blue --json"))
def node_status(
    folder: NodeFolder,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for a node that is starting.")] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask the running node how it is; exit code 1 where it does not answer."""
    from skyaccord.cli.node import status

    status(folder, wait, as_json=as_json)
