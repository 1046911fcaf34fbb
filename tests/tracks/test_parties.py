"""Whose aircraft is whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.errors import PartyError
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.tracks.parties import Parties, assign, load_parties

TOML = """
[party.blue]
ids       = ["a4e704", "ae*"]
callsigns = ["PSWRD*"]

[party.green]
ids     = ["15????"]
sources = ["green-*.json"]
"""


def load(folder: Path, text: str, name: str = "parties.toml") -> Parties:
    path = folder / name
    path.write_text(text)
    return load_parties(path)


@pytest.mark.parametrize(
    ("icao24", "callsigns", "source", "party"),
    [
        ("a4e704", "", "", "blue"),
        ("A4E704", "", "", "blue"),
        ("a4e705", "", "", UNASSIGNED),
        ("ae1234", "", "", "blue"),
        ("xae123", "", "", UNASSIGNED),
        ("400000", "pswrd21", "", "blue"),
        ("400000", {"SWR1", "PSWRD21"}, "", "blue"),
        ("400000", "XPSWRD21", "", UNASSIGNED),
        ("150001", "", "", "green"),
        ("1500012", "", "", UNASSIGNED),
        ("400000", "", "GREEN-07.json", "green"),
        ("ae1234", "", "green-07.json", UNASSIGNED),
    ],
)
def test_an_aircraft_belongs_to_the_one_party_that_claims_it(
    tmp_path: Path, icao24: str, callsigns: str | set[str], source: str, party: str
) -> None:
    assert load(tmp_path, TOML).party_of(icao24, callsigns, source) == party


def test_a_list_of_ids_and_parties_is_read_as_csv_whatever_the_file_s_name(tmp_path: Path) -> None:
    parties = load(tmp_path, "# tail numbers of the week\nparty,icao24\nblue,A4E704\ngreen, 150001\nblue,~2a1f03\n")
    assert parties.names == ("blue", "green")
    assert [parties.party_of(icao24) for icao24 in ("a4e704", "150001", "~2a1f03", "000000")] == [
        "blue",
        "green",
        "blue",
        UNASSIGNED,
    ]


def test_an_aircraft_that_two_parties_claim_is_nobody_s_and_is_named(tmp_path: Path) -> None:
    assigned = assign(
        load(tmp_path, TOML),
        ["ae1234", "a4e704", "400000"],
        callsigns=[[], [], []],
        sources=[["green-1.json"], [], []],
        stated=[[], [], []],
    )
    assert assigned.parties == (UNASSIGNED, "blue", UNASSIGNED)
    assert assigned.contested == ("ae1234: blue, green",)
    assert assigned.unassigned == 2


def test_what_the_recording_states_counts_like_the_party_file(tmp_path: Path) -> None:
    nothing: list[list[str]] = [[], [], [], []]
    ids = ["a4e704", "150001", "400000", "400001"]
    stated = [["blue"], ["blue"], ["red"], ["red", "blue"]]
    assigned = assign(load(tmp_path, TOML), ids, nothing, nothing, stated)
    assert assigned.parties == ("blue", UNASSIGNED, "red", UNASSIGNED)
    assert assigned.contested == ("150001: blue, green", "400001: blue, red")


def test_unassigned_in_a_recording_is_no_claim() -> None:
    assigned = assign(None, ["a", "b"], [[], []], [[], []], [[UNASSIGNED], [UNASSIGNED, "blue"]])
    assert assigned.parties == (UNASSIGNED, "blue")
    assert assigned.contested == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "names no party"),
        ("[party]\n", "names no party"),
        ("[party.blue\nids = []", r"toml:1: no TOML"),
        ("[party.blue]\nid = ['a']", 'party.blue: unknown key "id". Known here: ids, callsigns, sources'),
        ("[partys.blue]\nids = ['a']", 'unknown key "partys". Known here: party'),
        ("[party.blue]\nids = 'a4e704'", r"party.blue.ids is 'a4e704'. It must be a list"),
        ("[party.blue]\nids = [7]", r"party.blue.ids is \[7\]"),
        ("[party.blue]\nids = ['']", r"party.blue.ids is \[''\]"),
        ("[party.blue]\nids = []", "party.blue claims nothing"),
        ("[party]\nblue = 7", "party.blue is no table"),
        ("party = 7", '"party" is no table'),
        ("[party.unassigned]\nids = ['a']", 'a party is named "unassigned"'),
        ("[party.Unassigned]\nids = ['a']", 'a party is named "Unassigned"'),
        ("[party.'']\nids = ['a']", "a party is named ''"),
        ("icao24,owner\na,b", "toml:1: columns are icao24, owner. They must be icao24 and party"),
        ("icao24,party\na,blue\na4e704", "toml:3: 'a4e704' is not an id and a party"),
        ("icao24,party\n,blue", "toml:2: ',blue' is not an id and a party"),
        ("icao24,party\na,", "toml:2: a party is named ''"),
        ("icao24,party\na,unassigned", 'toml:2: a party is named "unassigned"'),
        ("icao24,party\n", "names no party"),
    ],
)
def test_a_party_file_that_cannot_be_accepted_says_why(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(PartyError, match=problem):
        load(tmp_path, text)


def test_a_party_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PartyError, match="cannot be opened"):
        load_parties(tmp_path / "gone.toml")
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    with pytest.raises(PartyError, match="not UTF-8"):
        load_parties(tmp_path / "x")


@pytest.mark.parametrize("name", ["blue", "Fuerza Aérea", "1", "a.b"])
def test_a_party_may_have_any_name(tmp_path: Path, name: str) -> None:
    assert load(tmp_path, f"[party.'{name}']\nids = ['a']").party_of("a") == name
