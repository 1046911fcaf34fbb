"""Reading memorandum files: what is taken, and that every refusal names line, provision and cure."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from skyaccord.errors import FormulaError, MemorandumError
from skyaccord.memorandum import (
    ANY,
    AltitudeDatum,
    Breach,
    Confidence,
    Evidence,
    Keep,
    Modality,
    Precedence,
    is_in_force,
    load_memorandum,
    parse_formula,
    read_memorandum,
)
from skyaccord.memorandum.keys import KEYS
from skyaccord.model.instants import parse_instant
from skyaccord.units import FT, MIN, H

Change = Callable[[str, str], str]

FULL = """\
[memorandum]
title   = "Northern sector"
parties = ["blue", "green"]
area    = { polygon = [[10, 50.5], [12, 50.0], [11,52], [10,50.5]], floor = "0 m", ceiling = "60000 ft", datum = "msl" }
valid   = { from = 2026-12-01T00:00:00Z, until = 2027-12-01T02:00:00+02:00 }
notes   = "Draft"

[party.blue]
name = "Blue air rescue"
root = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

[area.ridge]
centre  = [11, 50.6]
radius  = "7 NM"

[line.river]
points = [[10, 50.5], [11, 51]]

[communications]
frequencies = ["121.500 MHz", "243.000 MHz"]
hotline     = { check_every = "12 h", acknowledge = { routine = "6 h", emergency = "60 s" } }

[[provision]]
id       = "separation.threes"
text     = "Keep apart."
modality = "shall"
evidence = ["tracks"]
keep     = "horizontal >= 3 NM or vertical >= 3000 ft"
alternatives = ["horizontal >= 3 mi or vertical >= 3000 ft"]
restore  = "3 min"
reenter  = "0 s"
actor    = "green"
source   = { text = "Talks, round 2", confidence = "reported" }
notes    = "Miles"

[[provision]]
id       = "near"
text     = "Never nearer than 500 ft."
modality = "should"
evidence = ["tracks", "video"]
breach   = "slant < 500 ft"

[[provision]]
id       = "frequencies"
text     = "Use them."
modality = "shall"
evidence = ["radio"]
"""


def refused(text: str, folder: Path | None = None) -> MemorandumError:
    with pytest.raises(MemorandumError) as caught:
        read_memorandum(text, "north.toml", folder)
    return caught.value


def test_title_parties_validity_and_one_provision_are_enough(least: str) -> None:
    memorandum = read_memorandum(least)
    assert memorandum.title == "Safety of flight, northern sector"
    assert memorandum.parties == ("blue", "green")
    assert memorandum.valid.from_s == parse_instant("2026-12-01T00:00:00Z")
    assert (memorandum.area, memorandum.communications, memorandum.party_details) == (None, None, ())
    (provision,) = memorandum.provisions
    assert provision.rule == Keep(parse_formula("horizontal >= 3 NM or vertical >= 3000 ft"), 0.0, 30.0)
    assert provision.source.confidence is Confidence.UNKNOWN
    assert provision.actor == "parties"


def test_every_key_of_a_full_memorandum_is_read() -> None:
    memorandum = read_memorandum(FULL)
    threes, near, frequencies = memorandum.provisions
    assert memorandum.notes == "Draft"
    assert memorandum.valid.until_s == parse_instant("2027-12-01T00:00:00Z")
    assert memorandum.party_details[0].full_name == "Blue air rescue"
    assert memorandum.party_details[0].root.startswith("sha256:0123")
    assert memorandum.area is not None
    assert memorandum.area.polygon == ((10.0, 50.5), (12.0, 50.0), (11.0, 52.0))
    assert memorandum.area.band.ceiling is not None
    assert memorandum.area.band.ceiling.si == pytest.approx(60000 * FT)
    assert memorandum.area.band.datum is AltitudeDatum.MSL
    assert memorandum.communications is not None
    assert [frequency.hz for frequency in memorandum.communications.frequencies] == [121.5e6, 243e6]
    hotline = memorandum.communications.hotline
    assert hotline is not None
    assert hotline.check_every_s == 12 * H
    assert hotline.deadline_s(Precedence.EMERGENCY) == 1 * MIN
    assert hotline.deadline_s(Precedence.FLASH) is None
    assert isinstance(threes.rule, Keep)
    assert (threes.rule.restore_s, threes.rule.reenter_s) == (180.0, 0.0)
    assert threes.alternatives == (parse_formula("horizontal >= 3 mi or vertical >= 3000 ft"),)
    assert (threes.actor, threes.notes, threes.source.text) == ("green", "Miles", "Talks, round 2")
    assert threes.modality is Modality.SHALL
    assert near.rule == Breach(parse_formula("slant < 500 ft"))
    assert near.evidence == (Evidence.TRACKS, Evidence.VIDEO)
    assert [provision.is_assessable_from_tracks for provision in memorandum.provisions] == [True, True, False]
    assert frequencies.readings == ()


def test_rule_whose_evidence_is_not_tracks_is_legal_and_not_assessable_from_tracks(changed: Change) -> None:
    (provision,) = read_memorandum(changed('["tracks"]', '["video"]')).provisions
    assert provision.rule is not None
    assert not provision.is_assessable_from_tracks


def test_validity_begins_with_its_first_instant_and_ends_before_its_last(least: str) -> None:
    memorandum = read_memorandum(least)
    valid = memorandum.valid
    inside = [valid.from_s - 1e-3, valid.from_s, valid.until_s - 1e-3, valid.until_s]
    assert [is_in_force(memorandum, t_s) for t_s in inside] == [False, True, True, False]


def test_party_any_alone_binds_everyone(changed: Change) -> None:
    memorandum = read_memorandum(changed('["blue", "green"]', '["any"]'))
    assert memorandum.parties == (ANY,)
    assert memorandum.binds_everyone


MISTAKES = [
    # what is replaced, by what, line, provision or None, problem, cure
    ("title ", "titel ", 2, None, "unknown key 'titel' in memorandum", "Did you mean 'title'?"),
    ('title   = "Safety of flight, northern sector"', "", 1, None, "'title' is missing", "Add title"),
    ('"Safety of flight, northern sector"', '" "', 2, None, "'title' has 1 characters", "not only blanks"),
    ('"Safety of flight, northern sector"', "3", 2, None, "'title' holds a number", "text in quotes"),
    ("Safety of flight", "Safety\\u202Eof flight", 2, None, "invisible character U+202E", "must read as it is stored"),
    ("Safety of flight", "Safety\\u001bof flight", 2, None, "invisible character U+001B", "must read as it is stored"),
    ('["blue", "green"]', '"blue"', 3, None, "'parties' is text", "Write a list"),
    ('["blue", "green"]', "[]", 3, None, "'parties' is an empty list", "Write a list"),
    ('["blue", "green"]', '["blue"]', 3, None, "one party alone", 'parties = ["any"]'),
    ('["blue", "green"]', '["blue", "both"]', 3, None, "'both' has a meaning of its own", "another name"),
    ('["blue", "green"]', '["blue", "within"]', 3, None, "'within' has a meaning of its own", "another name"),
    ('["blue", "green"]', '["blue", "any"]', 3, None, "'any' has a meaning of its own", "only stand alone"),
    ('["blue", "green"]', '["blue", "unassigned"]', 3, None, "'unassigned' has a meaning", "Take another name"),
    ('["blue", "green"]', '["blue", "blue"]', 3, None, "'blue' twice", "Leave one out"),
    ('["blue", "green"]', '["blue", "Blue"]', 3, None, "differ in capitals only", "cannot be confused"),
    (
        '["blue", "green"]',
        '["blue", "The Greens"]',
        3,
        None,
        "'The Greens' has a name that cannot",
        "[party.NAME] name",
    ),
    ("2026-12-01T00:00:00Z", "2026-12-01T00:00:00", 4, None, "'from' is a date or time without offset", "offset"),
    ("2026-12-01T00:00:00Z", "2026-12-01", 4, None, "'from' is a date or time without offset", "offset"),
    ("2026-12-01T00:00:00Z", '"2026-12-01T00:00:00Z"', 4, None, "'from' is text", "without quotes"),
    ("2027-12-01T00:00:00Z", "2201-01-01T00:00:00Z", 4, None, "'until' is 2201", "to 2200"),
    ("2026-12-01T00:00:00Z", "0001-01-01T00:00:00+05:00", 4, None, "'from' is 0001", "a year from 1900"),
    ("2026-12-01T00:00:00Z", "2026-12-01T00:00:00.000001Z", 4, None, "'from' is 2026", "whole milliseconds"),
    (
        "2027-12-01T00:00:00Z",
        "2026-12-01T01:00:00+01:00",
        4,
        None,
        "'until' is not after 'from'",
        "after its beginning",
    ),
    (
        "{ from = 2026-12-01T00:00:00Z, until = 2027-12-01T00:00:00Z }",
        "3",
        4,
        None,
        "memorandum.valid is a number",
        "from",
    ),
    ("[[provision]]", "[[provisions]]", 6, None, "unknown key 'provisions'", "Did you mean 'provision'?"),
    ("[[provision]]", "[provision]", 6, None, "'provision' is not a list of tables", "[[provision]]"),
    ("[[provision]]", "[[provision]]\n[[provision]]", 6, "#1", "provision is empty", "Leave it out"),
    ("[memorandum]", "[memorandums]", 1, None, "unknown key 'memorandums'", "Did you mean 'memorandum'?"),
    ("[memorandum]", "weapons = 1\n[memorandum]", 1, None, "unknown key 'weapons'", "Known keys: memorandum, party"),
    ("[memorandum]", "[party.red]\nname = 'Red'\n[memorandum]", 1, None, "'red' is not a party", "blue, green"),
    ("[memorandum]", "party = 3\n[memorandum]", 1, None, "'party' is not a table", "[party.NAME]"),
    ("[memorandum]", "[party.blue]\nroot = 'abc'\n[memorandum]", 2, None, "'root' is 'abc'", "64 hexadecimal digits"),
    ("[memorandum]", "[party.blue]\naircraft = ['x']\n[memorandum]", 2, None, "unknown key 'aircraft'", "name, root"),
    ("[memorandum]", "[party.blue]\n[memorandum]", 1, None, "party.blue is empty", "Leave it out"),
    ("[memorandum]", "[communications]\nfrequency = 3\n[memorandum]", 2, None, "'frequency'", "'frequencies'"),
    ("[memorandum]", "[communications]\nfrequencies = ['121.5']\n[memorandum]", 2, None, "has '121.5'", "MHz"),
    ("[memorandum]", "[communications]\nfrequencies = ['0 MHz']\n[memorandum]", 2, None, "has '0 MHz'", "positive"),
    (
        "[memorandum]",
        "[communications.hotline]\ncheck_every = '0 s'\n[memorandum]",
        2,
        None,
        "'0 s'",
        "longer than 0 s",
    ),
    ("[memorandum]", "[communications.hotline.acknowledge]\nsoon = '1 s'\n[memorandum]", 2, None, "'soon'", "flash"),
    ('"separation.threes"', '"Separation threes"', 7, "Separation threes", "'id' is", "small letters"),
    ('id       = "separation.threes"', "", 6, "#1", "'id' is missing in provision", "Add id"),
    ('modality = "shall"', "", 6, "separation.threes", "'modality' is missing in provision", "Add modality"),
    ('"shall"', '"must"', 9, "separation.threes", "'modality' is 'must'", "Write one of shall, should"),
    ('"shall"', '"shal"', 9, "separation.threes", "'modality' is 'shal'", "Did you mean 'shall'?"),
    ('["tracks"]', "[]", 10, "separation.threes", "'evidence' is an empty list", "Write a list"),
    ('["tracks"]', '["track"]', 10, "separation.threes", "'evidence' is 'track'", "Did you mean 'tracks'?"),
    ('["tracks"]', '["none", "tracks"]', 10, "separation.threes", "none beside others", "none alone"),
    (
        '["tracks"]',
        '["tracks"]\nbreach = "slant < 1 m"',
        11,
        "separation.threes",
        "both 'keep' and 'breach'",
        "two provisions",
    ),
    ("keep  ", "kept ", 11, "separation.threes", "unknown key 'kept'", "Did you mean 'keep'?"),
    ("keep  ", "restore = '3 s'\nbreach ", 11, "separation.threes", "'restore' without 'keep'", "Only a duty can be"),
    ("keep  ", "reenter = '3 s'\nbreach ", 11, "separation.threes", "'reenter' without 'keep'", "Only a duty can be"),
    ("keep  ", "restore = '3'\nkeep ", 11, "separation.threes", "'restore' is '3'", "a number and a unit of time"),
    ("keep  ", "restore = '3 m'\nkeep ", 11, "separation.threes", "'restore' is '3 m'", "a unit of time"),
    ("keep  ", "restore = '-3 s'\nkeep ", 11, "separation.threes", "'restore' is '-3 s'", "0 s or longer"),
    ("keep  ", "restore = '1e999 s'\nkeep ", 11, "separation.threes", "'restore' is '1e999 s'", "too large"),
    ("keep  ", "restore = '３ s'\nkeep ", 11, "separation.threes", "'restore' is", "a number and a unit of time"),
    ("keep  ", "restore = 180\nkeep ", 11, "separation.threes", "'restore' holds a number", "text in quotes"),
    ("keep  ", "actor = 'red'\nkeep ", 11, "separation.threes", "'actor' is 'red'", "centre, blue, green"),
    ("keep  ", "source = 'press'\nkeep ", 11, "separation.threes", "provision.source is text", "text, confidence"),
    ("keep  ", "source = { text = 'x', confidence = 'sure' }\nkeep ", 11, "separation.threes", "'sure'", "assumed"),
    ("keep  ", "source = { text = 'x' }\nkeep ", 11, "separation.threes", "'confidence' is missing", "Add confidence"),
    ("keep  ", "[provision.target]\nkeep ", 11, "separation.threes", "unknown key 'target'", "Known keys: id"),
    ("keep  ", "alternatives = ['slant > 1 m']\nx", 12, "separation.threes", "unknown key", "Known keys"),
]


@pytest.mark.parametrize(("old", "new", "line", "provision", "problem", "cure"), MISTAKES)
def test_mistake_is_refused_with_line_provision_and_cure(
    changed: Change, old: str, new: str, line: int, provision: str | None, problem: str, cure: str
) -> None:
    error = refused(changed(old, new))
    assert (error.source, error.line, error.provision) == ("north.toml", line, provision)
    assert problem in error.problem
    assert cure in error.cure
    place = f"north.toml:{line}:" + (f" provision {provision!r}:" if provision else "")
    assert str(error).startswith(place)
    assert str(error).endswith(error.cure)


def test_alternatives_without_a_rule_are_refused(changed: Change) -> None:
    error = refused(changed("keep     = ", "alternatives = [") + "]")
    assert "'alternatives' without a rule" in error.problem


@pytest.mark.parametrize("twice", ["'horizontal >= 3.0NM or vertical >= 3000 ft'", "'slant > 1 m', 'slant > 1.0 m'"])
def test_alternative_that_is_there_already_is_refused(least: str, twice: str) -> None:
    error = refused(least + f"alternatives = [{twice}]\n")
    assert (error.line, error.provision) == (12, "separation.threes")
    assert "is there already" in error.problem


def test_two_provisions_of_one_id_are_refused_at_the_second(least: str) -> None:
    error = refused(least + least[least.index("[[provision]]") :])
    assert (error.line, error.provision) == (13, "separation.threes")
    assert "an id of its own" in error.cure


def test_unreadable_rule_shows_its_line_its_text_and_a_mark_at_its_place(changed: Change) -> None:
    error = refused(changed(">= 3 NM", ">= 3 nm"))
    assert isinstance(error, FormulaError)
    assert (error.line, error.provision, error.column) == (11, "separation.threes", 16)
    assert str(error).splitlines() == [
        "north.toml:11: provision 'separation.threes': cannot read 'nm' at character 17. Expected the spelling \"NM\"",
        "horizontal >= 3 nm or vertical >= 3000 ft",
        " " * 16 + "^",
    ]


def test_unreadable_alternative_is_placed_too(least: str) -> None:
    error = refused(least + "alternatives = ['slant > 1 m', 'slant > ']\n")
    assert isinstance(error, FormulaError)
    assert (error.line, error.text) == (12, "slant > ")


@pytest.mark.parametrize(
    ("text", "line"),
    [("[memorandum\n", 1), ("a = 1\nb = \n", 2), ("a = 1\na = 2\n", 2), ('a = 1\nb = "open', 2), ("a = 1\n\n\x00", 3)],
)
def test_broken_toml_is_refused_with_its_line(text: str, line: int) -> None:
    error = refused(text)
    assert error.line == line
    assert "Mend the TOML" in error.cure
    assert "at line" not in error.problem


@pytest.mark.parametrize("bomb", ["a = " + "[" * 100_000, "a = " + "{a=" * 100_000, "a = " + "9" * 5000])
def test_toml_bomb_is_refused(bomb: str) -> None:
    assert refused(bomb).source == "north.toml"


def test_text_with_half_a_surrogate_pair_is_refused(changed: Change) -> None:
    assert "surrogates" in refused(changed("Safety", "\ud800")).problem


def test_unknown_keys_are_refused_in_every_table() -> None:
    at = {
        "memorandum": "[memorandum]\n",
        "valid": "valid   = { ",
        "area": "area    = { ",
        "party": "[party.blue]\n",
        "communications": "[communications]\n",
        "hotline": "hotline     = { ",
        "acknowledge": "acknowledge = { ",
        "provision": "[[provision]]\n",
        "source": "source   = { ",
        "named area": "[area.ridge]\n",
        "named line": "[line.river]\n",
    }
    assert set(at) | {"file"} == set(KEYS)
    for place in at.values():
        for key in ("target", "weapon", "intelligence"):
            separator = "\n" if place.endswith("\n") else ", "
            text = FULL.replace(place, f"{place}{key} = 'x'{separator}", 1)
            assert f"unknown key {key!r}" in refused(text).problem


def test_no_key_speaks_of_targets_weapons_or_intelligence() -> None:
    words = {key for keys in KEYS.values() for key in keys}
    assert not [key for key in words for bad in ("target", "weapon", "intel", "hostile", "enemy") if bad in key]


def with_area(text: str, polygon: str) -> str:
    return text.replace("[memorandum]\n", f"[memorandum]\narea = {{ polygon = {polygon} }}\n")


SQUARE = [[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]]


@pytest.mark.parametrize(
    "content",
    [
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [SQUARE]}},
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}],
        },
    ],
)
def test_polygon_of_a_file_is_part_of_the_document(least: str, tmp_path: Path, content: object) -> None:
    (tmp_path / "area.geojson").write_text(json.dumps(content))
    (tmp_path / "north.toml").write_text(with_area(least, '"area.geojson"'))
    memorandum = load_memorandum(tmp_path / "north.toml")
    assert memorandum.area is not None
    assert memorandum.area.polygon == ((10.0, 50.0), (11.0, 50.0), (11.0, 51.0), (10.0, 51.0))
    assert memorandum.hash == read_memorandum(with_area(least, str(SQUARE))).hash


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("\xff", "holds no Polygon"),
        ('{"type": "Point", "coordinates": [1, 2]}', "holds no Polygon"),
        ('{"type": "Feature", "geometry": null}', "holds no Polygon"),
        ('{"type": "FeatureCollection", "features": []}', "not exactly one feature"),
        ('{"type": "Polygon", "coordinates": [[], []]}', "has holes"),
        ('{"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [NaN, 6]]]}', "vertex 3 of 'polygon' is out of range"),
        (
            '{"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 6, 7]]]}',
            "vertex 3 of 'polygon' is not two numbers",
        ),
        ('{"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}', "2 different vertices"),
    ],
)
def test_geojson_that_is_no_single_polygon_is_refused(least: str, tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "area.geojson").write_bytes(b"3" if content == "\xff" else content.encode())
    error = refused(with_area(least, '"area.geojson"'), tmp_path)
    assert problem in error.problem
    assert error.line == 2


@pytest.mark.parametrize(
    ("polygon", "problem"),
    [
        ("3", "neither a list nor the name"),
        ("[[1, 2], [3, 4]]", "2 different vertices"),
        ("[[1, 2], [3, 4], [181, 5]]", "vertex 3 of 'polygon' is out of range"),
        ("[[1, 2], [3, 4], [5, 91]]", "vertex 3 of 'polygon' is out of range"),
        ("[[1, 2], [3, 4], [nan, 5]]", "vertex 3 of 'polygon' is out of range"),
        ("[[1, 2], [3, true], [5, 6]]", "vertex 2 of 'polygon' is not two numbers"),
        ("[[1, 2], '3 4', [5, 6]]", "vertex 2 of 'polygon' is not two numbers"),
        ("'missing.geojson'", "cannot read 'missing.geojson'"),
        ("'.'", "cannot read '.'"),
        ("'../area.geojson'", "lies outside the folder"),
        ("'/etc/hostname'", "lies outside the folder"),
        ("'" + "x" * 5000 + "'", "cannot read"),
    ],
)
def test_polygon_that_cannot_be_used_is_refused(least: str, tmp_path: Path, polygon: str, problem: str) -> None:
    error = refused(with_area(least, polygon), tmp_path)
    assert problem in error.problem
    assert error.line == 2
    assert error.cure


def test_link_that_leads_out_of_the_folder_is_not_followed(least: str, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "area.geojson").symlink_to(tmp_path / "secret.json")
    assert "lies outside" in refused(with_area(least, '"area.geojson"'), tmp_path / "inner").problem


def test_polygon_file_is_refused_where_the_memorandum_is_no_file(least: str) -> None:
    assert "the memorandum is not a file" in refused(with_area(least, '"area.geojson"')).problem


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        ("floor = '0 ft'", "without 'datum'"),
        ("ceiling = '1 km'", "without 'datum'"),
        ("floor = '0 ft', datum = 'sea'", "'datum' is 'sea'"),
        ("floor = '5000 ft', ceiling = '1500 m', datum = 'msl'", "'ceiling' is not above 'floor'"),
        ("floor = '3 s', datum = 'msl'", "'floor' is '3 s'"),
    ],
)
def test_altitude_band_that_cannot_be_meant_is_refused(least: str, limits: str, problem: str) -> None:
    error = refused(with_area(least, f"{SQUARE}, {limits}"))
    assert problem in error.problem
    assert error.line == 2


def test_missing_file_and_folder_and_wrong_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("title = 'Süd'".encode("latin-1"))
    (tmp_path / "huge.toml").write_bytes(b"#" * 1_000_001)
    problems = []
    for name in ("none.toml", "", "latin.toml", "huge.toml", "nul\0.toml"):
        with pytest.raises(MemorandumError) as caught:
            load_memorandum(tmp_path / name)
        problems.append(caught.value.problem)
    assert "cannot be read" in problems[0]
    assert "cannot be read" in problems[1]
    assert problems[2] == "not UTF-8 at byte 10"
    assert problems[3] == "larger than 1000000 bytes"
    assert "cannot be read" in problems[4]


def test_byte_order_mark_is_no_part_of_the_text(least: str, tmp_path: Path) -> None:
    (tmp_path / "north.toml").write_bytes(b"\xef\xbb\xbf" + least.encode())
    assert load_memorandum(str(tmp_path / "north.toml")).hash == read_memorandum(least).hash
