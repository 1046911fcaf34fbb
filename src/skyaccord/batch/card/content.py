"""What of a memorandum stands on its card. All of it is derived from the document; nothing is typed by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from skyaccord.batch.card.both_units import say_duration
from skyaccord.batch.card.contacts import Contacts, contacts_of
from skyaccord.batch.card.distance_words import restored_within
from skyaccord.batch.card.duty import Duty, duty_of
from skyaccord.batch.card.figures import Joint, Row, figures_of
from skyaccord.memorandum.area import Area
from skyaccord.memorandum.document import Actor, Keep, Memorandum, Provision, Rule
from skyaccord.memorandum.formula import atoms
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.quantity_text import format_duration, format_quantity
from skyaccord.model.instants import format_instant

HASH_DIGITS: Final = 16
"""Hexadecimal digits of the hash that are shown: 64 bits tell drafts apart; the whole is compared by machine."""

LONGEST_WORD: Final = 30
_ENDLESS: Final = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
LONGEST_TITLE: Final = 150
LONGEST_NAME: Final = 40
LONGEST_TEXT: Final = 240
PARTIES_LENGTH: Final = 160
"""Characters of all parties together; who comes after is counted."""

MOST_ATOMS: Final = 8
"""Comparisons and facts of a rule, other readings counted, that can still be read at a glance."""

LONGEST_RULE: Final = 400
"""Characters of a rule's text, other readings counted."""


@dataclass(frozen=True, slots=True)
class Distance:
    """The rule of one provision as figures."""

    id: str
    modality: str
    actor: str  # empty: everyone; else a value of `Actor` or a party
    confidence: str
    row: Row
    others: tuple[Row, ...]  # other readings
    restore: str  # empty: no time is given
    restore_exact: str  # in seconds, where ``restore`` is in another unit
    reenter: str  # empty: does not apply


@dataclass(frozen=True, slots=True)
class Words:
    """One provision as a line of its text."""

    id: str
    text: str
    confidence: str
    is_long_rule: bool  # it has a rule, too long for a card


@dataclass(frozen=True, slots=True)
class Band:
    """The altitude band of the area; empty texts where a side is open."""

    floor: str
    ceiling: str
    datum: str


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says of one memorandum."""

    title: str
    hash: str
    parties: tuple[str, ...]
    more_parties: int
    is_yardstick: bool
    valid_from: str
    valid_until: str
    area: Band | None
    contacts: Contacts
    distances: tuple[Distance, ...]
    words: tuple[Words, ...]


def card_of(memorandum: Memorandum) -> Card:
    """Return what stands on the card of a memorandum, provisions in its order, none left out yet."""
    shown = [provision for provision in memorandum.provisions if is_shown(provision)]
    parties = _parties(memorandum)
    return Card(
        title=shorten(memorandum.title, LONGEST_TITLE),
        hash=memorandum.hash.removeprefix("sha256:")[:HASH_DIGITS],
        parties=parties,
        more_parties=len(memorandum.parties) - len(parties),
        is_yardstick=memorandum.binds_everyone,
        valid_from=_instant(memorandum.valid.from_s),
        valid_until=_instant(memorandum.valid.until_s),
        area=_band(memorandum.area),
        contacts=contacts_of(memorandum.communications),
        distances=tuple(_distance(each, each.rule) for each in shown if each.rule is not None),
        words=tuple(_words(provision) for provision in memorandum.provisions if provision not in shown),
    )


def is_shown(provision: Provision) -> bool:
    """Return whether a provision has a rule that is short enough for a card."""
    number = sum(1 for reading in provision.readings for _ in atoms(reading))
    length = sum(len(format_formula(reading)) for reading in provision.readings)
    return provision.rule is not None and number <= MOST_ATOMS and length <= LONGEST_RULE


def shorten(text: str, longest: int) -> str:
    """Return a text on one line, cut after a word and marked with … where it is longer than allowed.

    What has no space in it may be broken after each `LONGEST_WORD` letters.
    """
    line = " ".join(text.split())
    if len(line) > longest:
        head = line[: longest - 1]
        line = f"{head[: head.rfind(' ')] if ' ' in head else head}…"
    return _ENDLESS.sub("\\g<0>\u200b", line)


def _distance(provision: Provision, rule: Rule) -> Distance:
    duty, *others = [duty_of(rule, reading) for reading in provision.readings]
    restore = say_duration(duty.restore_s) if duty.restore_s else ""
    exact = format_duration(duty.restore_s)
    return Distance(
        id=provision.id,
        modality=provision.modality.value,
        actor="" if provision.actor == Actor.PARTIES.value else provision.actor,
        confidence=provision.source.confidence.value,
        row=figures_of(duty.formula),
        others=tuple(_other(other, duty) for other in others),
        restore=restore,
        restore_exact=exact if restore and exact != restore else "",
        reenter=say_duration(rule.reenter_s) if isinstance(rule, Keep) and restore else "",
    )


def _other(other: Duty, duty: Duty) -> Row:
    """Return another reading; with its own time to restore where that is another one."""
    row = figures_of(other.formula)
    if other.restore_s == duty.restore_s:
        return row
    return (*row, Joint(restored_within(say_duration(other.restore_s))))


def _words(provision: Provision) -> Words:
    return Words(
        provision.id,
        shorten(provision.text, LONGEST_TEXT),
        provision.source.confidence.value,
        is_long_rule=provision.rule is not None,
    )


def _parties(memorandum: Memorandum) -> tuple[str, ...]:
    """Return the first parties with their full names, as many as there is room for; always one."""
    full = {
        party.name: f" ({shorten(party.full_name, LONGEST_NAME)})"
        for party in memorandum.party_details
        if party.full_name
    }
    texts = [shorten(name, LONGEST_NAME) + full.get(name, "") for name in memorandum.parties]
    lengths = accumulate(len(text) for text in texts)
    fitting = sum(1 for length in lengths if length <= PARTIES_LENGTH)
    return tuple(texts[: max(1, fitting)])


def _band(area: Area | None) -> Band | None:
    if area is None:
        return None
    floor, ceiling = (format_quantity(side) if side else "" for side in (area.band.floor, area.band.ceiling))
    return Band(floor, ceiling, area.band.datum.value if area.band.datum else "")


def _instant(t_s: float) -> str:
    """Return day and time, the time only where it is not midnight."""
    text = format_instant(t_s).removesuffix("Z").replace("T", " ")
    return text.removesuffix(".000").removesuffix(":00").removesuffix(" 00:00")
