"""docs/log.md: its lines run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "log.md"


def test_the_page_runs(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    command = f'exec {sys.executable} -c "from skyaccord.cli.main import main; main()" "$@"'
    for name, line in (("skyaccord", command), ("python", f'exec {sys.executable} "$@"')):
        (programs / name).write_text(f"#!/bin/sh\n{line}\n")
        (programs / name).chmod(0o755)
    script = "set -eu\n" + "\n".join(re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(), re.DOTALL))
    folder = tmp_path / "page"
    folder.mkdir()
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert done.stdout.count("  holds") == 5
    assert "changed.json: refused" in done.stdout
    assert "mail/green-blue-000000002.json: known, entry 3" in done.stdout
    assert "FAILS" not in done.stdout
