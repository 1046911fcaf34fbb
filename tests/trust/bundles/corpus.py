"""Logs and their bundles, sound ones and forged ones, for all that checks bundles."""

from __future__ import annotations

from pathlib import Path

from skyaccord.trust import verify_skyaccord as verifier
from skyaccord.trust.bundles.export import export_bundle
from tests.trust.cast import Side, agreement, key

KINDS = {"talk.note": ("1,2", "duty"), "talk.pulse": ("1", "node")}


def write_bundle(path: Path, side: Side, chosen: list[int] | None = None) -> Path:
    """Sign what stands in a side's log, and write its bundle."""
    side.desk.log.checkpoint()
    path.write_bytes(b"".join(export_bundle(side.journal, side.name, [agreement(*side.parties)], chosen)))
    return path


def check(path: Path, *parties: str) -> verifier.Bundle:
    roots = {party: key(f"{party} root").fingerprint for party in parties or ("blue", "green")}
    return verifier.Bundle(str(path), roots, KINDS, []).run()
