"""``skyaccord log``: what the commands take; what they do is loaded when one is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skyaccord.cli.examples_text import examples_text
from skyaccord.cli.key_app import AsJson, PassphraseFile

log_app = typer.Typer(
    help="Keep a log that neither side can rewrite, exchange it, and check it.",
    short_help="Keep, exchange and check logs.",
    no_args_is_help=True,
)

Log = Annotated[Path, typer.Argument(help="The folder of the log.", show_default=False)]
Out = Annotated[Path | None, typer.Option(help="File to write; else standard output.", show_default=False)]
Memorandum = Annotated[Path | None, typer.Option("--memorandum", "-m", help="The memorandum file that pins the roots.")]


@log_app.command("init", epilog=examples_text("skyaccord log init blue --party blue --memorandum north.toml"))
def init(
    log: Annotated[Path, typer.Argument(help="The folder to make.", show_default=False)],
    party: Annotated[str, typer.Option(help="Whose log it is, as the memorandum has it.", show_default=False)],
    memorandum: Annotated[
        Path,
        typer.Option("--memorandum", "-m", help="A memorandum file that pins each party's root.", show_default=False),
    ],
) -> None:
    """Make the folder of a log."""
    from skyaccord.cli.log import init as run

    run(log, party, memorandum)


@log_app.command("show", epilog=examples_text("skyaccord log show blue", "skyaccord log show blue --entry 7"))
def show(
    log: Log,
    entry: Annotated[int | None, typer.Option(min=0, help="Print this entry with its body, as JSON.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the entries of a log, and what was refused."""
    from skyaccord.cli.log import show as run

    run(log, entry, as_json=as_json)


@log_app.command("sign", epilog=examples_text("skyaccord log sign blue --key node.key --out head"))
def sign(
    log: Log,
    key: Annotated[Path, typer.Option(help="The key file of the node.", show_default=False)],
    out: Out = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Sign a checkpoint over all entries. It is stored before it is printed, and no two contradict each other."""
    from skyaccord.cli.log import sign as run

    run(log, key, passphrase_file, out)


@log_app.command("send", epilog=examples_text("skyaccord log send blue --to green --out mail"))
def send(
    log: Log,
    to: Annotated[str, typer.Option(help="The recipient.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Folder for one file an envelope.", show_default=False)],
) -> None:
    """Write what a party has not acknowledged yet; sending it twice does no harm."""
    from skyaccord.cli.log import send as run

    run(log, to, out)


@log_app.command("receive", epilog=examples_text("skyaccord log receive green mail --key node.key --out answer"))
def receive(
    log: Log,
    files: Annotated[list[Path], typer.Argument(help="What arrived: files or folders.", show_default=False)],
    key: Annotated[Path | None, typer.Option(help="The key file of the node, which signs receipts.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for receipts, to be sent back.")] = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Judge what arrived: accept it into the log, or refuse and record it. Exit code 1 where something was refused."""
    from skyaccord.cli.log import receive as run

    run(log, files, key, out, passphrase_file, as_json=as_json)


@log_app.command(
    "verify",
    epilog=examples_text(
        "skyaccord log verify blue",
        "skyaccord log verify blue.bundle --memorandum north.toml",
        "skyaccord log verify blue.bundle green.bundle --root blue=sha256:… --root green=sha256:…",
    ),
)
def verify(
    paths: Annotated[list[Path], typer.Argument(help="The folder of a log, or bundles.", show_default=False)],
    memorandum: Memorandum = None,
    root: Annotated[list[str] | None, typer.Option(help="PARTY=sha256:…, in place of a memorandum file.")] = None,
    witness: Annotated[
        list[str] | None, typer.Option(help="A witness's key; the last checkpoint must bear its cosignature.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a log or bundles: say what holds, and what does not and why. Exit code 1 where something does not."""
    from skyaccord.cli.log_proofs import verify as run

    run(paths, memorandum, root or (), witness or (), as_json=as_json)


@log_app.command(
    "prove",
    epilog=examples_text("skyaccord log prove blue --entry 7", "skyaccord log prove blue --since 120 --out request"),
)
def prove(
    log: Log,
    entry: Annotated[int | None, typer.Option(min=0, help="Prove that this entry is in the log, as JSON.")] = None,
    since: Annotated[
        int | None,
        typer.Option(min=0, help="Prove that nothing before this size was changed, as witnesses ask for it."),
    ] = None,
    out: Out = None,
) -> None:
    """Print a proof under the last checkpoint."""
    from skyaccord.cli.log_proofs import prove as run

    if (entry is None) == (since is None):
        raise typer.BadParameter("give one of --entry and --since")
    run(log, entry, since, out)


@log_app.command(
    "export",
    epilog=examples_text(
        "skyaccord log export blue --out blue.bundle", "skyaccord log export blue --out some.bundle --entries 12,40-44"
    ),
)
def export(
    log: Log,
    out: Annotated[Path, typer.Option(help="The bundle to write.", show_default=False)],
    entries: Annotated[
        str | None, typer.Option(help="Show these alone, with proofs, receipts and what was said of keys.")
    ] = None,
) -> None:
    """Write a bundle: what a stranger needs to check a log up to its last checkpoint, with no access to either side."""
    from skyaccord.cli.log_proofs import export as run

    run(log, out, entries)


@log_app.command(
    "witness",
    epilog=examples_text(
        "skyaccord log witness seen request --key witness.key --name example.org/witness --log skyaccord/blue/…+…+…"
    ),
)
def witness(
    store: Annotated[Path, typer.Argument(help="Folder in which the witness remembers logs.", show_default=False)],
    request: Annotated[Path, typer.Argument(help="What log prove --since wrote.", show_default=False)],
    key: Annotated[Path, typer.Option(help="The witness's key file.", show_default=False)],
    name: Annotated[str, typer.Option(help="The witness's name.", show_default=False)],
    log: Annotated[list[str], typer.Option(help="The key of a log: key show --name ORIGIN.", show_default=False)],
    out: Out = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Cosign a checkpoint if it continues the last one seen; a fork or a rollback is kept as evidence."""
    from skyaccord.cli.log_proofs import witness as run

    run(store, request, key, name, log, passphrase_file, out)


@log_app.command(
    "cosign", epilog=examples_text("skyaccord log cosign blue cosignature --witness example.org/witness+…+…")
)
def cosign(
    log: Log,
    signatures: Annotated[Path, typer.Argument(help="What log witness wrote.", show_default=False)],
    witness: Annotated[str, typer.Option(help="The witness's key: key show --name NAME.", show_default=False)],
) -> None:
    """Add a witness's cosignature to the last checkpoint."""
    from skyaccord.cli.log_proofs import cosign as run

    run(log, signatures, witness)


@log_app.command("verifier", epilog=examples_text("skyaccord log verifier --out verify_skyaccord.py"))
def verifier(out: Out = None) -> None:
    """Print the program with which a stranger checks bundles: one file that needs Python and cryptography alone."""
    from skyaccord.cli.log_proofs import print_verifier as run

    run(out)
