"""The short form of ``scripts/prove line``: real processes, a spoilt line, ends by force."""

from __future__ import annotations

from pathlib import Path

from tests.node.ordeal.ordeal import Ordeal

RECOVERY_S = 5.0


def test_what_is_acknowledged_stands_in_both_logs_once_and_in_order(tmp_path: Path) -> None:
    tally = Ordeal(tmp_path, seed=20261125).run(kills=8, messages=60, cuts=2)
    assert sum(tally.kills.values()) >= 8
    assert tally.said >= 60
    assert tally.receipts >= tally.said
    assert max(tally.recoveries_s) < RECOVERY_S
