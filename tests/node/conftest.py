"""Folders and stores of nodes, on both kinds of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from skyaccord.node.folder import Folder
from skyaccord.node.store.open import open_store
from skyaccord.node.store.store import Store
from tests.node.people.cast import NOW_S


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "blue")
    made.make()
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Each test runs on both."""
    if request.param == "sqlite":
        return None
    return str(request.getfixturevalue("postgresql").fresh())


@pytest.fixture
def store(folder: Folder, url: str | None) -> Iterator[Store]:
    opened = open_store(folder, url, NOW_S)
    yield opened
    opened.close()
