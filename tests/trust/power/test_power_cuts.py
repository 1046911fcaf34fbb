"""Nothing was promised that a power cut could take; `scripts/prove power_cuts` cuts a thousand times."""

from __future__ import annotations

import pytest

from skyaccord.errors import JournalError
from skyaccord.trust.journals.sqlite import database
from tests.trust.power.cuts import cut_power
from tests.trust.power.stores import STORES, FolderStore, SqliteStore
from tests.trust.power.trace import Act, Step


@pytest.mark.parametrize("store", STORES, ids=lambda store: store.name)
def test_what_was_promised_is_there_after_a_power_cut(store: FolderStore | SqliteStore) -> None:
    tally = cut_power(store, 60, seed=20261125)
    assert tally.cuts == 60
    assert min(tally.promises, tally.unsynced, tally.in_batches, tally.in_opening) > 0
    assert len(tally.survivals) == 3


def fails(store: FolderStore | SqliteStore, is_dropped: object) -> None:
    with pytest.raises((AssertionError, JournalError)):
        cut_power(store, 120, seed=20261125, is_dropped=is_dropped)  # type: ignore[arg-type]


@pytest.mark.parametrize("store", STORES, ids=lambda store: store.name)
def test_a_disk_that_syncs_nothing_is_noticed(store: FolderStore | SqliteStore) -> None:
    fails(store, lambda step: step.act is Act.SYNC)


@pytest.mark.parametrize(
    "file", ["checkpoints.log", "erasures.log", "seen.log", "evidence.log", "entries", "derived", "journal.json.new"]
)
def test_each_file_of_a_folder_journal_must_be_synced(file: str) -> None:
    def is_dropped(step: Step) -> bool:
        return step.act is Act.SYNC and file in step.path

    fails(FolderStore(), is_dropped)


def test_the_names_in_a_folder_must_be_synced() -> None:
    fails(FolderStore(), lambda step: step.act is Act.SYNC_FOLDER)


def test_sqlite_s_usual_setting_for_a_write_ahead_log_would_lose_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    weaker = tuple(pragma.replace("synchronous = FULL", "synchronous = NORMAL") for pragma in database.PRAGMAS)
    assert weaker != database.PRAGMAS
    monkeypatch.setattr(database, "PRAGMAS", weaker)
    fails(SqliteStore(), lambda _: False)
