"""``skyaccord node``: make a node, run it, ask it how it is."""

from __future__ import annotations

import asyncio
import gc
import http.client
import json
import logging
import signal
import ssl
import sys
import time
from pathlib import Path
from typing import Any, Final

from skyaccord.cli.hotline_words import say_lines
from skyaccord.cli.owner_call import OwnerCall
from skyaccord.cli.passphrase import find_passphrase
from skyaccord.errors import ConfigurationError, NodeError
from skyaccord.memorandum.presets import preset
from skyaccord.model.instants import format_instant
from skyaccord.node.authority.certificates import fingerprint, spoken
from skyaccord.node.authority.own_files import AUTHORITY, CLIENT, SERVER, open_own_files
from skyaccord.node.configuration import (
    Configuration,
    LineSettings,
    Listener,
    are_duties,
    is_address,
    is_host,
    is_party,
    is_store_url,
    read_configuration,
)
from skyaccord.node.folder import Folder
from skyaccord.node.identity.keys import make_keys
from skyaccord.node.identity.party import introduce_self, read_memoranda
from skyaccord.node.node import make_node, open_node
from skyaccord.node.people.person import NAME

ADD: Final = "skyaccord node peer add {} THEIR-introduction.json"

POLL_S: Final = 0.5
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
    speaking: LineSettings,
    passphrase_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Make a node in a new folder with its party's keys, and print what its administrator needs first.

    Args:
        folder: a new or empty one.
        party: whose node it is.
        administrator: the first person's name.
        hosts: names and addresses under which the node is reached.
        address: where both listeners listen.
        ports: for people, and for peers.
        store: URL of a PostgreSQL database, or ``None``.
        speaking: the preset, and the duties that speak for the party.
        passphrase_file: that holds the passphrase of the keys.
        as_json: print one JSON object.
    """
    _check(party, is_party(party), "--party", "a name such as blue: small letters, digits and hyphens")
    _check(administrator, bool(NAME.fullmatch(administrator)), "--administrator", "a name such as north.1")
    for host in hosts:
        _check(host, is_host(host), "--host", "a name or address such as blue.example or 192.0.2.7")
    _check(address, is_address(address), "--address", "an IP address of this machine")
    _check("this", store is None or is_store_url(store), "--store", "a URL such as postgresql:///skyaccord")
    duties = ", ".join(speaking.duties)
    _check(duties, are_duties(list(speaking.duties)), "--duty", "different duties, in letters A to Z and digits")
    preset(speaking.preset)  # refuses one that is none, before anything is made
    passphrase = find_passphrase(passphrase_file, is_new=True)
    names = tuple(dict.fromkeys((*hosts, "localhost", "127.0.0.1", "::1")))
    listeners = Listener(address, ports[0]), Listener(address, ports[1])
    place = Folder(folder.absolute())
    configuration = Configuration(party, names, *listeners, store, speaking)
    now_s = time.time()
    node, given = make_node(place, configuration, administrator, now_s)
    try:
        root = make_keys(place, speaking.duties, passphrase, now_s)
        introduction = introduce_self(node, root, speaking.preset, now_s)
    except BaseException:
        place.unmake()
        raise
    finally:
        node.close()
    digits = fingerprint(node.files.authority.certificate)
    answer = {
        "folder": str(folder),
        "party": party,
        "authority": digits,
        "administrator": administrator,
        "one_time_password": given.password,
        "until": format_instant(given.until_s),
        "root": introduction.root_fingerprint,
        "code": introduction.code,
        "introduction": str(folder / place.introduction.name),
    }
    _print(answer, as_json, [
        f"{folder}: a node of {party}",
        f"authority         {spoken(digits)}",
        f"administrator     {administrator}",
        f"one-time password {given.password}  (shown once, good until {answer['until']})",
        f"root's code       {introduction.code}",
        f"give to the peer  {answer['introduction']}; then both compare codes by voice (skyaccord node code {folder})",
        f"next              skyaccord node peer add {folder} THEIR-introduction.json",
    ])  # fmt: skip


def run(folder: Path, passphrase_file: Path | None, *, as_json: bool) -> None:
    """Serve both listeners and the line until the process is told to end; prints where they are once they are open."""
    from skyaccord.node.identity.open import open_to_speak
    from skyaccord.web.run_node import Running, run_node  # loads the web server

    gc.enable()  # unlike a command that answers once, a node runs for months
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # what strangers send must not fill the log
    place = Folder(folder.absolute())
    place.check()
    speaks_with = tuple(read_memoranda(place))
    passphrase = find_passphrase(passphrase_file) if speaks_with else ""
    node = open_node(place, time.time())
    opened = open_to_speak(node, passphrase, time.time) if speaks_with else None

    def tell(running: Running) -> None:
        where = {
            name: f"https://{_host(each)}" for name, each in (("people", running.people), ("peers", running.peers))
        }
        lines = [f"{name:6} {url}" for name, url in where.items()]
        lines.append(f"speaks with {', '.join(speaks_with)}" if speaks_with else f"no peer yet: {ADD.format(folder)}")
        _print({**where, "speaks_with": list(speaks_with)}, as_json, lines)
        sys.stdout.flush()

    async def serve() -> None:
        end = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, end.set)
        await run_node(node, time.time, end, tell, speaks=opened)

    try:
        asyncio.run(serve())
    finally:
        node.close()


def status(folder: Path, wait_s: float, *, as_json: bool) -> None:
    """Ask the running node how it is, and say when its certificates end."""
    place = Folder(folder.absolute())
    place.check()
    configuration = read_configuration(place.configuration)
    files = open_own_files(place, configuration.party)
    end_s = time.monotonic() + wait_s
    while True:
        try:
            health = _ask(configuration, files.path(AUTHORITY))
            break
        except NodeError:
            if time.monotonic() >= end_s:
                raise
            time.sleep(POLL_S)
    ends = {
        name: format_instant(files.certificate(name).not_valid_after_utc.timestamp())
        for name in (AUTHORITY, SERVER, CLIENT)
    }
    answer: dict[str, Any] = {"party": health["party"], "time": health["time"], "certificates": ends}
    lines = [f"{health['party']}: answers, its clock says {health['time']}"]
    if place.socket.exists():
        inbox = OwnerCall(folder).get("/hotline/inbox")
        answer |= {"lines": inbox["lines"], "trouble": inbox["trouble"]}
        lines += list(say_lines(inbox))
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
