"""Text to read over a telephone and codes to show: the exact bytes come back, or the line to ask for is named."""

from __future__ import annotations

import itertools
import random
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import SkyaccordError
from skyaccord.hotline.fallback.armour import BEGIN, END, write_armour
from skyaccord.hotline.fallback.codes import read_codes, write_codes
from skyaccord.hotline.fallback.draw_codes import draw_png, draw_svg
from skyaccord.hotline.fallback.letters import LETTERS, read_count, to_letters, to_octets, write_count
from skyaccord.hotline.fallback.line_check import CHECKS, compute_checks, find_misread, is_right
from skyaccord.hotline.fallback.outcome import Damaged, Whole
from skyaccord.hotline.fallback.packing import MOST_OCTETS
from skyaccord.hotline.fallback.read_armour import read_armour
from skyaccord.hotline.fallback.spelling import WORDS, spell, unspell
from tests.hotline.golden import GOLDEN

ANY = st.binary(max_size=400) | st.sampled_from(list(GOLDEN.values()))
SHORT = write_armour(b"Green keeps clear.")
PRINTABLE = [chr(code) for code in range(32, 127)] + ["Д", "\u00a0", "\t"]


@given(ANY)
def test_what_is_written_is_read_back_to_the_byte(data: bytes) -> None:
    assert read_armour(write_armour(data)) == Whole(data)
    assert read_armour(unspell(spell(write_armour(data)))) == Whole(data)


@given(ANY, st.randoms(use_true_random=False))
def test_lines_may_come_in_any_order_twice_and_in_small_letters(data: bytes, rng: random.Random) -> None:
    first, *lines, last = write_armour(data).lower().split("\n")[:-1]
    lines += rng.sample(lines, len(lines) // 2)
    rng.shuffle(lines)
    assert read_armour("\n".join((first, *(f"  {line}\t\n" for line in lines), last))) == Whole(data)


def test_each_misreading_of_one_character_is_found_in_its_line() -> None:
    """All of them: each character of a block, line numbers, check letters and frame too, by each other character."""
    tried = 0
    for at, character in enumerate(SHORT):
        row = SHORT.count("\n", 0, at) + 1
        for other in PRINTABLE:
            if character == "\n" or other.upper() == character or (character + other).isspace():
                continue
            outcome = read_armour(SHORT[:at] + other + SHORT[at + 1 :])
            assert isinstance(outcome, Damaged), (at, other)
            named = {fault.row for fault in outcome.faults if fault.row}
            assert named == {row}, (at, other, outcome)
            tried += 1
    assert tried > 10_000


@given(ANY.filter(len), st.data())
def test_a_misread_letter_in_any_message_is_found_in_its_line(data: bytes, draw: st.DataObject) -> None:
    lines = write_armour(data).split("\n")
    row = draw.draw(st.integers(1, len(lines) - 3))
    at = draw.draw(st.integers(0, len(lines[row]) - 1).filter(lambda k: lines[row][k] != " "))
    alphabet = "0123456789" if at < 3 else LETTERS
    other = draw.draw(st.sampled_from([letter for letter in alphabet if letter != lines[row][at]]))
    lines[row] = lines[row][:at] + other + lines[row][at + 1 :]
    outcome = read_armour("\n".join(lines))
    assert isinstance(outcome, Damaged)
    assert {fault.row for fault in outcome.faults if fault.row} == {row + 1}


@given(st.data())
def test_up_to_four_misread_letters_of_a_line_are_noticed(data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(0, 31), min_size=1, max_size=27))
    line = [*values, *compute_checks(values)]
    assert is_right(line)
    places = data.draw(st.sets(st.integers(0, len(line) - 1), min_size=1, max_size=CHECKS))
    wrong = [value ^ data.draw(st.integers(1, 31)) if place in places else value for place, value in enumerate(line)]
    assert not is_right(wrong)


def test_no_two_right_lines_of_two_letters_are_nearer_than_five() -> None:
    """The least distance of the code, counted: each pair of values that is not zero has no zero among its checks."""
    weights = {
        sum(value != 0 for value in (*pair, *compute_checks(pair)))
        for pair in itertools.product(range(32), repeat=2)
        if any(pair)
    }
    assert min(weights) == 5


@given(st.data())
def test_a_single_misread_letter_is_the_one_that_is_pointed_at(data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(0, 31), min_size=1, max_size=27))
    line = [*values, *compute_checks(values)]
    place = data.draw(st.integers(0, len(line) - 1))
    wrong = line[:]
    wrong[place] ^= data.draw(st.integers(1, 31))
    assert find_misread(wrong) == (place, line[place])
    assert find_misread(line) is None


@given(st.lists(st.integers(0, 31), min_size=5, max_size=31))
def test_what_is_pointed_at_would_make_the_line_right(line: list[int]) -> None:
    found = find_misread(line)
    tried = [
        (p, v) for p in range(len(line)) for v in range(32) if v != line[p] and is_right([*line[:p], v, *line[p + 1 :]])
    ]
    assert [found] == (tried or [None])


def test_a_misread_letter_is_pointed_at_and_not_mended() -> None:
    lines = SHORT.split("\n")
    right = lines[2][11]
    wrong = "Q" if right != "Q" else "Z"
    lines[2] = lines[2][:11] + wrong + lines[2][12:]
    outcome = read_armour("\n".join(lines))
    assert isinstance(outcome, Damaged)
    (fault,) = (each for each in outcome.faults if each.row)
    assert (fault.row, fault.number) == (3, 1)
    assert f"as if group 2, letter 2 were {right}" in fault.words


def test_a_missing_line_is_named() -> None:
    lines = SHORT.split("\n")
    del lines[2]
    outcome = read_armour("\n".join(lines))
    assert isinstance(outcome, Damaged)
    assert [(fault.row, fault.number, fault.words) for fault in outcome.faults] == [(0, 1, "line 001 is missing")]


def test_lines_of_two_messages_are_not_one() -> None:
    first, second = write_armour(b"a" * 90), write_armour(b"ab" * 45)
    mixed = first.split("\n")
    mixed[2] = second.split("\n")[2]
    assert isinstance(read_armour("\n".join(mixed)), Damaged)


@pytest.mark.parametrize("text", ["", "\n \n", BEGIN, f"{BEGIN}\n{END}", "x" * 10_000, "000\n" * 3000])
def test_what_is_no_message_is_named_and_nothing_breaks(text: str) -> None:
    outcome = read_armour(text)
    assert isinstance(outcome, Damaged)
    assert outcome.faults


def test_more_than_can_be_numbered_is_refused() -> None:
    noise = random.Random(7).randbytes(20_000)  # noqa: S311 - reproducible, not secret
    with pytest.raises(SkyaccordError, match="send fewer"):
        write_armour(noise)
    with pytest.raises(SkyaccordError, match="send fewer"):
        write_armour(bytes(MOST_OCTETS + 1))
    assert read_armour(write_armour(bytes(MOST_OCTETS))) == Whole(bytes(MOST_OCTETS))


def test_a_line_reads_as_groups_of_five() -> None:
    for line in SHORT.split("\n")[1:-2]:
        assert re.fullmatch(r"[0-9]{3}( [A-Z2-7]{5}){5} [A-Z2-7]{4}", line)


@given(st.binary(max_size=60))
def test_letters_hold_octets(data: bytes) -> None:
    assert to_octets(to_letters(data)) == data


@given(st.integers(0, 32**4 - 1))
def test_letters_hold_counts(count: int) -> None:
    assert read_count(write_count(count, 4)) == count


# Spelling


def test_words_are_those_of_the_spelling_alphabet() -> None:
    assert spell("003 JBSWX 7").split(", ") == [
        "zero zero tree",
        "Juliett Bravo Sierra Whiskey X-ray",
        "seven",
    ]
    assert len(set(WORDS.values())) == 36


@pytest.mark.parametrize("heard", ["alpha ALFA  Juliet xray one two nine", "Alfa alfa juliett X-RAY wun too niner"])
def test_common_spellings_of_the_words_are_taken(heard: str) -> None:
    assert unspell(heard) == "AAJX129"


def test_a_word_that_is_none_names_its_line() -> None:
    spelled = spell(SHORT).split("\n")
    spelled[2] = spelled[2].replace(spelled[2].split()[4], "Cargo", 1)
    outcome = read_armour(unspell("\n".join(spelled)))
    assert isinstance(outcome, Damaged)
    assert 3 in {fault.row for fault in outcome.faults}


# Codes


@given(ANY, st.integers(30, 700), st.randoms(use_true_random=False))
def test_codes_give_back_the_bytes_in_any_order(data: bytes, letters: int, rng: random.Random) -> None:
    codes = list(write_codes(data, letters))
    codes += rng.sample(codes, len(codes) // 2)
    rng.shuffle(codes)
    assert read_codes(codes) == Whole(data)


def test_codes_that_are_missing_or_of_another_message_are_named() -> None:
    data = GOLDEN["hotline.notice"]
    codes = write_codes(data, 100)
    other = write_codes(GOLDEN["hotline.query"], 100)
    without = read_codes([*codes[:2], *codes[3:]])
    assert isinstance(without, Damaged)
    assert [(fault.row, fault.number) for fault in without.faults] == [(0, 3)]
    mixed = read_codes([*codes, other[0], "HTTPS://EXAMPLE"])
    assert isinstance(mixed, Damaged)
    assert [fault.row for fault in mixed.faults] == [len(codes) + 1, len(codes) + 2]
    assert isinstance(read_codes([]), Damaged)


def test_pictures_are_drawn_and_use_the_short_alphabet() -> None:
    import segno

    codes = write_codes(GOLDEN["hotline.notice"], 200)
    assert len(codes) > 1
    for text, svg, png in zip(codes, draw_svg(codes), draw_png(codes), strict=True):
        assert segno.make(text, error="m").mode == "alphanumeric"
        assert svg.startswith("<svg")
        assert png.startswith(b"\x89PNG")


def test_pictures_are_read_by_an_independent_reader() -> None:
    reader = pytest.importorskip("zxingcpp", reason="a reader of QR codes is not installed")
    image = pytest.importorskip("PIL.Image")
    import io

    data = GOLDEN["hotline.emergency"]
    pictures = draw_png(write_codes(data))
    seen = [reader.read_barcode(image.open(io.BytesIO(png))).text for png in pictures]
    assert read_codes(seen) == Whole(data)


def test_the_drawing_library_is_loaded_when_a_code_is_drawn_and_not_before() -> None:
    program = "import sys, skyaccord.hotline.fallback.draw_codes; print('segno' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
