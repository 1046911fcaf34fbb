"""Reads what lies where: the area of application, and the altitude band that every area may have."""

from __future__ import annotations

from pathlib import Path

from skyaccord.memorandum.altitude_band import AltitudeBand, AltitudeDatum
from skyaccord.memorandum.area import Area
from skyaccord.memorandum.keys import AREA
from skyaccord.memorandum.polygon import read_ring
from skyaccord.memorandum.strict_table import StrictTable


def read_area(head: StrictTable, folder: Path | None) -> Area | None:
    """Return the area of application; ``None`` where the memorandum applies everywhere."""
    if "area" not in head:
        return None
    table = head.table(AREA, "area")
    table.require("polygon")
    band = read_band(table)
    return Area(read_ring(table, folder), band)


def read_band(table: StrictTable) -> AltitudeBand:
    """Return floor, ceiling and datum of an area."""
    floor = table.length("floor") if "floor" in table else None
    ceiling = table.length("ceiling") if "ceiling" in table else None
    if (floor is not None or ceiling is not None) and "datum" not in table:
        cure = f"Add datum = one of {', '.join(datum.value for datum in AltitudeDatum)}"
        table.refuse("floor or ceiling without 'datum'", cure)
    if floor is not None and ceiling is not None and ceiling.si <= floor.si:
        table.refuse(
            "'ceiling' is not above 'floor'", "Write the lower limit as floor, the upper as ceiling", "ceiling"
        )
    datum = table.choice(AltitudeDatum, "datum") if "datum" in table else None
    return AltitudeBand(floor, ceiling, datum)
