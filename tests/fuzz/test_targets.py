"""Every fuzz target on a few hundred inputs; the long runs feed the same targets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=60)
@given(data=st.binary(max_size=600))
def test_any_bytes_are_rows_or_an_error_of_ours(name: str, data: bytes) -> None:
    TARGETS[name](data)
