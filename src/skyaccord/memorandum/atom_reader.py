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
from difflib import get_close_matches
from typing import Final

from skyaccord.errors import UnitError
from skyaccord.memorandum.communications import Frequency, parse_frequency
from skyaccord.memorandum.formula import NO_ONE, Argument, Compare, Comparison, Fact
from skyaccord.memorandum.rule_reader import RESERVED, RuleReader
from skyaccord.memorandum.rule_words import Kind, Word
from skyaccord.memorandum.signals import SIGNALS, Bearer, Signal, Takes
from skyaccord.units import LENGTH

_SQUAWK: Final = re.compile(r"[0-7]{4}")
_EXAMPLES: Final = {
    Takes.AREA: "(north)",
    Takes.LINE: "(river)",
    Takes.CODE: "(7700)",
    Takes.LENGTH: "(0.66 NM)",
    Takes.FREQUENCY: "(121.5 MHz)",
}


class AtomReader(RuleReader):
    """Reads comparisons and facts, and sees that a rule about a pair says of which aircraft each signal is."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.is_of_pair = False
        self.without_subject: list[Word] = []  # signals of one aircraft that do not say whose

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
        wanted = f'{signal.takes} in parentheses, as in "{signal.name}{_EXAMPLES[signal.takes]}"'
        if not self.is_kind(Kind.OPEN):
            self.refuse(wanted)
        self.at += 1
        argument = self._inner(signal.takes, wanted)
        if not self.is_kind(Kind.CLOSE):
            self.refuse('")"')
        self.at += 1
        return argument

    def _inner(self, takes: Takes, wanted: str) -> Argument:
        if takes is Takes.LENGTH:
            return self.quantity(LENGTH)
        if takes is Takes.FREQUENCY:
            return self._frequency(wanted)
        is_code = takes is Takes.CODE
        if not self.is_kind(Kind.NUMBER if is_code else Kind.NAME):
            self.refuse(wanted)
        if is_code and not _SQUAWK.fullmatch(self.word.text):
            self.refuse("a squawk: four digits from 0 to 7")
        return self.take().text

    def _frequency(self, wanted: str) -> Frequency:
        number, unit = self.word, self.words[min(self.at + 1, len(self.words) - 1)]
        if number.kind is not Kind.NUMBER:
            self.refuse(wanted)
        try:
            frequency = parse_frequency(f"{number.text} {unit.text}")
        except UnitError as error:
            self.refuse(error.expected)
        self.at += 2
        return frequency

    def subject(self, signal: Signal, name: Word) -> str:
        """Read of which aircraft a signal is, where the rule says so."""
        if not self.is_word("of"):
            if signal.bearer is Bearer.SIDE:
                self.refuse(f'which aircraft it is of, as in "{signal.name} of intercepted"')
            if signal.bearer is Bearer.AIRCRAFT:
                self.without_subject.append(name)
            self.is_of_pair |= signal.bearer is Bearer.PAIR
            return NO_ONE
        if signal.bearer is Bearer.PAIR or signal.name == "checked":
            self.refuse(f'no "of": {signal.name!r} belongs to no single aircraft')
        self.at += 1
        if not self.is_kind(Kind.NAME) or self.word.text in RESERVED:
            self.refuse('"either", "both", "interceptor", "intercepted" or a party')
        self.is_of_pair |= signal.bearer is not Bearer.RECORD
        return self.take().text

    def see_that_subjects_are_said(self) -> None:
        """Refuse a rule about a pair in which a signal of one aircraft does not say whose it is."""
        if self.is_of_pair and self.without_subject:
            name = self.without_subject[0]
            self.refuse(f'of which aircraft, as in "{name.text} of either"', "the rule is about two aircraft", name)

    def signal_hint(self) -> str:
        """Return what could stand where a signal is expected."""
        known = f"a signal ({', '.join(SIGNALS)})"
        if self.is_kind(Kind.NUMBER):
            return f'{known} first, then the sign, then the number, as in "horizontal >= 3 NM"'
        if not self.is_kind(Kind.NAME):
            return f'{known}, "not", "always", "eventually" or "("'
        near = get_close_matches(self.word.text.lower(), (*SIGNALS, *RESERVED), n=1)
        return f'a signal; did you mean "{near[0]}"?' if near else known
