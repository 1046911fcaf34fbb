"""What shows that entries were lost: a checkpoint that this party signed, and nothing else that a peer may say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from skyaccord.node.restore.loss import find_loss
from skyaccord.trust.journals.entry import Entry
from skyaccord.trust.journals.sqlite.journal import SqliteJournal
from skyaccord.trust.log import Log
from skyaccord.trust.notes.note_key import NoteSigner
from tests.trust.cast import key

ORIGIN = "skyaccord/blue/0123456789abcdef"
OWN = NoteSigner.from_seed(ORIGIN, key("blue node").seed)


def make_log(path: Path, leaves: int, signer: NoteSigner = OWN, word: str = "entry") -> Log:
    log = Log(SqliteJournal(path, signer.key.name), signer)
    log.append([Entry(f"{word} {k}".encode()) for k in range(leaves)])
    return log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    made = make_log(tmp_path / "log.sqlite", 10)
    yield made
    made.journal.close()


def held(tmp_path: Path, leaves: int, signer: NoteSigner = OWN, word: str = "entry") -> bytes:
    other = make_log(tmp_path / f"other {leaves}.sqlite", leaves, signer, word)
    note = bytes(other.checkpoint())
    other.journal.close()
    return note


@pytest.mark.parametrize("size", [1, 5, 10])
def test_a_beginning_of_the_log_shows_no_loss(log: Log, tmp_path: Path, size: int) -> None:
    assert find_loss(log, held(tmp_path, size), OWN.key.public) is None


def test_a_larger_one_does(log: Log, tmp_path: Path) -> None:
    note = held(tmp_path, 11)
    loss = find_loss(log, note, OWN.key.public)
    assert loss is not None
    assert (loss.note, loss.size) == (note, 11)


def test_another_history_of_a_smaller_size_does(log: Log, tmp_path: Path) -> None:
    assert find_loss(log, held(tmp_path, 7, word="other"), OWN.key.public) is not None


def test_what_another_has_signed_shows_nothing(log: Log, tmp_path: Path) -> None:
    forged = NoteSigner.from_seed(ORIGIN, key("green node").seed)
    assert find_loss(log, held(tmp_path, 11, forged), OWN.key.public) is None
    assert find_loss(log, b"no note", OWN.key.public) is None


def test_a_name_that_this_log_has_gone_on_from_shows_nothing_new_and_one_it_does_not_know_does(tmp_path: Path) -> None:
    public = OWN.key.public
    signers = [NoteSigner.from_seed(f"{ORIGIN}/0000000{k}", key("blue node").seed) for k in range(3)]
    log = make_log(tmp_path / "following.sqlite", 3, signers[1])
    names = {signer.key.name for signer in signers[:2]}
    assert find_loss(log, held(tmp_path, 11), public, names) is None
    assert find_loss(log, held(tmp_path, 12, signers[0]), public, names) is None
    assert find_loss(log, held(tmp_path, 13, signers[2]), public, names) is not None
    assert find_loss(log, held(tmp_path, 14, signers[0]), public, set()) is not None
    log.journal.close()
