"""The hash is of what was agreed: rewriting the file keeps it, changing a word of it does not."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import MemorandumError
from skyaccord.memorandum import canonical_form, content_hash, preset_names, preset_text, read_memorandum
from tests.memorandum.toml_writer import write_toml

FULL = """\
[memorandum]
title = "Northern sector"
parties = ["blue", "green"]
notes = "Draft"
area = { polygon = [[10, 50.5], [12, 50], [11, 52]], floor = "0 ft", ceiling = "60000 ft", datum = "pressure" }
valid = { from = 2026-12-01T00:00:00Z, until = 2027-12-01T00:00:00Z }
[party.blue]
name = "Blue air rescue"
root = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
[area.ridge]
name = "Fire traffic area"
centre = [11.5, 50.75]
radius = "5 NM"
floor = "500 ft"
ceiling = "12000 ft"
datum = "pressure"
[area.valley]
polygon = [[10, 50.5], [10.5, 50], [10.25, 51]]
[line.river]
name = "The river"
points = [[10, 50.5], [10.5, 50.75], [11, 50.5]]
[communications]
frequencies = ["121.500 MHz"]
hotline = { check_every = "12 h", acknowledge = { emergency = "60 s", routine = "6 h" } }
[[provision]]
id = "threes"
text = "Keep apart.\\nAlways \\"so\\"."
modality = "shall"
evidence = ["tracks", "radio"]
keep = "horizontal >= 3 NM or (vertical >= 3000 ft) for 5 s"
alternatives = ["horizontal >= 3 mi"]
restore = "180 s"
reenter = "20 s"
actor = "green"
source = { text = "Talks", confidence = "reported" }
notes = "Miles"
[[provision]]
id = "near"
text = "Never near."
modality = "should"
evidence = ["tracks"]
breach = "slant < 500 ft"
"""


def hash_of(text: str) -> str:
    return read_memorandum(text).hash


@pytest.mark.parametrize("name", ["full", *preset_names()])
@given(seed=st.integers(0, 2**32))
def test_reformatting_keeps_the_hash(name: str, seed: int) -> None:
    text = FULL if name == "full" else preset_text(name)
    content = tomllib.loads(text)
    rewritten = write_toml(content, random.Random(seed))  # noqa: S311 - layout, not secrets
    assert tomllib.loads(rewritten) == content
    assert hash_of(rewritten) == hash_of(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "horizontal >= 3 NM or (vertical >= 3000 ft) for 5 s",
            "((horizontal>=3.0NM)) or ((vertical >= 3e3 ft)) for 5s",
        ),
        ('restore = "180 s"', 'restore = "3 min"'),
        ("2026-12-01T00:00:00Z", "2026-12-01T02:00:00+02:00"),
        ("121.500 MHz", "121.5MHz"),
        ("[12, 50], [11, 52]]", "[12.0, 50], [11, 52], [10, 50.5]]"),
        ("[10.25, 51]]", "[10.25, 51.0], [10, 50.5]]"),
        ('radius = "5 NM"', 'radius = "5.0NM"'),
        ('floor = "0 ft"', 'floor = "0.0 ft"'),
        ('breach = "slant < 500 ft"', 'breach = "slant < 500 ft"\nactor = "parties"'),
    ],
)
def test_same_agreement_in_other_figures_keeps_the_hash(old: str, new: str) -> None:
    assert FULL.count(old) == 1
    assert hash_of(FULL.replace(old, new)) == hash_of(FULL)


def test_default_written_out_is_the_default_left_out() -> None:
    spelled = FULL.replace('breach = "slant', 'restore = "0 s"\nreenter = "30 s"\nkeep = "slant')
    assert hash_of(spelled) == hash_of(FULL.replace('breach = "slant', 'keep = "slant'))


@pytest.mark.parametrize(("old", "new"), [("3 NM", "5556 m"), ("3000 ft", "914.4 m"), ("121.500 MHz", "121500 kHz")])
def test_other_unit_is_another_text(old: str, new: str) -> None:
    assert hash_of(FULL.replace(old, new)) != hash_of(FULL)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value that holds no others."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*path, key))
    else:
        yield path


OTHER = {
    "modality": {"shall": "should", "should": "shall"},
    "evidence": {"tracks": "video", "radio": "hotline"},
    "confidence": {"reported": "assumed"},
    "datum": {"pressure": "ellipsoid"},
    "actor": {"green": "blue"},
}


def altered(value: Any, key: str) -> Any:
    """Return another value that the key may have."""
    if isinstance(value, datetime):
        return value + timedelta(milliseconds=1)
    if isinstance(value, int | float):
        return value + 0.25
    if key in OTHER:
        return OTHER[key][value]
    if key == "root":
        return value.replace("f", "e")
    digit = next((k for k, letter in enumerate(value) if letter in "012356"), None)
    if digit is not None:
        return value[:digit] + chr(ord(value[digit]) + 1) + value[digit + 1 :]
    return value + "x"


@pytest.mark.parametrize("path", list(leaves(tomllib.loads(FULL))), ids=lambda path: ".".join(map(str, path)))
def test_every_single_value_is_under_the_hash(path: tuple[Any, ...]) -> None:
    content = copy.deepcopy(tomllib.loads(FULL))
    if path == ("memorandum", "parties", 1):
        content["provision"][0]["actor"] = "greenx"
    inner = content
    for key in path[:-1]:
        inner = inner[key]
    key = next(step for step in reversed(path) if isinstance(step, str))
    inner[path[-1]] = altered(inner[path[-1]], key)
    if path == ("memorandum", "parties", 0):
        content["party"] = {"bluex": content["party"]["blue"]}
    assert hash_of(write_toml(content, None)) != hash_of(FULL)


@pytest.mark.parametrize("key", ["alternatives", "restore", "reenter", "actor", "source", "notes"])
def test_leaving_out_an_optional_key_changes_the_hash(key: str) -> None:
    content = tomllib.loads(FULL)
    del content["provision"][0][key]
    assert hash_of(write_toml(content, None)) != hash_of(FULL)


@pytest.mark.parametrize(("kind", "plural"), [("area", "areas"), ("line", "lines")])
def test_a_memorandum_without_named_places_has_no_word_of_them(kind: str, plural: str) -> None:
    content = tomllib.loads(FULL)
    del content[kind]
    without = read_memorandum(write_toml(content, None))
    assert plural not in canonical_form(without)
    assert without.hash != hash_of(FULL)


def test_order_of_named_areas_is_no_part_of_the_agreement() -> None:
    content = tomllib.loads(FULL)
    content["area"] = dict(reversed(content["area"].items()))
    assert hash_of(write_toml(content, None)) == hash_of(FULL)


def test_name_of_an_area_is_under_the_hash() -> None:
    assert hash_of(FULL.replace("[area.valley]", "[area.gorge]")) != hash_of(FULL)


def test_direction_of_a_line_is_part_of_the_agreement() -> None:
    content = tomllib.loads(FULL)
    content["line"]["river"]["points"].reverse()
    assert hash_of(write_toml(content, None)) != hash_of(FULL)


def test_order_of_provisions_is_part_of_the_agreement() -> None:
    content = tomllib.loads(FULL)
    content["provision"].reverse()
    assert hash_of(write_toml(content, None)) != hash_of(FULL)


def test_hash_is_sha256_over_sorted_json_that_anyone_can_compute() -> None:
    memorandum = read_memorandum(FULL)
    plain = json.dumps(canonical_form(memorandum), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    plain = re.sub(r"(\d)\.0(?=[,\]])", r"\1", plain)
    assert memorandum.hash == "sha256:" + hashlib.sha256(plain.encode()).hexdigest()
    assert content_hash(memorandum) == memorandum.hash


def test_canonical_form_keeps_the_words() -> None:
    form = canonical_form(read_memorandum(FULL))
    assert form["format"] == "skyaccord/memorandum/1"
    assert form["valid"] == {"from": "2026-12-01T00:00:00.000Z", "until": "2027-12-01T00:00:00.000Z"}
    assert form["area"] == {
        "polygon": ((10.0, 50.5), (12.0, 50.0), (11.0, 52.0)),
        "floor": "0 ft",
        "ceiling": "60000 ft",
        "datum": "pressure",
    }
    assert form["areas"] == {
        "ridge": {
            "centre": (11.5, 50.75),
            "radius": "5 NM",
            "floor": "500 ft",
            "ceiling": "12000 ft",
            "datum": "pressure",
            "name": "Fire traffic area",
        },
        "valley": {"polygon": ((10.0, 50.5), (10.5, 50.0), (10.25, 51.0))},
    }
    assert form["lines"] == {"river": {"points": ((10.0, 50.5), (10.5, 50.75), (11.0, 50.5)), "name": "The river"}}
    assert form["provisions"][0] == {  # type: ignore[index]
        "id": "threes",
        "text": 'Keep apart.\nAlways "so".',
        "modality": "shall",
        "evidence": ["tracks", "radio"],
        "actor": "green",
        "source": {"text": "Talks", "confidence": "reported"},
        "keep": "horizontal >= 3 NM or (vertical >= 3000 ft) for 5 s",
        "restore": "180 s",
        "reenter": "20 s",
        "alternatives": ["horizontal >= 3 mi"],
        "notes": "Miles",
    }


@given(st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_instant_of_any_zone_keeps_its_milliseconds(instant: datetime, offset_min: int) -> None:
    instant = instant.replace(microsecond=instant.microsecond // 1000 * 1000, tzinfo=UTC)
    local = instant.astimezone(timezone(timedelta(minutes=offset_min)))
    text = FULL.replace("2026-12-01T00:00:00Z", local.isoformat()).replace("2027-12-01", "2200-12-01")
    try:
        form = canonical_form(read_memorandum(text))
    except MemorandumError:
        assert local.year < 1900
        return
    assert form["valid"]["from"] == instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")  # type: ignore[index, call-overload]
