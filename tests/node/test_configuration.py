"""node.toml is read strictly, and the folder is the owner's alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from skyaccord.errors import ConfigurationError
from skyaccord.node.configuration import Configuration, Listener, read_configuration, write_configuration
from skyaccord.node.folder import Folder, write_private

PLAIN = Configuration(
    "blue", ("localhost", "192.0.2.7"), Listener("127.0.0.1", 8443), Listener("::1", 8444), "postgresql:///x"
)
LEAST = '[node]\nparty = "blue"\nhosts = ["localhost"]\n'


def read(tmp_path: Path, text: str) -> Configuration:
    path = tmp_path / "node.toml"
    path.write_text(text)
    return read_configuration(path)


@pytest.mark.parametrize("url", ["postgresql:///x", None])
def test_what_is_written_is_read_back(tmp_path: Path, url: str | None) -> None:
    wanted = Configuration(PLAIN.party, PLAIN.hosts, PLAIN.people, PLAIN.peers, url)
    assert read(tmp_path, write_configuration(wanted)) == wanted


def test_listeners_are_on_loopback_unless_the_owner_says_otherwise(tmp_path: Path) -> None:
    found = read(tmp_path, LEAST)
    assert (found.people, found.peers) == (Listener("127.0.0.1", 8443), Listener("127.0.0.1", 8444))
    assert found.store_url is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"\[node\] party: it is missing"),
        ("[node", "it is no TOML"),
        (LEAST + 'partys = "x"', r"\[node\] partys: there is no such setting. Did you mean 'party'\?"),
        (LEAST + "[weather]", "weather: there is no such setting. Known here: node, people, peers, store"),
        ("node = 3", r"node: it is no table. Write \[node\]"),
        ('[node]\nparty = "Blue"\nhosts = ["x"]', "party: 'Blue' came. Expected a name such as blue"),
        ('[node]\nparty = "../blue"\nhosts = ["x"]', "party: '../blue' came"),
        ('[node]\nparty = "blue"\nhosts = []', r"hosts: \[\] came"),
        ('[node]\nparty = "blue"\nhosts = ["a b"]', r"hosts: \['a b'\] came"),
        (LEAST + "[people]\nport = 65536", "port: 65536 came. Expected a port"),
        (LEAST + "[people]\nport = true", "port: True came"),
        (LEAST + '[peers]\naddress = "localhost"', "address: 'localhost' came. Expected an IP address"),
        (LEAST + '[store]\nurl = "mysql://root:secret@x/y"', "url: another kind of value came. Expected a URL"),
    ],
)
def test_refusals_say_place_and_cure(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as refused:
        read(tmp_path, text)
    assert str(tmp_path / "node.toml") in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_configuration(tmp_path / "gone.toml")
    (tmp_path / "node.toml").write_bytes(b"#" * 70_000)
    with pytest.raises(ConfigurationError, match="longer than"):
        read_configuration(tmp_path / "node.toml")
    (tmp_path / "node.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigurationError, match="no TOML"):
        read_configuration(tmp_path / "node.toml")


def test_a_folder_is_made_for_the_owner_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "new" / "blue")
    folder.make()
    write_private(folder.configuration, LEAST.encode())
    assert {stat.S_IMODE(each.stat().st_mode) for each in (folder.path, folder.tls, folder.peers)} == {0o700}
    assert stat.S_IMODE(folder.configuration.stat().st_mode) == 0o600
    folder.check()


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("x")
    with pytest.raises(ConfigurationError, match="Name an empty or a new folder"):
        Folder(tmp_path).make()


def test_a_folder_that_others_can_reach_is_refused_with_the_command(folder: Folder) -> None:
    write_private(folder.configuration, LEAST.encode())
    folder.configuration.chmod(0o640)
    with pytest.raises(ConfigurationError, match=r"mode 0640.*chmod 600 .*node\.toml"):
        folder.check()
    folder.configuration.chmod(0o600)
    folder.tls.chmod(0o755)
    with pytest.raises(ConfigurationError, match=r"chmod 700 .*tls"):
        folder.check()


def test_a_folder_without_a_node_is_refused_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="skyaccord node init"):
        Folder(tmp_path).check()


def test_a_file_is_replaced_as_a_whole(folder: Folder) -> None:
    write_private(folder.secret, b"one")
    write_private(folder.secret, b"two")
    assert folder.secret.read_bytes() == b"two"
    assert [each.name for each in folder.path.iterdir() if each.is_file()] == ["secret.key"]
