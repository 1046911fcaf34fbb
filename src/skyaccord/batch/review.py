"""A review: recordings, parties and a memorandum in; encounters, verdicts and what cannot be said out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.detect.observation import GAP_S
from skyaccord.detect.volume import Volume
from skyaccord.errors import FormatError
from skyaccord.memorandum.document import Memorandum
from skyaccord.model.instants import format_instant, from_seconds
from skyaccord.model.tables import INSTANT
from skyaccord.rules.judge import Between, Judgement, judge
from skyaccord.tracks.build import Build, build_tracks
from skyaccord.tracks.formats.dataframe import ArrowStream
from skyaccord.tracks.parties import Parties
from skyaccord.tracks.quality.assess import Assessment, assess
from skyaccord.tracks.read import Reading, Source, read_tracks

SCENARIO = "scenario:"
"""Prefix that names a scenario of the package in place of a file."""

Progress: TypeAlias = Callable[[str], None]
"""Told the name of each step as it begins."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be reviewed, and how."""

    sources: tuple[Source, ...]
    memorandum: Memorandum
    parties: Parties | None = None
    between: Between = Between.PARTIES
    since_s: float | None = None
    until_s: float | None = None
    gap_s: float = GAP_S
    within: Volume | None = None  # look further than the provisions reach


@dataclass(frozen=True, slots=True)
class Review:
    """The answer, with everything it rests on."""

    question: Question
    reading: Reading
    build: Build
    quality: Assessment
    judgement: Judgement
    timing_s: dict[str, float]


@dataclass(slots=True)
class _Clock:
    """How long each step took, by the caller's monotonic clock."""

    progress: Progress
    timing_s: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, text: str) -> Iterator[None]:
        self.progress(text)
        begin = time.perf_counter()
        yield
        self.timing_s[name] = time.perf_counter() - begin


def review(question: Question, progress: Progress = lambda _: None) -> Review:
    """Read, mark, search and judge.

    Raises:
        InputError: a source cannot be used, or no row lies in the time asked about.
    """
    clock = _Clock(progress)
    with clock.step("read", "Reading tracks"):
        reading = read_tracks([_resolve(source) for source in question.sources])
        table = _within(reading.table, question)
    with clock.step("build", "Sorting tracks"):
        build = build_tracks(table, question.parties)
    with clock.step("quality", "Judging the data"):
        quality = assess(build.tracks, question.gap_s)
    with clock.step("judge", "Searching encounters and judging them"):
        judgement = judge(
            quality.tracks,
            question.memorandum,
            question.between,
            question.gap_s,
            quality.doubtful_stretches,
            question.within,
            {(min(s.ghost, s.host), max(s.ghost, s.host)): s.reason(quality.tracks) for s in quality.suspected_ghosts},
        )
    clock.timing_s["total"] = sum(clock.timing_s.values())
    return Review(question, reading, build, quality, judgement, clock.timing_s)


def _resolve(source: Source) -> Source:
    """Return the generated table of a scenario, or the source itself."""
    name = _scenario_of(source)
    if name is None:
        return source
    from skyaccord.tracks.scenarios.scenario import load_scenario, make_tracks_table  # flies with pyproj: 0.1 s

    table: ArrowStream = make_tracks_table(load_scenario(name))
    return table


def _scenario_of(source: Source) -> str | Path | None:
    if isinstance(source, str) and source.startswith(SCENARIO):
        return source.removeprefix(SCENARIO)
    if isinstance(source, str | Path) and str(source).endswith(".toml") and Path(source).is_file():
        from skyaccord.tracks.scenarios.scenario import is_scenario

        is_one = is_scenario(Path(source).read_text(encoding="utf-8", errors="replace"))
        return source if is_one else None
    return None


def _within(table: pa.Table, question: Question) -> pa.Table:
    """Return the rows from ``since`` to ``until``, both included."""
    if question.since_s is None and question.until_s is None:
        return table
    stamps = table["timestamp"]
    mask = pc.is_valid(stamps)
    if question.since_s is not None:
        mask = pc.and_(mask, pc.greater_equal(stamps, pa.scalar(from_seconds(question.since_s), INSTANT)))
    if question.until_s is not None:
        mask = pc.and_(mask, pc.less_equal(stamps, pa.scalar(from_seconds(question.until_s), INSTANT)))
    inside = table.filter(mask)
    if inside.num_rows == 0:
        first, last = pc.min(stamps).as_py(), pc.max(stamps).as_py()
        raise FormatError(
            "the recording",
            "has no row in the time asked about",
            f"It runs from {format_instant(first.timestamp())} to {format_instant(last.timestamp())}",
        )
    return inside
