"""Journals that tests open are closed after each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.trust.journals.opened import close_all


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_all()
