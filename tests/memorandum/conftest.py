"""A short memorandum that tests change in one place at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

LEAST = """\
[memorandum]
title   = "Safety of flight, northern sector"
parties = ["blue", "green"]
valid   = { from = 2026-12-01T00:00:00Z, until = 2027-12-01T00:00:00Z }

[[provision]]
id       = "separation.threes"
text     = "Aircraft of the Parties keep three nautical miles or three thousand feet apart."
modality = "shall"
evidence = ["tracks"]
keep     = "horizontal >= 3 NM or vertical >= 3000 ft"
"""


@pytest.fixture
def least() -> str:
    """Return the shortest memorandum with a rule; its provision begins on line 6, its rule is on line 11."""
    return LEAST


@pytest.fixture
def changed() -> Callable[..., str]:
    """Return a function that replaces one piece of the short memorandum, which must be there."""

    def change(old: str, new: str) -> str:
        assert LEAST.count(old) == 1, old
        return LEAST.replace(old, new)

    return change
