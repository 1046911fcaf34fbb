"""Independent implementations that the log is held against: golang's sumdb, and pymerkle in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import absent
from tests.trust.peers.golang import GOPATH, Golang

MADE_BY_INSTALL_TOOLS = Path(__file__).parents[2] / ".peers" / "pymerkle" / "bin" / "python"
PEER = Path(__file__).parent / "peers" / "tlog_peer.go"


@pytest.fixture(scope="session")
def golang(tmp_path_factory: pytest.TempPathFactory) -> Golang:
    """Return the program that asks golang.org/x/mod/sumdb, built from Debian's package."""
    if shutil.which("go") is None or not (GOPATH / "src/golang.org/x/mod/sumdb/note").is_dir():
        absent("golang", "golang-go and golang-golang-x-mod-dev are not installed: scripts/install-tools")
    folder = tmp_path_factory.mktemp("golang")
    program = folder / "peer"
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(GOPATH),
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
        "CGO_ENABLED": "0",
    }
    subprocess.run(["go", "build", "-o", program, PEER], env=environment, check=True, timeout=300)
    return Golang(program)


@pytest.fixture(scope="session")
def pymerkle() -> str:
    """Return the Python that has pymerkle, which tests alone use and never import: its licence is the GPL."""
    python = os.environ.get("SKYACCORD_PYMERKLE", "") or str(MADE_BY_INSTALL_TOOLS)
    if not Path(python).is_file():
        absent("pymerkle", "no pymerkle: run scripts/install-tools, or set SKYACCORD_PYMERKLE to a Python that has it")
    return python
