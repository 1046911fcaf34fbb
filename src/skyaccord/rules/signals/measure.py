"""When a signal is below a threshold and when a fact is so: from names in a rule to what is measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import numpy as np

from skyaccord.detect.intervals import AT_LIMIT_M
from skyaccord.detect.pieces import Z
from skyaccord.geometry.vectors import Floats
from skyaccord.memorandum.formula import Compare
from skyaccord.rules.motion import Motion
from skyaccord.rules.signals import single
from skyaccord.rules.signals.approach import CLOSURE, HMD, T_CPA, TAU_MOD, VMD, approach_below
from skyaccord.rules.signals.approach_error import approach_error, tau_mod_slack
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.signals.distance import HORIZONTAL, SLANT, VERTICAL, distance_below
from skyaccord.rules.signals.nose import nose_crossing
from skyaccord.rules.signals.side import aspect, height, wake
from skyaccord.rules.spans import Spans, joined, union
from skyaccord.rules.strictness import Error
from skyaccord.rules.trace import Trace, motion_in
from skyaccord.units import Quantity

_DISTANCES: Final = {"horizontal": HORIZONTAL, "vertical": VERTICAL, "slant": SLANT}
_APPROACH: Final = {"closure": CLOSURE, "t_cpa": T_CPA, "hmd": HMD, "vmd": VMD, "tau_mod": TAU_MOD}

_OfSide: TypeAlias = Callable[[Motion, int], Curve]
_CURVES: Final[Mapping[str, _OfSide]] = {
    "aspect": aspect,
    "height_above": height,
    "altitude": single.altitude,
    "groundspeed": single.groundspeed,
    "vertical_rate": single.vertical_rate,
    "turn_rate": single.turn_rate,
}

AT_LIMIT: Final = 1e-9
"""A value nearer to a limit than this, SI, is at it; distances have `AT_LIMIT_M`."""


def times_below(trace: Trace, compare: Compare, side: int, limit: Floats, error: Error, or_at: bool) -> Spans:
    """Return when a signal is below a limit.

    Args:
        trace: the pairs.
        compare: which signal, with what in its parentheses.
        side: of which aircraft, where it is of one.
        limit: one an encounter, SI.
        error: ``CERTAINLY`` grants the error against it, ``POSSIBLY`` for it.
        or_at: whether a value at the limit counts as below it.
    """
    if compare.signal in _DISTANCES or compare.signal in _APPROACH:
        return _exact(trace, compare, limit, error, or_at)
    curves = _curves(trace, compare.signal, side, error)
    return union([curve.below(_granting(limit[curve.owner], curve.error, error), or_at) for curve in curves])


def _exact(trace: Trace, compare: Compare, limit: Floats, error: Error, or_at: bool) -> Spans:
    of_piece, name = limit[trace.owner], compare.signal
    if name in _DISTANCES:
        at = AT_LIMIT_M if or_at else -AT_LIMIT_M
        found = distance_below(trace.value, _DISTANCES[name], _granting(of_piece, trace.error_m(name), error) + at)
        if name == "slant" and error is Error.POSSIBLY:
            _where_height_is_unknown(trace, of_piece + at, found)
    else:
        found = _approach(trace, compare, of_piece + (AT_LIMIT if or_at else -AT_LIMIT), error)
    some = found[:, 0] <= found[:, 1]
    return joined(Spans(trace.owner[some], found[some, 0], found[some, 1]))


def _where_height_is_unknown(trace: Trace, limit: Floats, found: Floats) -> None:
    """Write when a slant distance of unknown height may be below a limit: it is never less than the horizontal one."""
    unknown = ~np.isfinite(trace.value[:, Z])
    laxer = limit[unknown] + trace.horizontal_error_m[unknown]
    found[unknown] = distance_below(trace.value[unknown], HORIZONTAL, laxer)


def _approach(trace: Trace, compare: Compare, limit: Floats, error: Error) -> Floats:
    slack_m2, dmod_m = np.zeros(len(limit)), 0.0
    if isinstance(compare.argument, Quantity):  # modified tau
        dmod_m = compare.argument.si
        slack_m2 = _granting(slack_m2, tau_mod_slack(trace, limit), error) if error else slack_m2
    elif error:
        limit = _granting(limit, approach_error(trace, compare.signal), error)
    return approach_below(trace.value, _APPROACH[compare.signal], dmod_m, limit, slack_m2)


def _granting(limit: Floats, bound: Floats, error: Error) -> Floats:
    """Return limits moved by the error of measurement: laxer where it is granted."""
    return limit if error is Error.AS_MEASURED else limit - int(error) * bound


def _curves(trace: Trace, name: str, side: int, error: Error) -> list[Curve]:
    motion = motion_in(trace, name)
    key = (name, side, int(error))
    if key not in trace.curves:
        if name in _CURVES:
            trace.curves[key] = [_CURVES[name](motion, side)]
        elif name == "wake_behind":
            trace.curves[key] = [wake(motion, side, error)]
        else:
            trace.curves[key] = nose_crossing(motion, side, error)
    return trace.curves[key]
