"""How far an encounter can be believed, and why, so that a person can sort the sound from the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from skyaccord.model.encounter import Datum, Edge, Grade

FAR_REPORT_S: Final = 10.0
"""A closest instant further than this from a report of either aircraft is mostly interpolation."""

ABOUT_CLOSEST_S: Final = 60.0
"""Doubt about a report within this time of the closest instant is doubt about the encounter."""

ONE_SIDED: Final = 5
"""One aircraft with this many times fewer reports than the other within the encounter."""


EDGE_WORDS: Final = {Edge.GAP: "{} at a gap in the reports", Edge.TRACK: "{} with the recording of one aircraft"}
"""What is said of an encounter that begins or ends otherwise than by a crossing."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a grade rests on; ``names`` are those of the two aircraft."""

    names: tuple[str, str]
    reports: tuple[int, int]  # within the encounter
    nearest_report_s: tuple[float, float]  # from the closest instant
    doubts: tuple[tuple[str, ...], tuple[str, ...]]  # marks of doubt on reports about the closest instant
    doubts_elsewhere: tuple[tuple[str, ...], tuple[str, ...]]  # on any report of the encounter
    twin: str  # why the two may be one aircraft reported twice, or an empty text
    starts_by: Edge
    ends_by: Edge
    duration_s: float
    datum: Datum
    min_horizontal_m: float
    horizontal_error_m: float


def grade(ground: Ground) -> tuple[Grade, tuple[str, ...]]:
    """Return the grade and its reasons, the gravest first."""
    twins = (f"may be one aircraft reported twice: {ground.twin}",) if ground.twin else ()
    doubts = twins + tuple(
        f"positions of {name} are not to be believed here ({', '.join(marks)})"
        for name, marks in zip(ground.names, ground.doubts, strict=True)
        if marks
    )
    weaknesses = tuple(dict.fromkeys(_weaknesses(ground)))  # of an aircraft with itself the same is said twice
    if doubts:
        return Grade.DOUBTFUL, tuple(dict.fromkeys(doubts + weaknesses))
    return (Grade.FAIR, weaknesses) if weaknesses else (Grade.GOOD, ())


def _weaknesses(ground: Ground) -> Iterator[str]:
    for name, near, all_ in zip(ground.names, ground.doubts, ground.doubts_elsewhere, strict=True):
        if all_ and not near:
            yield f"positions of {name} are not to be believed during part of it ({', '.join(all_)})"
    for name, seconds in zip(ground.names, ground.nearest_report_s, strict=True):
        if seconds > FAR_REPORT_S:
            yield f"nearest report of {name} is {seconds:.0f} s from the closest instant"
    if ground.duration_s == 0.0:
        yield "seen at one instant only"
    else:
        for edge, word in ((ground.starts_by, "begins"), (ground.ends_by, "ends")):
            if edge in EDGE_WORDS:
                yield EDGE_WORDS[edge].format(word)
        fewer, more = sorted(ground.reports)
        if more >= ONE_SIDED * max(fewer, 1):
            name = ground.names[ground.reports.index(fewer)]
            yield f"one-sided: {fewer} report{'' if fewer == 1 else 's'} of {name} against {more}"
    if ground.datum is Datum.NONE:
        yield "no altitude in a common datum: vertical distance is unknown"
    if ground.min_horizontal_m < ground.horizontal_error_m < float("inf"):
        yield (
            f"the minimum lies below the measurement floor: {ground.min_horizontal_m:.0f} m measured, "
            f"±{ground.horizontal_error_m:.0f} m"
        )
