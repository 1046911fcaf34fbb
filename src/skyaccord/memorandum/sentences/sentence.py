"""Says a formula in a language."""

from __future__ import annotations

from skyaccord.memorandum.formula import (
    NO_ONE,
    Always,
    And,
    Argument,
    Compare,
    Eventually,
    Fact,
    For,
    Formula,
    ForNext,
    Implies,
    Not,
    Or,
    Since,
    Unless,
    Until,
    Within,
    WithinLast,
)
from skyaccord.memorandum.formula_text import JOIN_WORDS, LAST_WORDS, WRAP_WORDS
from skyaccord.memorandum.sentences.language import Language
from skyaccord.memorandum.sentences.languages import LANGUAGES
from skyaccord.memorandum.signals import SIGNALS, Bearer
from skyaccord.model.canonical_json import format_number
from skyaccord.model.frequency import Frequency
from skyaccord.units import Quantity


def sentence(formula: Formula, language: str = "en") -> str:
    """Return a formula in plain words, ``either horizontal distance is at least 3 NM or …``.

    Different formulas have different sentences.

    Args:
        formula: what is to be said.
        language: a key of `LANGUAGES`.
    """
    return _say(formula, LANGUAGES[language])


def _say(formula: Formula, language: Language) -> str:
    match formula:
        case Compare(signal, op, quantity, subject, argument):
            term = _term(signal, subject, argument, language)
            return language.compare[op].format(term=term, quantity=_quantity(quantity, language))
        case Fact(signal, subject, argument):
            return _term(signal, subject, argument, language)
        case And(parts) | Or(parts):
            texts = [_say(part, language) for part in parts]
            if len(texts) == 2:
                return language.pair[JOIN_WORDS[type(formula)]].format(*texts)
            return language.many[JOIN_WORDS[type(formula)]].format("; ".join(texts))
        case Implies(first, second) | Since(first, second) | Until(first, second) | Unless(first, second):
            return language.links[JOIN_WORDS[type(formula)]].format(_say(first, language), _say(second, language))
        case Not(part) | Always(part) | Eventually(part):
            return language.wraps[WRAP_WORDS[type(formula)]].format(_say(part, language))
        case For(part, time_s) | ForNext(part, time_s) | Within(part, time_s) | WithinLast(part, time_s):
            time = _quantity(Quantity(time_s, "s"), language)
            return language.lasts[LAST_WORDS[type(formula)]].format(time=time, part=_say(part, language))


def _term(signal: str, subject: str, argument: Argument, language: Language) -> str:
    words = language.subjects.get(subject) or language.party.format(subject)
    if subject == NO_ONE and SIGNALS[signal].bearer is Bearer.RECORD:
        words = language.anyone
    text = language.signals[signal].format(argument=_argument(argument, language), subject=words)
    if SIGNALS[signal].is_fact or subject == NO_ONE:
        return text
    return f"{text} ({words})"


def _argument(argument: Argument, language: Language) -> str:
    if isinstance(argument, Quantity):
        return _quantity(argument, language)
    if isinstance(argument, Frequency):
        return f"{_number(argument.value, language)} {language.units[argument.unit]}"
    return str(argument)


def _quantity(quantity: Quantity, language: Language) -> str:
    return f"{_number(quantity.value, language)} {language.units[quantity.unit]}"


def _number(value: float, language: Language) -> str:
    return format_number(value).replace(".", language.decimal)
