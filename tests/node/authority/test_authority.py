"""The party's own authority, and whom it and its peers' authorities make believed."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import AuthorityError
from skyaccord.node.authority.certificate_request import key_of_request
from skyaccord.node.authority.certificates import (
    Bearer,
    bearer_of,
    fingerprint,
    issue_client,
    issue_node,
    issue_server,
    spoken,
)
from skyaccord.node.authority.judge import Believed, NotBelieved, Pinned, Reason, judge
from skyaccord.node.authority.own_files import CLIENT, REVOKED, SERVER, OwnFiles, open_own_files, renew, revoke
from skyaccord.node.authority.peer_card import (
    PeerCard,
    own_card,
    pin,
    pinned_cards,
    read_card,
    read_card_file,
    write_card,
)
from skyaccord.node.authority.revocations import make_list, number_of, serials_of
from tests.node.authority.parties import DAY_S, HOSTS, der, party, request
from tests.node.people.cast import NOW_S

ADDRESS = "https://192.0.2.9:8444"


@pytest.fixture
def blue(tmp_path: Path) -> OwnFiles:
    return party(tmp_path, "blue")


@pytest.fixture
def green(tmp_path: Path) -> OwnFiles:
    return party(tmp_path, "green")


def believed(green: OwnFiles) -> tuple[Pinned, ...]:
    return (green.pinned(),)


def test_a_pinned_partys_node_is_believed_for_its_own_name(green: OwnFiles) -> None:
    certificate = green.certificate(CLIENT)
    expected = Believed(Bearer("green", None), fingerprint(certificate))
    assert judge(der(certificate), believed(green), NOW_S) == expected


def test_what_is_not_believed(tmp_path: Path, blue: OwnFiles, green: OwnFiles) -> None:
    namesake = party(tmp_path, "green", folder="namesake")
    server = issue_server(green.authority, HOSTS, NOW_S).certificate
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    posing = issue_client(green.authority, key, Bearer("blue", None), NOW_S)
    own = der(green.certificate(CLIENT))
    cases = [
        (None, NOW_S, Reason.ABSENT),
        (b"", NOW_S, Reason.ABSENT),
        (b"\x30\x03\x02\x01\x00", NOW_S, Reason.UNREADABLE),
        (own[:-1], NOW_S, Reason.UNREADABLE),
        (der(blue.certificate(CLIENT)), NOW_S, Reason.UNKNOWN_AUTHORITY),
        (der(namesake.certificate(CLIENT)), NOW_S, Reason.UNKNOWN_AUTHORITY),
        (own, NOW_S + 91 * DAY_S, Reason.EXPIRED),
        (own, NOW_S - DAY_S, Reason.NOT_YET_VALID),
        (der(server), NOW_S, Reason.WRONG_PURPOSE),
        (der(posing), NOW_S, Reason.WRONG_NAME),
    ]
    for shown, now_s, reason in cases:
        assert judge(shown, believed(green), now_s) == NotBelieved(reason), reason


def test_one_pinned_authority_does_not_vouch_for_another_party(blue: OwnFiles, green: OwnFiles) -> None:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    posing = issue_client(blue.authority, key, Bearer("green", None), NOW_S)
    both = (blue.pinned(), green.pinned())
    assert judge(der(posing), both, NOW_S) == NotBelieved(Reason.WRONG_NAME)


def test_a_damaged_certificate_is_never_believed(green: OwnFiles) -> None:
    whole = der(green.certificate(CLIENT))
    for place in range(0, len(whole), 3):
        bent = bytearray(whole)
        bent[place] ^= 0x10
        assert isinstance(judge(bytes(bent), believed(green), NOW_S), NotBelieved), place


def test_a_revoked_certificate_is_refused_from_then_on(green: OwnFiles) -> None:
    certificate = green.certificate(CLIENT)
    longer = revoke(green, frozenset({certificate.serial_number}), NOW_S)
    assert judge(der(certificate), believed(longer), NOW_S) == NotBelieved(Reason.REVOKED)
    again = revoke(longer, frozenset({12345}), NOW_S)
    assert serials_of(again.revocations) == {certificate.serial_number, 12345}
    assert number_of(again.revocations) == 3
    assert isinstance(judge(der(issue_node(green.authority, NOW_S).certificate), believed(again), NOW_S), Believed)


def test_files_are_read_back_and_keys_are_the_owners_alone(green: OwnFiles) -> None:
    again = open_own_files(green.folder, "green")
    assert again.authority.certificate == green.authority.certificate
    assert again.revocations == green.revocations
    modes = {stat.S_IMODE(each.stat().st_mode) for each in green.folder.tls.iterdir()}
    assert modes == {0o600}


def test_a_file_of_another_authority_is_refused(blue: OwnFiles, green: OwnFiles) -> None:
    blue.key_path("authority").write_bytes(green.key_path("authority").read_bytes())
    with pytest.raises(AuthorityError, match="does not belong to the key"):
        open_own_files(blue.folder, "blue")
    blue.key_path("authority").write_bytes(b"no key")
    with pytest.raises(AuthorityError, match="it is no key of an authority"):
        open_own_files(blue.folder, "blue")


def test_a_list_of_another_authority_is_refused(blue: OwnFiles, green: OwnFiles) -> None:
    (blue.folder.tls / REVOKED).write_bytes((green.folder.tls / REVOKED).read_bytes())
    with pytest.raises(AuthorityError, match="not signed by its authority"):
        open_own_files(blue.folder, "blue")


def test_certificates_are_renewed_a_month_before_their_end_and_not_before(green: OwnFiles) -> None:
    files, renewed = renew(green, HOSTS, NOW_S + DAY_S)
    assert renewed == []
    before = green.certificate(SERVER)
    files, renewed = renew(files, HOSTS, NOW_S + 61 * DAY_S)
    assert renewed == [SERVER, CLIENT, REVOKED]
    assert files.certificate(SERVER).serial_number != before.serial_number
    assert isinstance(judge(der(files.certificate(CLIENT)), believed(files), NOW_S + 120 * DAY_S), Believed)
    assert number_of(files.revocations) == 2


def test_a_new_host_gets_into_the_certificate(green: OwnFiles) -> None:
    files, renewed = renew(green, (*HOSTS, "green.example"), NOW_S)
    assert renewed == [SERVER]
    names = files.certificate(SERVER).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "green.example" in names.get_values_for_type(x509.DNSName)


def test_a_request_gives_its_key_and_nothing_else(blue: OwnFiles) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    made = issue_client(blue.authority, key_of_request(request(key)), Bearer("blue", "north_desk"), NOW_S)
    assert made.public_key() == key.public_key()
    assert bearer_of(made) == Bearer("blue", "north_desk")
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_weak_key_or_none_is_refused() -> None:
    for text in ("", "no request", request(rsa.generate_private_key(65537, 2048))):
        with pytest.raises(AuthorityError, match="openssl req"):
            key_of_request(text)
    bent = request().splitlines()
    bent[3] = bent[3][::-1]
    with pytest.raises(AuthorityError):
        key_of_request("\n".join(bent))


def test_a_card_is_pinned_by_the_fingerprint_that_was_compared(blue: OwnFiles, green: OwnFiles) -> None:
    card = read_card(write_card(own_card(green, ADDRESS)), "card")
    assert card == own_card(green, ADDRESS)
    for compared in (None, "", fingerprint(blue.authority.certificate)):
        with pytest.raises(AuthorityError, match="Compare by voice, then give the fingerprint"):
            pin(blue.folder, card, compared)
    assert pinned_cards(blue.folder) == []
    pin(blue.folder, card, spoken(card.fingerprint).upper())
    assert pinned_cards(blue.folder) == [card]


def test_a_newer_list_of_a_pinned_authority_needs_no_comparison_and_an_older_one_is_refused(
    blue: OwnFiles, green: OwnFiles
) -> None:
    first = own_card(green, ADDRESS)
    pin(blue.folder, first, first.fingerprint)
    newer = own_card(revoke(green, frozenset({7}), NOW_S), ADDRESS)
    pin(blue.folder, newer, None)
    assert serials_of(pinned_cards(blue.folder)[0].revocations) == {7}
    with pytest.raises(AuthorityError, match="older than the one known"):
        pin(blue.folder, first, None)


def test_another_authority_under_a_pinned_name_must_be_compared(
    tmp_path: Path, blue: OwnFiles, green: OwnFiles
) -> None:
    first = own_card(green, ADDRESS)
    pin(blue.folder, first, first.fingerprint)
    other = own_card(party(tmp_path, "green", folder="other"), ADDRESS)
    with pytest.raises(AuthorityError, match="not the one that was compared"):
        pin(blue.folder, other, None)
    assert pinned_cards(blue.folder) == [first]
    pin(blue.folder, other, other.fingerprint)
    assert pinned_cards(blue.folder) == [other]


def test_a_card_under_another_name_is_refused(blue: OwnFiles, green: OwnFiles) -> None:
    (blue.folder.peers / "red.json").write_bytes(write_card(own_card(green, ADDRESS)))
    with pytest.raises(AuthorityError, match="it is the card of green"):
        pinned_cards(blue.folder)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("format", "skyaccord/peer-card/2", "no peer's card"),
        ("party", "Green", "names no party"),
        ("party", 7, "names no party"),
        ("address", "http://192.0.2.9:8444", "no address of a node"),
        ("address", "https://192.0.2.9:8444/x", "no address of a node"),
        ("address", "https://user@192.0.2.9:8444", "no address of a node"),
        ("address", "https://[", "no address of a node"),
        ("authority", "", "names as authority is none"),
        ("revocations", "", "no revocation list"),
        ("revocations", "x" * 300_000, "no revocation list"),
        ("more", "x", "no peer's card"),
    ],
)
def test_a_card_that_is_none_is_refused(green: OwnFiles, name: str, value: object, message: str) -> None:
    content = json.loads(write_card(own_card(green, ADDRESS)))
    content[name] = value
    with pytest.raises(AuthorityError, match=message):
        read_card(json.dumps(content).encode(), "card")


def test_an_ends_certificate_is_no_authority(green: OwnFiles) -> None:
    card = PeerCard("green", ADDRESS, green.certificate(CLIENT), green.revocations)
    with pytest.raises(AuthorityError, match="names as authority is none"):
        read_card(write_card(card), "card")


def test_a_list_of_another_in_a_card_is_refused(blue: OwnFiles, green: OwnFiles) -> None:
    card = PeerCard("green", ADDRESS, green.authority.certificate, make_list(blue.authority, (), 1, NOW_S))
    with pytest.raises(AuthorityError, match="not signed by its authority"):
        read_card(write_card(card), "card")


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: json.dumps([text]).encode()))
def test_noise_is_no_card(data: bytes) -> None:
    with pytest.raises(AuthorityError):
        read_card(data, "card")


def test_a_card_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="cannot be read"):
        read_card_file(tmp_path / "gone.json")
