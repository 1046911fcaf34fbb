"""Mutual TLS over real sockets: who gets through to the listener for peers, and who is cut."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from skyaccord.node.authority.certificates import Bearer, issue_client, issue_node, issue_server, pem
from skyaccord.node.authority.judge import Reason
from skyaccord.node.authority.line import calling_line
from skyaccord.node.authority.own_files import OwnFiles, revoke
from skyaccord.node.authority.peer_card import own_card, pin
from tests.node.authority.parties import DAY_S, HOSTS, party
from tests.web.house import SOMEWHERE, WAIT_S, House, make_house_node, open_house

REFUSED = (ssl.SSLError, ConnectionError, http.client.RemoteDisconnected)


@dataclass
class Meeting:
    """A node of blue that runs, and the parties that call it."""

    blue: House
    green: OwnFiles
    red: OwnFiles
    stranger: OwnFiles


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    folder = tmp_path_factory.mktemp("meeting")
    green, red = (party(folder, name, time.time()) for name in ("green", "red"))
    stranger = party(folder, "green", time.time(), "stranger")
    with open_house(make_house_node(folder), [green, red]) as house:
        yield Meeting(house, green, red, stranger)


def ask(meeting: Meeting, context: ssl.SSLContext, headers: dict[str, str] | None = None, path: str = "/health") -> Any:
    port = meeting.blue.running.peers.port
    line = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=WAIT_S)
    try:
        line.request("GET", path, headers=headers or {})
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        line.close()


def calling(meeting: Meeting, files: OwnFiles) -> ssl.SSLContext:
    return calling_line(files, meeting.blue.node.files.authority.certificate)


def with_certificate(meeting: Meeting, tmp_path: Path, certificate: str, key: Any) -> ssl.SSLContext:
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "shown.pem").write_text(certificate)
    (tmp_path / "shown.key").write_bytes(key.private_bytes(*form))
    context = ssl.create_default_context(cafile=meeting.blue.authority)
    context.load_cert_chain(tmp_path / "shown.pem", tmp_path / "shown.key")
    return context


def count(meeting: Meeting, reason: Reason) -> int:
    return meeting.blue.node.refused[reason]


def test_a_pinned_peer_is_let_in_under_its_own_name(meeting: Meeting) -> None:
    for files, name in ((meeting.green, "green"), (meeting.red, "red")):
        status, answer = ask(meeting, calling(meeting, files))
        assert (status, answer["party"], answer["caller"]) == (200, "blue", name)


def test_the_line_is_tls_1_3_and_nothing_older(meeting: Meeting) -> None:
    older = calling(meeting, meeting.green)
    older.minimum_version = ssl.TLSVersion.TLSv1_2
    older.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(REFUSED):
        ask(meeting, older)


def test_without_a_certificate_nothing_is_answered(meeting: Meeting) -> None:
    with pytest.raises(REFUSED):
        ask(meeting, ssl.create_default_context(cafile=meeting.blue.authority))


def test_another_authority_of_the_same_name_is_cut(meeting: Meeting) -> None:
    with pytest.raises(REFUSED):
        ask(meeting, calling(meeting, meeting.stranger))


def test_the_nodes_own_authority_is_no_peers(meeting: Meeting) -> None:
    with pytest.raises(REFUSED):
        ask(meeting, calling(meeting, meeting.blue.node.files))


@pytest.mark.parametrize("days", [-100.0, 5.0])
def test_an_expired_certificate_or_one_of_the_future_is_cut(meeting: Meeting, tmp_path: Path, days: float) -> None:
    issued = issue_node(meeting.green.authority, time.time() + days * DAY_S)
    with pytest.raises(REFUSED):
        ask(meeting, with_certificate(meeting, tmp_path, pem(issued.certificate), issued.key))


def test_a_persons_certificate_of_a_pinned_party_is_cut(meeting: Meeting, tmp_path: Path) -> None:
    key, before = ec.generate_private_key(ec.SECP256R1()), count(meeting, Reason.WRONG_PURPOSE)
    made = issue_client(meeting.green.authority, key.public_key(), Bearer("green", "north_desk"), time.time())
    with pytest.raises(REFUSED):
        ask(meeting, with_certificate(meeting, tmp_path, pem(made), key))
    assert count(meeting, Reason.WRONG_PURPOSE) == before + 1


def test_a_servers_certificate_is_cut(meeting: Meeting, tmp_path: Path) -> None:
    issued = issue_server(meeting.green.authority, HOSTS, time.time())
    with pytest.raises(REFUSED):
        ask(meeting, with_certificate(meeting, tmp_path, pem(issued.certificate), issued.key))


def test_a_pinned_authority_cannot_pose_as_another_party(meeting: Meeting, tmp_path: Path) -> None:
    key, before = ec.generate_private_key(ec.SECP256R1()), count(meeting, Reason.WRONG_NAME)
    made = issue_client(meeting.red.authority, key.public_key(), Bearer("green", None), time.time())
    with pytest.raises(REFUSED):
        ask(meeting, with_certificate(meeting, tmp_path, pem(made), key))
    assert count(meeting, Reason.WRONG_NAME) == before + 1


def test_no_header_makes_one_peer_another(meeting: Meeting) -> None:
    text = pem(meeting.red.certificate("client")).replace("\n", "%0A")
    names = ("X-Client-Cert", "X-SSL-Client-Cert", "X-Forwarded-Client-Cert", "Client-Cert", "X-Party", "X-Caller")
    status, answer = ask(meeting, calling(meeting, meeting.green), dict.fromkeys(names, text))
    assert (status, answer["caller"]) == (200, "green")


def test_the_list_of_what_is_revoked_can_be_had(meeting: Meeting) -> None:
    status, answer = ask(meeting, calling(meeting, meeting.green), path="/revocations")
    assert status == 200
    assert answer["revocations"] == pem(meeting.blue.node.files.revocations)


def test_a_revoked_certificate_is_cut_and_one_on_an_open_connection_too(tmp_path: Path) -> None:
    green = party(tmp_path, "green", time.time())
    with open_house(make_house_node(tmp_path), [green]) as house:
        meeting = Meeting(house, green, green, green)
        context = calling(meeting, green)
        line = http.client.HTTPSConnection("127.0.0.1", house.running.peers.port, context=context, timeout=WAIT_S)
        line.request("GET", "/health")
        assert json.loads(line.getresponse().read())["caller"] == "green"
        taken_back = revoke(green, frozenset({green.certificate("client").serial_number}), time.time())
        pin(house.node.folder, own_card(taken_back, SOMEWHERE), None)
        house.node.keep_house(time.time())
        line.request("GET", "/health")
        answer = line.getresponse()
        assert answer.status == 403
        assert b"revoked" in answer.read()
        line.close()
        with pytest.raises(REFUSED):
            ask(meeting, context)
        assert house.node.refused[Reason.REVOKED] == 2


def test_an_old_list_of_what_is_revoked_still_lets_peers_in(meeting: Meeting) -> None:
    """After its thirty days a list says less than a new one would; cutting the line would say nothing at all."""
    meeting.blue.clock.ahead_s = 45 * DAY_S
    try:
        assert ask(meeting, calling(meeting, meeting.green))[0] == 200
    finally:
        meeting.blue.clock.ahead_s = 0.0


def test_an_authority_that_is_no_longer_pinned_is_refused_at_once(tmp_path: Path) -> None:
    green = party(tmp_path, "green", time.time())
    with open_house(make_house_node(tmp_path), [green]) as house:
        meeting = Meeting(house, green, green, green)
        assert ask(meeting, calling(meeting, green))[0] == 200
        (house.node.folder.peers / "green.json").unlink()
        house.node.keep_house(time.time())
        with pytest.raises(REFUSED):
            ask(meeting, calling(meeting, green))


def test_a_caller_does_not_believe_another_node(meeting: Meeting) -> None:
    wrong = calling_line(meeting.green, meeting.stranger.authority.certificate)
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(meeting, wrong)


def test_a_connection_is_not_resumed_without_its_key(meeting: Meeting) -> None:
    context = calling(meeting, meeting.green)
    port = meeting.blue.running.peers.port
    line = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=WAIT_S)
    line.request("GET", "/health")
    line.getresponse().read()
    assert isinstance(line.sock, ssl.SSLSocket)
    assert line.sock.session is None or not line.sock.session.has_ticket
    line.close()
