"""Copies made while a node runs are whole; one that was put back says so until its peers were met."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from skyaccord.errors import ConfigurationError
from skyaccord.node.desk.journal_files import JournalFiles
from skyaccord.node.restore.backup import back_up, forget_restoration, is_restored, put_back
from skyaccord.trust.audit import audit_journal
from skyaccord.trust.origin import log_origin
from tests.node.line.wire import opened
from tests.trust.cast import key


def test_a_copy_made_while_messages_come_and_go_is_whole(tmp_path: Path) -> None:
    async def drill() -> None:
        async with opened(tmp_path) as scene:

            async def talk() -> None:
                for k in range(60):
                    await scene.say("blue", "green", f"message {k}")
                    await scene.say("green", "blue", f"answer {k}")

            talking = asyncio.create_task(talk())
            for k in range(5):
                await asyncio.to_thread(back_up, scene.folders["blue"], tmp_path / f"copy {k}")
            await talking
            await scene.settle()

    asyncio.run(drill())
    origin = log_origin("blue", key("blue root").fingerprint)
    sizes = []
    for k in range(5):
        journal = JournalFiles(tmp_path / f"copy {k}", origin).open()
        sizes.append(audit_journal(journal).entries)
        journal.close()
    assert sizes == sorted(sizes)
    assert sizes[0] >= 12  # what was said before the first copy


def test_what_is_put_back_is_marked_until_the_mark_is_taken_away(tmp_path: Path) -> None:
    async def make() -> None:
        async with opened(tmp_path) as scene:
            back_up(scene.folders["blue"], tmp_path / "copy")

    asyncio.run(make())
    assert not is_restored(tmp_path / "copy")
    put_back(tmp_path / "copy", tmp_path / "again")
    assert is_restored(tmp_path / "again")
    assert (tmp_path / "again").stat().st_mode & 0o077 == 0
    assert all(each.stat().st_mode & 0o077 == 0 for each in (tmp_path / "again").iterdir())
    forget_restoration(tmp_path / "again")
    assert not is_restored(tmp_path / "again")


def test_nothing_is_copied_over(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(ConfigurationError, match="cannot be made"):
        back_up(tmp_path, tmp_path / "there")
    with pytest.raises(ConfigurationError, match="no copy of a node"):
        put_back(tmp_path / "there", tmp_path / "new")
