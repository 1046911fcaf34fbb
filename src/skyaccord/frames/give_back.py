"""An Arrow table as the kind of dataframe that was given: polars, pandas, else pyarrow."""

from __future__ import annotations

import sys
from typing import Any

import pyarrow as pa


def give_back(table: pa.Table, given: object) -> Any:
    """Return a table as a dataframe of the library that ``given`` belongs to; a pyarrow table where it is no other.

    Whole numbers stay whole in pandas, with its own missing value.
    """
    library = type(given).__module__.partition(".")[0]
    if library == "polars":
        return sys.modules["polars"].DataFrame(table)
    if library == "pandas":
        whole = {pa.int8(): sys.modules["pandas"].Int8Dtype()}
        return table.to_pandas(types_mapper=whole.get)
    return table
