"""The memorandum: what the parties agreed, provision by provision, with source and confidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from skyaccord.memorandum.area import Area
from skyaccord.memorandum.communications import Communications
from skyaccord.memorandum.formula import Formula
from skyaccord.memorandum.named_area import NamedArea
from skyaccord.memorandum.named_line import NamedLine
from skyaccord.memorandum.validity import Validity

ANY: Final = "any"
"""As the only party: the provisions bind every aircraft, whoever flies it. For yardsticks that no one signed."""

RESTORE_S: Final = 0.0
"""Default of ``restore``: a duty that is lost is breached, unless the provision grants time to restore it."""

REENTER_S: Final = 30.0
"""Default of ``reenter``: how long a duty must hold again before the clock of ``restore`` starts anew."""


class Modality(StrEnum):
    """How binding a provision is."""

    SHALL = "shall"
    SHOULD = "should"


class Evidence(StrEnum):
    """What a provision is judged from."""

    TRACKS = "tracks"
    RADIO = "radio"
    HOTLINE = "hotline"
    NOTICE = "notice"
    VIDEO = "video"
    NONE = "none"  # not observable by machine


class Confidence(StrEnum):
    """How sure it is that a provision was agreed as it is written here."""

    CONFIRMED = "confirmed"  # the text itself, or a party on the record
    REPORTED = "reported"  # press, analysts, a party off the record
    ASSUMED = "assumed"  # put in by who wrote the file
    UNKNOWN = "unknown"


class Actor(StrEnum):
    """Whom a provision binds, where it is not one party by name."""

    PARTIES = "parties"  # each of them
    INTERCEPTOR = "interceptor"
    INTERCEPTED = "intercepted"
    CENTRE = "centre"  # the operations centres on the ground


@dataclass(frozen=True, slots=True)
class Source:
    """Where a provision comes from."""

    text: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Keep:
    """A duty: infringed while the formula is false, breached once it was lost for longer than ``restore_s``.

    The clock that runs while it is lost starts anew only after the formula held for ``reenter_s`` without a break.
    """

    formula: Formula
    restore_s: float = RESTORE_S
    reenter_s: float = REENTER_S


@dataclass(frozen=True, slots=True)
class Breach:
    """A ban: the formula must never be true; at any instant of an encounter it is a breach."""

    formula: Formula


Rule: TypeAlias = Keep | Breach


@dataclass(frozen=True, slots=True)
class Provision:
    """One numbered rule of a memorandum."""

    id: str
    text: str
    modality: Modality
    evidence: tuple[Evidence, ...]
    rule: Rule | None = None
    alternatives: tuple[Formula, ...] = ()  # other readings of the same words; they share restore and reenter
    actor: str = Actor.PARTIES.value  # a value of Actor, or the name of a party
    source: Source = Source("", Confidence.UNKNOWN)
    notes: str = ""

    @property
    def is_assessable_from_tracks(self) -> bool:
        """Return whether tracks can decide it: it has a rule, and tracks are evidence for it."""
        return self.rule is not None and Evidence.TRACKS in self.evidence

    @property
    def readings(self) -> tuple[Formula, ...]:
        """Return the formula of the rule and its alternatives; empty where there is no rule."""
        return () if self.rule is None else (self.rule.formula, *self.alternatives)


@dataclass(frozen=True, slots=True)
class Party:
    """What a memorandum says of a party beside its name."""

    name: str  # as in Memorandum.parties
    full_name: str = ""
    root: str = ""  # fingerprint of its root key, sha256:…; empty where none is pinned


@dataclass(frozen=True, slots=True)
class Memorandum:
    """The agreed text. `content_hash` of it is its identity; ``hash`` holds that value once it was loaded."""

    title: str
    parties: tuple[str, ...]
    valid: Validity
    provisions: tuple[Provision, ...]
    area: Area | None = None
    communications: Communications | None = None
    party_details: tuple[Party, ...] = ()
    areas: tuple[NamedArea, ...] = ()
    lines: tuple[NamedLine, ...] = ()
    excluded: tuple[str, ...] = ()  # whose aircraft the memorandum leaves out
    notes: str = ""
    hash: str = ""

    @property
    def binds_everyone(self) -> bool:
        """Return whether its only party is ``any``."""
        return self.parties == (ANY,)

    def provision(self, id: str) -> Provision | None:  # noqa: A002 - the vocabulary's word
        """Return the provision of an id, ``None`` where there is none."""
        return next((provision for provision in self.provisions if provision.id == id), None)

    def named_area(self, name: str) -> NamedArea | None:
        """Return the area of a name, ``None`` where there is none."""
        return next((area for area in self.areas if area.name == name), None)

    def named_line(self, name: str) -> NamedLine | None:
        """Return the line of a name, ``None`` where there is none."""
        return next((line for line in self.lines if line.name == name), None)


def is_in_force(memorandum: Memorandum, t_s: float) -> bool:
    """Return whether a memorandum binds at an instant (seconds since 1970); elsewhere it is judged "as if"."""
    return memorandum.valid.covers(t_s)
