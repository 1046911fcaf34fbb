"""One memorandum's way through the windows of a recording: what it settled, and what it leaves to the next window."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pyarrow as pa

from skyaccord.batch.findings import Findings
from skyaccord.batch.ledger import Ledger
from skyaccord.batch.question import Question
from skyaccord.batch.seam import Seam, seam_after
from skyaccord.detect.hidden import ABOUT_S
from skyaccord.detect.observation import Observation
from skyaccord.detect.search import Search
from skyaccord.detect.volume import Volume
from skyaccord.model.tracks import Tracks
from skyaccord.rules.judge import Judgement, judge_found, volume_of
from skyaccord.rules.online import settles_after_s
from skyaccord.rules.periods import judge_period
from skyaccord.tracks.build import Build
from skyaccord.tracks.quality.assess import Assessment


@dataclass(frozen=True, slots=True)
class Scene:
    """The tracks of a window, marked and searched."""

    build: Build
    quality: Assessment
    searched: Search


@dataclass(slots=True)
class Sitting:
    """A question by one memorandum, and how far its answer has come."""

    question: Question
    ledger: Ledger = field(default_factory=Ledger)
    seam: Seam = field(default_factory=Seam)
    kept: pa.Table | None = None  # rows that the next window must see again
    last: tuple[Judgement, Scene] | None = None

    def volume(self) -> Volume:
        """Return what must be searched."""
        asked = self.question
        return volume_of(asked.memorandum, asked.within, has_records=asked.records is not None)

    def table(self, fresh: pa.Table) -> pa.Table:
        """Return the rows of a window with those that were kept for it."""
        return fresh if self.kept is None else pa.concat_tables([self.kept, fresh])

    def judge(self, scene: Scene) -> Judgement:
        """Return what the memorandum says of a window."""
        asked = self.question
        return judge_found(scene.searched, asked.memorandum, asked.between, asked.within, asked.records)

    def settle(self, scene: Scene, found: Judgement, table: pa.Table, end_s: float, *, is_last: bool) -> None:
        """Enter what ended in a window, and keep what the next one must see again."""
        tracks, after = scene.quality.tracks, Seam()
        if not is_last:
            after = seam_after(tracks, found, scene.quality.doubtful_stretches, end_s, self._settles_after_s())
        self.ledger.enter(found, tracks, self.seam, after, self.question.with_conduct)
        self.kept = None if is_last else after.rows_kept(table, end_s)
        self.seam, self.last = after, (found, scene)

    def findings(self) -> Findings:
        """Return all that was found, once every window was settled; at least one had rows."""
        assert self.last is not None  # noqa: S101 - the caller has counted rows
        findings = self.ledger.findings(self.last[0])
        of_record = judge_period(self.question.memorandum, self.question.records)
        return replace(findings, verdicts=(*findings.verdicts, *of_record))

    def whole(self) -> tuple[Tracks, Observation]:
        """Return the tracks of the last window and what was seen of them."""
        assert self.last is not None  # noqa: S101 - the caller has counted rows
        scene = self.last[1]
        return scene.quality.tracks, scene.searched.seen

    def _settles_after_s(self) -> float:
        """Return how long after its end nothing that is asked for can change an encounter."""
        # What comes soon after an encounter tells of its hidden times too.
        judged_s = max(settles_after_s(self.question.memorandum, self.question.gap_s), ABOUT_S + 1.0)
        if not self.question.with_conduct:
            return judged_s
        from skyaccord.batch.conduct import LOOKS_S  # forty modules

        return max(judged_s, LOOKS_S)
