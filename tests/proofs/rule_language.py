"""The rule language: damaged texts, and the rules that ask for the most work. Usage: rule_language [COUNT] [SEED]"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version

from skyaccord.errors import FormulaError
from skyaccord.memorandum import parse_formula
from tests.memorandum.heavy_rules import depth, heavy_rules
from tests.memorandum.reading import read
from tests.memorandum.rule_texts import mutant, random_rule
from tests.proofs.record import record
from tests.rules.work import ENCOUNTERS, MOST_BYTES, MOST_S, PIECES, SAMPLES, work

COUNT, SEED = 100_000, 20151020
SHOWN = 12
CLAIM = (
    "No damaged rule is read as what it does not say or refused without a place, and no rule can loop or eat memory."
)


def damaged(count: int, seed: int, faults: list[str]) -> Counter[str]:
    """Read damaged rules, and the rules they were made from; count what became of them."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    found: Counter[str] = Counter()
    for _ in range(count):
        whole = random_rule(rng, rng.randint(0, 3))
        text = mutant(rng, whole)
        found["whole and taken"] += outcome(whole, faults) == "taken"
        found[outcome(text, faults)] += 1
        found["as before"] += is_same(whole, text)
    return found


def outcome(text: str, faults: list[str]) -> str:
    """Return what became of a text; what should not have been is added to the faults."""
    try:
        reading = read(text)
    except Exception as error:  # noqa: BLE001 - any exception is a finding
        faults.append(f"{text!r}: {type(error).__name__}: {error}")
        return "other errors"
    faults.extend(f"{text!r}: {fault}" for fault in reading.faults)
    if reading.is_taken:
        return "taken"
    return "refused beyond the grammar" if reading.is_of_grammar else "refused by the grammar"


def is_same(whole: str, text: str) -> bool:
    """Return whether damage changed nothing: white space, parentheses, the spelling of a number."""
    try:
        return parse_formula(text) == parse_formula(whole)
    except FormulaError:
        return False


def heaviest(faults: list[str]) -> Iterator[str]:
    """Yield rows about the rules that take the most time, and note those beyond their bounds."""
    done = [(name, text, work(text)) for name, text in heavy_rules()]
    for name, _, each in done:
        if max(each.seconds.values()) >= MOST_S or each.bytes >= MOST_BYTES:
            faults.append(f"{name}: {each}")
    done.sort(key=lambda row: -sum(row[2].seconds.values()))
    for name, text, each in done[:SHOWN]:
        texts = 1e3 * sum(each.seconds[step] for step in ("read", "write", "say", "reach", "horizon"))
        times = [f"{1e3 * each.seconds[step]:.0f} ms" for step in ("hold", "margin", "sampled")]
        cells = (name, f"{len(text):,}", depth(text), f"{texts:.1f} ms", *times, f"{each.bytes / 2**20:.1f} MiB")
        yield f"| {' | '.join(map(str, cells))} |"
    most = max(each.bytes for *_, each in done)
    yield f"\nOf {len(done)} rules, none takes more than {most / 2**20:.1f} MiB."


def main() -> int:
    """Read, measure, write the proof and return whether anything was found."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    faults: list[str] = []
    found = damaged(count, seed, faults)
    lines = [
        f"Seed {seed}; {count:,} rules written at random and one damaged text of each; lark {version('lark')}. A text",
        "is held to a second reading, by `grammar.lark` and a table of signals of the test's own: both must take it",
        "with one meaning or both refuse it; what is taken must be written and read back as it is, and an error must",
        "name a character of the text.",
        "",
        "| texts | of that |",
        "|---|---|",
        f"| rules before damage, taken | {found['whole and taken']:,} |",
        f"| damaged, refused by the grammar too | {found['refused by the grammar']:,} |",
        f"| damaged, refused for what the grammar does not cover | {found['refused beyond the grammar']:,} |",
        f"| damaged, taken | {found['taken']:,} |",
        f"| … as before (white space, parentheses, spelling of a number) | {found['as before']:,} |",
        f"| other errors | {found['other errors']:,} |",
        f"| findings | {len(faults):,} |",
        "",
        "## The rules that ask for the most work",
        "",
        "As deep (50) or as long (2,000 characters) as a rule may be, every word, times from 1e-9 s to 1e300 s.",
        f"*Text* is reading, writing, saying in every language, reach and horizon; *holds* is {ENCOUNTERS} encounters",
        f"of {PIECES} pieces, as measured, certainly and possibly; *margin* is the search for the least robustness",
        f"there; *sampled* is robustness at {SAMPLES:,} samples. Bounds of the test: {MOST_S:.0f} s a step,",
        f"{MOST_BYTES / 2**20:.0f} MiB.",
        "",
        "| rule | characters | levels | text | holds | margin | sampled | memory |",
        "|---|---|---|---|---|---|---|---|",
        *heaviest(faults),
        *(f"* {fault}" for fault in faults[:40]),
    ]
    record("rule_language", CLAIM, lines)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
