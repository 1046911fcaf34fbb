"""Formulas at random: of every form, over every signal, subject and argument."""

from __future__ import annotations

from hypothesis import strategies as st

from skyaccord.memorandum import (
    SIGNALS,
    Always,
    And,
    Bearer,
    Compare,
    Comparison,
    Eventually,
    Fact,
    For,
    Formula,
    ForNext,
    Frequency,
    Implies,
    Not,
    Or,
    Signal,
    Since,
    Subject,
    Takes,
    Unless,
    Until,
    Within,
    WithinLast,
)
from skyaccord.memorandum.formula import NO_ONE, Argument
from skyaccord.memorandum.rule_hints import FREQUENCY_UNITS, RESERVED
from skyaccord.units import SPELLINGS, Quantity, dimension_of

Atoms = st.SearchStrategy[Compare | Fact]

LINKS = (Implies, Since, Until, Unless)
WRAPS = (Not, Always, Eventually)
LASTS = (For, ForNext, Within, WithinLast)

numbers = st.floats(0, 1e300).map(abs).filter(lambda value: value == 0 or value > 1e-300)
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}(-[A-Za-z0-9_]{1,4})?", fullmatch=True).filter(
    lambda name: name not in RESERVED
)
squawks = st.from_regex(r"[0-7]{4}", fullmatch=True)
frequencies = st.builds(Frequency, st.integers(1000, 10**11).map(lambda n: n / 1000), st.sampled_from(FREQUENCY_UNITS))


def trees(atoms: Atoms, times: st.SearchStrategy[float], most: int = 8) -> st.SearchStrategy[Formula]:
    """Return formulas of every form over the given atoms and durations."""

    def grow(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            *(st.builds(kind, several) for kind in (And, Or)),
            *(st.builds(kind, inner) for kind in WRAPS),
            *(st.builds(kind, inner, times) for kind in LASTS),
            *(st.builds(kind, inner, inner) for kind in LINKS),
        )

    return st.recursive(atoms, grow, max_leaves=most)


def quantities(dimension: str, values: st.SearchStrategy[float]) -> st.SearchStrategy[Quantity]:
    """Return quantities of a dimension in each of its units."""
    units = [unit for unit in SPELLINGS if dimension_of(unit) == dimension]
    return st.builds(Quantity, values, st.sampled_from(units))


def arguments(takes: Takes) -> st.SearchStrategy[Argument]:
    """Return what may stand in the parentheses of a signal that takes this."""
    return {
        Takes.NOTHING: st.none(),
        Takes.AREA: names,
        Takes.LINE: names,
        Takes.CODE: squawks,
        Takes.LENGTH: quantities("length", numbers),
        Takes.FREQUENCY: frequencies,
    }[takes]


def subjects(signal: Signal, is_of_pair: bool) -> st.SearchStrategy[str]:
    """Return of whom a signal may be in a rule about two aircraft, or in one that is not."""
    of_someone = st.sampled_from([subject.value for subject in Subject]) | names
    if signal.bearer is Bearer.PAIR or signal.name == "checked":
        return st.just(NO_ONE)
    if signal.bearer is Bearer.RECORD:
        return st.just(NO_ONE) | of_someone
    return of_someone if is_of_pair else st.just(NO_ONE)


def atoms_of(signal: Signal, is_of_pair: bool) -> Atoms:
    """Return atoms of one signal."""
    whose, argument = subjects(signal, is_of_pair), arguments(signal.takes)
    if signal.is_fact:
        return st.builds(Fact, st.just(signal.name), whose, argument)
    values = (
        st.builds(lambda value, sign: sign * value, numbers, st.sampled_from([1, -1])) if signal.is_signed else numbers
    )
    values = values.map(lambda value: value + 0.0)
    limit = quantities(signal.dimension, values)
    return st.builds(Compare, st.just(signal.name), st.sampled_from(Comparison), limit, whose, argument)


def atoms_about(is_of_pair: bool) -> Atoms:
    """Return atoms that may stand in a rule about two aircraft, or in one that is not."""
    bearers = set(Bearer) if is_of_pair else {Bearer.AIRCRAFT, Bearer.RECORD}
    return st.one_of(*(atoms_of(signal, is_of_pair) for signal in SIGNALS.values() if signal.bearer in bearers))


durations = st.floats(1e-9, 1e300)
any_formula: st.SearchStrategy[Formula] = trees(atoms_about(True), durations) | trees(atoms_about(False), durations)
"""Every form, with any number that a literal can hold, about two aircraft or one."""
