"""Write a proof down: what was run, how much, with which seed, on which commit."""

from __future__ import annotations

import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]


def record(name: str, claim: str, lines: Sequence[str]) -> None:
    """Write ``docs/proofs/NAME.md`` and print it."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    command = shlex.join(["scripts/prove", name, *sys.argv[1:]])
    machine = f"{os.cpu_count()} × {platform.machine()}, Python {platform.python_version()}"
    text = "\n".join(
        [
            f"# {name}",
            "",
            claim,
            "",
            f"`{command}` on {datetime.now(UTC):%Y-%m-%d}, commit {commit.stdout.strip()}, {machine}.",
            "",
            *lines,
            "",
        ]
    )
    folder = ROOT / "docs" / "proofs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(text)
    print(text)
