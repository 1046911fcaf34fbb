"""Commands of the machine's owner over the socket in the folder: who may, as whom, with which rights."""

from __future__ import annotations

import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from skyaccord.cli.owner_call import OwnerCall
from skyaccord.errors import NodeError
from skyaccord.node.people.audit import read_audit
from skyaccord.node.socket_path import short_path
from skyaccord.web.owner import is_owner
from tests.web.hotline.parties import DUTIES, make_parties, running
from tests.web.house import House


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    deep = tmp_path_factory.mktemp("owner") / ("d" * 90)
    deep.mkdir()
    (blue, _), _ = make_parties(deep, ("blue", "green"))
    with running(blue) as opened:
        yield opened


def test_the_owner_speaks_for_the_first_duty_or_the_one_that_is_named(house: House) -> None:
    for named, duty in ((None, DUTIES[0]), (DUTIES[1], DUTIES[1])):
        call = OwnerCall(house.node.folder.path, named)
        said = call.post("/hotline/messages", {"kind": "query", "to": ["green"], "content": {"text": "x"}})
        assert said["messages"][0]["content"]["heading"]["authority"] == duty
        noted = [each for each in read_audit(house.node.store) if each.deed == "hotline.query"]
        assert (noted[0].who, noted[0].address) == ("owner", "local")
        assert noted[0].subject.startswith(duty)
    with pytest.raises(NodeError, match="has no key"):
        OwnerCall(house.node.folder.path, "cook").get("/hotline/inbox")


def test_the_owner_has_no_people_to_administer_here(house: House) -> None:
    for path in ("/people", "/audit", "/node", "/account", "/session"):
        with pytest.raises(NodeError, match="path"):
            OwnerCall(house.node.folder.path).get(path)


def test_the_socket_is_the_owner_s_alone(house: House) -> None:
    mode = house.node.folder.socket.stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert mode & 0o077 == 0
    one, other = socket.socketpair(socket.AF_UNIX)
    with one, other:
        assert is_owner(one)


def test_a_process_of_another_user_is_not_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = socket.socketpair(socket.AF_UNIX)
    with one, other:
        monkeypatch.setattr("skyaccord.web.owner.os.geteuid", lambda: 4_294_967_290)
        assert not is_owner(one)


def test_a_path_that_is_too_long_for_a_socket_is_made_short(tmp_path: Path) -> None:
    with short_path(tmp_path / "node.socket") as short:
        assert short == str(tmp_path / "node.socket") or short.startswith("/proc/self/fd/")
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    with short_path(deep / "node.socket") as short:
        Path(short).write_text("here")
    assert (deep / "node.socket").read_text() == "here"


def test_a_node_that_does_not_run_is_said_so_with_the_cure(tmp_path: Path) -> None:
    (blue, _), _ = make_parties(tmp_path, ("blue", "green"))
    with pytest.raises(NodeError, match="skyaccord node run"):
        OwnerCall(blue.folder.path).get("/hotline/inbox")
    blue.close()
