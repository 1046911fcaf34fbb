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
from skyaccord.node.line.delivery import Answer, Delivery, read_answer, read_delivery
from skyaccord.node.line.entries import EntriesRequest, StreamPart, read_entries_request, read_stream_part
from skyaccord.node.line.head import LogHead, ask_head, read_head, read_head_request
from skyaccord.node.line.proof import ProofRequest, read_proof, read_proof_request, write_proof
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.reasons import Reason
from skyaccord.web.cookie import COOKIE, TOKEN, shown_token
from skyaccord.web.people_routes import PEOPLE_ROUTES
from skyaccord.web.session_routes import SESSION_ROUTES
from tests.node.authority.parties import der, party, request

Target = Callable[[bytes], bool]
_PARCEL: Final = Parcel(b'{"kind":"talk.note"}', b'{"text":"x"}', bytes(32))
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


def _delivery(data: bytes) -> None:
    """What was read whole is written as it came."""
    delivery = read_delivery(data)
    if all(isinstance(each, Parcel) for each in delivery.parcels):
        assert delivery.packed() == data


def _head(data: bytes) -> None:
    assert read_head(data).packed() == data.split(b"\n", 1)[0]


def _questions(data: bytes) -> bool:
    taken = False
    for read in (read_head_request, read_proof_request, read_entries_request, read_proof):
        try:
            read(data)
            taken = True
        except SkyaccordError:
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
    "line: batch of parcels": _refusing(_delivery),
    "line: answer to a batch": _refusing(read_answer),
    "line: head of a log": _refusing(_head),
    "line: questions": _questions,
    "line: part of a stream": _refusing(read_stream_part),
}
"""Fuzz targets by the name of what is decoded."""


def _toml() -> list[bytes]:
    listener = Listener("127.0.0.1", 8443)
    made = [Configuration("blue", ("localhost",), listener, listener, url) for url in (None, "postgresql:///x")]
    return [write_configuration(each).encode() for each in made]


def _json_bodies() -> list[bytes]:
    bodies: list[dict[str, object]] = [
        {"name": "north_desk", "password": "x", "code": "123456"},
        {"password": "x", "code": "123456"},
        {"present": "x", "code": "123456", "password": "y"},
        {"name": "north_desk", "duty": "north", "role": "observer"},
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
    "line: batch of parcels": lambda: [Delivery(7, (_PARCEL, _PARCEL)).packed(), Delivery(0, ()).packed()],
    "line: answer to a batch": lambda: [
        Answer((_PARCEL, None), None, 9, (bytes(32),), 1.5e9, 1.5e9).packed(),
        Answer((), Refused(Reason.GAP, "number 3 comes first"), 3, (), 1.5e9, 1.5e9).packed(),
    ],
    "line: head of a log": lambda: [
        LogHead(b"note\n", None, "", 3, bytes(32), 2, 1, True, False, 1.5e9, 1.5e9).packed()
    ],
    "line: questions": lambda: [
        ask_head(),
        ProofRequest(3, 9).packed(),
        EntriesRequest("blue", 4, 64).packed(),
        write_proof((bytes(32), bytes(32))),
    ],
    "line: part of a stream": lambda: [StreamPart((_PARCEL,), 7).packed()],
    "session cookie": lambda: [f"{COOKIE}={'A' * 43}".encode(), f"x=y; {COOKIE}={'b' * 43}; z".encode()],
}
"""Sound bytes of each."""
