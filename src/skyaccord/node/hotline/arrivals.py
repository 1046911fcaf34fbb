"""When this node had each message of another party: kept in its store, since people's time runs from then."""

from __future__ import annotations

from collections.abc import Mapping

from skyaccord.node.store.store import Store


def note_arrival(store: Store, envelope: str, at_s: float) -> float:
    """Note when a message came and return when it first did."""
    with store.transaction():
        row = store.one("SELECT at_s FROM arrival WHERE envelope = ?", envelope)
        if row is not None:
            return float(row[0])
        store.all("INSERT INTO arrival (envelope, at_s) VALUES (?, ?)", envelope, at_s)
    return at_s


def all_arrivals(store: Store) -> Mapping[str, float]:
    """Return all of them, by envelope."""
    return {envelope: float(at_s) for envelope, at_s in store.all("SELECT envelope, at_s FROM arrival")}
