"""docs/python.md: its examples run as they stand, and every column is described."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from skyaccord.model.tables import ALERT_LEVELS, AT_INSTANTS, CONFLICTS

DOCUMENT = Path(__file__).parents[2] / "docs" / "python.md"


def test_examples_give_what_is_printed() -> None:
    result = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")
    assert result.attempted >= 6
    assert result.failed == 0


@pytest.mark.parametrize(
    ("function", "schema"), [("alert_levels", ALERT_LEVELS), ("conflicts", CONFLICTS), ("at_instants", AT_INSTANTS)]
)
def test_every_column_is_described(function: str, schema: object) -> None:
    section = DOCUMENT.read_text().split(f"## `skyaccord.{function}(")[1].split("\n## ")[0]
    missing = [name for name in schema.names if f"`{name}`" not in section]  # type: ignore[attr-defined]
    assert missing == []
