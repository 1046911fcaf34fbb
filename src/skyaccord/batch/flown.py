"""How an encounter was flown, kept beside it through windows."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.rules.severity.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Flown:
    """Manner and roles of an encounter, each with its ground in words, and what scales of severity leave open."""

    manner: str  # of detect.conduct.manner.Manner
    manner_ground: str
    interceptor: str | None  # id
    role_ground: str
    proposals: tuple[Proposal, ...] = ()
    together_s: tuple[float, float] | None = None  # from when until when they flew as one formation
