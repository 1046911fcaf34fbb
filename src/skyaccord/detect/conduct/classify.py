"""Conduct: manner and roles of each encounter, with the grounds for both."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.detect.conduct.features import Features
from skyaccord.detect.conduct.manner import Manner, decide_manner
from skyaccord.detect.conduct.measure import measure_features
from skyaccord.detect.conduct.roles import decide_roles
from skyaccord.detect.encounters import Found


@dataclass(frozen=True, slots=True)
class Conduct:
    """How two aircraft flew about each other. ``interceptor`` is an index into Tracks.aircraft, as are a and b."""

    a: int
    b: int
    manner: Manner
    manner_ground: str
    interceptor: int | None
    role_ground: str
    features: Features

    @property
    def intercepted(self) -> int | None:
        """Return the other of the two, where it is known who intercepted."""
        if self.interceptor is None:
            return None
        return self.b if self.interceptor == self.a else self.a


def classify(found: Found) -> tuple[Conduct, ...]:
    """Return the conduct of each encounter, in their order.

    Only positions and altitudes are used, and nothing is said that the error of measurement leaves open: a manner or
    role is then undetermined, and its ground names what it lies between.
    """
    aircraft = found.measured.tracks.aircraft
    pairs = zip(found.intervals.a.tolist(), found.intervals.b.tolist(), strict=True)
    return tuple(
        _conduct(a, b, (aircraft[a].id, aircraft[b].id), features)
        for (a, b), features in zip(pairs, measure_features(found), strict=True)
    )


def _conduct(a: int, b: int, names: tuple[str, str], features: Features) -> Conduct:
    manner, manner_ground = decide_manner(features, names)
    side, role_ground = decide_roles(features, manner, names)
    return Conduct(a, b, manner, manner_ground, None if side is None else (a, b)[side], role_ground, features)
