"""The table of kinds: a value, each kind once, old versions readable."""

from __future__ import annotations

import subprocess
import sys

import pytest

from skyaccord.errors import MemberError, SkyaccordError
from skyaccord.model.canonical_json import canonical
from skyaccord.trust.acceptance.outcome import Accepted
from skyaccord.trust.keys.role import Role
from skyaccord.trust.kinds import KINDS, Kind, Numbering, Version, make_kinds
from tests.trust.cast import PLAIN, Note, Scene, deliver, read_note

NOTE = {1: Version(frozenset({"text"}), read_note)}
DUTY = frozenset({Role.DUTY})


def test_the_kinds_of_the_room_and_who_signs_them() -> None:
    roles = {name: {role.value for role in kind.roles} for name, kind in KINDS.table.items()}
    assert roles == {
        "key.certificate": {"root"},
        "key.revocation": {"root", "duty", "node", "tls"},
        "root.successor": {"root"},
        "root.consent": {"root"},
        "root.replacement": {"heir"},
        "log.receipt": {"node"},
        "log.refounding": {"node"},
    }
    assert all(kind.keeps_body for kind in KINDS.table.values())
    assert [name for name, kind in KINDS.table.items() if kind.numbering is Numbering.ANSWERS] == ["log.receipt"]


def test_joining_tables_makes_a_new_one_and_changes_none() -> None:
    before = set(KINDS.table)
    more = make_kinds([Kind("hotline.note", NOTE, DUTY)])
    assert set(KINDS.joined(more).table) == before | {"hotline.note"}
    assert set(KINDS.table) == before
    with pytest.raises(SkyaccordError, match="one owner"):
        KINDS.joined(KINDS)


@pytest.mark.parametrize("name", ["note", "Hotline.note", "hotline.", "hotline.note.", "höt.line", "a b.c", ""])
def test_a_kind_of_another_name_cannot_stand(name: str) -> None:
    with pytest.raises(SkyaccordError, match="cannot stand"):
        make_kinds([Kind(name, NOTE, DUTY)])


def test_a_kind_stands_once_and_has_a_version() -> None:
    for kinds in ([Kind("a.b", NOTE, DUTY)] * 2, [Kind("a.b", {}, DUTY)], [Kind("a.b", {0: NOTE[1]}, DUTY)]):
        with pytest.raises(SkyaccordError, match="cannot stand"):
            make_kinds(kinds)


def test_an_old_version_is_read_until_its_sender_has_used_a_newer() -> None:
    scene = Scene()
    deliver(scene.green, scene.blue.say(Note("version 1").body(), "green", "duty"))
    deliver(scene.green, scene.blue.say(canonical({"text": "version 2", "urgent": 3}), "green", "duty", version=2))
    own = scene.green.say(Note("green still has version 1").body(), "blue", "duty")
    assert isinstance(scene.blue.receive(own), Accepted)


def test_a_version_says_what_its_members_are() -> None:
    version = PLAIN.table["talk.note"].versions[2]
    assert version.decode({"text": "a", "urgent": 5}) == Note("a", 5)
    for content in ({"text": "a"}, {"text": "a", "urgent": 6}, {"text": 1, "urgent": 1}, {"text": "a", "urgent": True}):
        with pytest.raises(MemberError):
            version.decode(content)


def test_importing_the_room_loads_no_cryptography() -> None:
    program = (
        "import sys, skyaccord.trust.acceptance.correspondence, skyaccord.trust.keys.key_file, "
        "skyaccord.trust.keys.system_keyring\n"
        "print(sorted({'cryptography', 'keyring', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
