"""What waits, as QR codes on a page, and back."""

from __future__ import annotations

import hashlib
import html
import re

import pytest

from skyaccord.cli.hotline_codes import are_codes, draw_page, lines_of
from skyaccord.errors import SkyaccordError
from skyaccord.hotline.fallback.armour import write_armour
from skyaccord.hotline.fallback.codes import write_codes

DATA = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(96))  # does not pack
ARMOUR = write_armour(DATA)


def test_codes_in_any_order_give_the_lines_they_were_made_of() -> None:
    texts = write_codes(DATA)
    assert len(texts) > 1
    read = "\n".join(reversed(texts))
    assert are_codes(read)
    assert not are_codes(ARMOUR)
    assert lines_of(read, "read.txt") == ARMOUR


def test_a_missing_code_is_named_with_the_file() -> None:
    with pytest.raises(SkyaccordError, match=r"read\.txt: code 2 of .* is missing"):
        lines_of("\n".join(text for n, text in enumerate(write_codes(DATA), 1) if n != 2), "read.txt")


def test_the_page_has_a_picture_for_each_code_and_the_lines() -> None:
    page = draw_page("What waits for <green>", ARMOUR)
    assert page.count("<svg") == len(write_codes(DATA))
    assert "&lt;green&gt;" in page
    found = re.search("<pre>(.*)</pre>", page, re.DOTALL)
    assert found is not None
    assert html.unescape(found[1]) == ARMOUR
    assert not re.search(r"(src|href)\s*=", page), "nothing is fetched"
