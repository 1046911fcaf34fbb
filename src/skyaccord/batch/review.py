"""A review: recordings, parties and a memorandum in; encounters, verdicts and what cannot be said out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.batch.findings import Findings
from skyaccord.batch.ledger import Ledger
from skyaccord.batch.question import Question
from skyaccord.batch.seam import Seam, seam_after
from skyaccord.batch.tally import Tally
from skyaccord.detect.hidden import ABOUT_S
from skyaccord.detect.observation import Observation, observe
from skyaccord.errors import FormatError
from skyaccord.model.encounter import Encounter
from skyaccord.model.instants import format_instant
from skyaccord.model.tracks import Tracks, recorded_id
from skyaccord.rules.judge import Judgement, judge
from skyaccord.rules.online import settles_after_s
from skyaccord.rules.periods import judge_period
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.formats.dataframe import ArrowStream
from skyaccord.tracks.quality.assess import Assessment, assess
from skyaccord.tracks.read import Source
from skyaccord.tracks.recording import Recording, open_recording

SCENARIO = "scenario:"
"""Prefix that names a scenario of the package in place of a file."""

Progress: TypeAlias = Callable[[str], None]
"""Told what is under way, in words, as it changes."""

Scene: TypeAlias = tuple[Tracks, Observation]


@dataclass(frozen=True, slots=True)
class Review:
    """The answer, with everything it rests on."""

    question: Question
    recording: Recording
    findings: Findings
    tally: Tally
    timing_s: dict[str, float]
    whole: Scene | None  # all tracks with their marks, where the recording was one window

    def around(self, encounter: Encounter, begin_s: float, end_s: float) -> Scene:
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
    clock = _Clock(progress)
    with clock.step("read", "Reading tracks"):
        recording = open_recording([_resolve(s) for s in question.sources], question.rows_each, question.options)
        edges = _edges(recording, question)
    tally = Tally(edges[0], edges[-1], recording.rows)
    ledger, seam = Ledger(), Seam()
    kept: pa.Table | None = None
    last: tuple[Judgement, Assessment] | None = None
    for n, (begin_s, end_s, rows) in enumerate(_windows(recording, edges)):
        clock.done = n / (len(edges) - 1)
        with clock.step("read", "Reading tracks"):
            fresh = rows()
            table = fresh if kept is None else pa.concat_tables([kept, fresh])
        if table.num_rows == 0:
            continue
        with clock.step("build", "Sorting tracks"):
            build = build_tracks(table, question.parties)
        with clock.step("quality", "Judging the data"):
            quality = assess(build.tracks, question.gap_s)
        with clock.step("judge", "Searching encounters and judging them"):
            found = _judge(question, quality)
        with clock.step("settle", "Settling what has ended"):
            tracks = quality.tracks
            tally.add(build, quality, fresh.num_rows, begin_s, question.gap_s)
            is_last = n == len(edges) - 2
            after = Seam()
            if not is_last:
                after = seam_after(tracks, found, quality.doubtful_stretches, end_s, _settles_after_s(question))
            ledger.enter(found, tracks, seam, after, question.with_conduct)
            kept = None if is_last else after.rows_kept(table, end_s)
            seam, last = after, (found, quality)
    if last is None or tally.rows == 0:
        raise FormatError("the recording", "has no row that can be used", "See what skyaccord inspect says of it")
    clock.timing_s["total"] = sum(clock.timing_s.values())
    findings = ledger.findings(last[0])
    of_record = judge_period(question.memorandum, question.records)
    findings = replace(findings, verdicts=(*findings.verdicts, *of_record))
    one_window = len(edges) == 2
    whole = (last[1].tracks, last[0].encounters.seen) if one_window else None
    return Review(question, recording, findings, tally, clock.timing_s, whole)


def _settles_after_s(question: Question) -> float:
    """Return how long after its end nothing that is asked for can change an encounter."""
    # What comes soon after an encounter tells of its hidden times too.
    judged_s = max(settles_after_s(question.memorandum, question.gap_s), ABOUT_S + 1.0)
    if not question.with_conduct:
        return judged_s
    from skyaccord.batch.conduct import LOOKS_S  # forty modules

    return max(judged_s, LOOKS_S)


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


def _judge(question: Question, quality: Assessment) -> Judgement:
    twins = {(min(s.ghost, s.host), max(s.ghost, s.host)): s.reason(quality.tracks) for s in quality.suspected_ghosts}
    return judge(
        quality.tracks,
        question.memorandum,
        question.between,
        question.gap_s,
        quality.doubtful_stretches,
        question.within,
        twins,
        question.records,
    )


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
