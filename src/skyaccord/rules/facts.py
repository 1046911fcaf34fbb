"""When facts were so: within an area, over a line, said by radio or on the ground line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from skyaccord.memorandum.formula import Fact
from skyaccord.memorandum.formula_text import format_term
from skyaccord.rules.signals.places import times_inside, times_over
from skyaccord.rules.signals.said import (
    times_acknowledged,
    times_answered,
    times_called,
    times_checked,
    times_notified,
)
from skyaccord.rules.signals.squawk import times_squawking
from skyaccord.rules.spans import Spans
from skyaccord.rules.strictness import Error
from skyaccord.rules.trace import Trace

_Told: TypeAlias = Callable[[Trace, Fact, int, Error], Spans]


def fact_times(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:
    """Return when a fact is so of the aircraft of a side."""
    key = (format_term(fact.signal, fact.subject, fact.argument), side, int(error))
    if key not in trace.told:
        trace.told[key] = _TOLD[fact.signal](trace, fact, side, error)
    return trace.told[key]


_TOLD: Final[Mapping[str, _Told]] = {
    "inside": times_inside,
    "crosses": times_over,
    "squawking": times_squawking,
    "called": times_called,
    "answered": times_answered,
    "notified": times_notified,
    "acknowledged": times_acknowledged,
    "checked": times_checked,
}
