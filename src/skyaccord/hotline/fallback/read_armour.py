"""Reads lines that a person wrote down: each line that is not as it was sent is named, and nothing is mended."""

from __future__ import annotations

import re
from typing import Final

from skyaccord.hotline.fallback.armour import BEGIN, END, GROUP, number_values
from skyaccord.hotline.fallback.letters import LETTERS, to_values
from skyaccord.hotline.fallback.line_check import find_misread, is_right
from skyaccord.hotline.fallback.outcome import Damaged, Fault, Outcome, Whole
from skyaccord.hotline.fallback.packing import LINE, MOST_LINES, Head, read_head, unpack

_LINE: Final = re.compile(r"([0-9]{3})((?: [!-~]{5}){5}) ([!-~]{4})")
_MOST_TEXT: Final = (MOST_LINES + 3) * 100
"""Characters that are looked at: lines with some space between."""


def read_armour(text: str) -> Outcome:
    """Return the bytes of a text by `write_armour`, or each line that has to be asked for again.

    Small letters are taken for capitals, and space for one space; lines may come in any order and more than once.
    """
    rows = [(row, " ".join(line.split()).upper()) for row, line in enumerate(text[:_MOST_TEXT].split("\n"), start=1)]
    rows = [(row, line) for row, line in rows if line]
    if not rows:
        return Damaged((Fault(0, None, "there is no line"),))
    faults = _frame(rows)
    lines: dict[int, str] = {}
    for row, line in rows:
        if line not in (BEGIN, END) and not any(fault.row == row for fault in faults):
            fault = _take(row, line, lines)
            faults += [fault] if fault else []
    head = read_head(lines[0]) if 0 in lines else None
    faults += _whole(head, lines)
    if faults or head is None:
        return Damaged(tuple(sorted(faults, key=lambda fault: fault.row)))
    data = unpack(head, "".join(lines[number] for number in range(1, head.lines + 1)))
    if data is None:
        return Damaged((Fault(0, None, "each line is right, but together they are not the message: read all again"),))
    return Whole(data)


def _frame(rows: list[tuple[int, str]]) -> list[Fault]:
    """Return what is wrong with the first and the last line."""
    found = []
    if rows[0][1] != BEGIN:
        found.append(Fault(rows[0][0], None, f"the first line is not {BEGIN}"))
    if rows[-1][1] != END:
        found.append(Fault(rows[-1][0], None, f"the last line is not {END}"))
    return found


def _take(row: int, line: str, lines: dict[int, str]) -> Fault | None:
    """Put a line in its place, or say what is wrong with it."""
    match = _LINE.fullmatch(line)
    if match is None:
        return Fault(row, _number(line), "it is not a number of three digits, five groups of five and one of four")
    number, letters = int(match[1]), (match[2] + match[3]).replace(" ", "")
    strange = next((place for place, letter in enumerate(letters) if letter not in LETTERS), None)
    if strange is not None:
        return Fault(row, number, f"{_place(strange)} reads {letters[strange]}: it is one of A to Z or 2 to 7")
    values = (*number_values(number), *to_values(letters))
    if number > MOST_LINES or not is_right(values):
        return Fault(row, number, f"its check letters do not fit{_hint(values)}: ask for it again")
    if lines.setdefault(number, letters[:LINE]) != letters[:LINE]:
        return Fault(row, number, "it came before, and was another then")
    return None


def _whole(head: Head | None, lines: dict[int, str]) -> list[Fault]:
    """Return the lines that are missing or too many."""
    if head is None:
        return [Fault(0, 0, "line 000 is missing, or of a later way of writing")]
    missing = sorted(set(range(head.lines + 1)) - lines.keys())
    more = sorted(lines.keys() - set(range(head.lines + 1)))
    return [
        *(Fault(0, number, f"line {number:03d} is missing") for number in missing),
        *(Fault(0, number, f"line {number:03d} is beyond the last, {head.lines:03d}") for number in more),
    ]


def _number(line: str) -> int | None:
    return int(line[:3]) if re.match(r"[0-9]{3}(?: |$)", line) else None


def _hint(values: tuple[int, ...]) -> str:
    found = find_misread(values)
    if found is None:
        return ""
    if found[0] < 2:
        return ", its number may be misread"
    return f", as if {_place(found[0] - 2)} were {LETTERS[found[1]]}"


def _place(at: int) -> str:
    group, letter = divmod(at, GROUP)
    where = "check group" if at >= LINE else f"group {group + 1}"
    return f"{where}, letter {letter + 1}"
