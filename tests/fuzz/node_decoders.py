"""Fuzz targets for what reaches a node from outside: cards, certificates, requests of certificates, bodies, cookies."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from skyaccord.errors import SkyaccordError
from skyaccord.node.authority.certificate_request import key_of_request
from skyaccord.node.authority.judge import Believed, judge
from skyaccord.node.authority.own_files import OwnFiles
from skyaccord.node.authority.peer_card import own_card, read_card, write_card
from skyaccord.node.configuration import Configuration, Listener, parse_configuration, write_configuration
from skyaccord.web.cookie import COOKIE, TOKEN, shown_token
from skyaccord.web.people_routes import PEOPLE_ROUTES
from skyaccord.web.session_routes import SESSION_ROUTES
from tests.node.authority.parties import der, party, request

Target = Callable[[bytes], bool]
_BODIES: Final = [msgspec.json.Decoder(route.takes) for route in (*SESSION_ROUTES, *PEOPLE_ROUTES) if route.takes]


@cache
def _green() -> OwnFiles:
    return party(Path(tempfile.mkdtemp()), "green", time.time())


@cache
def _request() -> bytes:
    return request().encode()


def _refusing(decode: Callable[[bytes], object]) -> Target:
    def target(data: bytes) -> bool:
        try:
            decode(data)
        except SkyaccordError:
            return False
        return True

    return target


def _configuration(data: bytes) -> None:
    found = parse_configuration(data, "node.toml")
    written = write_configuration(found)
    if not (found.store_url and '"' in found.store_url):
        assert parse_configuration(written.encode("utf-8"), "again") == found


def _certificate(data: bytes) -> bool:
    judged = judge(data, (_green().pinned(),), time.time())
    if isinstance(judged, Believed):
        assert data == der(_green().certificate("client"))
    return isinstance(judged, Believed)


def _card(data: bytes) -> None:
    card = read_card(data, "card")
    assert read_card(write_card(card), "again") == card


def _body(data: bytes) -> bool:
    taken = False
    for decoder in _BODIES:
        try:
            decoder.decode(data)
            taken = True
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
    return taken


def _cookie(data: bytes) -> bool:
    token = shown_token([data.decode("latin-1")])
    assert token is None or TOKEN.fullmatch(token)
    return token is not None


NODE_DECODERS: Final[dict[str, Target]] = {
    "configuration of a node": _refusing(_configuration),
    "peer card": _refusing(_card),
    "client certificate": _certificate,
    "certificate request": _refusing(lambda data: key_of_request(data.decode("latin-1"))),
    "bodies of people's requests": _body,
    "session cookie": _cookie,
}
"""Fuzz targets by the name of what is decoded."""


def _toml() -> list[bytes]:
    listener = Listener("127.0.0.1", 8443)
    made = [Configuration("blue", ("localhost",), listener, listener, url) for url in (None, "postgresql:///x")]
    return [write_configuration(each).encode() for each in made]


def _json_bodies() -> list[bytes]:
    bodies: list[dict[str, object]] = [
        {"name": "anna", "password": "x", "code": "123456"},
        {"password": "x", "code": "123456"},
        {"present": "x", "code": "123456", "password": "y"},
        {"name": "anna", "duty": "north", "role": "observer"},
        {"duty": None, "is_active": False},
        {"request": "-----BEGIN"},
    ]
    return [json.dumps(each).encode() for each in bodies]


NODE_SEEDS: Final[dict[str, Callable[[], list[bytes]]]] = {
    "configuration of a node": _toml,
    "peer card": lambda: [write_card(own_card(_green(), "https://192.0.2.9:8444"))],
    "client certificate": lambda: [der(_green().certificate(name)) for name in ("client", "server", "authority")],
    "certificate request": lambda: [_request()],
    "bodies of people's requests": _json_bodies,
    "session cookie": lambda: [f"{COOKIE}={'A' * 43}".encode(), f"x=y; {COOKIE}={'b' * 43}; z".encode()],
}
"""Sound bytes of each."""
