"""The verifier, which shares no code with the package, believes what the package wrote and refuses forgeries."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.trust import verify_skyaccord as verifier
from skyaccord.trust.kinds import KINDS as TABLE
from tests.trust.bundles.corpus import (
    LOGGED,
    bundle_of,
    check,
    forged_bundle,
    found_by_package,
    logged,
    sound_bundles,
)
from tests.trust.bundles.damage import DAMAGES, Damage, changed
from tests.trust.cast import Note, Scene, Side
from tests.trust.forgeries.forgery import Forgery

SOUND = sound_bundles()


@pytest.mark.parametrize(("name", "entries", "erased"), [("blue", 13, 1), ("green", 10, 0), ("part", 10, 0)])
def test_a_sound_bundle_holds(name: str, entries: int, erased: int, tmp_path: Path) -> None:
    found = check(tmp_path / name, SOUND[name], is_witnessed=name != "green")
    assert (found.faults, found.count, found.erased) == ([], entries, erased)


def test_bundles_of_both_parties_agree(tmp_path: Path) -> None:
    blue, green = (check(tmp_path / name, SOUND[name]) for name in ("blue", "green"))
    assert [*verifier.compare(blue, green), *verifier.compare(green, blue)] == []


@pytest.mark.parametrize("forgery", LOGGED, ids=lambda each: f"{each.family}: {each.name}")
def test_a_log_with_a_forgery_in_it_is_judged_as_by_the_package(forgery: Forgery, tmp_path: Path) -> None:
    side, entries = logged(forgery)
    found = check(tmp_path / "bundle", forged_bundle(side, entries), *side.parties).faults
    placed = [(place, reason) for place, reason, _ in found if place.startswith("entry")]
    assert placed == found_by_package(side, entries)
    is_introduced = len(entries) > 1
    rest = {reason for place, reason, _ in found if not place.startswith("entry")}
    assert rest == (set() if is_introduced else {"checkpoint_unsigned", "incomplete"})


def test_every_family_of_forgeries_is_refused(tmp_path: Path) -> None:
    refused = {each.family: 0 for each in LOGGED}
    for each in LOGGED:
        side, entries = logged(each)
        refused[each.family] += bool(check(tmp_path / "bundle", forged_bundle(side, entries), *side.parties).faults)
    assert min(refused.values()) >= 5
    # Not seen: two bodies that state nothing in a room that it does not know, two that were left out as if erased.
    assert sum(refused.values()) == len(LOGGED) - 4


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
    first, second = (check(tmp_path / n, bundle_of(s.blue)) for n, s in (("first", one), ("second", other)))
    assert first.faults == second.faults == []
    found = list(verifier.compare(first, second))
    assert {reason for _, reason, _ in found} == {"checkpoint_fork", "equivocation"}
    assert all("first" in place and "second" in words for place, _, words in found)


def test_a_root_that_a_receipt_shows_convicts_a_log_that_was_rewritten(tmp_path: Path) -> None:
    """Green's receipts stand in blue's log; green shows a stranger a longer log in which an entry is another."""
    rewritten = Side("green")
    rewritten.introduce("blue")
    for number in range(9):
        rewritten.say(Note(f"never said {number}").body(), "blue", "duty")
    blue, green = check(tmp_path / "blue", SOUND["blue"]), check(tmp_path / "green", bundle_of(rewritten))
    assert blue.faults == green.faults == []
    found = list(verifier.compare(blue, green))
    assert {reason for _, reason, _ in found} == {"checkpoint_fork", "equivocation"}


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
    """A whole bundle fails; of a part that holds, no more entries are claimed than there are lines for."""
    name = data.draw(st.sampled_from(sorted(SOUND)))
    lines = SOUND[name].splitlines(keepends=True)
    shown = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines) + 2))
    found = check(tmp_path_factory.getbasetemp() / "lines", b"".join(shown), is_witnessed=name != "green")
    if shown == lines:
        assert found.faults == []
    elif name != "part":
        assert found.faults
    else:
        assert found.faults or found.count == sum(line.startswith(b'{"body"') for line in shown)


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
    found = check(tmp_path_factory.getbasetemp() / "values", "".join(f"{line}\n" for line in lines).encode())
    may_be_erased = content.get("entry") == 8  # where body and salt are null, both have to be
    assert found.faults or may_be_erased


def test_the_verifier_knows_the_kinds_of_this_room() -> None:
    package = {
        name: (",".join(map(str, kind.versions)), {role.value for role in kind.roles})
        for name, kind in TABLE.table.items()
    }
    assert {name: (versions, set(roles.split(","))) for name, (versions, roles) in verifier.KINDS.items()} == package
    assert verifier.BODIES.keys() == {name for name, kind in TABLE.table.items() if kind.keeps_body}


def test_the_program_says_what_holds_and_what_does_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound, damaged = tmp_path / "sound", tmp_path / "damaged"
    found = check(sound, SOUND["blue"])
    roots = [f"--root={party}={root}" for party, root in found.pinned.items()]
    kinds = ["--kind", "talk.note:1,2=duty"]
    assert verifier.main([str(sound), *roots, *kinds]) == 0
    assert "holds" in capsys.readouterr().out
    damaged.write_bytes(SOUND["blue"].replace(b'"entry":2', b'"entry":3'))
    assert verifier.main([str(damaged), *roots, *kinds]) == 1
    assert "FAILS entry 3: bundle_order: " in capsys.readouterr().out
    assert verifier.main([str(tmp_path / "absent"), *roots]) == 2
    assert verifier.main([str(sound), "--root", "blue"]) == 2


def test_entries_are_the_octets_that_were_signed() -> None:
    """The bundle is no other form of them: a stranger can take a leaf out and hash it."""
    line = json.loads(SOUND["blue"].splitlines()[1])
    assert verifier.canonical(json.loads(base64.b64decode(line["leaf"]))).encode() == base64.b64decode(line["leaf"])
