"""A node's configuration: ``node.toml`` in its folder, read strictly.

A name that is no setting is refused, with the nearest that is one.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from skyaccord.errors import ConfigurationError
from skyaccord.memorandum.presets import preset_names
from skyaccord.node.folder import read_private
from skyaccord.trust.members import DUTY

PARTY: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")
"""A party's name, as in a memorandum: it stands in certificates, cards and the names of files."""

HOST: Final = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
MOST_BYTES: Final = 64 * 1024
PEOPLE_PORT: Final = 8443
PEERS_PORT: Final = 8444
"""Unprivileged ports beside each other; nothing is registered for them that a node would run."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Where one of the two listeners listens."""

    address: str
    """An IP address of this machine; loopback unless the owner says otherwise."""

    port: int
    """0 lets the system choose one, which is for tests."""


DUTIES: Final = ("duty officer", "supervisor")
"""Who speaks for a party where its owner names nobody else."""

PRESET: Final = "syria-2015-public-outline"
"""By whose communications the bootstrap memorandum is made where the owner names no other."""


@dataclass(frozen=True, slots=True)
class LineSettings:
    """What the owner decides about the ground line; read when the node is made and when it starts."""

    preset: str = PRESET
    duties: tuple[str, ...] = DUTIES


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the owner of a node decides."""

    party: str
    hosts: tuple[str, ...]
    """Names and addresses under which the node is reached; its certificate bears them, other Hosts are refused."""

    people: Listener
    peers: Listener
    store_url: str | None
    """``postgresql://…``, or ``None`` for the SQLite file in the folder."""

    line: LineSettings = LineSettings()


def read_configuration(path: Path) -> Configuration:
    """Return the configuration in a file.

    Raises:
        ConfigurationError: with the place and the cure.
    """
    return parse_configuration(read_private(path, MOST_BYTES), str(path))


def parse_configuration(data: bytes, source: str) -> Configuration:
    """Return the configuration that octets of a file hold; errors as `read_configuration`."""
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(source, f"it is no TOML: {error}", "Mend it there") from None
    return _configuration(document, source)


def write_configuration(configuration: Configuration) -> str:
    """Return the text of ``node.toml``, with a line on each setting."""
    hosts = ", ".join(f'"{host}"' for host in configuration.hosts)
    duties = ", ".join(f'"{duty}"' for duty in configuration.line.duties)
    store = f'url = "{configuration.store_url}"' if configuration.store_url else '# url = "postgresql:///skyaccord"'
    return "\n".join(
        [
            "# A node of skyaccord. What each line means: docs/node.md.",
            "[node]",
            f'party = "{configuration.party}"',
            f"hosts = [{hosts}]",
            "",
            "[people]",
            f'address = "{configuration.people.address}"',
            f"port = {configuration.people.port}",
            "",
            "[peers]",
            f'address = "{configuration.peers.address}"',
            f"port = {configuration.peers.port}",
            "",
            "[store]",
            store,
            "",
            "[line]",
            f'preset = "{configuration.line.preset}"',
            f"duties = [{duties}]",
            "",
        ]
    )


def _configuration(document: Mapping[str, Any], source: str) -> Configuration:
    top = _Table(document, source, "", ("node", "people", "peers", "store", "line"))
    node = top.table("node", ("party", "hosts"))
    store = top.table("store", ("url",))
    return Configuration(
        party=node.value("party", is_party, "a name such as blue: small letters, digits and hyphens, at most 32"),
        hosts=tuple(node.value("hosts", _are_hosts, 'names and addresses, as ["blue.example", "192.0.2.7"]')),
        people=_listener(top.table("people", ("address", "port")), PEOPLE_PORT),
        peers=_listener(top.table("peers", ("address", "port")), PEERS_PORT),
        store_url=store.value("url", is_store_url, "a URL such as postgresql://node@localhost/skyaccord", None),
        line=_line(top.table("line", ("preset", "duties"))),
    )


def _line(table: _Table) -> LineSettings:
    return LineSettings(
        preset=table.value("preset", _is_preset, "the name of a preset: skyaccord memorandum list", PRESET),
        duties=tuple(table.value("duties", are_duties, 'different duties, as ["duty officer"]', list(DUTIES))),
    )


def _listener(table: _Table, port: int) -> Listener:
    return Listener(
        address=table.value("address", is_address, "an IP address of this machine", "127.0.0.1"),
        port=table.value("port", _is_port, "a port from 0 to 65535", port),
    )


def is_party(value: object) -> bool:
    """Return whether a value is a party's name."""
    return isinstance(value, str) and PARTY.fullmatch(value) is not None


def is_address(value: object) -> bool:
    """Return whether a value is the text of an IP address."""
    try:
        return isinstance(value, str) and ipaddress.ip_address(value) is not None
    except ValueError:
        return False


def is_host(value: object) -> bool:
    """Return whether a value is a host's name or address as it stands in a URL."""
    return is_address(value) or (isinstance(value, str) and HOST.fullmatch(value) is not None)


def is_store_url(value: object) -> bool:
    """Return whether a value names a PostgreSQL database."""
    try:
        return isinstance(value, str) and urlsplit(value).scheme in ("postgresql", "postgres")
    except ValueError:
        return False


def _are_hosts(value: object) -> bool:
    return isinstance(value, list) and 0 < len(value) <= 16 and all(is_host(each) for each in value)


def _is_preset(value: object) -> bool:
    return isinstance(value, str) and value in preset_names()


def are_duties(value: object) -> bool:
    """Return whether a value is a list of duties that keys can be made for."""
    if not isinstance(value, list) or not 0 < len(value) <= 16:
        return False
    are_texts = all(isinstance(each, str) and DUTY.fullmatch(each) for each in value)
    return are_texts and len({"".join(filter(str.isalnum, each.lower())) for each in value}) == len(value)


def _is_port(value: object) -> bool:
    return type(value) is int and 0 <= value <= 65535


_REQUIRED: Final = object()


class _Table:
    """A table of the document that refuses names it does not know."""

    def __init__(self, content: Mapping[str, Any], source: str, name: str, names: tuple[str, ...]) -> None:
        self._content = content
        self._source = source
        self._name = name
        for each in content:
            if each not in names:
                near = difflib.get_close_matches(each, names, 1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(names)}"
                raise ConfigurationError(self._place(each), "there is no such setting", hint)

    def table(self, name: str, names: tuple[str, ...]) -> _Table:
        """Return a table within; an absent one is empty."""
        content = self._content.get(name, {})
        if not isinstance(content, dict):
            raise ConfigurationError(self._place(name), "it is no table", f"Write [{name}]")
        return _Table(content, self._source, name, names)

    def value(self, name: str, is_right: Callable[[object], bool], expected: str, default: Any = _REQUIRED) -> Any:
        """Return a checked value, or its default."""
        if name not in self._content and default is not _REQUIRED:
            return default
        if name not in self._content:
            raise ConfigurationError(self._place(name), "it is missing", f"Write {expected}")
        value = self._content[name]
        if not is_right(value):
            came = "another kind of value came" if name == "url" else f"{value!r} came"  # a URL may hold a password
            raise ConfigurationError(self._place(name), came, f"Expected {expected}")
        return value

    def _place(self, name: str) -> str:
        return f"{self._source}: {f'[{self._name}] ' if self._name else ''}{name}"
