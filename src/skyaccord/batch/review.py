"""A review: recordings, parties and a memorandum in; encounters, verdicts and what cannot be said out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.batch.findings import Findings
from skyaccord.batch.question import Question
from skyaccord.batch.sitting import Scene, Sitting
from skyaccord.batch.tally import Tally
from skyaccord.detect.observation import Observation, observe
from skyaccord.detect.search import search
from skyaccord.detect.volume import Volume
from skyaccord.errors import FormatError
from skyaccord.memorandum.document import Memorandum
from skyaccord.model.encounter import Encounter
from skyaccord.model.instants import format_instant
from skyaccord.model.tracks import Tracks, recorded_id
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.formats.dataframe import ArrowStream
from skyaccord.tracks.quality.assess import assess
from skyaccord.tracks.read import Source
from skyaccord.tracks.recording import Recording, open_recording

SCENARIO = "scenario:"
"""Prefix that names a scenario of the package in place of a file."""

Progress: TypeAlias = Callable[[str], None]
"""Told what is under way, in words, as it changes."""

Seen: TypeAlias = tuple[Tracks, Observation]


@dataclass(frozen=True, slots=True)
class Review:
    """The answer, with everything it rests on."""

    question: Question
    recording: Recording
    findings: Findings
    tally: Tally
    timing_s: dict[str, float]
    whole: Seen | None  # all tracks with their marks, where the recording was one window

    def around(self, encounter: Encounter, begin_s: float, end_s: float) -> Seen:
        """Return the tracks of an encounter's two aircraft over a time, read again where they are no longer held."""
        if self.whole is not None:
            return self.whole
        ids = [recorded_id(self.findings.aircraft[index].id) for index in (encounter.a, encounter.b)]
        table = self.recording.between(begin_s, end_s)
        table = table.filter(pc.is_in(table["icao24"], value_set=pa.array(ids)))
        tracks = assess(build_tracks(table, self.question.parties).tracks, self.question.gap_s).tracks
        return tracks, observe(tracks, self.question.gap_s)


@dataclass(slots=True)
class _Clock:
    """How long each step took over all windows, and what is under way."""

    progress: Progress
    timing_s: dict[str, float] = field(default_factory=dict)
    begin_s: float = field(default_factory=time.perf_counter)
    done: float = 0.0  # share of the recording

    @contextmanager
    def step(self, name: str, text: str) -> Iterator[None]:
        self.progress(text + self._left())
        begin = time.perf_counter()
        yield
        self.timing_s[name] = self.timing_s.get(name, 0.0) + time.perf_counter() - begin

    def _left(self) -> str:
        if not 0.0 < self.done < 1.0:
            return ""
        left_s = (time.perf_counter() - self.begin_s) * (1.0 - self.done) / self.done
        return f" ({self.done:.0%}, {left_s:.0f} s left)"


def review(question: Question, progress: Progress = lambda _: None) -> Review:
    """Read, mark, search and judge, window by window where the recording is long.

    Raises:
        InputError: a source cannot be used, or no row lies in the time asked about.
    """
    return review_drafts(question, (question.memorandum,), progress)[0]


def review_drafts(
    question: Question, memoranda: Sequence[Memorandum], progress: Progress = lambda _: None
) -> tuple[Review, ...]:
    """Review one recording by several memoranda; each answer is what `review` gives by that memorandum alone.

    The recording is read, sorted, marked and searched once, at the loosest limits of all.

    Args:
        question: what is asked of each; its own memorandum does not count.
        memoranda: at least one.
        progress: told what is under way.

    Raises:
        InputError: a source cannot be used, or no row lies in the time asked about.
    """
    clock = _Clock(progress)
    with clock.step("read", "Reading tracks"):
        recording = open_recording([_resolve(s) for s in question.sources], question.rows_each, question.options)
        edges = _edges(recording, question)
    tally = Tally(edges[0], edges[-1], recording.rows)
    sittings = [Sitting(replace(question, memorandum=each)) for each in memoranda]
    volume = reduce(Volume.joined, (sitting.volume() for sitting in sittings))
    for n, (begin_s, end_s, rows) in enumerate(_windows(recording, edges)):
        clock.done = n / (len(edges) - 1)
        with clock.step("read", "Reading tracks"):
            fresh = rows()
        shared: Scene | None = None  # of those who need no rows of the window before
        for sitting in sittings:
            table = sitting.table(fresh)
            if table.num_rows == 0:
                continue
            scene = shared if sitting.kept is None else None
            if scene is None:
                scene = _scene(table, question, volume, clock)
            if sitting.kept is None:
                shared = scene
            with clock.step("judge", "Judging encounters"):
                found = sitting.judge(scene)
            with clock.step("settle", "Settling what has ended"):
                if sitting is sittings[0]:
                    tally.add(scene.build, scene.quality, fresh.num_rows, begin_s, question.gap_s)
                sitting.settle(scene, found, table, end_s, is_last=n == len(edges) - 2)
    if tally.rows == 0:
        raise FormatError("the recording", "has no row that can be used", "See what skyaccord inspect says of it")
    clock.timing_s["total"] = sum(clock.timing_s.values())
    is_whole = len(edges) == 2
    return tuple(
        Review(each.question, recording, each.findings(), tally, clock.timing_s, each.whole() if is_whole else None)
        for each in sittings
    )


def _scene(table: pa.Table, question: Question, volume: Volume, clock: _Clock) -> Scene:
    with clock.step("build", "Sorting tracks"):
        build = build_tracks(table, question.parties)
    with clock.step("quality", "Judging the data"):
        quality = assess(build.tracks, question.gap_s)
    with clock.step("search", "Searching encounters"):
        twins = {
            (min(s.ghost, s.host), max(s.ghost, s.host)): s.reason(quality.tracks) for s in quality.suspected_ghosts
        }
        found = search(quality.tracks, volume, question.gap_s, quality.doubtful_stretches, twins)
    return Scene(build, quality, found)


def _windows(recording: Recording, edges: list[float]) -> Iterator[tuple[float, float, Callable[[], pa.Table]]]:
    """Yield begin, end and rows of each window; the rows of the next are read while one is judged."""
    spans = list(pairwise(edges))
    with ThreadPoolExecutor(1) as reader:
        ahead = reader.submit(recording.between, *spans[0])
        for n, (begin_s, end_s) in enumerate(spans):
            current = ahead
            if n + 1 < len(spans):
                ahead = reader.submit(recording.between, *spans[n + 1])
            yield begin_s, end_s, current.result


def _edges(recording: Recording, question: Question) -> list[float]:
    """Return the edges of the windows within the time asked about."""
    edges = recording.edges(question.rows_each).tolist()
    since_s = edges[0] if question.since_s is None else max(question.since_s, edges[0])
    until_s = edges[-1] if question.until_s is None else min(math.nextafter(question.until_s, math.inf), edges[-1])
    inner = [edge for edge in edges if since_s < edge < until_s]
    if since_s >= until_s:
        raise FormatError(
            "the recording",
            "has no row in the time asked about",
            f"It runs from {format_instant(edges[0])} to {format_instant(edges[-1] - 1.0)}",
        )
    return [since_s, *inner, until_s]


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
