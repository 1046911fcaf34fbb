"""Search within groups, beside a search of each group by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.geometry.grouped import Side, search_grouped

entries = st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 3)), max_size=30)


@given(entries, entries, st.sampled_from(["left", "right"]))
def test_search_in_groups_is_the_search_in_each(
    rows: list[tuple[int, int]], asked: list[tuple[int, int]], side: Side
) -> None:
    rows = sorted(rows)
    group, value = (np.array([row[k] for row in rows]) for k in (0, 1))
    of, at = (np.array([each[k] for each in asked], np.int64) for k in (0, 1))
    found = search_grouped(group.astype(np.int64), value.astype(float), of, at.astype(float), side)
    for (g, v), place in zip(asked, found.tolist(), strict=True):
        own = [w for h, w in rows if h == g]
        assert place == sum(h < g for h, _ in rows) + int(np.searchsorted(own, v, side))
