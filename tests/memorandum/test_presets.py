"""The presets: that they load, say where they come from, and that no mutilation of them gets past the reader."""

from __future__ import annotations

import random

import pytest

from skyaccord.errors import MemorandumError
from skyaccord.memorandum import (
    Breach,
    Confidence,
    Evidence,
    Keep,
    Memorandum,
    is_in_force,
    parse_formula,
    preset,
    preset_names,
    preset_text,
    read_memorandum,
)
from skyaccord.model.instants import parse_instant


def test_presets_are_these() -> None:
    assert preset_names() == (
        "cues-2014",
        "dma-1989",
        "drone-operators",
        "due-regard",
        "icao-annex-2-intercepted",
        "icao-annex-2-interception",
        "incsea-1972",
        "near-midair",
        "no-overflight-radius",
        "rvsm-minima",
        "surveillance-minima",
        "syria-2015-public-outline",
        "temporary-deconfliction-line",
        "us-china-2014-2015",
        "wildfire-fire-traffic-area",
    )


@pytest.mark.parametrize("name", preset_names())
def test_every_provision_of_a_preset_has_a_source_and_a_known_confidence(name: str) -> None:
    for provision in preset(name).provisions:
        assert provision.source.text, provision.id
        assert provision.source.confidence is not Confidence.UNKNOWN, provision.id


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_has_a_provision_that_tracks_can_decide(name: str) -> None:
    assert any(provision.is_assessable_from_tracks for provision in preset(name).provisions)


def test_rule_of_threes_is_reported_and_carries_both_readings_of_miles() -> None:
    threes = preset("syria-2015-public-outline").provision("separation.threes")
    assert threes is not None
    assert threes.rule == Keep(parse_formula("horizontal >= 3 NM or vertical >= 3000 ft"), 180.0, 30.0)
    assert threes.alternatives == (parse_formula("horizontal >= 3 mi or vertical >= 3000 ft"),)
    assert threes.source.confidence is Confidence.REPORTED


def test_memorandum_of_2015_is_in_force_from_its_day_and_not_at_the_near_approach_before() -> None:
    memorandum = preset("syria-2015-public-outline")
    assert not is_in_force(memorandum, parse_instant("2015-10-10T11:42:00Z"))
    assert is_in_force(memorandum, parse_instant("2015-11-03T12:00:00Z"))
    assert not is_in_force(memorandum, parse_instant("2024-01-01T00:00:00Z"))


def test_outline_of_2015_names_every_kind_of_evidence() -> None:
    provisions = preset("syria-2015-public-outline").provisions
    assert {kind for provision in provisions for kind in provision.evidence} == set(Evidence)


@pytest.mark.parametrize(
    "name",
    [
        "due-regard",
        "icao-annex-2-intercepted",
        "icao-annex-2-interception",
        "near-midair",
        "rvsm-minima",
        "surveillance-minima",
    ],
)
def test_yardstick_binds_everyone_and_says_that_no_one_signed_it(name: str) -> None:
    memorandum = preset(name)
    assert memorandum.binds_everyone
    assert "No one signed it" in memorandum.notes


def test_near_midair_collision_is_less_than_500_ft() -> None:
    distance = preset("near-midair").provision("near-midair.distance")
    assert distance is not None
    assert distance.rule == Breach(parse_formula("slant < 500 ft"))


def test_unknown_preset_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(MemorandumError, match="Did you mean 'near-midair'"):
        preset("near-midiar")
    with pytest.raises(MemorandumError, match="surveillance-minima"):
        preset("../secrets")


PIECES = (
    "",
    " ",
    "\n",
    '"',
    "'",
    '"""',
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ",",
    "#",
    "\\",
    "\x00",
    "é",
    "3",
    "NM",
    "-",
    "inf",
    "(",
)


def mutilate(text: str, rng: random.Random) -> str:
    """Return the text with one to three pieces replaced, doubled, moved or cut off."""
    for _ in range(rng.randint(1, 3)):
        begin = rng.randrange(len(text) + 1)
        end = min(len(text), begin + rng.choice((0, 1, 1, 2, 5, 40)))
        match rng.randrange(5):
            case 0 | 1:
                text = text[:begin] + rng.choice(PIECES) + text[end:]
            case 2:
                text = text[:end] + text[begin:]
            case 3:
                lines = text.split("\n")
                rng.shuffle(lines) if rng.random() < 0.02 else lines.pop(rng.randrange(len(lines)))
                text = "\n".join(lines)
            case _:
                text = text[:begin] if rng.random() < 0.05 else text[:begin] + text[begin:end].swapcase() + text[end:]
    return text


def outcome(text: str) -> Memorandum | MemorandumError:
    """Return the memorandum or the refusal; any other error ends the test."""
    try:
        return read_memorandum(text, "mutilated.toml")
    except MemorandumError as error:
        return error


def test_3000_mutilated_presets_are_memoranda_or_refusals_with_a_line_and_a_cure() -> None:
    rng = random.Random(20151020)  # noqa: S311 - a fixed sequence is wanted
    texts = [preset_text(name) for name in preset_names()]
    refusals = read = 0
    for k in range(3000):
        text = mutilate(texts[k % len(texts)], rng)
        match outcome(text):
            case MemorandumError() as error:
                refusals += 1
                assert error.cure
                assert error.line is not None
                assert 1 <= error.line <= text.count("\n") + 1
            case Memorandum() as memorandum:
                read += 1
                assert memorandum.hash.startswith("sha256:")
    assert refusals > 500
    assert read > 500
