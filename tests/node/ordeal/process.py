"""A party in a process of its own, driven from a test: told what to do, ended, begun again from the same folder."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).parents[3]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """One party; what it tells is kept in ``told`` until it is taken."""

    def __init__(self, name: str, folder: Path, ways: dict[str, str], port: int, parties: tuple[str, ...]) -> None:
        self.name = name
        self.folder = folder
        self.port = port
        self._fixed = {
            "name": name,
            "parties": parties,
            "folder": str(folder / name),
            "port": port,
            "ways": ways,
        }
        (folder / name).mkdir(exist_ok=True)
        self.told: list[dict[str, Any]] = []
        self._changed = threading.Condition()
        self._process: subprocess.Popen[str] | None = None
        self._errors: TextIO | None = None
        self._listener: threading.Thread | None = None

    @property
    def journal(self) -> Path:
        return self.folder / self.name / "log.sqlite"

    def start(self, seed: int = 1, stop: tuple[str, int] | None = None, clock_s: float = 0.0) -> None:
        configuration = {**self._fixed, "seed": seed, "stop": stop, "clock_s": clock_s}
        self.told.clear()
        self._errors = (self.folder / f"{self.name}.err").open("a")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.node.line.party", json.dumps(configuration)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._listener.start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            with self._changed:
                if process is self._process and line.endswith("\n"):
                    self.told.append(json.loads(line))
                    self._changed.notify_all()
        process.stdout.close()
        with self._changed:
            self._changed.notify_all()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def do(self, what: str, **how: Any) -> bool:
        """Tell it what to do; return whether it could be told."""
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"do": what, **how}) + "\n")
            self._process.stdin.flush()
        except (BrokenPipeError, OSError):
            return False
        return True

    def wait(self, wanted: Callable[[dict[str, Any]], bool], timeout_s: float = 20.0) -> dict[str, Any] | None:
        """Return and take what it tells that is wanted; ``None`` where it ended or the time passed."""
        until_s = time.monotonic() + timeout_s
        with self._changed:
            while True:
                found = next((each for each in self.told if wanted(each)), None)
                if found is not None:
                    self.told.remove(found)
                    return found
                left_s = until_s - time.monotonic()
                if left_s <= 0 or not self.is_running:
                    return None
                self._changed.wait(min(left_s, 0.2))

    def ask(self, what: str, member: str, timeout_s: float = 20.0, **how: Any) -> dict[str, Any] | None:
        return self.wait(lambda each: member in each, timeout_s) if self.do(what, **how) else None

    def take_all(self) -> list[dict[str, Any]]:
        with self._changed:
            taken = list(self.told)
            self.told.clear()
        return taken

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self.reap()

    def reap(self) -> int:
        assert self._process is not None
        code = self._process.wait(20.0)
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        if self._errors is not None:
            self._errors.close()
        if self._listener is not None:
            self._listener.join(10.0)
        return code

    def end(self) -> int:
        """Let it end in order."""
        self.do("end")
        return self.reap()
