"""Every fuzz target on a few dozen inputs; `scripts/prove fuzz` feeds the same targets for as long as one likes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.mutation import mutate
from tests.fuzz.seeds import seeds
from tests.fuzz.strategies import bytes_near
from tests.fuzz.targets import TARGETS
from tests.tracks.formats.test_hostile import SAMPLES


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_one_of_its_seeds_and_does_not_take_all_bytes(name: str) -> None:
    target = TARGETS[name]
    assert any(target(data) for data in seeds(name))
    assert not target(b"")


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=50)
@given(data=st.data())
def test_any_bytes_are_rows_or_an_error_of_ours(name: str, data: st.DataObject) -> None:
    TARGETS[name](data.draw(bytes_near(seeds(name))))


def test_mutation_is_reproducible_and_damages_what_it_is_given() -> None:
    sound = SAMPLES["GPX"].encode()
    first, again = (
        [mutate(random.Random(seed), sound) for seed in range(50)]  # noqa: S311 - reproducible, not secret
        for _ in range(2)
    )
    assert first == again
    assert len(set(first)) > 40
    assert sound not in first
