"""Reads the atoms of a rule: a signal compared with a quantity, or a fact.

::

    comparison = term ( "<" | "<=" | ">" | ">=" ) NUMBER unit
    fact       = term
    term       = signal [ "(" argument ")" ] [ "of" subject ]
    argument   = area | line | squawk | NUMBER unit
    subject    = "either" | "both" | "interceptor" | "intercepted" | party
"""

from __future__ import annotations

import re
from typing import Final

from skyaccord.errors import UnitError
from skyaccord.memorandum.formula import NO_ONE, Argument, Compare, Comparison, Fact
from skyaccord.memorandum.rule_hints import (
    FREQUENCY_UNITS,
    OPENING,
    RESERVED,
    argument_wanted,
    did_you_mean,
    signals_by_bearer,
    unit_as_spelled,
)
from skyaccord.memorandum.rule_reader import RuleReader
from skyaccord.memorandum.rule_words import Kind, Word
from skyaccord.memorandum.signals import SIGNALS, Bearer, Signal, Takes
from skyaccord.model.frequency import Frequency, parse_frequency
from skyaccord.units import LENGTH

_SQUAWK: Final = re.compile(r"[0-7]{4}")
_FREQUENCY: Final = ("Hz, kHz or MHz", 'as in "121.5 MHz"')
LEAST_FREQUENCY_HZ: Final = 1.0
"""No radio calls below it, and in the greatest unit its number is one that canonical text writes without exponent."""

_COMPARISON: Final = '"horizontal >= 3 NM"'


class AtomReader(RuleReader):
    """Reads comparisons and facts, and sees that a rule about a pair says of which aircraft each signal is."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.is_of_pair = False
        self.without_subject: list[tuple[Word, str]] = []  # signals of one aircraft that do not say whose, in full

    def atom(self) -> Compare | Fact:
        """Read a comparison or a fact."""
        name = self.word
        if name.kind is not Kind.NAME or name.text not in SIGNALS:
            self.refuse(self.signal_hint())
        self.at += 1
        signal = SIGNALS[name.text]
        argument = self.argument(signal)
        subject = self.subject(signal, name)
        if signal.is_fact:
            if self.is_kind(Kind.SIGN):
                self.refuse(f"no comparison: {signal.name!r} is so or is not")
            return Fact(signal.name, subject, argument)
        if not self.is_kind(Kind.SIGN):
            self.refuse("one of < <= > >=")
        op = Comparison(self.take().text)
        return Compare(signal.name, op, self.quantity(signal.dimension, signal.is_signed), subject, argument)

    def argument(self, signal: Signal) -> Argument:
        """Read what stands in the parentheses of a signal."""
        if signal.takes is Takes.NOTHING:
            if self.is_kind(Kind.OPEN):
                self.refuse(f"no parentheses after {signal.name!r}")
            return None
        wanted = argument_wanted(signal.name)
        if not self.is_kind(Kind.OPEN):
            self.refuse(wanted)
        self.at += 1
        argument = self._inner(signal.takes, wanted)
        if not self.is_kind(Kind.CLOSE):
            self.refuse(f'")" of "{signal.name}("')
        self.at += 1
        return argument

    def _inner(self, takes: Takes, wanted: str) -> Argument:
        match takes:
            case Takes.LENGTH:
                return self.quantity(LENGTH)
            case Takes.FREQUENCY:
                return self._frequency()
            case Takes.CODE:
                if not self.is_kind(Kind.NUMBER) or not _SQUAWK.fullmatch(self.word.text):
                    self.refuse(wanted)
                return self.take().text
            case _:
                return self.name(wanted)

    def _frequency(self) -> Frequency:
        wanted, example = _FREQUENCY
        number, unit = self.number_and_unit(wanted, example)
        if unit.text not in FREQUENCY_UNITS:
            spelled = unit_as_spelled(unit.text, FREQUENCY_UNITS)
            self.refuse(f'the spelling "{spelled}"' if spelled else f"{wanted}, {example}", at=unit)
        try:
            frequency = parse_frequency(f"{number.text} {unit.text}")
        except UnitError as error:
            self.refuse(error.expected, at=number)
        if frequency.hz < LEAST_FREQUENCY_HZ:
            self.refuse(f"a frequency of {LEAST_FREQUENCY_HZ:g} Hz or more", at=number)
        return frequency

    def subject(self, signal: Signal, name: Word) -> str:
        """Read of which aircraft a signal is, where the rule says so."""
        if not self.is_word("of"):
            if signal.bearer is Bearer.SIDE:
                self.refuse(f'of which aircraft, as in "{signal.name} of intercepted"')
            if signal.bearer is Bearer.AIRCRAFT:
                self.without_subject.append((name, self.text_from(name)))
            self.is_of_pair |= signal.bearer is Bearer.PAIR
            return NO_ONE
        if signal.bearer is Bearer.PAIR or signal.name == "checked":
            self.refuse(f'no "of": {signal.name!r} belongs to no single aircraft')
        self.at += 1
        self.is_of_pair |= signal.bearer is not Bearer.RECORD
        return self.name('"either", "both", "interceptor", "intercepted" or a party')

    def see_that_subjects_are_said(self) -> None:
        """Refuse a rule about a pair in which a signal of one aircraft does not say whose it is."""
        if self.is_of_pair and self.without_subject:
            name, term = self.without_subject[0]
            self.refuse(f'of which aircraft, as in "{term} of either"', "the rule is about two aircraft", name)

    def signal_hint(self) -> str:
        """Return what could stand where a signal is expected."""
        if self.is_kind(Kind.NUMBER):
            return f"a signal first, then the sign, then the number, as in {_COMPARISON}"
        if not self.is_kind(Kind.NAME) or self.word.text in RESERVED:
            return f'a signal as in {_COMPARISON}, "not", "always", "eventually" or "("'
        near = did_you_mean(self.word.text, (*SIGNALS, *OPENING))
        return f"a signal{near}" if near else f"a signal: {signals_by_bearer()}"
