"""Parties of the line: keys by name, an agreement, plain notes; the same in a test and in a process of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random
from typing import Final

from skyaccord.node.desk.journal_files import JournalFiles, connect_across_threads
from skyaccord.node.desk.steps import Steps, pass_by
from skyaccord.node.party import Party
from skyaccord.node.party_line import PartyLine
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message
from skyaccord.trust.journals.sqlite.database import Connect
from skyaccord.trust.keys.role import Role
from skyaccord.trust.origin import log_origin
from tests.trust.cast import MEMORANDUM, PLAIN, Note, agreement, certificate, key

ROLES: Final = (Role.ROOT, Role.DUTY, Role.NODE, Role.TLS)
FROM_S: Final = 1_000_000_000.0
UNTIL_S: Final = 4_000_000_000.0


def party(name: str, parties: tuple[str, ...]) -> Party:
    return Party(name, [agreement(*parties)], PLAIN, key(f"{name} node"))


def open_line(
    name: str,
    parties: tuple[str, ...],
    folder: Path,
    now: object,
    seed: int = 1,
    steps: Steps = pass_by,
    connect: Connect = connect_across_threads,
) -> PartyLine:
    files = JournalFiles(folder, log_origin(name, key(f"{name} root").fingerprint), connect=connect)
    return PartyLine(party(name, parties), files, now, Random(seed), steps)  # noqa: S311 - repeatable, not secret


async def introduce(line: PartyLine, me: str, to: str) -> None:
    """Say which keys this party has, as far as that was not said before a process ended."""
    said = await asyncio.wrap_future(line.desk.ask(lambda desk: len(desk.standing.stream((me, to)).places)))
    for role in ROLES[said:]:
        body = certificate(f"{me} {role.value}", role, FROM_S, UNTIL_S).body()
        message = Message(MEMORANDUM, me, to, "key.certificate", 1, body)
        outcome = await line.say(message, key(f"{me} root"))
        assert isinstance(outcome, Parcel), outcome


async def say(line: PartyLine, me: str, to: str, text: str, *, is_urgent: bool = False) -> Parcel | Refused:
    message = Message(MEMORANDUM, me, to, "talk.note", 1, Note(text).body())
    return await line.say(message, key(f"{me} duty"), is_urgent=is_urgent)
