"""What was promised before a power cut, and whether what is there afterwards keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from skyaccord.trust.audit import audit_journal
from skyaccord.trust.journals.entry import Body, Entry, Erased
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.journals.refusals import Evidence
from skyaccord.trust.log import Log
from skyaccord.trust.merkle.verify import verify_consistency
from skyaccord.trust.notes.checkpoint import Checkpoint, parse_checkpoint
from skyaccord.trust.notes.signed_note import parse_note
from tests.trust.journals.opened import SIGNER
from tests.trust.merkle.recursive import root_of
from tests.trust.power.trace import Act, State, Step


@dataclass(frozen=True)
class Begun:
    """A batch is being appended, or bodies are being erased: either may have happened or not."""

    entries: Sequence[Entry] = ()
    erased: Sequence[int] = ()


@dataclass(frozen=True)
class Appended:
    """The batch begun last was said to be durable."""


@dataclass(frozen=True)
class ErasedBodies:
    """The erasure begun last was said to be durable."""


@dataclass(frozen=True)
class Signed:
    """The key was used on this text, whether or not anybody saw it."""

    text: str


@dataclass(frozen=True)
class Given:
    """A checkpoint left the machine."""

    note: bytes


@dataclass(frozen=True)
class Seen:
    """A cosignature left the machine, or evidence was said to be kept."""

    origin: str = ""
    note: bytes = b""
    evidence: Evidence | None = None


@dataclass
class Facts:
    """All that a party must still have."""

    entries: list[Entry] = field(default_factory=list)
    erased: set[int] = field(default_factory=set)
    begun: Begun = Begun()
    signed: list[Checkpoint] = field(default_factory=list)
    given: dict[int, bytes] = field(default_factory=dict)
    seen: dict[str, bytes] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)

    def learn(self, steps: Sequence[Step]) -> None:
        """Take in what was promised in these steps."""
        for step in steps:
            if step.act is Act.PROMISE:
                self._take(step.promise)

    def _take(self, promise: object) -> None:
        match promise:
            case Begun():
                self.begun = promise
            case Appended():
                self.entries += self.begun.entries
                self.begun = Begun()
            case ErasedBodies():
                self.erased |= set(self.begun.erased)
                self.begun = Begun()
            case Signed(text):
                self.signed.append(parse_checkpoint(text))
            case Given(note):
                self.given[parse_checkpoint(parse_note(note).text).size] = note
            case Seen(origin, note, evidence):
                if origin:
                    self.seen[origin] = note
                if evidence:
                    self.evidence.append(evidence)

    def check(self, journal: Journal) -> None:
        """Hold a journal that was opened after a cut to all of it, and take in what it has more."""
        size, known = journal.frontier.size, len(self.entries)
        assert size in (known, known + len(self.begun.entries)), (
            "entries that were promised are gone, or half a batch is there"
        )
        if size > known:
            self.entries += self.begun.entries
        assert list(journal.leaves(0, size)) == [entry.leaf for entry in self.entries]
        self._check_bodies(journal)
        log = Log(journal, SIGNER)
        for head in self.signed:
            assert head.size <= size, "a checkpoint was signed for entries that are gone"
            assert head.root == self.root(head.size), "a checkpoint was signed that contradicts what is there"
            proof = log.prove_consistency(head.size, size)
            assert head.size == 0 or verify_consistency(head.size, size, head.root, self.root(size), proof)
        for note_size, note in self.given.items():
            stored = journal.checkpoint_at(note_size)
            assert stored is not None, "a checkpoint that was given away is gone"
            assert set(parse_note(note).signatures) <= set(parse_note(stored.note).signatures)
            assert parse_note(stored.note).text == parse_note(note).text
        for origin, note in self.seen.items():
            assert (journal.last_seen(origin) or b"") >= note, "what a witness cosigned is forgotten"
        assert [each for each in self.evidence if each not in journal.evidence()] == []
        audit_journal(journal)
        self.begun = Begun()

    def check_erased(self, files: State) -> None:
        """Hold the files to it that nothing of an erased body is in them."""
        written = b"".join(files.values())
        for index in self.erased:
            body = self.entries[index].body
            assert body is None or (body.salt not in written and body.content not in written), "an erased body is back"

    def root(self, size: int) -> bytes:
        if size not in self.roots:
            self.roots[size] = root_of([entry.leaf for entry in self.entries[:size]])
        return self.roots[size]

    def _check_bodies(self, journal: Journal) -> None:
        for index, entry in enumerate(self.entries):
            found = journal.body(index)
            if index in self.begun.erased and isinstance(found, Erased):
                self.erased.add(index)
            if index in self.erased and entry.body is not None:
                assert isinstance(found, Erased), "an erased body is back"
            else:
                assert found == entry.body
            assert found is None or isinstance(found, Body | Erased)
