"""The drill as it is written: each terminal a shell, each command as it stands in docs/drill.md, real nodes."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

ROOT = Path(__file__).parents[2]
DRILL = (ROOT / "docs" / "drill.md").read_text("utf-8")
PORTS = (18443, 18444, 28443, 28444)
BLOCK_S = 120.0
MOST_S = 300.0
"""Ten minutes are for people who read; the commands take half of that at the very most."""


def blocks() -> Iterator[tuple[str, str]]:
    """Yield terminal and commands, in order."""
    terminal = ""
    for part in re.split(r"(```sh\n.*?```)", DRILL, flags=re.DOTALL):
        if part.startswith("```sh\n"):
            yield terminal, part.removeprefix("```sh\n").removesuffix("```")
        elif found := re.findall(r"^Terminal ([AB])\b", part, re.MULTILINE):
            terminal = found[0]


class Terminal:
    """A shell that reads what is typed."""

    def __init__(self, folder: Path) -> None:
        self._shell = subprocess.Popen(
            ["bash"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._shell.stdout
        for line in self._shell.stdout:
            self._lines.put(line)

    def type(self, commands: str) -> tuple[str, list[str]]:
        """Run commands and return what they print, and those that failed."""
        assert self._shell.stdin
        marked = "".join(f'{line}\necho "== $? {number}"\n' for number, line in enumerate(commands.strip().split("\n")))
        self._shell.stdin.write(marked)
        self._shell.stdin.flush()
        lines = commands.strip().split("\n")
        printed, failed, end_s = "", [], time.monotonic() + BLOCK_S
        while True:
            try:
                line = self._lines.get(timeout=max(0.1, end_s - time.monotonic()))
            except Empty:
                raise AssertionError(f"no end of {commands!r}: {printed}") from None
            if found := re.fullmatch(r"== (\d+) (\d+)\n", line):
                if found[1] != "0" and not lines[int(found[2])].startswith("wait "):
                    failed.append(lines[int(found[2])])
                if int(found[2]) == len(lines) - 1:
                    return printed, failed
            else:
                printed += line

    def close(self) -> None:
        assert self._shell.stdin
        self._shell.stdin.write("kill $blue $green 2>/dev/null; wait\n")
        self._shell.stdin.close()
        self._shell.wait(30)
        self._reader.join(30)
        assert self._shell.stdout
        self._shell.stdout.close()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder in which the drill's first commands find what a fresh clone has."""
    for port in PORTS:
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                pytest.skip(f"port {port}, which the drill names, is in use on this machine")
    (tmp_path / "scripts").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    setup = tmp_path / "scripts" / "setup"
    setup.write_text("#!/bin/sh\nexit 0\n")
    command = tmp_path / ".venv" / "bin" / "skyaccord"
    entry = "from skyaccord.cli.main import main; main()"
    command.write_text(f"#!/bin/sh\nPYTHONPATH={ROOT / 'src'} exec {sys.executable} -c '{entry}' \"$@\"\n")
    for each in (setup, command):
        each.chmod(0o755)
    return tmp_path


def test_the_drill_goes_as_it_is_written(clone: Path) -> None:
    terminals = {name: Terminal(clone) for name in "AB"}
    begun_s = time.monotonic()
    printed = {"A": "", "B": ""}
    try:
        for name, commands in blocks():
            said, failed = terminals[name].type(commands)
            printed[name] += said
            assert failed == [], said
    finally:
        for each in terminals.values():
            each.close()
    took_s = time.monotonic() - begun_s
    assert took_s < MOST_S
    assert "checks 1, answered 1, missed 0" in printed["A"]
    assert "FLASH | QUERY | from green" in printed["A"]
    assert "УВЕДОМЛЕНИЕ" in printed["B"]
    assert "MINUTE OF A CALL | from blue" in printed["B"]
    assert "use the telephone" in printed["A"]
    assert "accepted 1, known 0" in printed["B"]
    assert "duty officer > supervisor" in printed["B"]
