"""Who speaks on a line, and its correspondence over a journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skyaccord.node.desk.stepped_journal import SteppedJournal
from skyaccord.node.desk.steps import Steps
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.kinds import Kinds
from skyaccord.trust.log import Log
from skyaccord.trust.notes.note_key import NoteSigner


@dataclass(frozen=True, slots=True)
class Party:
    """Who speaks: its name, what it has agreed to, what can be said, the key that signs for the machine."""

    name: str
    agreements: Sequence[Agreement]
    kinds: Kinds
    node_key: SigningKey


@dataclass(frozen=True, slots=True)
class Restored:
    """That a log was put back from a copy, and what is done once all peers were met (`restore.backup`)."""

    when_met: Callable[[], None]


def open_correspondence(party: Party, journal: Journal, steps: Steps) -> Correspondence:
    """Return a party's correspondence over a journal.

    Raises:
        JournalError: an entry says what could not have been admitted.
    """
    signer = NoteSigner.from_seed(journal.origin, party.node_key.seed)
    return Correspondence(Log(SteppedJournal(journal, steps), signer), party.name, party.agreements, party.kinds)
