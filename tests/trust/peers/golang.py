"""Questions to golang.org/x/mod/sumdb, which Debian packages."""

from __future__ import annotations

import base64
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

GOPATH: Final = Path("/usr/share/gocode")
"""Where Debian puts the sources of Go libraries."""


@dataclass(frozen=True)
class Golang:
    """The built program of ``tlog_peer.go``."""

    program: Path

    def ask(self, **questions: list[dict[str, Any]]) -> dict[str, Any]:
        done = subprocess.run(
            [self.program], input=json.dumps(questions, default=_encode), capture_output=True, text=True, timeout=120
        )
        if done.returncode:
            raise AssertionError(done.stderr)
        return dict(json.loads(done.stdout))


def _encode(value: object) -> str:
    assert isinstance(value, bytes)
    return base64.b64encode(value).decode()
