"""Records: what was said by radio and on the ground line, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa

from skyaccord.model.file_report import FileReport
from skyaccord.model.instants import to_seconds


class RecordKind(StrEnum):
    """What a record is of."""

    CALL = "call"
    REPLY = "reply"
    NOTICE = "notice"  # a party tells of a volume that it will use
    ACKNOWLEDGEMENT = "acknowledgement"  # that a message was received; never that it was agreed to
    CHECK = "check"  # a communications check
    QUERY = "query"
    PROTEST = "protest"
    EMERGENCY = "emergency"
    MINUTE = "minute"  # written down afterwards of what was said


class Channel(StrEnum):
    """What something was said over."""

    RADIO = "radio"
    GROUND_LINE = "ground_line"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing said. A text that was not recorded is empty; instants are seconds since 1970."""

    t_s: float
    kind: RecordKind
    channel: Channel
    frequency_hz: float | None
    caller: str
    called: str
    party: str
    area: str
    from_s: float | None
    until_s: float | None
    reference: str
    language: str
    text: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Records:
    """Records in order of time, and a report on each file they come from."""

    table: pa.Table  # in the schema model.tables.RECORDS
    files: tuple[FileReport, ...] = ()

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def take(self, rows: Iterable[int]) -> tuple[Record, ...]:
        """Return the records in some rows of the table."""
        index = pa.array([int(row) for row in rows], pa.int64())
        return tuple(_record(row) for row in self.table.take(index).to_pylist())


_WORDS: Final = ("caller", "called", "party", "area", "reference", "language", "text", "source")


def _record(row: dict[str, Any]) -> Record:
    return Record(
        t_s=to_seconds(row["timestamp"]),
        kind=RecordKind(row["kind"]),
        channel=Channel(row["channel"]),
        frequency_hz=row["frequency_hz"],
        from_s=_seconds(row["from"]),
        until_s=_seconds(row["until"]),
        line=row["line"],
        **{name: row[name] or "" for name in _WORDS},
    )


def _seconds(instant: datetime | None) -> float | None:
    return None if instant is None else to_seconds(instant)
