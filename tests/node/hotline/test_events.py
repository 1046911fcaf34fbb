"""Events: numbered, bounded, told again to who comes back, and honest about what is gone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skyaccord.node.hotline.events import Events, Happened


def numbers(events: Events, seen: str) -> list[int]:
    return [each.content["n"] for each in events.after(seen) if each.happened is not Happened.MISSED]


@given(count=st.integers(0, 40), most=st.integers(1, 10), back=st.integers(0, 40))
def test_who_comes_back_is_told_all_that_came_since_or_that_some_is_gone(count: int, most: int, back: int) -> None:
    events = Events(most)
    ids = [events.last_id]
    for n in range(count):
        events.add(Happened.MESSAGE, {"n": n})
        ids.append(events.last_id)
    seen = max(0, count - back)
    after = events.after(ids[seen])
    if count - seen <= most:
        assert numbers(events, ids[seen]) == list(range(seen, count))
    else:
        assert [each.happened for each in after] == [Happened.MISSED]
        assert events.after(after[0].id) == []


def test_an_id_of_another_run_or_of_the_future_is_missed() -> None:
    events, other = Events(), Events()
    events.add(Happened.STATE, {"n": 1})
    other.add(Happened.STATE, {"n": 1})
    run = events.last_id.partition("-")[0]
    for seen in (other.last_id, "", "x", f"{run}-", f"{run}-2", f"{run}--1", f"{run}-999999999999999"):
        assert [each.happened for each in events.after(seen)] == [Happened.MISSED], seen
