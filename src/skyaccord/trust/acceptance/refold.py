"""Folds a log that stands into a standing: what was judged when it was appended is not judged again."""

from __future__ import annotations

from skyaccord.errors import JournalError, SkyaccordError
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.trust.acceptance.acknowledge import show
from skyaccord.trust.acceptance.standing import Admitted, Standing
from skyaccord.trust.envelopes.envelope import Envelope, read_envelope, read_leaf
from skyaccord.trust.envelopes.receipt import Receipt
from skyaccord.trust.journals.entry import Body
from skyaccord.trust.journals.journal import Entries
from skyaccord.trust.keys.fold import STATEMENTS
from skyaccord.trust.keys.keyring import Denied
from skyaccord.trust.kinds import Kinds


def refold(standing: Standing, journal: Entries) -> None:
    """Bring an empty standing to what a journal's entries say.

    Raises:
        JournalError: an entry is no envelope, or says of keys or receipts what could not have been admitted.
    """
    for index, leaf in enumerate(journal.leaves(0, journal.frontier.size)):
        try:
            standing.note(_admitted(read_envelope(read_leaf(leaf)), index, standing, journal))
        except JournalError:
            raise
        except SkyaccordError as error:
            raise _odd(journal, index, str(error)) from error


def _admitted(envelope: Envelope, index: int, standing: Standing, journal: Entries) -> Admitted:
    content = _content(envelope, index, standing.kinds, journal)
    header = envelope.header
    if isinstance(content, Receipt):
        return Admitted(envelope, content, receipt=show(content))
    if header.memorandum not in standing.agreements or not isinstance(content, STATEMENTS):
        return Admitted(envelope, content)
    after = standing.rings.after(header, index, content)
    if isinstance(after, Denied):
        raise _odd(journal, index, after.words)
    return Admitted(envelope, content, after)


def _content(envelope: Envelope, index: int, kinds: Kinds, journal: Entries) -> object:
    """Return what a body states that is kept because later entries are judged by it."""
    kind = kinds.table.get(envelope.header.kind)
    if kind is None or not kind.keeps_body:
        return None
    version = kind.versions.get(envelope.header.version)
    if version is None:
        raise _odd(journal, index, f"version {envelope.header.version} of {kind.name} is not known here")
    body = journal.body(index)
    if not isinstance(body, Body):
        raise _odd(journal, index, f"the body of {kind.name} is gone, which keys are judged by")
    return version.decode(read_canonical_object(body.content))


def _odd(journal: Entries, index: int, words: str) -> JournalError:
    cure = "Restore the journal from a copy, or use the program that wrote it"
    return JournalError(f"log {journal.origin}, entry {index}", words, cure)
