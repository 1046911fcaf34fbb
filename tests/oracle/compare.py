"""Compare encounters that a search found with those the oracle expects, and say exactly where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

KT = 1852.0 / 3600.0
DISTANCE_M = 10.0
TIME_S = 1.0
FAST_MPS = 20 * KT  # below this the instant of least distance is not defined by such data
SHORT_S = 1.0


class Found(Protocol):
    """What a found encounter must offer; ids may come in either order."""

    @property
    def a(self) -> str: ...
    @property
    def b(self) -> str: ...
    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...
    @property
    def t_cpa_s(self) -> float: ...
    @property
    def min_horizontal_m(self) -> float: ...
    @property
    def vertical_at_cpa_m(self) -> float: ...
    @property
    def min_normalised(self) -> float: ...


class Expected(Found, Protocol):
    """What the oracle's encounter offers beside: the speed at its CPA, and minima as good as the least."""

    @property
    def relative_speed_mps(self) -> float: ...
    @property
    def rivals_s(self) -> tuple[float, ...]: ...
    @property
    def has_unknown_vertical(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class FoundEncounter:
    """A found encounter as a plain row, for searches whose own rows hold indices instead of ids."""

    a: str
    b: str
    start_s: float
    end_s: float
    t_cpa_s: float
    min_horizontal_m: float
    vertical_at_cpa_m: float
    min_normalised: float


@dataclass(slots=True)
class Differences:
    """Where two lists differ. ``on_the_edge`` holds what the tolerances leave to either side; it is no difference."""

    matched: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    divided: list[str] = field(default_factory=list)  # one encounter on one side, several on the other
    distance: list[str] = field(default_factory=list)
    time: list[str] = field(default_factory=list)
    vertical: list[str] = field(default_factory=list)
    normalised: list[str] = field(default_factory=list)
    on_the_edge: list[str] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs beyond the tolerances."""
        return not (self.missed or self.invented or self.divided or self._values())

    def _values(self) -> list[str]:
        return self.distance + self.time + self.vertical + self.normalised

    def __str__(self) -> str:
        names = ("missed", "invented", "divided", "distance", "time", "vertical", "normalised", "on_the_edge")
        lines = [f"{name}: {line}" for name in names for line in getattr(self, name)]
        return "\n".join([f"{self.matched} encounters compared", *lines])


def match(
    found: Sequence[Found],
    expected: Sequence[Expected],
    *,
    D_m: float,  # noqa: N803
    H_m: float,  # noqa: N803
) -> Differences:
    """Compare by pair and overlapping time.

    Least horizontal distance must agree within 10 m; its instant within 1 s of one of the oracle's minima that are as
    good, where the relative speed there exceeds 20 kt; vertical distance at the same instant within 10 m where the
    instants agree; ``min_normalised`` within 10 m of whichever axis is tighter. An encounter that only one side has
    is no difference, but is listed, where it is shorter than 1 s or its ``min_normalised`` is within 10 m / D of 1.
    One encounter against several is no difference where all lapses between the several are shorter than 1 s.
    """
    out = Differences()
    for pair in sorted({_pair(e) for e in (*found, *expected)}):
        ours = sorted((e for e in found if _pair(e) == pair), key=lambda e: e.start_s)
        theirs = sorted((e for e in expected if _pair(e) == pair), key=lambda e: e.start_s)
        for some, others in _overlapping(ours, theirs):
            _judge(out, some, others, D_m, H_m)
    return out


def not_bracketed(found: Sequence[Found], inner: Sequence[Found], outer: Sequence[Found]) -> list[str]:
    """Say where the intervals of ``found`` do not lie between those of a stricter and of a laxer search.

    Run the oracle once with limits slightly smaller (``inner``) and once slightly larger (``outer``). Each inner
    encounter must lie within a found one and each found one within an outer one, to 1 s at the ends. This checks
    beginnings and ends without asking how slowly a pair crosses the limit.
    """
    lines = [f"not found, or not whole: {_text(e)}" for e in inner if not _is_within_any(e, found)]
    return lines + [f"not there, or too long: {_text(e)}" for e in found if not _is_within_any(e, outer)]


def _is_within_any(e: Found, others: Sequence[Found]) -> bool:
    same = [o for o in others if _pair(o) == _pair(e)]
    return any(o.start_s - TIME_S <= e.start_s and e.end_s <= o.end_s + TIME_S for o in same)


def _pair(e: Found) -> tuple[str, str]:
    return (e.a, e.b) if e.a < e.b else (e.b, e.a)


def _overlapping(ours: list[Found], theirs: list[Expected]) -> list[tuple[list[Found], list[Expected]]]:
    """Group encounters of one pair that share time, directly or through others; touching within 1 s is sharing."""
    rows = sorted([(e.start_s, e.end_s, 0, i) for i, e in enumerate(ours)] + _rows_of(theirs))
    groups: dict[int, tuple[list[Found], list[Expected]]] = defaultdict(lambda: ([], []))
    number, until = 0, float("-inf")
    for start, end, side, i in rows:
        number += start > until + TIME_S
        until = max(until, end)
        if side == 0:
            groups[number][0].append(ours[i])
        else:
            groups[number][1].append(theirs[i])
    return list(groups.values())


def _rows_of(theirs: list[Expected]) -> list[tuple[float, float, int, int]]:
    return [(e.start_s, e.end_s, 1, i) for i, e in enumerate(theirs)]


def _judge(out: Differences, ours: list[Found], theirs: list[Expected], d_m: float, h_m: float) -> None:
    if not ours or not theirs:
        for e in (*ours, *theirs):
            on_edge = e.end_s - e.start_s < SHORT_S or e.min_normalised > 1 - DISTANCE_M / d_m
            kind = out.on_the_edge if on_edge else (out.invented if ours else out.missed)
            kind.append(_text(e))
        return
    if len(ours) != len(theirs):
        kind = out.on_the_edge if _longest_lapse_s(ours) < SHORT_S > _longest_lapse_s(theirs) else out.divided
        kind.append(f"found {'; '.join(map(_text, ours))} | expected {'; '.join(map(_text, theirs))}")
        ours, theirs = [min(ours, key=_least)], [min(theirs, key=_least)]
    for some, other in zip(ours, theirs, strict=True):
        out.matched += 1
        _compare(out, some, other, d_m, h_m)


def _least(e: Found) -> float:
    return e.min_horizontal_m


def _longest_lapse_s(parts: Sequence[Found]) -> float:
    return max((b.start_s - a.end_s for a, b in pairwise(parts)), default=0.0)


def _compare(out: Differences, ours: Found, theirs: Expected, d_m: float, h_m: float) -> None:
    both = f"found {_text(ours)} | expected {_text(theirs)}"
    late_s = min((abs(ours.t_cpa_s - t) for t in theirs.rivals_s), default=abs(ours.t_cpa_s - theirs.t_cpa_s))
    if not abs(ours.min_horizontal_m - theirs.min_horizontal_m) <= DISTANCE_M:
        out.distance.append(both)
    if theirs.relative_speed_mps > FAST_MPS and not late_s <= TIME_S:
        out.time.append(both)
    if abs(ours.t_cpa_s - theirs.t_cpa_s) <= 0.1 and _differ(ours.vertical_at_cpa_m, theirs.vertical_at_cpa_m):
        out.vertical.append(both)
    tolerance = DISTANCE_M / min(d_m, h_m)
    if not theirs.has_unknown_vertical and not abs(ours.min_normalised - theirs.min_normalised) <= tolerance:
        out.normalised.append(both)


def _differ(x: float, y: float) -> bool:
    return (x == x) != (y == y) or abs(x - y) > DISTANCE_M


def _text(e: Found) -> str:
    return (
        f"{e.a}/{e.b} {e.start_s:.3f}..{e.end_s:.3f} s, CPA {e.t_cpa_s:.3f} s {e.min_horizontal_m:.1f} m, "
        f"vertical {e.vertical_at_cpa_m:.1f} m, normalised {e.min_normalised:.4f}"
    )
