"""docs/protocol/vectors: the package gives them octet for octet; the verifier, and a second implementation, agree."""

from __future__ import annotations

import base64
import hashlib
import json
import runpy
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skyaccord.trust import verify_skyaccord as verifier
from skyaccord.trust.reasons import Reason
from tests.conftest import absent
from tests.trust.bundles.corpus import NOT_IN_A_LOG, Once
from tests.trust.bundles.damage import changed

ROOT = Path(__file__).parents[3]
VECTORS = ROOT / "docs" / "protocol" / "vectors"
PEER = Path(__file__).parents[1] / "peers" / "protocol.mjs"
ABOUT = json.loads((VECTORS / "bundles.json").read_text())
LOGS = json.loads((VECTORS / "logs.json").read_text())
BUNDLES = ("blue", "green", "part", "other")


def test_the_package_gives_every_vector_octet_for_octet() -> None:
    files = runpy.run_path(str(ROOT / "scripts" / "make_vectors.py"))["files"]()
    assert {path.name for path in VECTORS.iterdir()} == set(files)
    for name, data in files.items():
        assert (VECTORS / name).read_bytes() == data, f"{name}: run scripts/make_vectors.py and read what has changed"


def test_every_reason_that_a_log_can_show_has_a_vector() -> None:
    shown = {each["reason"] for each in LOGS["cases"]}
    large = {Reason.TOO_LARGE, Reason.TOO_DEEP}  # a deep one is in canonical.json, a large leaf among the cases
    assert {each.value for each in Reason} - shown - {each.value for each in NOT_IN_A_LOG} <= {
        each.value for each in large
    }


def _check(path: Path, *, is_witnessed: bool, once: Once | None = None) -> verifier.Bundle:
    name, _, key = ABOUT["witness"].split("+", 2)
    witnesses = [(name, base64.b64decode(key)[1:])] if is_witnessed else []
    return verifier.Bundle(str(path), [ABOUT["roots"]], witnesses, {} if once is None else once)


def _altered(damage: dict[str, Any], folder: Path) -> Path:
    lines = (VECTORS / f"{damage['bundle']}.bundle").read_text().splitlines()
    path = folder / "altered"
    path.write_text(changed(lines, {int(number): text for number, text in damage["lines"].items()}))
    return path


@pytest.mark.parametrize("damage", ABOUT["damaged"], ids=lambda each: each["name"])
def test_the_verifier_agrees_on_damaged_bundles(damage: dict[str, Any], tmp_path: Path) -> None:
    assert _check(_altered(damage, tmp_path), is_witnessed=True).faults[0][1] == damage["reason"]


def test_the_verifier_agrees_on_sound_bundles_and_two_stories() -> None:
    found = {name: _check(VECTORS / f"{name}.bundle", is_witnessed=False) for name in BUNDLES}
    assert {name: [each.count, each.erased] for name, each in found.items() if name != "other"} == ABOUT["sound"]
    assert not any(each.faults for each in found.values())
    once: Once = {}
    both = [
        _check(VECTORS / f"{name}.bundle", is_witnessed=False, once=once) for name in ABOUT["two_stories"]["bundles"]
    ]
    assert both[0].faults == []
    assert sorted({reason for _, reason, _ in both[1].faults}) == ABOUT["two_stories"]["reasons"]


@pytest.fixture(scope="session")
def peer() -> Callable[..., Any]:
    """Return what asks the implementation in JavaScript, which was written from the document."""
    node = shutil.which("node")
    if node is None:
        absent("node", "node is not installed: scripts/install-tools")

    def ask(*words: str) -> Any:
        done = subprocess.run(
            [str(node), str(PEER), str(VECTORS), *words], capture_output=True, text=True, check=True, timeout=300
        )
        return json.loads(done.stdout)

    return ask


def test_another_language_reads_canonical_json_alike(peer: Callable[..., Any]) -> None:
    vectors = json.loads((VECTORS / "canonical.json").read_text())
    found = peer("canonical")
    assert found == {
        "canonical": [True] * len(vectors["canonical"]),
        "refused": [False] * len(vectors["refused"]),
    }


def test_another_language_judges_every_log_alike(peer: Callable[..., Any]) -> None:
    found = peer("logs")
    assert len(LOGS["cases"]) >= 130
    assert {each["name"]: faults for each, faults in zip(LOGS["cases"], found, strict=True)} == {
        each["name"]: each["faults"] for each in LOGS["cases"]
    }


@pytest.mark.parametrize("name", BUNDLES)
def test_another_language_believes_a_sound_bundle(name: str, peer: Callable[..., Any]) -> None:
    found = peer("bundle", str(VECTORS / f"{name}.bundle"))
    assert found["faults"] == []
    assert name == "other" or [found["count"], found["erased"]] == ABOUT["sound"][name]


OF_FORM = ("white space in a line", "member too many", "first line missing")
"""What the peer does not look at: the form of lines, which it takes as they are."""


@pytest.mark.parametrize(
    "damage", [each for each in ABOUT["damaged"] if each["name"] not in OF_FORM], ids=lambda each: each["name"]
)
def test_another_language_refuses_a_damaged_bundle_alike(
    damage: dict[str, Any], peer: Callable[..., Any], tmp_path: Path
) -> None:
    found = peer("cosigned", str(_altered(damage, tmp_path)))
    assert found["faults"][0] == damage["reason"]


def test_the_document_names_every_reason_and_its_example_is_right() -> None:
    text = (VECTORS.parent / "README.md").read_text()
    said = {each.value for each in Reason} | {each["reason"] for each in ABOUT["damaged"]}
    assert {reason for reason in said if f"`{reason}`" not in text} == set()
    assert hashlib.sha256(b"skyaccord/body/1\n" + bytes(32) + b'{"text":"first"}').hexdigest() in text
