"""Formatting a memorandum file: rules canonical, everything else as it was, the same memorandum."""

from __future__ import annotations

import pytest

from skyaccord.errors import FormulaError
from skyaccord.memorandum.format_file import format_memorandum
from skyaccord.memorandum.load import read_memorandum
from skyaccord.memorandum.presets import preset_names, preset_text

LOOSE = """# A draft.
[memorandum]
title   = "Safety of flight"   # to be agreed
parties = [ "blue",
            "green" ]
valid   = { from = 2026-12-01T00:00:00Z, until = 2027-12-01T00:00:00Z }

[[provision]]
id       = "one"
text     = "Keep apart."
modality = "shall"
evidence = ["tracks"]
keep     = "((horizontal>=3.0NM)) or   vertical >= 3e3 ft"  # the rule of threes
alternatives = [
  "horizontal >= 3mi or vertical >= 3000 ft",  # statute
]
restore  = "3 min"
"""


def test_rules_become_canonical_and_nothing_else_changes() -> None:
    written = format_memorandum(LOOSE)
    expected = LOOSE.replace(
        '"((horizontal>=3.0NM)) or   vertical >= 3e3 ft"', '"horizontal >= 3 NM or vertical >= 3000 ft"'
    ).replace('"horizontal >= 3mi or vertical >= 3000 ft"', '"horizontal >= 3 mi or vertical >= 3000 ft"')
    assert written == expected
    assert read_memorandum(written).hash == read_memorandum(LOOSE).hash
    assert format_memorandum(written) == written


@pytest.mark.parametrize("name", preset_names())
def test_presets_are_formatted(name: str) -> None:
    assert format_memorandum(preset_text(name)) == preset_text(name)


def test_rule_that_cannot_be_read_is_refused_with_its_place() -> None:
    with pytest.raises(FormulaError, match=r"draft\.toml:13"):
        format_memorandum(LOOSE.replace("3.0NM", "3.0nm"), "draft.toml")
