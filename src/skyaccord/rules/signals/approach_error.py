"""How wrong a measure of the approach of a pair may be: first-order 95 % bounds, one a piece."""

from __future__ import annotations

import numpy as np

from skyaccord.detect.pieces import SS, SV, T0, T1, VV, W, Z
from skyaccord.geometry.vectors import Floats
from skyaccord.rules.trace import Trace


def approach_error(trace: Trace, name: str) -> Floats:
    """Return the bound of ``closure`` (m/s), ``t_cpa`` (s), ``hmd`` or ``vmd`` (m) over each piece.

    With e the bound of horizontal distance and u that of the relative velocity, to first order:

    * closure: ``u + |v| e / r``, since an error across the line of sight turns it;
    * t_cpa: ``(e + |t_cpa| u) / |v|``;
    * hmd: ``e + t_cpa u``, and vmd: vertical distance and rate alike, and ``|w|`` times the bound of t_cpa.

    The worst value over the piece is taken. Infinite where the velocity is not known, or where nothing moves.
    """
    piece, e_m = trace.value, trace.horizontal_error_m
    u_mps, rate_mps = relative_velocity_errors(trace)
    span_s = piece[:, T1] - piece[:, T0]
    speed = np.sqrt(piece[:, VV])
    with np.errstate(divide="ignore", invalid="ignore"):
        t_cpa_s = np.where(piece[:, VV] > 0.0, -piece[:, SV] / piece[:, VV], 0.0)
        nearest_s = np.clip(t_cpa_s, 0.0, span_s)
        ahead_s = np.maximum(np.abs(t_cpa_s), np.abs(t_cpa_s - span_s))
        t_cpa_error_s = (e_m + ahead_s * u_mps) / speed
        if name == "closure":
            near_m = np.sqrt(np.maximum(_range_2(piece, nearest_s), 0.0))
            bound = u_mps + speed * np.minimum(e_m / near_m, 1.0)
        elif name == "t_cpa":
            bound = t_cpa_error_s
        elif name == "hmd":
            bound = e_m + np.maximum(t_cpa_s, 0.0) * u_mps
        else:
            drift_m = np.maximum(t_cpa_s, 0.0) * rate_mps
            bound = trace.vertical_error_m + drift_m + np.abs(piece[:, W]) * t_cpa_error_s
            bound = np.where(np.isfinite(piece[:, Z]), bound, np.inf)
    return np.where(np.isnan(bound), np.inf, bound)


def relative_velocity_errors(trace: Trace) -> tuple[Floats, Floats]:
    """Return the bounds of relative velocity and vertical rate, one a piece; 0 where only distances are at hand."""
    if trace.motion is None:
        return np.zeros(len(trace.owner)), np.zeros(len(trace.owner))
    flat, climb = trace.motion.velocity_error_mps, trace.motion.rate_error_mps
    return np.hypot(*flat), np.hypot(*climb)


def _range_2(piece: Floats, t_s: Floats) -> Floats:
    found: Floats = piece[:, SS] + t_s * (2.0 * piece[:, SV] + t_s * piece[:, VV])
    return found


def tau_mod_slack(trace: Trace, limit_s: Floats) -> Floats:
    """Return by how much ``s·s - DMOD² + tau s·v`` may be wrong over each piece, m², at limits of tau.

    To first order ``2 r e + tau (r u + |v| e)``, with r the largest range of the piece.
    """
    piece, e_m = trace.value, trace.horizontal_error_m
    u_mps, _ = relative_velocity_errors(trace)
    ends = [np.sqrt(np.maximum(_range_2(piece, t_s), 0.0)) for t_s in (0.0 * piece[:, T0], piece[:, T1] - piece[:, T0])]
    far_m = np.maximum(*ends)
    with np.errstate(invalid="ignore"):
        slack = 2.0 * far_m * e_m + np.maximum(limit_s, 0.0) * (far_m * u_mps + np.sqrt(piece[:, VV]) * e_m)
    return np.where(np.isnan(slack), np.inf, slack)
