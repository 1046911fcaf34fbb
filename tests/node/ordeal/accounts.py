"""What two logs must say after an ordeal, read from the files that are left."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.trust.acceptance.review import review
from skyaccord.trust.audit import audit_journal
from skyaccord.trust.envelopes.envelope import Header, read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.receipt import NAMES, Receipt, read_receipt
from skyaccord.trust.journals.entry import Body
from skyaccord.trust.journals.sqlite.journal import SqliteJournal
from skyaccord.trust.log import Log
from skyaccord.trust.members import Members
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.notes.checkpoint import open_checkpoint
from skyaccord.trust.notes.note_key import NoteSigner
from skyaccord.trust.origin import log_origin
from tests.trust.cast import PLAIN, agreement, key


@dataclass
class Account:
    """One party's log, read."""

    name: str
    parties: tuple[str, ...]
    path: Path
    entries: list[tuple[Header, Parcel]] = field(default_factory=list)
    checkpoints: int = 0
    evidence: int = 0

    def __post_init__(self) -> None:
        origin = log_origin(self.name, key(f"{self.name} root").fingerprint)
        journal = SqliteJournal(self.path, origin)
        try:
            self.checkpoints = audit_journal(journal).checkpoints
            self.evidence = len(journal.evidence())
            log = Log(journal, NoteSigner.from_seed(origin, key(f"{self.name} node").seed))
            self.roots = [log.root(size) for size in range(log.size + 1)]
            for index, leaf in enumerate(journal.leaves(0, journal.frontier.size)):
                body = journal.body(index)
                assert isinstance(body, Body)
                self.entries.append((read_envelope(read_leaf(leaf)).header, Parcel(leaf, body.content, body.salt)))
        finally:
            journal.close()
        self.signer = NoteSigner.from_seed(origin, key(f"{self.name} node").seed).key

    def stream(self, sender: str, recipient: str) -> list[Parcel]:
        """What one said to the other, in the order of this log."""
        route = (sender, recipient)
        return [
            parcel
            for header, parcel in self.entries
            if (header.sender, header.recipient) == route and header.kind != "log.receipt"
        ]

    def receipts(self, giver: str) -> dict[int, list[Receipt]]:
        found: dict[int, list[Receipt]] = {}
        for header, parcel in self.entries:
            if header.sender == giver and header.kind == "log.receipt":
                content = read_canonical_object(parcel.body or b"")
                found.setdefault(header.sequence, []).append(read_receipt(Members(content, NAMES)))
        return found


def texts(parcels: list[Parcel]) -> list[str]:
    contents = [read_canonical_object(parcel.body or b"") for parcel in parcels]
    return [str(content["text"]) for content in contents if "text" in content]


def settle_accounts(here: Account, there: Account) -> int:
    """Check what ``here`` has said to ``there``, in both logs; return how many receipts were checked."""
    said, heard = here.stream(here.name, there.name), there.stream(here.name, there.name)
    assert [each.leaf for each in said] == [each.leaf for each in heard], "both logs have the same, in the same order"
    numbers = [read_envelope(read_leaf(each.leaf)).header.sequence for each in said]
    assert numbers == list(range(1, len(said) + 1)), "without gaps, none twice"
    receipts = here.receipts(there.name)
    assert sorted(receipts) == numbers, "each is acknowledged"
    assert all(len(each) == 1 for each in receipts.values()), "once"
    for number, (receipt,) in receipts.items():
        leaf = there.entries[receipt.index][1].leaf
        assert leaf == said[number - 1].leaf, "the receipt names where it stands"
        assert hash_leaf(leaf) == receipt.leaf
        checkpoint, _ = open_checkpoint(receipt.checkpoint, [there.signer])
        assert there.roots[checkpoint.size] == checkpoint.root, "each checkpoint given away is one of the log as it is"
    assert here.evidence == 0, "nobody is accused"
    assert review([parcel for _, parcel in here.entries], here.name, [agreement(*here.parties)], PLAIN) == []
    return len(receipts)
