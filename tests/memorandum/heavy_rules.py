"""The rules that ask for the most work: deepest, longest, with the shortest and longest times and limits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

LONGEST, DEEPEST = 2000, 50
LINKS = ("implies", "since", "until", "unless")
TIMES = ("1e-9 s", "7 s", "1e+300 s")
LASTS = ("for", "for the next", "within", "within the last")
LIMITS = ("0 m", "1e-300 m", "500 m", "1e+300 m")
DISTANCES = ("horizontal < 1 m", "vertical > 9 m", "slant >= 5 m")


def heavy_rules() -> Iterator[tuple[str, str]]:
    """Yield names and texts, none longer than a rule may be."""
    for word in (*LINKS, "and", "or"):
        yield f"{word}, deep on the left", nested("({}) " + word + " slant < 9 m")
        yield f"{word}, deep on the right", nested("slant < 9 m " + word + " ({})")
    for word in ("not", "always", "eventually"):
        yield f"{word}, deep", nested(word + " ({})")
    for word in LASTS:
        for time in TIMES:
            yield f"{word} {time}, deep", nested("({}) " + f"{word} {time}")
    yield "all words in turn, deep", nested(*all_words())
    yield "denied links in turn, deep", nested(*(f"not (({{}}) {word} slant < 9 m)" for word in LINKS))
    for word in ("and", "or"):
        yield f"{word}, long", joined(word, DISTANCES)
        yield f"{word} of links, long", joined(word, [f"({a} {link} {a})" for link in LINKS for a in DISTANCES])
        lasting = [f"({a}) {last} {time}" for last in LASTS for time in TIMES for a in DISTANCES]
        yield f"{word} of times, long", joined(word, lasting)
    for limit in LIMITS:
        yield (
            f"limits of {limit}",
            joined("or", [f"{name} < {limit}" for name in ("horizontal", "hmd", "vmd", "slant")]),
        )
    yield "modified tau", joined("or", [f"tau_mod({limit}) < {time}" for limit in LIMITS for time in TIMES])
    yield "rates", joined("and", ["closure > -1e+300 kt", "closure < 1e-9 kt", "t_cpa > -1e+300 h", "t_cpa < 1e-9 s"])


def all_words() -> tuple[str, ...]:
    """Return one pattern for each word of the language."""
    return (
        *(f"({{}}) {word} vertical > 9 m" for word in LINKS),
        *(f"slant < 9 m {word} ({{}})" for word in LINKS),
        *("not ({})", "always ({})", "eventually ({})"),
        *(f"({{}}) {last} {time}" for last in LASTS for time in TIMES),
        *(f"({{}}) {word} (vertical > 9 m)" for word in ("and", "or")),
    )


def nested(*patterns: str) -> str:
    """Return patterns within one another in turn, as deep as a rule may be."""
    text = "slant < 5 m"
    for pattern in islice(cycle(patterns), DEEPEST):
        grown = pattern.format(text)
        if len(grown) > LONGEST or depth(grown) > DEEPEST:
            break
        text = grown
    return text


def depth(text: str) -> int:
    """Return how many parentheses stand within each other."""
    deepest = now = 0
    for letter in text:
        now += (letter == "(") - (letter == ")")
        deepest = max(deepest, now)
    return deepest


def joined(word: str, parts: list[str] | tuple[str, ...]) -> str:
    """Return parts joined in turn, as long as a rule may be."""
    text = parts[0]
    for part in islice(cycle(parts), 1, LONGEST):
        if len(text) + len(part) + len(word) + 2 > LONGEST:
            return text
        text += f" {word} {part}"
    return text
