"""``skyaccord hotline`` at a running node, beyond what the drill does: what it shows, in both languages and as JSON."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from skyaccord.cli.main import app
from skyaccord.errors import NodeError, SkyaccordError
from skyaccord.hotline.fallback.armour import BEGIN, END
from tests.web.hotline.parties import DUTIES, Officer, officers, until


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Officer, Officer]]:
    with officers(tmp_path_factory.mktemp("cli"), "blue", "green") as (blue, green):
        yield blue, green


def folder(officer: Officer) -> str:
    return str(officer.house.node.folder.path)


def hotline(command: str, officer: Officer, *words: str) -> str:
    done = CliRunner().invoke(app, ["hotline", command, folder(officer), *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_thread_is_shown_in_both_languages(pair: tuple[Officer, Officer]) -> None:
    blue, green = pair
    sent = hotline("send", blue, "query", "green", "--text", "Сколько бортов?", "--written-in", "ru").split()[0]
    until(lambda: green.has(sent))
    hotline("answer", green, sent, "--text", "Two")
    until(lambda: blue.state(blue.thread(sent)[0]["envelope"].removeprefix("sha256:")) == "answered")
    english, russian = hotline("show", blue, sent), hotline("show", blue, sent, "--language", "ru")
    for shown, words in ((english, ("QUERY", "REPLY")), (russian, ("ЗАПРОС", "ОТВЕТ"))):
        assert all(word in shown for word in words)
        assert "Сколько бортов?" in shown
        assert "Two" in shown


def test_json_has_what_the_api_answers(pair: tuple[Officer, Officer]) -> None:
    blue, _ = pair
    told = json.loads(hotline("inbox", blue, "--json"))
    api = blue.get("/hotline/inbox")
    assert set(told) == set(api)
    assert [each["envelope"] for each in told["inbox"]] == [each["envelope"] for each in api["inbox"]]


def test_another_duty_may_be_named(pair: tuple[Officer, Officer]) -> None:
    blue, _ = pair
    told = json.loads(hotline("check", blue, "green", "--duty", DUTIES[1], "--json"))
    assert told["messages"][0]["content"]["heading"]["authority"] == DUTIES[1]
    with pytest.raises(NodeError, match="Duties with a key"):
        hotline("check", blue, "green", "--duty", "cook")


def test_news_are_followed(pair: tuple[Officer, Officer]) -> None:
    blue, green = pair
    shown: list[str] = []
    watch = threading.Thread(target=lambda: shown.append(hotline("watch", green, "--seconds", "4", "--language", "ru")))
    watch.start()
    threading.Event().wait(1.5)
    sent = hotline("send", blue, "query", "green", "--text", "News", "--precedence", "flash").split()[0]
    watch.join(40)
    assert f"[{sent}]" in shown[0]
    assert "МОЛНИЯ" in shown[0]


def test_what_waits_is_printed_to_be_read_aloud(pair: tuple[Officer, Officer]) -> None:
    text = hotline("export", pair[0], "green")
    assert text.startswith(BEGIN)
    assert text.rstrip().endswith(END)


def test_damaged_lines_are_named_and_nothing_is_taken(pair: tuple[Officer, Officer], tmp_path: Path) -> None:
    lines = hotline("export", pair[0], "green").split("\n")
    (tmp_path / "lines").write_text("\n".join([*lines[:2], *lines[3:]]))
    with pytest.raises(SkyaccordError, match="not all of it was taken"):
        hotline("import", pair[1], str(tmp_path / "lines"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("send", "query", "red", "--text", "x"), "leaves red out"),
        (("send", "query", "nobody", "--text", "x"), "no party of this line"),
        (("send", "notice", "green"), "volumes"),
        (("send", "query", "green", "--content", "[1]"), "no object"),
        (("send", "query", "green", "--content", "{"), "no JSON"),
        (("show", "xyz"), "6 digits"),
        (("show", "0123456789ab"), "no one message"),
        (("countersign",), "no minute waits"),
    ],
)
def test_what_is_wrong_is_said_with_the_cure(pair: tuple[Officer, Officer], words: tuple[str, ...], said: str) -> None:
    with pytest.raises(SkyaccordError, match=said):
        hotline(words[0], pair[0], *words[1:])
