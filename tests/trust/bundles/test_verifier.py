"""The verifier, which shares no code with the package, believes what the package wrote and refuses forgeries."""

from __future__ import annotations

from pathlib import Path

from tests.trust.bundles.corpus import check, write_bundle
from tests.trust.cast import NOW_S, Note, Scene, deliver


def _acknowledged() -> Scene:
    """Blue has said three things, and has green's receipts for two; green has answered."""
    scene = Scene()
    for number in (1, 5):
        index = next(
            k
            for k, each in enumerate(scene.green.log)
            if b'"sequence":%d,' % number in each.leaf and b'"sender":"blue"' in each.leaf
        )
        deliver(scene.blue, scene.green.receipt(index))
    deliver(scene.blue, scene.green.say(Note("heard").body(), "blue", "duty", NOW_S), NOW_S)
    return scene


def test_a_whole_log_holds(tmp_path: Path) -> None:
    scene = _acknowledged()
    for side in (scene.blue, scene.green):
        found = check(write_bundle(tmp_path / side.name, side))
        assert found.faults == []
        assert found.count == side.desk.log.size


def test_some_entries_hold_with_their_proofs(tmp_path: Path) -> None:
    scene = _acknowledged()
    found = check(write_bundle(tmp_path / "part", scene.blue, [8]))
    assert found.faults == []
    assert found.count == 10
