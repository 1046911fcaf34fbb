"""The commands of ``skyaccord hotline``; what they do is loaded when one is called."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

hotline_app = typer.Typer(
    help="Talk over the ground line: notices, questions, checks, emergencies, minutes of calls.",
    short_help="Talk over the ground line.",
    no_args_is_help=True,
)


class SpokenKind(StrEnum):
    """What `send` says; checks, minutes and acknowledgements have commands of their own."""

    notice = "notice"
    counter_notice = "counter_notice"
    query = "query"
    reply = "reply"
    protest = "protest"
    emergency = "emergency"
    withdrawal = "withdrawal"
    correction = "correction"
    declaration = "declaration"


class Language(StrEnum):
    """Languages of the terminal."""

    en = "en"
    ru = "ru"


class Medium(StrEnum):
    """What was spoken over."""

    telephone = "telephone"
    radio = "radio"
    video = "video"
    in_person = "in_person"


Folder = Annotated[Path, typer.Argument(help="The folder of the running node.", show_default=False)]
Duty = Annotated[str | None, typer.Option(help="The duty that speaks; else the first of node.toml.")]
Lang = Annotated[Language, typer.Option(help="Of what the terminal says.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Message = Annotated[str, typer.Argument(help="A message, by the digits that the inbox shows.", show_default=False)]
AnyMessage = Annotated[
    str | None, typer.Argument(help="A message; else the most urgent that is open.", show_default=False)
]
To = Annotated[str, typer.Argument(help="The other party.", show_default=False)]
Text = Annotated[str, typer.Option(help="Words for people, up to 2,000 characters.")]
WrittenIn = Annotated[str, typer.Option(help="The language of the text, by its ISO 639 code.")]


def _at(folder: Path, duty: str | None, language: Language, as_json: bool) -> Any:
    from skyaccord.cli.hotline import At

    return At(folder, duty, language.value, as_json)


@hotline_app.command("send")
def send(
    folder: Folder,
    kind: Annotated[SpokenKind, typer.Argument(help="What is said.", show_default=False)],
    to: Annotated[list[str], typer.Argument(help="To which party or parties.", show_default=False)],
    text: Text = "",
    precedence: Annotated[
        str | None, typer.Option(help="emergency, flash, immediate, priority or routine.", show_default="routine")
    ] = None,
    answers: Annotated[str | None, typer.Option(help="The message that it refers to.")] = None,
    content: Annotated[str | None, typer.Option(help="Further members of the message, a JSON object.")] = None,
    on_behalf_of: Annotated[list[str] | None, typer.Option(help="A member of a coalition; may be repeated.")] = None,
    interpreter: Annotated[str | None, typer.Option(help="The duty that interprets.")] = None,
    assigned: Annotated[bool, typer.Option(help="Whether interpreting is its task.")] = True,
    written_in: WrittenIn = "en",
    duty: Duty = None,
    language: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Say something to one or more parties. A notice is never a permission."""
    from skyaccord.cli import hotline

    words = hotline.Words(
        kind.value, text, precedence, written_in, answers, on_behalf_of or (), content, interpreter, assigned
    )
    hotline.send(_at(folder, duty, language, as_json), to, words)


@hotline_app.command("inbox")
def inbox(
    folder: Folder,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for something to acknowledge or answer.")] = 0.0,
    language: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Show how the lines are and what is open, an emergency before all else."""
    from skyaccord.cli import hotline

    hotline.inbox(_at(folder, None, language, as_json), wait)


@hotline_app.command("show")
def show(folder: Folder, message: Message, language: Lang = Language.en, as_json: AsJson = False) -> None:
    """Show a message and all that was said to it."""
    from skyaccord.cli import hotline

    hotline.show(_at(folder, None, language, as_json), message)


@hotline_app.command("ack")
def ack(
    folder: Folder,
    message: AnyMessage = None,
    readback: Annotated[str, typer.Option(help="What was understood, said again.")] = "",
    inform: Annotated[list[str] | None, typer.Option(help="A duty that will be told; may be repeated.")] = None,
    duty: Duty = None,
    language: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Acknowledge a message: received and read. An acknowledgement is never an agreement."""
    from skyaccord.cli import hotline

    hotline.ack(_at(folder, duty, language, as_json), message, readback, inform or ())


@hotline_app.command("answer")
def answer(
    folder: Folder,
    message: AnyMessage = None,
    text: Text = "",
    readability: Annotated[int, typer.Option(min=1, max=5, help="Of a check: 1 unreadable to 5 perfectly.")] = 5,
    duty: Duty = None,
    language: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Answer: a check with its challenge, anything else with a reply."""
    from skyaccord.cli import hotline

    hotline.answer_to(_at(folder, duty, language, as_json), message, text, readability)


@hotline_app.command("check")
def check(
    folder: Folder,
    to: Annotated[str | None, typer.Argument(help="The other party.", show_default=False)] = None,
    text: Text = "",
    duty: Duty = None,
    language: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Check the line with a party; without one, show how checks went and who was late."""
    from skyaccord.cli import hotline

    at = _at(folder, duty, language, as_json)
    if to is None:
        hotline.figures(at)
    else:
        hotline.check(at, to, text)


@hotline_app.command("minute")
def minute(
    folder: Folder,
    to: To,
    text: Annotated[str, typer.Option(help="What was said.", show_default=False)],
    started: Annotated[str, typer.Option("--from", help="When it began, 2026-12-01T00:00:00Z.", show_default=False)],
    until: Annotated[str, typer.Option(help="When it ended.", show_default=False)],
    caller: Annotated[str, typer.Option(help="The party that called.", show_default=False)],
    caller_duty: Annotated[str, typer.Option(help="Which duty called.")] = "duty officer",
    called_duty: Annotated[str, typer.Option(help="Which duty was called.")] = "duty officer",
    medium: Annotated[Medium, typer.Option(help="What was spoken over.")] = Medium.telephone,
    channel: Annotated[str | None, typer.Option(help="Number or frequency.")] = None,
    written_in: WrittenIn = "en",
    duty: Duty = None,
    language: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Minute a call; the other party countersigns it or gives its own."""
    from skyaccord.cli import hotline
    from skyaccord.cli.hotline_minute import content_of_call

    call = {"medium": medium.value, "channel": channel, "caller_duty": caller_duty, "called_duty": called_duty}
    content = content_of_call(folder, to, text, (started, until), caller, call)
    hotline.minute(_at(folder, duty, language, as_json), to, content, written_in)


@hotline_app.command("countersign")
def countersign(
    folder: Folder,
    message: Annotated[
        str | None, typer.Argument(help="A minute; else the first that is open.", show_default=False)
    ] = None,
    text: Text = "",
    differing: Annotated[str | None, typer.Option(help="One's own words in place of theirs; both are kept.")] = None,
    duty: Duty = None,
    language: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Say that a minute says what was said; or, with --differing, what was said instead."""
    from skyaccord.cli import hotline

    at = _at(folder, duty, language, as_json)
    if differing is None:
        hotline.countersign(at, message, text)
    else:
        hotline.differ(at, message, differing)


@hotline_app.command("handover")
def handover(
    folder: Folder,
    giving: Annotated[str, typer.Option("--from", help="The duty that hands over.", show_default=False)],
    text: Text = "",
    duty: Duty = None,
    language: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Take over a shift with all that is open; who takes over signs."""
    from skyaccord.cli import hotline

    hotline.hand_over(_at(folder, duty, language, as_json), giving, text)


@hotline_app.command("export")
def export(
    folder: Folder,
    to: To,
    out: Annotated[Path | None, typer.Option(help="A file to carry; else it is printed.")] = None,
    codes: Annotated[Path | None, typer.Option(help="A page of QR codes (HTML) to show or print.")] = None,
    as_json: AsJson = False,
) -> None:
    """When the network is down: what waits for a party as lines to read aloud or carry, or as QR codes."""
    from skyaccord.cli import hotline

    hotline.export_to(_at(folder, None, Language.en, as_json), to, out, codes)


@hotline_app.command("import")
def import_(
    folder: Folder,
    file: Annotated[
        Path,
        typer.Argument(
            help="Lines that were carried or written down, or what codes say, one a line.", show_default=False
        ),
    ],
    back: Annotated[Path | None, typer.Option(help="Where to write what is to be carried back.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take lines that were carried by hand; they are judged as if they had come over the network."""
    from skyaccord.cli import hotline

    hotline.import_from(_at(folder, None, Language.en, as_json), file, back)


@hotline_app.command("watch")
def watch(
    folder: Folder,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="End after as long without news.")] = None,
    language: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Follow what happens on the line: messages, reminders, escalations, how the lines are."""
    from skyaccord.cli import hotline

    hotline.watch(_at(folder, None, language, as_json), seconds)
