"""What a folder journal keeps beside the log: checkpoints of others, evidence, refusals."""

from __future__ import annotations

import base64
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from skyaccord.errors import JournalError
from skyaccord.trust.journals.folder.disk import Disk
from skyaccord.trust.journals.folder.table import Table
from skyaccord.trust.journals.moments import moment_text, read_moment
from skyaccord.trust.journals.refusals import KEPT_EVIDENCE, KEPT_REASONS, KEPT_REFUSALS, Evidence, Refusal, Refusals


class FolderSidelines:
    """The part of a folder journal that is no part of the log; its rows are few and stand in memory."""

    def __init__(self, disk: Disk, folder: Path, key: bytes) -> None:
        self.place = str(folder)
        self._is_broken = False
        self._seen_table = Table(disk, folder / "seen.log", key)
        self._evidence_table = Table(disk, folder / "evidence.log", key)
        self._refusal_table = Table(disk, folder / "refusals.log", key)
        seen = [row for _, row in self._seen_table.load()]
        self._seen = {row["origin"]: _bytes(row["note"]) for row in seen}
        if len(seen) > 2 * len(self._seen):
            self._seen_table.rewrite(_seen_row(origin, note) for origin, note in self._seen.items())
        self._evidence = {(row["kind"], row["subject"]): _read_evidence(row) for _, row in self._evidence_table.load()}
        self._counts: dict[str, int] = {}
        self._latest: deque[Refusal] = deque(maxlen=KEPT_REFUSALS)
        self._refusal_rows = 0
        for _, row in self._refusal_table.load():
            self._take_refusal(row)

    def last_seen(self, origin: str) -> bytes | None:
        """Return the note of the last checkpoint of a log that was cosigned."""
        return self._seen.get(origin)

    def see(self, origin: str, before: bytes | None, note: bytes) -> bool:
        """Replace the last seen note durably, if it is still ``before``; return whether it was."""
        if self._seen.get(origin) != before:
            return False
        with self._writing():
            self._seen_table.add(_seen_row(origin, note))
        self._seen[origin] = note
        return True

    def keep_evidence(self, evidence: Evidence) -> None:
        """Keep evidence durably; a second of the same kind and subject is not kept."""
        name = (evidence.kind, evidence.subject)
        if name in self._evidence or len(self._evidence) >= KEPT_EVIDENCE:
            return
        pieces = [_text(piece) for piece in evidence.pieces]
        row = {"at": moment_text(evidence.at), "kind": evidence.kind, "subject": evidence.subject, "pieces": pieces}
        with self._writing():
            self._evidence_table.add(row)
        self._evidence[name] = evidence

    def evidence(self) -> Sequence[Evidence]:
        """Return all evidence, the oldest first."""
        return list(self._evidence.values())

    def refuse(self, refusal: Refusal) -> None:
        """Count a refusal and keep its detail; the oldest detail is dropped beyond `KEPT_REFUSALS`."""
        told = refusal.cut()
        row = _refusal_row(told) | {"counted": self._counted_as(told.reason)}
        with self._writing():
            self._refusal_table.add(row)
            self._take_refusal(row)
            if self._refusal_rows > 2 * KEPT_REFUSALS:
                self._refusal_table.rewrite([{"counts": self._counts}, *map(_refusal_row, self._latest)])
                self._refusal_rows = len(self._latest)

    def refusals(self) -> Refusals:
        """Return the counts by reason and the latest in detail."""
        return Refusals(dict(sorted(self._counts.items())), list(self._latest))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """After a write that failed nothing is known of the disk: nothing more is written until it is opened again."""
        if self._is_broken:
            cure = "Close it and open it again: what was promised is there"
            raise JournalError(self.place, "a write failed before", cure)
        try:
            yield
        except BaseException:
            self._is_broken = True
            raise

    def _counted_as(self, reason: str) -> str:
        return reason if reason in self._counts or len(self._counts) < KEPT_REASONS else "other"

    def _take_refusal(self, row: dict[str, Any]) -> None:
        if "counts" in row:
            self._counts = dict(row["counts"])
            return
        if "counted" in row:  # else it stands in the counts that were written before it
            self._counts[row["counted"]] = self._counts.get(row["counted"], 0) + 1
        self._latest.append(Refusal(read_moment(row["at"]), row["reason"], row["words"], _bytes(row["material"])))
        self._refusal_rows += 1


def _refusal_row(refusal: Refusal) -> dict[str, Any]:
    material = _text(refusal.material)
    return {"at": moment_text(refusal.at), "reason": refusal.reason, "words": refusal.words, "material": material}


def _seen_row(origin: str, note: bytes) -> dict[str, Any]:
    return {"origin": origin, "note": _text(note)}


def _read_evidence(row: dict[str, Any]) -> Evidence:
    return Evidence(read_moment(row["at"]), row["kind"], row["subject"], tuple(map(_bytes, row["pieces"])))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
