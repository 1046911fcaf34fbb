"""A node is copied while it runs, lost, and put back: what it had said since comes back from its peer."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from skyaccord.cli.node_copy import backup, restore
from skyaccord.errors import ConfigurationError
from skyaccord.node.folder import Folder
from skyaccord.node.node import open_node
from skyaccord.node.restore.backup import is_restored
from tests.web.hotline.parties import Officer, make_parties, running, until
from tests.web.house import House


def officer_of(house: House) -> Officer:
    return Officer(house, house.signed_in("duty-officer"))


def test_a_node_put_back_learns_what_it_had_said_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (blue, _), (green, _) = make_parties(tmp_path, ("blue", "green"))
    copy, again = tmp_path / "copy", tmp_path / "again"
    with running(green) as green_house:
        at_green = officer_of(green_house)
        with running(blue) as house:
            at_blue = officer_of(house)
            before = at_blue.say("query", "green", text="Before the copy")
            until(lambda: at_green.has(before))
            backup(blue.folder.path, copy, as_json=True)
            assert json.loads(capsys.readouterr().out)["store_is_elsewhere"] is False
            since = at_blue.say("query", "green", text="Since the copy")
            until(lambda: at_green.has(since))
        restore(copy, again, as_json=False)
        assert "first asks its peers" in capsys.readouterr().out
        assert is_restored(again)
        with running(open_node(Folder(again), time.time())) as house:
            at_blue = officer_of(house)
            until(lambda: at_blue.has(since))
            until(lambda: not is_restored(again))
            after = at_blue.say("query", "green", text="After it was put back")
            until(lambda: at_green.has(after))
            assert [at_blue.has(each) for each in (before, since, after)] == [True, True, True]


def test_copies_are_not_written_over_and_only_copies_are_put_back(tmp_path: Path) -> None:
    ((blue, _),) = make_parties(tmp_path, ("blue",))
    blue.close()
    (tmp_path / "copy").mkdir()
    with pytest.raises(ConfigurationError, match="copy"):
        backup(blue.folder.path, tmp_path / "copy", as_json=False)
    with pytest.raises(ConfigurationError, match="no copy of a node"):
        restore(tmp_path / "copy", tmp_path / "new", as_json=False)
