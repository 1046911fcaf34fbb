"""Rule texts at random, written word by word, and damaged ones; the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from skyaccord.memorandum import Takes
from tests.memorandum.signal_table import (
    DIMENSION,
    HAS_NO_SUBJECT,
    HZ,
    NEEDS_SUBJECT,
    OF_AIRCRAFT,
    OF_PAIR,
    OF_RECORD,
    SIGNED,
    TAKES,
    UNITS,
)

SIGNS = ("<", "<=", ">", ">=")
LINKS = ("implies", "since", "until", "unless")
WRAPS = ("not", "always", "eventually")
LASTS = ("for", "for the next", "within", "within the last")
SUBJECTS = ("either", "both", "interceptor", "intercepted", "blue", "green-2", "_x")
NAMES = ("north", "ridge_fire", "A-1", "x", "interceptors", "andes", "for-2")
NUMBERS = ("0", "1", "3", "0.5", ".25", "2.", "180", "1e3", "5E-2", "3000", "1e300", "1e-9", "12.125")

WORDS = (
    *("and", "or", "not", "implies", "since", "until", "unless", "always", "eventually"),
    *("for", "within", "the", "last", "next", "of", "either", "both", "interceptor", "intercepted", "north", "blue"),
    *(*DIMENSION, *TAKES, *OF_RECORD),
    *(unit for units in UNITS.values() for unit in units),
    *(
        *HZ,
        *SIGNS,
        *NUMBERS,
        "(",
        ")",
        "-1",
        "7700",
        "8000",
        "=",
        "==",
        "≥",
        ",",
        "/",
        "-",
        "AND",
        "nm",
        "1e999",
        "\x00",
    ),
)
"""What a damaged text may get at some place: words of the language and what people write instead."""


def random_rule(rng: random.Random, depth: int) -> str:
    """Return a rule of at most a depth, about two aircraft, one or none; with odd spacing now and then."""
    signals = rng.choice([(*OF_PAIR, *NEEDS_SUBJECT, *OF_AIRCRAFT, *OF_RECORD), (*OF_AIRCRAFT, *OF_RECORD)])
    is_of_pair = OF_PAIR[0] in signals
    text = _formula(rng, depth, lambda: _atom(rng, rng.choice(signals), is_of_pair))
    return _spaced(rng, text) if rng.random() < 0.3 else text


def _formula(rng: random.Random, depth: int, atom: Callable[[], str]) -> str:
    if depth == 0 or rng.random() < 0.15:
        return atom()

    def part() -> str:
        return _formula(rng, depth - 1, atom)

    def operand() -> str:
        text = part()
        return f"({text})" if rng.random() < 0.5 or _is_joined(text) else text

    kind = rng.randrange(5)
    if kind == 0:
        return f" {rng.choice(['and', 'or'])} ".join([operand(), operand()])
    if kind == 1:
        word = rng.choice(["and", "or"])
        return f" {word} ".join(operand() for _ in range(rng.randint(2, 4)))
    if kind == 2:
        return f"{operand()} {rng.choice(LINKS)} {operand()}"
    if kind == 3:
        return f"{rng.choice(WRAPS)} ({part()})"
    time = f"{rng.choice(NUMBERS[1:])} {rng.choice(list(UNITS['time']))}"
    return f"({part()}) {rng.choice(LASTS)} {time}"


def _is_joined(text: str) -> bool:
    """Return whether a text joins parts outside all parentheses."""
    outside = text
    while (inner := re.sub(r"\([^()]*\)", "", outside)) != outside:
        outside = inner
    return re.search(r"\b(and|or|implies|since|until|unless)\b(?!-)", outside) is not None


def _atom(rng: random.Random, signal: str, is_of_pair: bool) -> str:
    text = signal + _argument(rng, TAKES.get(signal, Takes.NOTHING))
    says_whose = signal in NEEDS_SUBJECT or (is_of_pair and signal in OF_AIRCRAFT)
    may_say_whose = signal in OF_RECORD and signal not in HAS_NO_SUBJECT
    if says_whose or (may_say_whose and rng.random() < 0.5):
        text += f" of {rng.choice(SUBJECTS)}"
    if signal not in DIMENSION:
        return text
    minus = "-" if signal in SIGNED and rng.random() < 0.4 else ""
    return f"{text} {rng.choice(SIGNS)} {minus}{rng.choice(NUMBERS)} {rng.choice(list(UNITS[DIMENSION[signal]]))}"


def _argument(rng: random.Random, takes: Takes) -> str:
    match takes:
        case Takes.NOTHING:
            return ""
        case Takes.CODE:
            return f"({rng.randrange(8)}{rng.randrange(8)}00)"
        case Takes.LENGTH:
            return f"({rng.choice(NUMBERS)} {rng.choice(list(UNITS['length']))})"
        case Takes.FREQUENCY:
            return f"({rng.choice(['121.5', '243', '121.500'])} {rng.choice(list(HZ))})"
        case _:
            return f"({rng.choice(NAMES)})"


def _spaced(rng: random.Random, text: str) -> str:
    """Return a text with other white space between its words, none around signs and parentheses now and then."""
    words = re.findall(r"<=|>=|[<>()]|[^\s<>()]+", text)
    spaced = words[0]
    for before, word in pairwise(words):
        is_free = before in (*SIGNS, "(", ")") or word in (*SIGNS, "(", ")")
        spaced += rng.choice(["", " "] if is_free else [" ", "  ", "\n", "\t"]) + word
    return spaced


def mutant(rng: random.Random, text: str) -> str:
    """Return a text damaged at one to three places: characters or words left out, put in, changed, moved or doubled."""
    changed = text
    while changed == text:
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            damage = rng.choice([_characters, _words, _phrases])
            changed = damage(rng, changed)
    return changed


_UNIT: Final = r"(?<=[0-9.] )[A-Za-z/]+"
_PHRASES: Final = (
    (r"(?<![A-Za-z0-9_-])-?[0-9.][0-9.eE]*", ("-1", "-0", "0", "1e999", "1e-400", "0.0000001", "8000", "77", "1e308")),
    (r" of [A-Za-z0-9_-]+", ("", " of for", " of", " of 7", " of a/b", " of either of both")),
    (
        r"\([A-Za-z0-9_. -]+\)(?= |$)",
        ("", "()", "(7700)", "(7800)", "(north)", "(1 NM)", "(1 s)", "(121.5 MHz)", "(of)"),
    ),
    (_UNIT, tuple(unit for units in UNITS.values() for unit in units)),
    (
        r"(for|within)( the (next|last))?(?= [0-9.])",
        ("for the last", "within the next", "for the", "the next", "since"),
    ),
    (r"[a-z_]+(?= [<>])", (*OF_PAIR, *OF_AIRCRAFT, *OF_RECORD, *NEEDS_SUBJECT)),
    (r"$", (" of blue", " for 3 s", " within the last 3 s", " and checked", " < 3 NM", ")")),
)
"""What people get wrong: a number, whose it is, an argument, a unit, a word of time, a signal, what comes last."""


def _phrases(rng: random.Random, text: str) -> str:
    pattern, others = rng.choice(_PHRASES)
    places = list(re.finditer(pattern, text))
    if not places:
        return text
    place = rng.choice(places)
    return text[: place.start()] + rng.choice(others) + text[place.end() :]


def _characters(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    left, right = text[:at], text[at:]
    put = rng.choice([rng.choice("()<>=-_./ \t\n0123456789eEmstNMfkabANDor"), chr(rng.randrange(32, 0x250)), ""])
    return left + put + right[rng.randrange(3) :]


def _words(rng: random.Random, text: str) -> str:
    words = re.findall(r"\s+|<=|>=|[A-Za-z0-9_.-]+|.", text, re.DOTALL) or [""]
    at, other = rng.randrange(len(words)), rng.randrange(len(words))
    match rng.randrange(6):
        case 0:
            words[at] = rng.choice(WORDS)
        case 1:
            words[at] = ""
        case 2:
            words[at], words[other] = words[other], words[at]
        case 3:
            words.insert(other, f" {words[at]} ")
        case 4:
            words.insert(at, f" {rng.choice(WORDS)} ")
        case _:
            words[at] = words[at].swapcase()
    return "".join(words)
