"""The records of what is said in an example, as a log that covers it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import pyarrow as pa

from skyaccord.model.records import Channel, RecordKind, Records
from skyaccord.model.tables import RECORDS
from skyaccord.rules.examples.example import Example, Saying

COVERED_S: Final = 86_400.0
"""The log of an example with flights begins so long before them and ends so long after: what is not in it then was not
said. That of an example without flights covers what it holds, from the first record to the last."""

_ON_RADIO: Final = (RecordKind.CALL, RecordKind.REPLY)


def say_example(example: Example, start_s: float) -> Records | None:
    """Return the records of an example that begins at an instant, s since 1970; ``None`` where it has none."""
    if not example.sayings:
        return None
    begin = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=start_s)
    rows = [_row(saying, begin) for saying in example.sayings]
    if example.crafts:
        rows += [_edge(begin, -COVERED_S), _edge(begin, example.lasts_s + COVERED_S)]
    return Records(pa.Table.from_pylist(rows, RECORDS).sort_by("timestamp"))


def _row(saying: Saying, begin: datetime) -> dict[str, object]:
    frequency = saying.frequency
    return {
        "timestamp": begin + timedelta(seconds=saying.at_s),
        "kind": saying.kind.value,
        "channel": (Channel.RADIO if saying.kind in _ON_RADIO else Channel.GROUND_LINE).value,
        "frequency_hz": None if frequency is None else frequency.hz,
        "caller": saying.caller or None,
        "called": saying.called or None,
        "party": saying.party or None,
        "area": saying.area or None,
        "from": None if saying.from_s is None else begin + timedelta(seconds=saying.from_s),
        "until": None if saying.until_s is None else begin + timedelta(seconds=saying.until_s),
        "reference": saying.reference or None,
        "source": "example",
    }


def _edge(begin: datetime, after_s: float) -> dict[str, object]:
    """Return a record that says no more than that the log was kept."""
    return {
        "timestamp": begin + timedelta(seconds=after_s),
        "kind": RecordKind.MINUTE.value,
        "channel": Channel.UNKNOWN.value,
        "source": "example",
    }
