"""When facts were so: within an area, over a line, said by radio or on the ground line."""

from __future__ import annotations

from skyaccord.errors import SkyaccordError
from skyaccord.memorandum.formula import Fact
from skyaccord.rules.spans import Spans
from skyaccord.rules.strictness import Error
from skyaccord.rules.trace import Trace


def fact_times(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:
    """Return when a fact is so of the aircraft of a side."""
    raise SkyaccordError(f"{fact.signal!r} cannot be told yet")
