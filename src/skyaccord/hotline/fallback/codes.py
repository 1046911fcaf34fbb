"""Bytes as the texts of QR codes, several where one does not hold them; and back, in whatever order they were read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from skyaccord.hotline.fallback.letters import LETTERS
from skyaccord.hotline.fallback.outcome import Damaged, Fault, Outcome, Whole
from skyaccord.hotline.fallback.packing import LINE, Head, pack, read_head, unpack

LETTERS_A_CODE: Final = 600
"""A code of 81 modules a side (version 16), which a telephone's camera reads from a screen at arm's length."""

_CODE: Final = re.compile(rf"SKYACCORD1/([0-9]{{3}})/([0-9]{{3}})/([{LETTERS}]{{8}}):([{LETTERS}]+)")
_NAME: Final = slice(7, 15)
"""Where in the head the letters stand by which codes of one message are known: the beginning of the hash."""


def write_codes(data: bytes, letters_a_code: int = LETTERS_A_CODE) -> tuple[str, ...]:
    """Return the text of each code, ``SKYACCORD1/<number>/<count>/<message>:<letters>``; all of QR's short alphabet.

    Raises:
        SkyaccordError: more bytes than can be packed.
    """
    letters = pack(data)
    pieces = [letters[at : at + letters_a_code] for at in range(0, len(letters), letters_a_code)]
    name = letters[_NAME]
    return tuple(f"SKYACCORD1/{n:03d}/{len(pieces):03d}/{name}:{piece}" for n, piece in enumerate(pieces, start=1))


def read_codes(texts: Iterable[str]) -> Outcome:
    """Return the bytes of codes by `write_codes`, or the codes that are missing or do not belong."""
    found: dict[int, str] = {}
    faults: list[Fault] = []
    message: tuple[str, str] | None = None
    for row, text in enumerate(texts, start=1):
        match = _CODE.fullmatch(text.strip())
        if match is None:
            faults.append(Fault(row, None, "it is not a code of skyaccord"))
            continue
        message = message or (match[3], match[2])
        if (match[3], match[2]) != message:
            faults.append(Fault(row, int(match[1]), f"it belongs to message {match[3]}, not to {message[0]}"))
        elif found.setdefault(int(match[1]), match[4]) != match[4]:
            faults.append(Fault(row, int(match[1]), "it came before, and was another then"))
    return _join(message, found, faults)


def _join(message: tuple[str, str] | None, found: dict[int, str], faults: list[Fault]) -> Outcome:
    if message is None:
        return Damaged((*faults, Fault(0, None, "there is no code")))
    wanted = range(1, int(message[1]) + 1)
    faults += [Fault(0, n, f"code {n} of {len(wanted)} is missing") for n in wanted if n not in found]
    if faults:
        return Damaged(tuple(faults))
    letters = "".join(found[number] for number in wanted)
    head = _head(letters)
    data = unpack(head, letters[LINE:]) if head else None
    if data is None:
        return Damaged((Fault(0, None, "together the codes are not the message: show all of them again"),))
    return Whole(data)


def _head(letters: str) -> Head | None:
    return read_head(letters) if len(letters) >= LINE else None
