"""Steadied alerts against the rules in words, written down once more without any state but the list of updates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skyaccord.detect.hysteresis import AlertHistory
from skyaccord.detect.profile import Hysteresis

updates = st.lists(
    st.tuples(st.sampled_from([0.5, 1.0, 2.0, 4.0, 5.0, 5.5, 9.0, 0.0, -1.0]), st.integers(0, 3)),
    min_size=1,
    max_size=25,
)
settings_ = st.tuples(st.integers(1, 3), st.integers(0, 2), st.sampled_from([0.0, 1.75, 2.5, 4.0, 6.0])).map(
    lambda each: Hysteresis(5.0, each[2], each[0], each[0] + each[1])
)


def steadied(settings: Hysteresis, seen: list[tuple[float, int]]) -> list[int]:
    """Return the level after each update, from the whole list of times and raw levels."""
    levels: list[int] = []
    begin, raised_s = 0, None
    for k, (now, _) in enumerate(seen):
        gap = now - seen[k - 1][0] if k else None
        if gap is None or gap <= 0.0 or gap > settings.time_s:
            begin, raised_s, before = k, None, 0  # all before is forgotten
        else:
            before = levels[-1]
        # The first update after a start counts m times more, as though it had been seen so often.
        recent = (
            [seen[begin][1]] * settings.m + [-1] * (settings.n - settings.m) + [raw for _, raw in seen[begin : k + 1]]
        )
        recent = recent[-settings.n :]
        reached = [level for level in range(4) if sum(raw >= level for raw in recent) >= settings.m]
        level = max(reached, default=0)
        if before > level and raised_s is not None and now - raised_s < settings.persistence_s:
            level = before
        elif level > before:
            raised_s = now
        levels.append(level)
    return levels


@given(settings_, updates)
def test_levels_are_those_of_the_rules(settings: Hysteresis, steps: list[tuple[float, int]]) -> None:
    now, seen = 100.0, []
    for gap, raw in steps:
        now += gap
        seen.append((now, raw))
    history = AlertHistory(settings)
    assert [history.update(raw, at) for at, raw in seen] == steadied(settings, seen)


@given(updates)
def test_without_hysteresis_every_update_stands_alone(steps: list[tuple[float, int]]) -> None:
    history, now = AlertHistory(Hysteresis()), 0.0
    for gap, raw in steps:
        now += gap
        assert history.standing(now) in (0, history.level)
        assert history.update(raw, now) == raw


def test_a_raised_level_persists_and_then_falls() -> None:
    history = AlertHistory(Hysteresis(5.0, 4.0, 1, 1))
    assert [history.update(raw, at) for at, raw in [(0.0, 3), (1.0, 0), (3.9, 0), (4.0, 0)]] == [3, 3, 3, 0]


def test_persistence_counts_from_the_raising_and_not_from_the_last_time_the_level_was_reached() -> None:
    history = AlertHistory(Hysteresis(5.0, 2.5, 1, 1))
    assert [history.update(raw, at) for at, raw in [(0.0, 3), (1.0, 3), (2.0, 0), (3.0, 0)]] == [3, 3, 3, 0]


def test_a_single_update_of_another_level_does_not_count_in_two_of_four() -> None:
    history = AlertHistory(Hysteresis(5.0, 0.0, 2, 4))
    assert [history.update(raw, at) for at, raw in enumerate([0, 0, 0, 3, 0, 0, 0])] == [0] * 7
    assert [history.update(raw, 10.0 + at) for at, raw in enumerate([0, 3, 3])] == [0, 0, 3]
