"""``skyaccord node`` as commands and as processes."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from skyaccord.cli import node as node_commands
from skyaccord.cli.main import app
from skyaccord.errors import ConfigurationError, NodeError, PassphraseError
from skyaccord.node.configuration import read_configuration
from skyaccord.node.folder import Folder
from skyaccord.node.identity.keys import open_keys
from skyaccord.node.node import open_node
from skyaccord.node.people.audit import read_audit
from tests.node.people.cast import NOW_S
from tests.postgresql import Server
from tests.web.house import WAIT_S, Client

ANY_PORT = ["--people-port", "0", "--peers-port", "0"]
PROGRAM = "from skyaccord.cli.main import main; main()"


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKYACCORD_PASSPHRASE", "nine grey geese over the river")


def ask(*words: str) -> Any:
    done = CliRunner().invoke(app, ["node", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def init(folder: Path, *words: str) -> dict[str, str]:
    answer: dict[str, str] = json.loads(ask("init", str(folder), "--party", "blue", "--json", *words).stdout)
    return answer


@contextmanager
def process(folder: Path, end: signal.Signals = signal.SIGTERM) -> Iterator[dict[str, str]]:
    """Run a node in a process of its own and end it."""
    command = [sys.executable, "-c", PROGRAM, "node", "run", str(folder), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            text = ""
            while (line := running.stdout.readline()) and not line.startswith("}"):
                text += line
            yield json.loads(text + "}")
            running.send_signal(end)
            _, complaint = running.communicate(timeout=WAIT_S)
            assert complaint == ""
            assert running.returncode == (0 if end is not signal.SIGKILL else -signal.SIGKILL)
        finally:
            running.kill()


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def test_a_running_node_collects_what_refers_to_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that answer once do without; a node would grow for months."""
    init(tmp_path / "blue", *ANY_PORT)
    seen = []

    async def run_node(*given: object, **named: object) -> None:
        seen.append(gc.isenabled())

    monkeypatch.setattr("skyaccord.web.run_node.run_node", run_node)
    gc.disable()
    try:
        node_commands.run(tmp_path / "blue", None, as_json=True)
    finally:
        gc.enable()
    assert seen == [True]


def test_init_says_what_the_administrator_needs_and_says_it_once(tmp_path: Path) -> None:
    shown = ask("init", str(tmp_path / "blue"), "--party", "blue").stdout
    assert "shown once" in shown
    password = re.search(r"one-time password (\S+)", shown)
    assert password is not None
    octets = [each.read_bytes() for each in (tmp_path / "blue").rglob("*") if each.is_file()]
    assert not any(password[1].encode() in each for each in octets)
    assert stat.S_IMODE((tmp_path / "blue").stat().st_mode) == 0o700


def test_a_node_is_made_run_and_asked(tmp_path: Path) -> None:
    folder = tmp_path / "blue"
    made = init(folder, "--administrator", "north.1", "--host", "blue.example", *ANY_PORT)
    with process(folder) as where:
        port = port_of(where["people"])
        client = Client(port, str(folder / "tls" / "authority.pem"))
        given = {"name": "north.1", "password": made["one_time_password"]}
        assert client.ask("POST", "/session", given).json == {"is_partial": True}
        assert client.ask("GET", "/health", headers={"Host": "blue.example"}).status == 200
        set_port(folder, port)
        told = json.loads(ask("status", str(folder), "--json").stdout)
        assert told["party"] == "blue"
        assert set(told["certificates"]) == {"authority", "server", "client"}
        with pytest.raises(NodeError, match="Another process has this node open"):
            ask("run", str(folder))
    with pytest.raises(NodeError, match="Start it with skyaccord node run"):
        ask("status", str(folder))
    node = open_node(Folder(folder), NOW_S)
    deeds = [each.deed for each in read_audit(node.store)]
    node.close()
    assert deeds == ["node.stopped", "session.begun", "node.started", "person.added", "node.made"]


def set_port(folder: Path, port: int) -> None:
    path = folder / "node.toml"
    path.write_text(path.read_text().replace("port = 0", f"port = {port}", 1))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_node_that_was_interrupted_or_killed_runs_again(tmp_path: Path, end: signal.Signals) -> None:
    init(tmp_path / "blue", *ANY_PORT)
    with process(tmp_path / "blue", end):
        pass
    with process(tmp_path / "blue") as where:
        client = Client(port_of(where["people"]), str(tmp_path / "blue" / "tls" / "authority.pem"))
        assert client.ask("GET", "/health").json["party"] == "blue"


def test_a_node_may_lie_in_postgresql(tmp_path: Path, postgresql: Server) -> None:
    url = postgresql.fresh()
    init(tmp_path / "blue", "--store", url, *ANY_PORT)
    assert not (tmp_path / "blue" / "node.sqlite").exists()
    with process(tmp_path / "blue") as where:
        client = Client(port_of(where["people"]), str(tmp_path / "blue" / "tls" / "authority.pem"))
        assert client.ask("GET", "/health").status == 200
    with pytest.raises(NodeError, match="a node has its people there already"):
        init(tmp_path / "other", "--store", url)
    assert list((tmp_path / "other").iterdir()) == []


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    init(tmp_path / "blue", *ANY_PORT)
    init(tmp_path / "green", *ANY_PORT)
    with process(tmp_path / "blue") as where:
        set_port(tmp_path / "green", port_of(where["people"]))
        with pytest.raises(NodeError, match=r"Address already in use.*\[people\] in node\.toml"):
            ask("run", str(tmp_path / "green"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--party", "Blue"], "--party: 'Blue' came. Expected a name such as blue"),
        (["--party", "blue", "--administrator", "A"], "--administrator: 'A' came"),
        (["--party", "blue", "--host", "a b"], "--host: 'a b' came"),
        (["--party", "blue", "--address", "localhost"], "--address: 'localhost' came"),
        (["--party", "blue", "--store", "mysql://x"], "--store: 'this' came. Expected a URL"),
        (["--party", "blue", "--store", "postgresql://x:y@127.0.0.1:1/z"], "Start the server"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_left(tmp_path: Path, words: list[str], message: str) -> None:
    with pytest.raises(NodeError, match=message):
        ask("init", str(tmp_path / "blue"), *words)
    assert not (tmp_path / "blue").exists() or list((tmp_path / "blue").iterdir()) == []


def test_a_node_is_not_made_over_another(tmp_path: Path) -> None:
    init(tmp_path / "blue")
    before = (tmp_path / "blue" / "secret.key").read_bytes()
    with pytest.raises(ConfigurationError, match="something is in it already"):
        init(tmp_path / "blue")
    assert (tmp_path / "blue" / "secret.key").read_bytes() == before


def test_a_store_without_its_key_is_refused(tmp_path: Path) -> None:
    init(tmp_path / "blue")
    os.truncate(tmp_path / "blue" / "secret.key", 8)
    with pytest.raises(ConfigurationError, match="Take it from a backup"):
        ask("run", str(tmp_path / "blue"))


def test_the_configuration_that_init_writes_listens_on_loopback(tmp_path: Path) -> None:
    init(tmp_path / "blue")
    made = read_configuration(tmp_path / "blue" / "node.toml")
    assert {made.people.address, made.peers.address} == {"127.0.0.1"}


def test_misuse_is_told_from_failure() -> None:
    assert CliRunner().invoke(app, ["node", "init", "x"]).exit_code == 2
    assert CliRunner().invoke(app, ["node", "init", "x", "--party", "b", "--people-port", "70000"]).exit_code == 2


@pytest.mark.parametrize("command", ["init", "run", "status"])
def test_help_has_examples(command: str) -> None:
    shown = ask(command, "--help").stdout
    assert f"skyaccord node {command} " in shown.split("Examples:")[1]


def test_without_a_passphrase_or_with_a_short_one_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["node", "init", str(tmp_path / "blue"), "--party", "blue"]
    monkeypatch.setenv("SKYACCORD_PASSPHRASE", "short")
    with pytest.raises(PassphraseError, match="12 or more"):
        CliRunner().invoke(app, words, catch_exceptions=False)
    monkeypatch.delenv("SKYACCORD_PASSPHRASE")
    with pytest.raises(PassphraseError, match="nobody to ask"):
        CliRunner().invoke(app, words, catch_exceptions=False)
    assert not (tmp_path / "blue").exists()


def test_a_passphrase_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SKYACCORD_PASSPHRASE")
    (tmp_path / "words").write_text("seven swans upon the lake\nand nothing else\n")
    init(tmp_path / "blue", "--passphrase-file", str(tmp_path / "words"), *ANY_PORT)
    assert set(open_keys(Folder(tmp_path / "blue"), "seven swans upon the lake").duties) == {
        "duty officer",
        "supervisor",
    }


SERVERS = {"psycopg", "starlette", "uvicorn"}


@pytest.mark.parametrize(
    ("imported", "not_loaded"),
    [
        ("skyaccord.cli.main, skyaccord.rules.judge", SERVERS | {"cryptography", "msgspec", "sqlite3"}),
        ("skyaccord.cli.node", SERVERS),
    ],
)
def test_a_command_loads_what_it_needs(imported: str, not_loaded: set[str]) -> None:
    program = f"import sys, {imported}; print(sorted(set({sorted(not_loaded)}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
