"""Power cuts at random places of random days: after each the journal is opened again and held to its promises."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.trust.power.facts import Facts
from tests.trust.power.stores import Dropped, FolderStore, SqliteStore
from tests.trust.power.trace import Act, State, Step, Survival, cut_after
from tests.trust.power.workload import Day

CUTS_IN_A_ROW = 8
"""After so many cuts a new journal is begun; until then each cut strikes what the one before has left."""


@dataclass
class Tally:
    """What the cuts struck and what there was to lose."""

    cuts: int = 0
    steps: int = 0
    promises: int = 0
    unsynced: int = 0
    in_batches: int = 0
    in_opening: int = 0
    survivals: Counter[str] = field(default_factory=Counter)


def cut_power(
    store: FolderStore | SqliteStore,
    cuts: int,
    seed: int,
    is_dropped: Dropped = lambda _: False,
    told: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Cut the power so many times.

    Raises:
        AssertionError: a promise was not kept.
        JournalError: a journal could not be opened after a cut.
    """
    tally = Tally()
    while tally.cuts < cuts:
        rng = random.Random(f"{seed} {store.name} {tally.cuts}")  # noqa: S311
        state: State = {}
        facts = Facts()
        for _ in range(min(CUTS_IN_A_ROW, cuts - tally.cuts)):
            state = _one_cut(store, state, facts, rng, tally, is_dropped)
        told(tally)
    return tally


def _one_cut(
    store: FolderStore | SqliteStore, state: State, facts: Facts, rng: random.Random, tally: Tally, is_dropped: Dropped
) -> State:
    with store.opened(state, is_dropped) as opened:
        opening = len(opened.steps)
        Day(opened, rng).run(rng.randint(1, 14))
        steps = list(opened.steps)
    # The first step of all makes the journal; before it there is nothing to open
    at = rng.randint(0, opening) if rng.random() < 0.2 else rng.randint(opening, len(steps))
    survival = rng.choice(list(Survival))
    after = cut_after(state, steps[:at], rng, survival, is_named_by_sync=store.is_named_by_sync)
    facts.learn(steps[:at])
    _count(tally, facts, steps[:at], at < opening, survival)
    with store.opened(after, lambda _: False) as opened:
        facts.check(opened.journal)
        settled = cut_after(after, opened.steps, rng, Survival.EVERYTHING, is_named_by_sync=store.is_named_by_sync)
    facts.check_erased(settled)
    return after


def _count(tally: Tally, facts: Facts, steps: list[Step], is_opening: bool, survival: Survival) -> None:
    tally.cuts += 1
    tally.steps += len(steps)
    tally.promises += sum(step.act is Act.PROMISE for step in steps)
    synced = max((k for k, step in enumerate(steps) if step.act is Act.SYNC), default=-1)
    tally.unsynced += any(step.act in (Act.WRITE, Act.TRUNCATE, Act.RENAME) for step in steps[synced + 1 :])
    tally.in_batches += bool(facts.begun.entries)
    tally.in_opening += is_opening
    tally.survivals[survival] += 1
