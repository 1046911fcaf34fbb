"""Which of two altitudes goes into a format with room for one, and how that is said in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.model.encounter import Datum
from skyaccord.model.tracks import Floats
from skyaccord.units import FT

COLUMNS: Final = {Datum.PRESSURE: "altitude", Datum.ELLIPSOID: "geoaltitude"}

WORDS: Final = {
    Datum.PRESSURE: "pressure altitude (1013.25 hPa), not a height above sea or ellipsoid",
    Datum.ELLIPSOID: "height above the WGS-84 ellipsoid",
    Datum.NONE: "no altitude",
}
"""What the numbers are, for the file."""


@dataclass(frozen=True, slots=True)
class Heights:
    """Altitudes of some rows, all in one datum; NaN where the row has none in it."""

    datum: Datum
    metres: Floats


def heights(rows: pa.Table, first: Datum, second: Datum) -> Heights:
    """Return the altitudes in the first datum that any of the rows has; they are never mixed."""
    for datum in (first, second):
        metres = rows[COLUMNS[datum]].to_numpy() * FT
        if np.isfinite(metres).any():
            return Heights(datum, metres)
    return Heights(Datum.NONE, np.full(rows.num_rows, np.nan))
