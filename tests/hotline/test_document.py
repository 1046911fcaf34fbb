"""docs/hotline.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from skyaccord.hotline.book.plan import ACKNOWLEDGE_S, LADDER
from skyaccord.hotline.fallback.outcome import Whole
from skyaccord.hotline.fallback.read_armour import read_armour
from skyaccord.hotline.kinds import KINDS
from skyaccord.units import parse_quantity
from tests.hotline.test_words import ALL_LAYOUTS, word_lists

TEXT = (Path(__file__).parents[2] / "docs" / "hotline.md").read_text("utf-8")


def rows(first: str) -> list[list[str]]:
    """Return the cells of the rows whose first cell has a form."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.split("\n") if line.startswith("|")]
    return [row for row in cells if re.fullmatch(first, row[0])]


def test_every_kind_has_a_row_with_what_it_refers_to_and_is_answered_by() -> None:
    found = {row[0].strip("`"): row for row in rows(r"`hotline\.[a-z_]+`")}
    assert set(found) == {kind.name for kind in KINDS}
    for kind in KINDS:
        _, _, refers, awaits, answered = found[kind.name]
        assert refers == {"any": "any or none"}.get(kind.refers.value, kind.refers.value)
        assert awaits.startswith({"reply": "acknowledgement, then", "answer": ""}.get(kind.awaits, kind.awaits.value))
        names = {
            "hotline." + re.sub(r"[- ]", "_", name) for name in re.sub(" with .*", "", answered).split(", ") if name
        }
        assert names == kind.answered_by, kind.name


def test_every_field_and_every_word_of_a_list_is_named() -> None:
    names = {name for layout in ALL_LAYOUTS for name in layout.names} - {"heading", "volumes"}
    words = {each.value for words in word_lists() for each in words}
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", TEXT))))
    assert sorted((names | words) - named) == []


def test_the_block_that_is_shown_can_be_read() -> None:
    block = TEXT[TEXT.index("BEGIN SKYACCORD") : TEXT.index("END SKYACCORD MESSAGE")] + "END SKYACCORD MESSAGE"
    assert read_armour(block) == Whole(b"Green keeps clear.")


def test_times_and_ladder_are_those_of_the_code() -> None:
    times = {
        row[0].strip("`"): parse_quantity(row[1]).si for row in rows("`(emergency|flash|immediate|priority|routine)`")
    }
    assert times == {precedence.value: limit_s for precedence, limit_s in ACKNOWLEDGE_S.items()}
    ladder = [(row[0], float(row[1])) for row in rows("|".join(rung.duty for rung in LADDER))]
    assert ladder == [(rung.duty, rung.after) for rung in LADDER]
