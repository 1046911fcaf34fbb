"""From measured intervals to encounters: each with its closest instants, its error and its grade.

Numbers are computed for all intervals at once; one object an encounter is made only of those that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from skyaccord.detect.belief import grade
from skyaccord.detect.grounds import grounds
from skyaccord.detect.measured import DATUMS, EDGES, Measured
from skyaccord.geometry.vectors import Ints
from skyaccord.model.encounter import Encounter


def describe(measured: Measured, index: Ints, letter: str) -> tuple[Encounter, ...]:
    """Return some of the intervals as encounters, graded, and named by their order: ``E0001`` and so on."""
    rows = zip(*_columns(measured, index), strict=True)
    fields: Iterator[tuple[Any, ...]] = (
        (f"{letter}{n:04d}", *row, *grade(ground))
        for n, (row, ground) in enumerate(zip(rows, grounds(measured, index), strict=True), 1)
    )
    return tuple(Encounter(*each) for each in fields)


def _columns(measured: Measured, index: Ints) -> Iterator[Iterable[Any]]:
    """Yield the fields of `Encounter` between its name and its grade, in its order."""
    intervals, closest = measured.intervals, measured.closest
    at = closest.piece_at_closest[index]
    yield intervals.a[index].tolist()
    yield intervals.b[index].tolist()
    yield intervals.begin_s[index].tolist()
    yield intervals.end_s[index].tolist()
    yield [EDGES[edge] for edge in intervals.begins_by[index].tolist()]
    yield [EDGES[edge] for edge in intervals.ends_by[index].tolist()]
    yield closest.t_cpa_s[index].tolist()
    yield closest.min_horizontal_m[index].tolist()
    yield closest.vertical_at_cpa_m[index].tolist()
    yield closest.min_vertical_m[index].tolist()
    yield closest.min_slant_m[index].tolist()
    yield closest.t_closest_s[index].tolist()
    yield closest.horizontal_at_closest_m[index].tolist()
    yield closest.vertical_at_closest_m[index].tolist()
    yield closest.min_normalised[index].tolist()
    yield [DATUMS[datum] for datum in closest.datum[index].tolist()]
    yield measured.bounds.horizontal_m[at].tolist()
    yield measured.bounds.vertical_m[at].tolist()
