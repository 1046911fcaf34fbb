"""A position: what one party tables in one round, provision by provision, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from skyaccord.memorandum.canonical_form import Form, provision_form
from skyaccord.memorandum.document import Confidence, Provision, Source
from skyaccord.memorandum.formula import Formula
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.model.canonical_json import digest
from skyaccord.model.instants import format_instant
from skyaccord.talks.state import Stance

FORMAT: Final = "skyaccord/position/1"
"""Changes when the same position would be written differently."""

NO_SOURCE: Final = Source("", Confidence.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Version:
    """The words of a provision in another language, and the rule as that language's file states it."""

    language: str  # ISO 639-1
    text: str
    formula: Formula | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What would stand in the memorandum: a provision in all its languages."""

    provision: Provision
    versions: tuple[Version, ...] = ()

    @property
    def hash(self) -> str:
        """Return the identity of the words; where they come from and remarks do not belong to it."""
        bare = replace(self.provision, source=NO_SOURCE, notes="")
        return digest(provision_form(bare) | _languages(self.versions))


@dataclass(frozen=True, slots=True)
class Move:
    """What a party does with one provision."""

    id: str
    stance: Stance
    words: Words | None = None  # its own; ``None`` where it takes another's, or its own back
    of: str = ""  # whose words it takes, where it brings none; empty: those of the only other party
    hash: str = ""  # of the words that are meant, where it says so
    explanation: str = ""
    is_provisional: bool = False  # to hold before all is agreed


@dataclass(frozen=True, slots=True)
class Position:
    """What a party tables at one instant of one round."""

    talks: str
    parties: tuple[str, ...]
    party: str
    round: int
    at_s: float
    moves: tuple[Move, ...]
    language: str = "en"  # of the words
    source: Source = NO_SOURCE
    notes: str = ""
    place: str = "position"  # where it was read from; no part of it


def position_form(position: Position) -> Form:
    """Return a position as JSON values, all of it but where it was read from."""
    form: Form = {
        "format": FORMAT,
        "talks": position.talks,
        "parties": position.parties,
        "party": position.party,
        "round": position.round,
        "at": format_instant(position.at_s),
        "language": position.language,
        "source": {"text": position.source.text, "confidence": position.source.confidence.value},
        "moves": [_move(move) for move in position.moves],
    }
    return form | ({"notes": position.notes} if position.notes else {})


def _move(move: Move) -> Form:
    form: Form = {"id": move.id, "stance": move.stance.value, "provisional": move.is_provisional}
    if move.words is not None:
        form["words"] = provision_form(move.words.provision) | _languages(move.words.versions)
    stated = {"of": move.of, "hash": move.hash, "explanation": move.explanation}
    return form | {key: text for key, text in stated.items() if text}


def _languages(versions: tuple[Version, ...]) -> Form:
    if not versions:
        return {}
    rules = {each.language: {"rule": format_formula(each.formula)} if each.formula else {} for each in versions}
    return {"language": {each.language: {"text": each.text, **rules[each.language]} for each in versions}}
