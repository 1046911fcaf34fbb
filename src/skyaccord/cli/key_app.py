"""``skyaccord key``: what the commands take; what they do is loaded when one is called."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from skyaccord.cli.examples_text import examples_text

key_app = typer.Typer(
    help="Make keys, and say in a log which are whose.",
    short_help="Make, certify and revoke keys.",
    no_args_is_help=True,
)

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        help="Text file with the passphrase; else SKYACCORD_PASSPHRASE, else it is asked for.", show_default=False
    ),
]
To = Annotated[list[str] | None, typer.Option(help="To whom; else to every other party. May be given more than once.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Roles(StrEnum):
    """The words of `trust.keys.role.Role` that a certificate gives, not loaded for ``--help``."""

    root = "root"
    duty = "duty"
    node = "node"
    tls = "tls"


class Reasons(StrEnum):
    """The words of `trust.keys.revocation.Because`."""

    retired = "retired"
    lost = "lost"
    exposed = "exposed"


@key_app.command("make", epilog=examples_text("skyaccord key make blue-root.key", "skyaccord key make node.key --json"))
def make(
    file: Annotated[Path, typer.Argument(help="File to write; one that is there is kept.", show_default=False)],
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Make an Ed25519 key in a file under a passphrase, and print its fingerprint."""
    from skyaccord.cli.key import make_key

    make_key(file, passphrase_file, as_json=as_json)


@key_app.command(
    "show", epilog=examples_text("skyaccord key show node.key", "skyaccord key show blue-root.key --check")
)
def show(
    file: Annotated[Path, typer.Argument(help="A key file.", show_default=False)],
    name: Annotated[
        str | None, typer.Option(help="Print it too as notes name it: of a log (its origin), or of a witness.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Open it with its passphrase: only then is it certain.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Print what others may know of a key: fingerprint and public key."""
    from skyaccord.cli.key import show_key

    show_key(file, name, passphrase_file, check=check, as_json=as_json)


@key_app.command(
    "certify",
    epilog=examples_text(
        "skyaccord key certify blue blue-root.key --root blue-root.key --role root",
        'skyaccord key certify blue node.key --root blue-root.key --role node --duty "node north"',
        "skyaccord key certify blue duty.key --root blue-root.key --role duty --until 2027-06-01T00:00Z",
    ),
)
def certify(
    log: Annotated[Path, typer.Argument(help="The folder of the log.", show_default=False)],
    key: Annotated[str, typer.Argument(help="A key file, or a public key in base64.", show_default=False)],
    root: Annotated[Path, typer.Option(help="The key file of the root, which signs.", show_default=False)],
    role: Annotated[Roles, typer.Option(help="What the key may sign.", show_default=False)],
    duty: Annotated[str, typer.Option(help="The duty of who holds it; no person's name.")] = "officer of the watch",
    since: Annotated[str | None, typer.Option("--from", help="From when on it may sign; else from now.")] = None,
    until: Annotated[str | None, typer.Option(help="Until when; else for a year.")] = None,
    to: To = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Say in the log, and to the other parties, that a key is one's own. The root comes first, by itself."""
    from skyaccord.cli.key import Term
    from skyaccord.cli.key import certify as run

    run(log, key, root, Term(role.value, duty, since, until), to or (), passphrase_file)


@key_app.command(
    "revoke", epilog=examples_text("skyaccord key revoke blue sha256:0123… --by blue-root.key --because lost")
)
def revoke(
    log: Annotated[Path, typer.Argument(help="The folder of the log.", show_default=False)],
    key: Annotated[str, typer.Argument(help="Its fingerprint, public key or file.", show_default=False)],
    by: Annotated[Path, typer.Option(help="The key file of the root, or of the key itself.", show_default=False)],
    because: Annotated[Reasons, typer.Option(help="Why.", show_default=False)],
    to: To = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """End a key: whatever it signs is refused from here on, whatever time that claims."""
    from skyaccord.cli.key import revoke as run

    run(log, key, by, because.value, to or (), passphrase_file)
