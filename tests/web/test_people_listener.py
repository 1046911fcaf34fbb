"""People over real sockets: signing in, floods, stolen sessions, forged pages, tricks with paths and bodies."""

from __future__ import annotations

import socket
import ssl
import time
from collections import Counter
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from skyaccord.node.authority.certificates import Bearer, issue_client, pem
from skyaccord.node.people.administration import give_certificate
from skyaccord.node.people.audit import LOCAL, NODE, Actor, read_audit
from skyaccord.node.people.one_time_code import code_at, step_at
from skyaccord.web.apps import PEOPLE_BYTES
from skyaccord.web.guards.bodies import MOST_S as BODY_S
from skyaccord.web.protocol import HEAD_S
from tests.node.authority.parties import request
from tests.node.people.cast import PASSWORD, code
from tests.web.house import WAIT_S, Client, House

WRONG = {"name": "observer", "password": "not the password", "code": "000000"}


def test_a_first_day(fresh: House) -> None:
    """An administrator opens an account; the person enrols, signs in, changes the password, signs out."""
    administrator = fresh.signed_in("administrator")
    opened = administrator.ask(
        "POST", "/people", {"name": "north_desk", "duty": "northern desk", "role": "duty_officer"}
    )
    assert opened.status == 201
    north_desk = fresh.client()
    given = {"name": "north_desk", "password": opened.json["password"]}
    begun = north_desk.ask("POST", "/session", given)
    assert (begun.status, begun.json) == (200, {"is_partial": True})
    assert north_desk.ask("GET", "/node").status == 403, "not before enrolment"
    offer = north_desk.ask("POST", "/account/enrolment").json
    assert offer["uri"].startswith("otpauth://totp/skyaccord%20blue:north_desk?secret=" + offer["secret"])
    import base64

    secret = base64.b32decode(offer["secret"])
    shown = code_at(secret, step_at(fresh.clock()))
    partial = north_desk.cookie
    assert north_desk.ask("PUT", "/account/enrolment", {"password": PASSWORD, "code": shown}).status == 200
    assert north_desk.cookie != partial
    whole = north_desk.ask("GET", "/session").json
    assert (whole["name"], whole["role"], whole["is_partial"]) == ("north_desk", "duty_officer", False)
    assert "send_message" in whole["may"]
    fresh.clock.ahead_s += 60
    shown = code_at(secret, step_at(fresh.clock()))
    changed = {"present": PASSWORD, "code": shown, "password": "other plain words here"}
    assert north_desk.ask("PUT", "/account/password", changed).status == 200
    token = north_desk.cookie
    assert north_desk.ask("DELETE", "/session").status == 204
    assert north_desk.cookie is None
    north_desk.cookie = token
    assert north_desk.ask("GET", "/session").status == 401
    deeds = [each.deed for each in read_audit(fresh.node.store) if each.who == "north_desk"]
    assert deeds[0] == "session.ended"
    assert set(deeds) >= {"session.begun", "account.enrolled", "account.password_changed"}


def test_the_cookie_cannot_be_read_by_scripts_or_sent_in_the_clear(house: House) -> None:
    client = house.client()
    given = {"name": "observer", "password": PASSWORD, "code": code(house.node.staff, "observer", house.clock())}
    planted = client.ask("POST", "/session", given).headers["set-cookie"]
    assert planted.startswith("__Host-skyaccord=")
    assert {part.strip() for part in planted.split(";")[1:]} == {"Path=/", "Secure", "HttpOnly", "SameSite=Strict"}


def test_a_flood_of_wrong_passwords_is_slowed_and_the_officer_still_gets_in(fresh: House) -> None:
    fresh.signed_in("observer", "127.0.0.5")
    fresh.clock.stop()
    guesser = fresh.client("127.0.0.66")
    seen = Counter(guesser.ask("POST", "/session", WRONG).status for _ in range(40))
    assert seen == {401: 5, 429: 35}
    held = guesser.ask("POST", "/session", WRONG)
    assert held.headers["retry-after"] == "2"
    assert "too many wrong attempts" in held.json["detail"]
    assert fresh.signed_in("observer", "127.0.0.5").ask("GET", "/session").status == 200
    unknown = fresh.client("127.0.0.67")
    answers = {unknown.ask("POST", "/session", {**WRONG, "name": f"name{k}"}).body for k in range(3)}
    answers.add(fresh.client("127.0.0.68").ask("POST", "/session", WRONG).body)
    assert len(answers) == 1, "an unknown name is not told from a known one"


def test_a_stolen_cookie_is_of_no_use_elsewhere_and_ends(house: House) -> None:
    officer = house.signed_in("duty-officer")
    thief = house.client("127.0.0.99")
    thief.cookie = officer.cookie
    assert thief.ask("GET", "/account").status == 401
    assert officer.ask("GET", "/account").status == 401, "the theft was noticed"
    moved = read_audit(house.node.store)[0]
    assert (moved.who, moved.deed, moved.address) == ("duty-officer", "session.moved", "127.0.0.99")


def test_two_cookies_of_the_name_count_as_none(house: House) -> None:
    officer = house.signed_in("duty-officer")
    both = f"__Host-skyaccord={officer.cookie}; __Host-skyaccord={officer.cookie}"
    assert officer.ask("GET", "/account", headers={"Cookie": both}).status == 401
    assert officer.ask("GET", "/account", headers={"Cookie": f"a=b; __Host-skyaccord={officer.cookie}"}).status == 200


def test_a_session_ends_without_use(fresh: House) -> None:
    officer = fresh.signed_in("duty-officer")
    fresh.clock.ahead_s += 29 * 60
    assert officer.ask("GET", "/session").status == 200
    fresh.clock.ahead_s += 31 * 60
    assert officer.ask("GET", "/session").status == 401


def person_certificate(house: House, tmp_path: Path, name: str, now_s: float) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    authority = house.node.files.authority
    made = issue_client(authority, key.public_key(), Bearer(authority.party, name), now_s)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "own.pem").write_text(pem(made))
    (tmp_path / "own.key").write_bytes(key.private_bytes(*form))
    from skyaccord.node.authority.certificates import fingerprint

    give_certificate(house.node.staff, Actor(NODE, LOCAL, house.clock()), name, fingerprint(made))
    return str(tmp_path / "own.pem"), str(tmp_path / "own.key")


def test_a_certificate_in_place_of_a_password(house: House, tmp_path: Path) -> None:
    files = person_certificate(house, tmp_path, "supervisor", time.time())
    with_it = house.client(certificate=files)
    assert with_it.ask("POST", "/session/certificate").status == 200
    assert with_it.ask("GET", "/session").json["name"] == "supervisor"
    without = house.client()
    without.cookie = with_it.cookie
    assert without.ask("GET", "/session").status == 401
    assert house.client().ask("POST", "/session/certificate").status == 401


def test_an_expired_certificate_does_not_connect(house: House, tmp_path: Path) -> None:
    files = person_certificate(house, tmp_path, "supervisor", time.time() - 100 * 86_400)
    with pytest.raises((ssl.SSLError, ConnectionError)):
        house.client(certificate=files).ask("POST", "/session/certificate")


def test_the_nodes_own_certificate_is_no_persons(house: House) -> None:
    files = house.node.files
    own = str(files.path("client")), str(files.key_path("client"))
    assert house.client(certificate=own).ask("POST", "/session/certificate").status == 401


def test_no_header_stands_for_a_certificate_or_an_address(house: House, tmp_path: Path) -> None:
    person_certificate(house, tmp_path, "supervisor", time.time())
    text = (tmp_path / "own.pem").read_text().replace("\n", "%0A")
    names = ("X-Client-Cert", "X-SSL-Client-Cert", "SSL-Client-Cert", "X-Forwarded-Client-Cert", "Client-Cert")
    assert house.client().ask("POST", "/session/certificate", headers=dict.fromkeys(names, text)).status == 401
    thief = house.client("127.0.0.98")
    thief.cookie = house.signed_in("observer").cookie
    forged = {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1", "X-Real-IP": "127.0.0.1"}
    assert thief.ask("GET", "/account", headers=forged).status == 401


def test_an_administrator_has_a_certificate_made(house: House) -> None:
    administrator = house.signed_in("administrator")
    made = administrator.ask("POST", "/people/observer/certificate", {"request": request()})
    assert made.status == 201
    assert made.json["certificate"].startswith("-----BEGIN CERTIFICATE-----")
    account = administrator.ask("GET", "/people/observer").json
    assert account["certificate"] == made.json["fingerprint"]
    refused = administrator.ask("POST", "/people/observer/certificate", {"request": "no request"})
    assert refused.status == 409
    assert "openssl req" in refused.json["cure"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "https://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_page_changes_nothing(house: House, headers: dict[str, str]) -> None:
    officer = house.signed_in("duty-officer")
    assert officer.ask("DELETE", "/session", headers=headers).status == 403
    assert officer.ask("GET", "/session").status == 200


def test_a_form_changes_nothing(house: House) -> None:
    officer = house.signed_in("duty-officer")
    officer.marks = {}
    assert officer.ask("DELETE", "/session").status == 403
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert officer.ask("POST", "/session", raw=b"name=x", headers=form).status == 403
    officer.marks = {"X-Skyaccord": "1"}
    assert officer.ask("POST", "/session", raw=b"name=x", headers=form).status == 415
    own = {"Origin": f"https://127.0.0.1:{officer.port}", "Sec-Fetch-Site": "same-origin"}
    assert officer.ask("DELETE", "/session", headers=own).status == 204


def test_no_other_origin_is_given_leave(house: House) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = house.client().ask("OPTIONS", "/session", headers=asked)
    assert not any(name.startswith("access-control") for name in answer.headers)
    assert answer.status >= 400


def test_another_host_is_not_this_node(house: House) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "", "[::2]"):
        assert house.client().ask("GET", "/health", headers={"Host": host}).status in (400, 421)
    for host in ("localhost", "LOCALHOST:9", "[::1]:8443", "127.0.0.1"):
        assert house.client().ask("GET", "/health", headers={"Host": host}).status == 200


def test_the_strict_headers_are_on_every_answer(house: House) -> None:
    for path in ("/health", "/people", "/nothing", "/%2e"):
        headers = house.client().ask("GET", path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers
        assert "date" in headers


def raw_exchange(client: Client, octets: bytes, wait_s: float = WAIT_S) -> bytes:
    """Send octets over TLS and return all that comes back until the other side closes."""
    with (
        socket.create_connection(("127.0.0.1", client.port), wait_s) as plain,
        client.context().wrap_socket(plain, server_hostname="localhost") as line,
    ):
        line.sendall(octets)
        got = b""
        try:
            while piece := line.recv(65_536):
                got += piece
        except (TimeoutError, ConnectionError, ssl.SSLError):
            pass
        return got


TRICKS = [
    "/people/../audit", "/./audit", "//audit", "/audit/", "/audit/..", "/%61udit", "/people/%2e%2e/audit", "/audit%00",
    "/audit;x=1", "/people\\..\\audit", "/audit%2f", "/a" * 9, "/" + "a" * 65, "*",
    "http://evil.example/audit", "/audit#x", "/\u0430udit", "/people/%F0%9F%92%A9", "/.", "/..",
    "/people/.", "", "audit",
]  # fmt: skip


@pytest.mark.parametrize("target", TRICKS)
def test_a_path_has_one_spelling(house: House, target: str) -> None:
    supervisor = house.signed_in("supervisor")
    head = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-skyaccord={supervisor.cookie}\r\n"
    got = raw_exchange(supervisor, (head + "Connection: close\r\n\r\n").encode())
    assert got[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 404"), got[:200]


def test_a_body_that_is_too_long_is_refused_before_it_is_read(house: House) -> None:
    client = house.client()
    head = "POST /session HTTP/1.1\r\nHost: localhost\r\nX-Skyaccord: 1\r\nContent-Type: application/json\r\n"
    got = raw_exchange(client, (head + "Content-Length: 999999999999\r\n\r\n").encode())
    assert got.startswith(b"HTTP/1.1 413")
    # One octet too many and no more: what was not read when the other side closes would take its answer away.
    chunks = head + "Transfer-Encoding: chunked\r\n\r\n20000\r\n" + (PEOPLE_BYTES + 1) * "x"
    assert raw_exchange(client, chunks.encode()).startswith(b"HTTP/1.1 413")
    large = client.ask("POST", "/session", raw=b"[" * 60_000)
    assert large.status == 400
    on_get = "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\n\r\n"
    assert raw_exchange(client, on_get.encode()).startswith(b"HTTP/1.1 413")


def test_a_length_that_is_unclear_is_refused(house: House) -> None:
    head = "POST /session HTTP/1.1\r\nHost: localhost\r\nX-Skyaccord: 1\r\nContent-Type: application/json\r\n"
    for unclear in (
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: +2\r\n\r\n{}",
        "Transfer-Encoding: gzip\r\n\r\n",
    ):
        got = raw_exchange(house.client(), (head + unclear).encode())
        assert got[:10] == b"HTTP/1.1 4" or got[:12] == b"HTTP/1.1 501", (unclear, got[:100])


def test_a_head_that_is_too_long_is_refused(house: House) -> None:
    head = "GET /health HTTP/1.1\r\nHost: localhost\r\n" + "".join(f"X-{k}: {'y' * 1000}\r\n" for k in range(40))
    assert raw_exchange(house.client(), (head + "\r\n").encode()).startswith(b"HTTP/1.1 4")
    assert raw_exchange(house.client(), b"GET /" + b"a" * 40_000).startswith(b"HTTP/1.1 4")


def trickle(client: Client, octets: bytes, pause_s: float, most_s: float) -> tuple[bytes, float]:
    """Send octet by octet until the other side has had enough; return what it said and after how long."""
    began = time.monotonic()
    with (
        socket.create_connection(("127.0.0.1", client.port), most_s) as plain,
        client.context().wrap_socket(plain, server_hostname="localhost") as line,
    ):
        line.settimeout(pause_s)
        got = b""
        for octet in octets:
            if time.monotonic() - began > most_s:
                break
            try:
                line.sendall(bytes([octet]))
                piece = line.recv(65_536)
                got += piece
                if not piece:
                    break
            except TimeoutError:
                continue
            except (ConnectionError, ssl.SSLError, OSError):
                break
        return got, time.monotonic() - began


@pytest.mark.slow
def test_a_slow_head_and_a_slow_body_are_cut(house: House) -> None:
    head = b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: "
    got, took_s = trickle(house.client(), head + b"y" * 1000, 0.25, HEAD_S + 10)
    assert got == b""
    assert HEAD_S - 1 < took_s < HEAD_S + 5
    body = (
        b"POST /session HTTP/1.1\r\nHost: localhost\r\nX-Skyaccord: 1\r\nContent-Type: application/json\r\n"
        b"Content-Length: 60000\r\n\r\n"
    )
    with_body = house.client()
    began = time.monotonic()
    with (
        socket.create_connection(("127.0.0.1", with_body.port), WAIT_S) as plain,
        with_body.context().wrap_socket(plain, server_hostname="localhost") as line,
    ):
        line.sendall(body + b"[")
        assert line.recv(65_536).startswith(b"HTTP/1.1 408")
    assert BODY_S - 1 < time.monotonic() - began < BODY_S + 5


def test_while_many_connections_idle_others_are_served(house: House) -> None:
    client = house.client("127.0.0.1")
    context = client.context()
    open_lines = []
    try:
        for _ in range(70):
            plain = socket.create_connection(("127.0.0.1", client.port), WAIT_S, ("127.0.0.50", 0))
            try:
                open_lines.append(context.wrap_socket(plain, server_hostname="localhost"))
            except (ConnectionError, ssl.SSLError):
                plain.close()
        assert client.ask("GET", "/health").status == 200
        with pytest.raises((ConnectionError, ssl.SSLError, OSError)):
            house.client("127.0.0.50").ask("GET", "/health")
    finally:
        for each in open_lines:
            each.close()


def test_what_fails_inside_says_nothing_of_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = house.signed_in("duty-officer")

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr("skyaccord.web.dispatch.resume_session", fail)
    answer = officer.ask("GET", "/account")
    assert answer.status == 500
    assert b"inside" not in answer.body
    assert answer.headers["content-type"] == "application/problem+json"


def test_json_that_is_wrong_says_where(house: House) -> None:
    client = house.client()
    cases = [
        (b"", "body"), (b"{", "body"), (b"\xff", "body"), (b'{"name":1}', "body $.name"), (b"[]", "body $"),
        (b'{"name":"a\\n"}', "body $.name"), (b'{"name":"ab","password":"x","more":1}', "body $"),
        (b'{"name":"observer\\n","password":"x"}', "body $.name"), (b'{"name":"ab","password":""}', "body $.password"),
        (b'{"name":"ab","password":"x","code":"12345\\n"}', "body $.code"),
        (b'{"name":"\\ud800","password":"x"}', "body"),
    ]  # fmt: skip
    for raw, place in cases:
        answer = client.ask("POST", "/session", raw=raw)
        assert (answer.status, answer.json["place"].split(" - ")[0]) == (400, place), raw
        assert answer.json["cure"]
