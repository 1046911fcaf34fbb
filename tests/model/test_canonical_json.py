"""Canonical JSON against RFC 8785's own vectors, its published corpus and a second implementation."""

from __future__ import annotations

import enum
import hashlib
import json
import math
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.errors import SkyaccordError
from skyaccord.model.canonical_json import DEEPEST, Json, canonical, digest, format_number

# RFC 8785, appendix B: IEEE 754 bits and the text they must become.
APPENDIX_B = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


def double(bits: str) -> float:
    return float(struct.unpack(">d", bytes.fromhex(bits.zfill(16)))[0])


@pytest.mark.parametrize(("bits", "text"), APPENDIX_B.items())
def test_number_of_appendix_b_is_written_as_the_rfc_writes_it(bits: str, text: str) -> None:
    assert canonical(double(bits)) == text.encode()


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])
def test_nan_and_infinities_of_appendix_b_are_refused(bits: str) -> None:
    with pytest.raises(SkyaccordError, match=r"^\$\[0\] is .*finite"):
        canonical([double(bits)])


def corpus(count: int) -> Iterator[float]:
    """Yield the doubles of the corpus that RFC 8785 refers to (appendix B), made by its published rule.

    First 168 edge values, then 2,000 after the least normal number, then chained SHA-256 blocks read as little-endian.
    """
    edges = (Path(__file__).parent / "edge_doubles.txt").read_text().split()
    yield from (double(bits) for bits in edges)
    yield from (double(f"{0x0010000000000000 + k:x}") for k in range(2000))
    block, left = bytes(32), count - len(edges) - 2000
    while left > 0:
        block = hashlib.sha256(block).digest()
        for value in struct.unpack("<4d", block):
            if value != 0 and math.isfinite(value) and left > 0:
                left -= 1
                yield value


def test_ten_thousand_numbers_have_the_published_hash_of_the_rfc_corpus() -> None:
    lines = [f"{struct.unpack('>Q', struct.pack('>d', x))[0]:x},{format_number(x)}\n" for x in corpus(10_000)]
    assert len(lines) == 10_000
    hashed = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert hashed == "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892"


def test_keys_are_sorted_as_section_3_2_3_sorts_them() -> None:
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical(value)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def test_sample_of_section_3_2_2_becomes_the_bytes_of_section_3_2_4() -> None:
    value: dict[str, Json] = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    expected = (
        r'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        r'"string":"€$\u000f\nA' + "'" + r'B\"\\\\\"/"}'
    )
    assert canonical(value) == expected.encode("utf-8")


def test_control_characters_have_their_short_escape_or_four_lower_digits() -> None:
    assert canonical("\b\t\n\f\r\x00\x1f\x7f/") == b'"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f/"'


@pytest.mark.parametrize("value", [2**53 + 1, -(2**53) - 1, 10**400])
def test_integer_that_readers_would_round_is_refused(value: int) -> None:
    with pytest.raises(SkyaccordError, match=r"^\$\.n is an integer beyond 2\^53"):
        canonical({"n": value})


def test_integer_up_to_2_to_the_53_is_written_in_full() -> None:
    assert canonical([2**53, -(2**53), 0]) == b"[9007199254740992,-9007199254740992,0]"


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, ["a", "b\ud83d"]])
def test_lone_surrogate_is_refused_in_text_and_in_keys(value: object) -> None:
    with pytest.raises(SkyaccordError, match="surrogate"):
        canonical(value)  # type: ignore[arg-type]


class Colour(enum.StrEnum):
    RED = "red"


@pytest.mark.parametrize("value", [Colour.RED, np.float64(1.0), np.int64(1), b"x", {1, 2}, object()])
def test_type_that_is_not_json_is_refused_by_name(value: object) -> None:
    with pytest.raises(SkyaccordError, match=type(value).__name__):
        canonical([value])  # type: ignore[list-item]


@pytest.mark.parametrize("key", [1, None, True, Colour.RED])
def test_key_that_is_not_text_is_refused(key: object) -> None:
    with pytest.raises(SkyaccordError, match="keys of canonical JSON are text"):
        canonical({key: 1})  # type: ignore[dict-item]


def test_nesting_beyond_the_bound_is_refused_before_python_gives_up() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(SkyaccordError, match=f"deeper than {DEEPEST}"):
        canonical(value)  # type: ignore[arg-type]


def test_digest_is_the_sha256_of_the_bytes() -> None:
    # A well-known value: SHA-256 of the two bytes "{}".
    assert digest({}) == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_reading_canonical_json_and_writing_it_again_changes_no_byte(value: object) -> None:
    written = canonical(value)  # type: ignore[arg-type]
    read = json.loads(written, parse_int=float)
    assert canonical(read) == written
    assert read == value


@given(st.dictionaries(st.text(), st.integers(0, 9), max_size=8), st.randoms())
def test_order_of_insertion_does_not_matter(value: dict[str, int], random: object) -> None:
    items = list(value.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    assert canonical(dict(items)) == canonical(value)


NODE = shutil.which("node")
ORACLE = """
const sort = v => Array.isArray(v) ? '[' + v.map(sort).join(',') + ']'
  : v !== null && typeof v === 'object'
  ? '{' + Object.keys(v).sort().map(k => JSON.stringify(k) + ':' + sort(v[k])).join(',') + '}'
  : JSON.stringify(v);
let text = ''; process.stdin.on('data', d => text += d).on('end', () => process.stdout.write(sort(JSON.parse(text))));
"""


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@settings(max_examples=15)
@given(st.lists(json_values, min_size=20, max_size=60))
def test_ecmascript_writes_the_same_bytes(values: list[object]) -> None:
    assert NODE is not None
    answer = subprocess.run([NODE, "-e", ORACLE], input=json.dumps(values).encode(), capture_output=True, check=True)
    assert canonical(values) == answer.stdout  # type: ignore[arg-type]


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_ecmascript_writes_a_hundred_thousand_random_doubles_alike() -> None:
    assert NODE is not None
    rng = np.random.default_rng(8785)
    doubles = [float(x) for x in rng.integers(0, 2**64, 100_000, np.uint64).view(np.float64) if np.isfinite(x)]
    text = json.dumps(doubles).encode()
    answer = subprocess.run([NODE, "-e", ORACLE], input=text, capture_output=True, check=True)
    assert canonical(doubles) == answer.stdout
    assert len(doubles) > 99_000
