"""Interceptor and intercepted: told apart where the tracks show who manoeuvred to close while the other did not.

A role is a matter of motion, not of right or intent. Where nothing beyond the error of measurement tells the two apart
the role is undetermined, with the reason: both readings have then to be judged.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from skyaccord.detect.conduct import words
from skyaccord.detect.conduct.features import Features, Own, Sense
from skyaccord.detect.conduct.manner import SEPARATED_M, Manner, Names, follower
from skyaccord.units import NM

HELD_DEG: Final = 30.0
"""One that turns further than this while the other closes is not passive, whatever came of it. Assumed."""

STEERED_DEG: Final = 10.0
"""A smaller turn is no steering for another. Assumed."""

STEERED_M: Final = 1 * NM
"""Passing further from the other than this, one need not have steered for it. Assumed: the mile of a formation."""

Role: TypeAlias = tuple[int | None, str]

TOGETHER: Final = {
    Manner.FORMATION: "they flew as one formation; who came to whom was not seen, or both did",
    Manner.PARALLEL: "neither closed on the other",
}


def decide_roles(f: Features, manner: Manner, names: Names) -> Role:
    """Return which one intercepted (0 for a, 1 for b; ``None``: undetermined), and in words what that rests on."""
    if f.doubt:
        return None, f.doubt
    if manner in TOGETHER:
        return None, TOGETHER[manner]
    by = f.joined.by
    if manner is Manner.SHADOWING and f.station is not None:
        behind = follower(f.station)
        if behind is not None and by in (None, behind):
            return behind, (
                f"{names[behind]} kept its place behind {names[1 - behind]} while that turned by "
                f"{words.angle(f.station.turned_deg)}"
            )
        return None, "the one that came to the other is not the one that stayed behind it"
    if by is None:
        return None, _why_not(f)
    if abs(f.own(1 - by).turned_deg) > HELD_DEG:
        return None, f"{names[1 - by]} turned {words.angle(f.own(1 - by).turned_deg)} meanwhile: it held no course"
    if not (f.station and f.station.is_close) and (why := _why_route(f, f.own(by))):
        return None, why
    return by, _ground(f, by, names)


def _why_route(f: Features, own: Own) -> str:
    """Return why one that steered for the other may have done so on its route, or an empty text."""
    if own.turned not in (Sense.TOWARD, Sense.UNKNOWN) or abs(own.turned_deg) < STEERED_DEG:
        return "the one whose manoeuvres brought them nearer was not seen to turn toward the other"
    if not f.distance_m <= STEERED_M:
        return f"they passed {words.distance(f.distance_m)} apart: turns of a route bring others as near"
    if not f.height_m + f.height_error_m < SEPARATED_M:
        return "they passed as far apart in height as traffic is separated: the turns before may be those of a route"
    return ""


def _ground(f: Features, by: int, names: Names) -> str:
    own, other = f.own(by), f.own(1 - by)
    instead = words.distance(f.joined.instead_m)
    now = words.distance(f.station.distance_m if f.station and f.station.is_close else f.distance_m)
    return (
        f"{names[by]} {_deeds(own)}; flying straight on from {words.lasting(f.joined.seconds)} before, it would have "
        f"come no nearer than {instead} instead of {now}; {names[1 - by]} {_held(other)}"
    )


def _deeds(own: Own) -> str:
    deeds = []
    if own.has_turned:
        way = {Sense.TOWARD: " toward it", Sense.AWAY: " away from it"}.get(own.turned, "")
        deeds.append(f"turned {words.angle(own.turned_deg)}{way}")
    if own.has_changed_speed:
        deeds.append(f"{'slowed down' if own.sped_up_mps < 0 else 'sped up'} by {words.speed(own.sped_up_mps)}")
    return " and ".join(deeds) or "changed its path"


def _held(own: Own) -> str:
    turned = (
        f"turned {words.angle(own.turned_deg)}"
        if own.has_turned
        else f"held its course within {words.angle(own.turned_error_deg)}"
    )
    sped_up = (
        f"changed its speed by {words.speed(own.sped_up_mps)}"
        if own.has_changed_speed
        else f"its speed within {words.speed(own.sped_up_error_mps)}"
    )
    return f"{turned} and {sped_up}, which had no part in it" if own.has_turned else f"{turned} and {sped_up}"


def _why_not(f: Features) -> str:
    if not f.joined.is_seen:
        return "how they came together was not seen"
    if f.joined.contradicts:
        return "compared from several instants, now one and now the other closed"
    if f.joined.both:
        return "both manoeuvred, and both had a part in coming together"
    if not (f.station and f.station.is_close):
        return "neither steered for the other more than once: a single change of course may be its route"
    return "neither manoeuvred beyond the error of measurement to come to the other"
