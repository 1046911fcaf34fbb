"""Running nodes, one for each module of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.house import House, make_house_node, open_house


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(make_house_node(tmp_path_factory.mktemp("house"))) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A node of a test's own: for what would hold others up."""
    with open_house(make_house_node(tmp_path_factory.mktemp("fresh"))) as opened:
        yield opened
