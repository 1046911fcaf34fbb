"""Two parties come to know each other: introductions, codes, the bootstrap memorandum, keys in the log."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from skyaccord.errors import AuthorityError, ConfigurationError, KeyStoreError, PassphraseError
from skyaccord.memorandum.communications import Precedence
from skyaccord.memorandum.load import load_memorandum
from skyaccord.node.folder import read_private
from skyaccord.node.identity.bootstrap import bootstrap, bootstrap_text
from skyaccord.node.identity.introduction import read_introduction, same_code, write_introduction
from skyaccord.node.identity.keys import open_keys, open_root, read_certificates
from skyaccord.node.identity.party import add_peer, open_party, own_introduction, read_memoranda
from skyaccord.node.people.audit import read_audit
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.signing_key import generate
from tests.web.hotline.parties import DUTIES, PASSPHRASE, introduce, make_parties, make_party


def test_both_make_the_same_memorandum_and_it_pins_both_roots(tmp_path: Path) -> None:
    (blue, blue_root), (green, green_root) = make_party(tmp_path, "blue"), make_party(tmp_path, "green")
    hashes = {introduce((blue, blue_root), green), introduce((green, green_root), blue)}
    assert len(hashes) == 1
    kept = load_memorandum(blue.folder.memorandum_with("green"))
    assert {each.name: each.root for each in kept.party_details} == {
        "blue": blue_root.fingerprint,
        "green": green_root.fingerprint,
    }
    assert kept.communications is not None
    assert kept.communications.hotline is not None
    assert kept.communications.hotline.deadline_s(Precedence.EMERGENCY) == 60.0
    assert kept.communications.hotline.check_every_s == 12 * 3600.0
    assert kept.excluded == ("red",)
    assert read_audit(blue.store)[0].subject == f"green {green_root.fingerprint}"


def test_what_is_said_of_the_keys_is_in_the_log_once(tmp_path: Path) -> None:
    (blue, root), (green, _) = make_parties(tmp_path, ("blue", "green"))
    introduce((blue, root), green)
    party = open_party(blue, PASSPHRASE, time.time)
    party.line.desk.start()
    try:
        said = party.line.desk.ask(lambda desk: len(desk.standing.stream(("blue", "green")).places)).result(10)
    finally:
        party.line.desk.close()
    assert said == 2 + len(DUTIES)
    certificates = read_certificates(blue.folder)
    assert [each.role for each in certificates] == [Role.ROOT, Role.NODE, Role.DUTY, Role.DUTY]
    assert [each.duty for each in certificates[2:]] == list(DUTIES)


def test_a_code_that_is_another_makes_no_peer(tmp_path: Path) -> None:
    blue, root = make_party(tmp_path, "blue")
    green, _ = make_party(tmp_path, "green")
    other = own_introduction(green.folder)
    keys = open_keys(blue.folder, PASSPHRASE)
    wrong = own_introduction(blue.folder).code
    with pytest.raises(AuthorityError, match="not the one that was compared"):
        add_peer(blue, root, keys, other, wrong, time.time())
    assert read_memoranda(blue.folder) == {}
    assert list(blue.folder.peers.iterdir()) == []
    with pytest.raises(ConfigurationError, match="no peer to speak with"):
        open_party(blue, PASSPHRASE, time.time)


def test_a_second_root_under_the_same_name_is_refused(tmp_path: Path) -> None:
    (blue, root), _ = make_parties(tmp_path, ("blue", "green"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    impostor, _ = make_party(elsewhere, "green")
    with pytest.raises(AuthorityError, match="another memorandum"):
        introduce((blue, root), impostor)


@pytest.mark.parametrize("member", ["preset", "made", "root", "card"])
def test_an_introduction_that_was_changed_is_refused(tmp_path: Path, member: str) -> None:
    node, _ = make_party(tmp_path, "green")
    content = json.loads(read_private(node.folder.introduction, 1 << 20))
    changed = {
        "preset": "dma-1989",
        "made": "2020-01-01T00:00:00.000Z",
        "root": content["root"][:-4] + ("AAA=" if content["root"][-4:] != "AAA=" else "BBA="),
        "card": content["card"] | {"address": "https://192.0.2.7:8444"},
    }
    with pytest.raises(AuthorityError):
        read_introduction(json.dumps(content | {member: changed[member]}).encode(), "changed")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"format": "skyaccord/introduction/1"}', b"\xff" * 40, b"[" * 9999]
)
def test_what_is_no_introduction_is_refused(data: bytes) -> None:
    with pytest.raises(AuthorityError):
        read_introduction(data, "some file")


def test_presets_must_be_one(tmp_path: Path) -> None:
    blue, _ = make_party(tmp_path, "blue")
    green, _ = make_party(tmp_path, "green", "dma-1989")
    one, other = own_introduction(blue.folder), own_introduction(green.folder)
    with pytest.raises(ConfigurationError, match="goes by"):
        bootstrap(one, other)


def test_whom_the_preset_leaves_out_is_no_peer(tmp_path: Path) -> None:
    blue, _ = make_party(tmp_path, "blue")
    red, _ = make_party(tmp_path, "red")
    with pytest.raises(ConfigurationError, match="leaves red out"):
        bootstrap_text(own_introduction(blue.folder), own_introduction(red.folder))


def test_the_order_in_which_the_two_are_named_does_not_show(tmp_path: Path) -> None:
    blue, _ = make_party(tmp_path, "blue")
    green, root = make_party(tmp_path, "green")
    one, other = own_introduction(blue.folder), own_introduction(green.folder)
    assert bootstrap_text(one, other) == bootstrap_text(other, one)
    later = read_introduction(write_introduction(replace(other, made_s=other.made_s + 60.0), root), "later")
    assert bootstrap(one, later).hash != bootstrap(one, other).hash


def test_codes_are_compared_as_they_are_read(tmp_path: Path) -> None:
    node, root = make_party(tmp_path, "blue")
    own = own_introduction(node.folder)
    assert len(own.code.replace(" ", "")) == 25
    assert same_code(own.code, own.code.lower().replace(" ", ""))
    assert not same_code(own.code, replace(own, root=generate().public).code)
    assert own.root == root.public


def test_keys_open_with_their_passphrase_alone_and_are_not_made_twice(tmp_path: Path) -> None:
    node, root = make_party(tmp_path, "blue")
    assert open_root(node.folder, PASSPHRASE) == root
    with pytest.raises(PassphraseError):
        open_keys(node.folder, "another one altogether")
    (node.folder.keys / "root.key").unlink()
    assert set(open_keys(node.folder, PASSPHRASE).duties) == set(DUTIES), "a running node does without the root"
    with pytest.raises(KeyStoreError, match="not there"):
        open_root(node.folder, PASSPHRASE)


def test_files_of_the_party_are_its_owner_s_alone(tmp_path: Path) -> None:
    (blue, _), _ = make_parties(tmp_path, ("blue", "green"))
    for path in (blue.folder.log, *blue.folder.keys.iterdir(), blue.folder.introduction):
        assert path.stat().st_mode & 0o077 == 0, path
    (blue.folder.keys / "node.key").chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        blue.folder.check()
