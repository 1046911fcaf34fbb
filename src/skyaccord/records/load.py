"""Files of records as one table in order of time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from skyaccord.model.records import Records
from skyaccord.model.tables import RECORDS
from skyaccord.records.read_csv import read_records
from skyaccord.records.text_rows import read_bytes

Source: TypeAlias = str | os.PathLike[str]


def load_records(paths: Source | Sequence[Source]) -> Records:
    """Return what was said by radio and on the ground line, from delimited text (docs/records.md).

    Rows that cannot be read are left out; ``Records.files`` counts and names them, file by file.

    Raises:
        FormatError: a file is no such text, or none of its rows can be used.
        ColumnError: a file lacks a needed column.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    read = [read_records(read_bytes(Path(path)), str(path)) for path in given]
    table = pa.concat_tables([RECORDS.empty_table(), *(part for part, _ in read)])
    order = np.argsort(table["timestamp"].cast(pa.int64()).to_numpy(), kind="stable")
    return Records(table.take(pa.array(order)), tuple(report for _, report in read))
