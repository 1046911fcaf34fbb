"""``skyaccord node``: make a node, run it, ask it how it is."""

from __future__ import annotations

import asyncio
import http.client
import json
import logging
import signal
import ssl
import sys
import time
from pathlib import Path
from typing import Any, Final

from skyaccord.errors import ConfigurationError, NodeError
from skyaccord.model.instants import format_instant
from skyaccord.node.authority.certificates import fingerprint, spoken
from skyaccord.node.authority.own_files import AUTHORITY, CLIENT, SERVER, open_own_files
from skyaccord.node.configuration import (
    Configuration,
    Listener,
    is_address,
    is_host,
    is_party,
    is_store_url,
    read_configuration,
)
from skyaccord.node.folder import Folder
from skyaccord.node.node import make_node, open_node
from skyaccord.node.people.person import NAME

WAIT_S: Final = 5.0
"""For a running node to answer."""


def init(
    folder: Path,
    party: str,
    administrator: str,
    hosts: list[str],
    address: str,
    ports: tuple[int, int],
    store: str | None,
    *,
    as_json: bool,
) -> None:
    """Make a node in a new folder and print what its administrator needs first.

    Args:
        folder: a new or empty one.
        party: whose node it is.
        administrator: the first person's name.
        hosts: names and addresses under which the node is reached.
        address: where both listeners listen.
        ports: for people, and for peers.
        store: URL of a PostgreSQL database, or ``None``.
        as_json: print one JSON object.
    """
    _check(party, is_party(party), "--party", "a name such as blue: small letters, digits and hyphens")
    _check(administrator, bool(NAME.fullmatch(administrator)), "--administrator", "a name such as anna.k")
    for host in hosts:
        _check(host, is_host(host), "--host", "a name or address such as blue.example or 192.0.2.7")
    _check(address, is_address(address), "--address", "an IP address of this machine")
    _check("this", store is None or is_store_url(store), "--store", "a URL such as postgresql:///skyaccord")
    names = tuple(dict.fromkeys((*hosts, "localhost", "127.0.0.1", "::1")))
    listeners = Listener(address, ports[0]), Listener(address, ports[1])
    place = Folder(folder.absolute())
    node, given = make_node(place, Configuration(party, names, *listeners, store), administrator, time.time())
    digits = fingerprint(node.files.authority.certificate)
    node.close()
    answer = {
        "folder": str(folder),
        "party": party,
        "authority": digits,
        "administrator": administrator,
        "one_time_password": given.password,
        "until": format_instant(given.until_s),
    }
    _print(answer, as_json, [
        f"{folder}: a node of {party}",
        f"authority         {spoken(digits)}",
        f"administrator     {administrator}",
        f"one-time password {given.password}  (shown once, good until {answer['until']})",
        f"next              skyaccord node run {folder}",
    ])  # fmt: skip


def run(folder: Path, *, as_json: bool) -> None:
    """Serve both listeners until the process is told to end; prints where they are once they are open."""
    from skyaccord.web.run_node import Running, run_node  # loads the web server

    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # what strangers send must not fill the log
    node = open_node(Folder(folder.absolute()), time.time())

    def tell(running: Running) -> None:
        where = {
            name: f"https://{_host(each)}" for name, each in (("people", running.people), ("peers", running.peers))
        }
        _print(where, as_json, [f"{name:6} {url}" for name, url in where.items()])
        sys.stdout.flush()

    async def serve() -> None:
        end = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, end.set)
        await run_node(node, time.time, end, tell)

    try:
        asyncio.run(serve())
    finally:
        node.close()


def status(folder: Path, *, as_json: bool) -> None:
    """Ask the running node how it is, and say when its certificates end."""
    place = Folder(folder.absolute())
    place.check()
    configuration = read_configuration(place.configuration)
    files = open_own_files(place, configuration.party)
    health = _ask(configuration, files.path(AUTHORITY))
    ends = {
        name: format_instant(files.certificate(name).not_valid_after_utc.timestamp())
        for name in (AUTHORITY, SERVER, CLIENT)
    }
    answer = {"party": health["party"], "time": health["time"], "certificates": ends}
    lines = [f"{health['party']}: answers, its clock says {health['time']}"]
    _print(answer, as_json, [*lines, *(f"{name:9} certificate until {until}" for name, until in ends.items())])


def _ask(configuration: Configuration, authority: Path) -> dict[str, Any]:
    listener = configuration.people
    context = ssl.create_default_context(cafile=str(authority))
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False  # the authority is the node's own, and vouches for nobody else's server
    line = http.client.HTTPSConnection(listener.address, listener.port, context=context, timeout=WAIT_S)
    place = f"https://{listener.address}:{listener.port}"
    try:
        line.request("GET", "/health", headers={"Host": "localhost"})
        answer = line.getresponse()
        content = json.loads(answer.read(65_536))
        if answer.status != 200 or content["party"] != configuration.party:
            raise ValueError(answer.status)
        return dict(content)
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
        cure = "Start it with skyaccord node run, or look at what it wrote"
        raise NodeError(place, f"the node does not answer ({error})", cure) from None
    finally:
        line.close()


def _host(listening: Any) -> str:
    address = f"[{listening.address}]" if ":" in listening.address else listening.address
    return f"{address}:{listening.port}"


def _check(value: str, is_right: bool, place: str, expected: str) -> None:
    if not is_right:
        raise ConfigurationError(place, f"{value!r} came", f"Expected {expected}")


def _print(answer: dict[str, Any], as_json: bool, lines: list[str]) -> None:
    print(json.dumps(answer, indent=1) if as_json else "\n".join(lines))
