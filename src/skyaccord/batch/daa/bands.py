"""``NAME.bands.jsonl``: the guidance of a step as one JSON object a line, in deg, knots, ft/min and ft."""

from __future__ import annotations

import json
import math
from typing import Any, Final

from skyaccord.batch.daa.numbers import rounded
from skyaccord.detect.guidance.axis import Kind
from skyaccord.detect.guidance.bands import Band
from skyaccord.detect.guidance.guide import AxisGuidance, Guidance
from skyaccord.detect.guidance.recovery import RecoveryFound
from skyaccord.detect.profile import Region
from skyaccord.detect.scenes import Step
from skyaccord.units import FPM, FT, KT

UNIT: Final = {Kind.DIRECTION: math.radians(1.0), Kind.SPEED: KT, Kind.CLIMB: FPM, Kind.ALTITUDE: FT}
FULL_TURN_DEG: Final = 360.0
_THIN_DEG: Final = 1e-9
_OWN: Final = {Kind.DIRECTION: "trk", Kind.SPEED: "gs", Kind.CLIMB: "vs", Kind.ALTITUDE: "alt"}


def bands_line(step: Step, guidance: Guidance) -> str:
    """Return the line of a step."""
    document: dict[str, Any] = {
        "t": rounded(step.time_s),
        "own": {_OWN[axis.kind]: rounded(axis.current / UNIT[axis.kind]) for axis in guidance.axes},
        "tiov": {region.name: [rounded(entry), rounded(leave)] for region, entry, leave in guidance.violation},
        "acs": _names(step, guidance.alerting),
    }
    for axis in guidance.axes:
        document[axis.kind.value] = _axis(step, axis)
    return json.dumps(document, separators=(",", ":"))


def _axis(step: Step, axis: AxisGuidance) -> dict[str, Any]:
    unit, is_circle = UNIT[axis.kind], axis.kind is Kind.DIRECTION
    edges = _on_circle(axis.bands) if is_circle else [(b.low / unit, b.high / unit, b.region) for b in axis.bands]
    found: dict[str, Any] = {"bands": [[rounded(low), rounded(high), region.name] for low, high, region in edges]}
    if axis.resolution is not None:
        ways = [way / unit for way in (axis.resolution.below, axis.resolution.above)]
        ways = [way % FULL_TURN_DEG if is_circle and math.isfinite(way) else way for way in ways]
        found["res"] = [rounded(way) for way in ways]
        found["pref_up"] = axis.resolution.prefers_up
    if axis.recovery is not None:
        found["rec"] = _recovery(axis.recovery)
    if axis.peripheral:
        found["periph"] = _names(step, axis.peripheral)
    return found


def _recovery(found: RecoveryFound) -> dict[str, Any]:
    values = (found.time_s, found.range_m, found.height_m)
    time, range_m, height_m = (rounded(-math.inf if value is None else value) for value in values)
    return {"t": time, "n": found.shrinkings, "h_m": range_m, "v_m": height_m}


def _on_circle(bands: tuple[Band, ...]) -> list[tuple[float, float, Region]]:
    """Return bands of directions as stretches between 0 and 360 degrees, from north on."""
    unit = UNIT[Kind.DIRECTION]
    pieces = []
    for band in bands:
        for turn in (-FULL_TURN_DEG, 0.0, FULL_TURN_DEG):
            low, high = max(0.0, band.low / unit + turn), min(FULL_TURN_DEG, band.high / unit + turn)
            if high - low > _THIN_DEG:
                pieces.append((low, high, band.region))
    joined: list[tuple[float, float, Region]] = []
    for low, high, region in sorted(pieces):
        if joined and joined[-1][2] == region and low - joined[-1][1] < _THIN_DEG:
            joined[-1] = (joined[-1][0], high, region)
        else:
            joined.append((low, high, region))
    return joined


def _names(step: Step, marked: tuple[tuple[Region, tuple[int, ...]], ...]) -> dict[str, list[str]]:
    return {region.name: [step.intruders[k] for k in who] for region, who in marked}
