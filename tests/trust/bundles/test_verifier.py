"""The verifier, which shares no code with the package, believes what the package wrote and refuses forgeries."""

from __future__ import annotations

import ast
import base64
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.trust import verify_skyaccord as verifier
from skyaccord.trust.acceptance.outcome import Accepted
from skyaccord.trust.kinds import KINDS as TABLE
from skyaccord.trust.reasons import Reason
from tests.trust.acceptance.test_refounding import statement, tell, under_another_name
from tests.trust.bundles.corpus import (
    LOGGED,
    STANDS_FOR,
    Once,
    bundle_of,
    check,
    entry_of,
    forged_bundle,
    found_by_package,
    is_left_out,
    logged,
    sound_bundles,
)
from tests.trust.bundles.damage import DAMAGES, SIGNED_BY_ANOTHER, Damage, changed
from tests.trust.cast import Note, Scene, Side
from tests.trust.forgeries.forgery import Forgery

SOUND = sound_bundles()
OF_FAMILY = {
    "address": "wrong_address",
    "order": "gap",
    "key": "key_out_of_term",
    "signature": "bad_signature",
    "body": "body_mismatch",
    "encoding": "not_canonical",
    "log": "replay",
    "receipt": "receipt_other_leaf",
}
LEFT_OUT = 26
"""Forgeries of so many that the verifier does not see, and says so."""


@pytest.mark.parametrize(("name", "entries", "erased"), [("blue", 13, 1), ("green", 10, 0), ("part", 10, 0)])
def test_a_sound_bundle_holds(name: str, entries: int, erased: int, tmp_path: Path) -> None:
    found = check(tmp_path / name, SOUND[name], is_witnessed=name != "green")
    assert (found.faults, found.count, found.erased) == ([], entries, erased)


@pytest.mark.parametrize("is_said", [True, False])
def test_a_log_may_take_another_name_if_its_node_has_said_so(is_said: bool, tmp_path: Path) -> None:
    """Green's log, with blue's receipts under its first name, and after a loss under another."""
    scene = Scene()
    heard = scene.blue.receive(scene.green.say(Note("do you hear").body(), "blue", "duty"))
    assert isinstance(heard, Accepted)
    assert isinstance(scene.green.receive(scene.blue.receipt(heard.index)), Accepted)
    if is_said:
        assert isinstance(tell(scene, statement(scene)), Accepted)
    said = scene.green.say(Note("again").body(), "blue", "duty")
    assert isinstance(scene.blue.receive(said), Accepted)
    again = under_another_name(scene)
    place = again.standing.stream(("green", "blue")).places[-1]
    entries = [*scene.green.log, again.receipt(place)]
    found = check(tmp_path / "green", forged_bundle(scene.green, entries))
    expected = [] if is_said else ["checkpoint_other_log"]
    assert [reason for _, reason, _ in found.faults] == expected


def test_bundles_of_both_parties_agree(tmp_path: Path) -> None:
    once: Once = {}
    found = [check(tmp_path / name, SOUND[name], once=once) for name in ("blue", "green", "part", "blue")]
    assert [each.faults for each in found] == [[], [], [], []]


@pytest.mark.parametrize("forgery", LOGGED, ids=lambda each: f"{each.family}: {each.name}")
def test_a_log_with_a_forgery_in_it_is_judged_as_by_the_package(forgery: Forgery, tmp_path: Path) -> None:
    side, entries = logged(forgery)
    found = check(tmp_path / "bundle", forged_bundle(side, entries), *side.parties).faults
    placed = [(place, reason) for place, reason, _ in found if place.startswith("entry")]
    expected = found_by_package(side, entries)
    if is_left_out(forgery, entries[-1]):
        assert (placed, len(expected)) == ([], forgery.reason is not Reason.BODY_MISSING)
        return
    assert [place for place, _ in placed] == [place for place, _ in expected]
    for (_, reason), (_, package) in zip(placed, expected, strict=True):
        assert package == reason or package in STANDS_FOR[reason]
    rest = [reason for place, reason, _ in found if not place.startswith("entry")]
    assert rest == ([] if len(entries) > 1 else ["checkpoint_unsigned"])


def test_every_family_of_forgeries_is_refused_for_reasons_of_its_own(tmp_path: Path) -> None:
    refused: dict[str, set[str]] = {each.family: set() for each in LOGGED}
    for each in LOGGED:
        side, entries = logged(each)
        found = check(tmp_path / "bundle", forged_bundle(side, entries), *side.parties).faults
        refused[each.family] |= {reason for place, reason, _ in found if place.startswith("entry")}
    assert refused.keys() == OF_FAMILY.keys()
    assert all(OF_FAMILY[family] in reasons for family, reasons in refused.items())
    assert sum(is_left_out(each, logged(each)[1][-1]) for each in LOGGED) == LEFT_OUT


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.name)
def test_a_damaged_bundle_fails_for_its_reason(damage: Damage, tmp_path: Path) -> None:
    lines = SOUND[damage.bundle].decode().splitlines()
    text = changed(lines, damage.change(lines))
    found = check(tmp_path / "bundle", text.encode(), is_witnessed=True)
    assert found.faults
    assert found.faults[0][1] == damage.reason, found.faults


def test_two_stories_of_one_log_are_told_apart_with_both_places(tmp_path: Path) -> None:
    """Blue shows green one note and a stranger another, each in a log that holds by itself."""
    one, other = Scene(), Scene()
    one.blue.say(Note("yes").body(), "green", "duty")
    other.blue.say(Note("no").body(), "green", "duty")
    once: Once = {}
    assert check(tmp_path / "second", bundle_of(other.blue)).faults == []
    first, second = (check(tmp_path / n, bundle_of(s.blue), once=once) for n, s in (("first", one), ("second", other)))
    assert {reason for _, reason, _ in second.faults} == {"checkpoint_fork", "equivocation"}
    assert first.faults == []
    assert all(words.startswith(f"{tmp_path}/first, {place} says otherwise") for place, _, words in second.faults)
    assert second.faults[-1][:2] == ("checkpoint", "checkpoint_fork")


def test_a_tree_that_nobody_signed_convicts_nobody(tmp_path: Path) -> None:
    """Someone arranges what blue has really said in another order and signs for it with a key of his own."""
    scene, other = Scene(), Side("blue")
    scene.blue.say(Note("to green").body(), "green", "duty")
    noted = scene.blue.say(Note("noted").body(), "blue", "duty")
    other.desk.log.append([entry_of(each) for each in (*scene.blue.log[:-2], noted, scene.blue.log[-2])])
    lines = bundle_of(other).decode().splitlines()
    pretended = changed(lines, SIGNED_BY_ANOTHER(lines)).encode()
    once: Once = {}
    assert {reason for _, reason, _ in check(tmp_path / "a", pretended, once=once).faults} == {"checkpoint_unsigned"}
    assert check(tmp_path / "b", bundle_of(scene.blue), once=once).faults == []
    assert "checkpoint_fork" in {
        reason for _, reason, _ in check(tmp_path / "c", bundle_of(other), once=once).faults
    }, "had blue signed it, it would"


def test_a_root_that_a_receipt_shows_convicts_a_log_that_was_rewritten(tmp_path: Path) -> None:
    """Green's receipts stand in blue's log; green shows a stranger a longer log in which an entry is another."""
    rewritten = Side("green")
    rewritten.introduce("blue")
    for number in range(9):
        rewritten.say(Note(f"never said {number}").body(), "blue", "duty")
    once: Once = {}
    assert check(tmp_path / "green", bundle_of(rewritten)).faults == []
    assert check(tmp_path / "blue", SOUND["blue"], once=once).faults == []
    green = check(tmp_path / "green", bundle_of(rewritten), once=once)
    assert {reason for _, reason, _ in green.faults} == {"checkpoint_fork", "equivocation"}


@given(data=st.data())
def test_a_flipped_bit_is_refused(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    name = data.draw(st.sampled_from(sorted(SOUND)))
    flipped = bytearray(SOUND[name])
    flipped[data.draw(st.integers(0, len(flipped) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    found = check(tmp_path_factory.getbasetemp() / "flipped", bytes(flipped), is_witnessed=name != "green")
    assert found.faults


@given(data=st.data())
def test_lines_taken_out_doubled_or_exchanged_claim_nothing_more(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What still holds claims no more entries than there are lines for, and only all lines are the whole log."""
    name = data.draw(st.sampled_from(sorted(SOUND)))
    lines = SOUND[name].splitlines(keepends=True)
    shown = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines) + 2) | st.permutations(lines).map(sorted))
    found = check(tmp_path_factory.getbasetemp() / "lines", b"".join(shown), is_witnessed=name != "green")
    assert found.faults or found.count == sum(line.startswith(b'{"body"') for line in shown)
    if not found.faults and found.count == found.size:
        entries = [line for line in lines if line.startswith(b'{"body"')]
        assert [line for line in shown if line.startswith(b'{"body"')] == entries


@given(data=st.binary(max_size=2000))
def test_any_octets_are_refused_in_words(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert check(tmp_path_factory.getbasetemp() / "octets", data).faults


@given(data=st.data())
def test_any_value_in_a_line_is_refused_in_words(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    lines = SOUND["part"].decode().splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    content = json.loads(lines[number])
    values = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers() | st.text(), max_size=3)
    was = content[member := data.draw(st.sampled_from(sorted(content)))]
    content[member] = data.draw(values.filter(lambda value: value != was))
    try:
        lines[number] = verifier.canonical(content)
    except ValueError:
        return
    assert check(tmp_path_factory.getbasetemp() / "values", "".join(f"{line}\n" for line in lines).encode()).faults


def test_the_verifier_knows_the_kinds_of_this_room() -> None:
    package = {name: {role.value for role in kind.roles} for name, kind in TABLE.table.items()}
    assert {name: set(roles.split(",")) for name, roles in verifier.ROLES.items()} == package
    assert all(list(kind.versions) == [1] for kind in TABLE.table.values())
    assert verifier.BODIES.keys() == {name for name, kind in TABLE.table.items() if kind.keeps_body}


def test_the_program_says_what_holds_and_what_does_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound, damaged = tmp_path / "sound", tmp_path / "damaged"
    found = check(sound, SOUND["blue"])
    roots = [f"--root={party}={root}" for party, root in found.pins[0].items()]
    assert verifier.main([str(sound), *roots]) == 0
    assert "holds" in capsys.readouterr().out
    damaged.write_bytes(SOUND["blue"].replace(b'"entry":2', b'"entry":1'))
    assert verifier.main([str(damaged), *roots]) == 1
    assert "FAILS entry 1: bundle_order: " in capsys.readouterr().out
    assert verifier.main([str(tmp_path / "absent"), *roots]) == 2
    assert verifier.main([str(sound), "--root", "blue"]) == 2


def test_entries_are_the_octets_that_were_signed() -> None:
    """The bundle is no other form of them: a stranger can take a leaf out and hash it."""
    line = json.loads(SOUND["blue"].splitlines()[1])
    assert verifier.canonical(json.loads(base64.b64decode(line["leaf"]))).encode() == base64.b64decode(line["leaf"])


def test_the_verifier_is_read_in_one_sitting_and_needs_little() -> None:
    """The lines as they stand, comments and all; what it imports is Python's own, and two names of cryptography."""
    text = Path(verifier.__file__).read_text()
    assert len(text.splitlines()) < 300
    assert max(map(len, text.splitlines())) <= 120
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        each
        for node in found
        for each in ([node.module] if isinstance(node, ast.ImportFrom) else [x.name for x in node.names])
    }
    rooms = {str(name).split(".")[0] for name in names}
    assert rooms - sys.stdlib_module_names == {"cryptography"}
