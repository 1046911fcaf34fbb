"""What a SQLite journal keeps beside the log: checkpoints of others, evidence, refusals."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from skyaccord.trust.journals.moments import moment_text, read_moment
from skyaccord.trust.journals.refusals import KEPT_EVIDENCE, KEPT_REASONS, KEPT_REFUSALS, Evidence, Refusal, Refusals
from skyaccord.trust.journals.sqlite.database import Database


class SqliteSidelines:
    """The part of a journal in SQLite that is no part of the log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_seen(self, origin: str) -> bytes | None:
        """Return the note of the last checkpoint of a log that was cosigned."""
        row = self._database.one("SELECT note FROM seen WHERE origin = ?", origin)
        return row[0] if row else None

    def see(self, origin: str, before: bytes | None, note: bytes) -> bool:
        """Replace the last seen note durably, if it is still ``before``; return whether it was."""
        with self._database.transaction():
            if self.last_seen(origin) != before:
                return False
            self._database.all("INSERT OR REPLACE INTO seen VALUES (?, ?)", origin, note)
        return True

    def keep_evidence(self, evidence: Evidence) -> None:
        """Keep evidence durably; a second of the same kind and subject is not kept."""
        pieces = json.dumps([base64.b64encode(piece).decode() for piece in evidence.pieces])
        row = (moment_text(evidence.at), evidence.kind, evidence.subject, pieces)
        with self._database.transaction():
            kept = self._database.one("SELECT count(*) FROM evidence")
            if kept and kept[0] < KEPT_EVIDENCE:
                self._database.all(
                    "INSERT OR IGNORE INTO evidence (at, kind, subject, pieces) VALUES (?, ?, ?, ?)", *row
                )

    def evidence(self) -> Sequence[Evidence]:
        """Return all evidence, the oldest first."""
        rows = self._database.all("SELECT at, kind, subject, pieces FROM evidence ORDER BY id")
        return [
            Evidence(read_moment(at), kind, subject, tuple(map(base64.b64decode, json.loads(pieces))))
            for at, kind, subject, pieces in rows
        ]

    def refuse(self, refusal: Refusal) -> None:
        """Count a refusal and keep its detail; the oldest detail is dropped beyond `KEPT_REFUSALS`."""
        told = refusal.cut()
        with self._database.transaction():
            known = [reason for (reason,) in self._database.all("SELECT reason FROM refusal_count")]
            counted = told.reason if told.reason in known or len(known) < KEPT_REASONS else "other"
            self._database.all(
                "INSERT INTO refusal_count VALUES (?, 1) ON CONFLICT (reason) DO UPDATE SET count = count + 1", counted
            )
            self._database.all(
                "INSERT INTO refusal (at, reason, words, material) VALUES (?, ?, ?, ?)",
                *(moment_text(told.at), told.reason, told.words, told.material),
            )
            self._database.all("DELETE FROM refusal WHERE id <= (SELECT max(id) FROM refusal) - ?", KEPT_REFUSALS)

    def refusals(self) -> Refusals:
        """Return the counts by reason and the latest in detail."""
        rows = self._database.all("SELECT at, reason, words, material FROM refusal ORDER BY id")
        counts: dict[str, int] = dict(self._database.all("SELECT reason, count FROM refusal_count ORDER BY reason"))
        return Refusals(counts, [Refusal(read_moment(at), *rest) for at, *rest in rows])
