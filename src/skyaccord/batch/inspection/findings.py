"""What is wrong with a recording, in words: the gravest first, each with what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skyaccord.batch.inspection.facts import Facts, Inspection, left_out
from skyaccord.batch.report.words import count, duration
from skyaccord.model.quality import DOUBTFUL, LEFT_OUT, MEANING, Mark
from skyaccord.tracks.read import NOT_RECOGNISED

_FEW: Final = 0.05
_SLOW_S: Final = 15.0
_SETS_ASIDE: Final = tuple(mark for mark in Mark if mark & LEFT_OUT)
_DOUBTS: Final = tuple(mark for mark in Mark if mark & DOUBTFUL)


def findings(inspection: Inspection) -> list[str]:
    """Return what a person should know before they believe a review of this recording; empty where all is well."""
    return [*_files(inspection), *_altitudes(inspection.facts), *_marks(inspection), *_times(inspection)]


def _files(inspection: Inspection) -> Iterator[str]:
    files = inspection.reading.files
    if unknown := sum(each.format == NOT_RECOGNISED for each in files):
        yield f"{unknown:,} of {count(len(files), 'file')} of no known format: not read"
    if bad := sum(each.bad_rows for each in files):
        rows = inspection.reading.table.num_rows
        yield f"{count(bad, 'row')} cannot be used ({_percent(bad / (bad + rows))}): counted and left out"


def _altitudes(facts: Facts) -> Iterator[str]:
    if facts.with_pressure == 0 and facts.with_ellipsoid == 0:
        yield "no row states a pressure or ellipsoidal altitude: every vertical distance is unknown"
    elif facts.with_pressure == 0:
        yield "no row states pressure altitude: rules in flight levels cannot be decided"
    elif facts.with_pressure < 1 - _FEW:
        yield f"{_percent(1 - facts.with_pressure)} of rows state no pressure altitude"
    if facts.with_velocity < 1 - _FEW:
        yield f"{_percent(1 - facts.with_velocity)} of rows state no velocity: jumps cannot be told from flight there"
    if facts.with_accuracy == 0:
        yield "positions without stated accuracy (NACp): that usual for their kind of source is assumed"


def _marks(inspection: Inspection) -> Iterator[str]:
    rows = max(inspection.facts.rows, 1)
    counts = inspection.quality.counts
    for mark in (*_SETS_ASIDE, *_DOUBTS):
        name = (mark.name or "").lower()
        if number := counts.get(name, 0):
            what = "left out as" if mark in _SETS_ASIDE else "doubtful as"
            found = f"{count(number, 'row')} ({_percent(number / rows)}) {what} {name.replace('_', ' ')}"
            yield f"{found}: {MEANING[mark]}"
    if any(counts.get((mark.name or "").lower()) for mark in _DOUBTS):
        yield "what is doubtful is searched, and decides nothing"
    if inspection.quality.altitudes_withdrawn:
        number = inspection.quality.altitudes_withdrawn
        yield f"{count(number, 'altitude')} of 0 in flight: taken as unknown, since some receivers write none so"
    if left_out(inspection.quality) == len(inspection.quality.tracks):
        yield "no row is left to search"


def _times(inspection: Inspection) -> Iterator[str]:
    facts, quality = inspection.facts, inspection.quality
    if facts.rates.median_s > _SLOW_S:
        every = f"half of all reports come {facts.rates.median_s:.0f} s or more after the one before"
        yield f"{every}: too slow for close work"
    if quality.gaps:
        yield (
            f"{count(quality.gaps, 'pause')} of more than 30 s between reports of one aircraft "
            f"({'the longest ' if quality.gaps > 1 else ''}{duration(facts.rates.longest_pause_s)}): "
            "what happened meanwhile is not known"
        )
    if facts.duplicate_rows:
        yield f"{count(facts.duplicate_rows, 'row')} that repeat another: counted once"
    if facts.end_s - facts.begin_s > 366 * 86_400:
        yield "the recording spans more than a year: check the clocks, or whether these files belong together"
    if facts.aircraft == 1:
        yield "one aircraft only: no pair to look at"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else f"{100 * share:.2g} %"
