"""Guidance steadied over time: a value takes the gravest region that it had in M of the last N updates.

What one update frees as a way out counts above every other region; whether free values are shown as ways out or simply
free is decided by the present update. Source: behaviour of DAIDALUS 2.0.4; see docs/detection.md.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from skyaccord.detect.alerting import Scene
from skyaccord.detect.guidance.axis import Kind
from skyaccord.detect.guidance.bands import Band, join_stretches
from skyaccord.detect.guidance.guide import ALL_KINDS, AxisGuidance, Guidance, guide
from skyaccord.detect.guidance.resolution import resolve
from skyaccord.detect.profile import Hysteresis, Profile, Region
from skyaccord.geometry.vectors import Floats, Ints

SAME: Final = 1e-8
"""Edges nearer to each other than this are one."""


@dataclass(slots=True)
class BandHistory:
    """The last bands of one kind of manoeuvre."""

    settings: Hysteresis
    last_s: float = -math.inf
    recent: deque[tuple[Band, ...]] = field(default_factory=deque)

    def update(self, axis: AxisGuidance, now_s: float) -> AxisGuidance:
        """Take the guidance of an update and return it with steadied bands."""
        settings = self.settings
        if settings.time_s <= 0.0 or settings.m <= 0 or settings.n <= 0:
            return axis
        if not 0.0 < now_s - self.last_s <= settings.time_s:
            self.recent = deque([axis.bands] * settings.m + [()] * (settings.n - settings.m), maxlen=settings.n)
        self.recent.append(axis.bands)
        self.last_s = now_s
        if not axis.bands:
            return axis
        bands = self._steadied(axis)
        return replace(axis, bands=bands, resolution=resolve(bands, axis.current))

    def _steadied(self, axis: AxisGuidance) -> tuple[Band, ...]:
        low, high = axis.bands[0].low, axis.bands[-1].high
        turns = (-math.tau, 0.0, math.tau) if axis.kind is Kind.DIRECTION else (0.0,)
        shifted = [[(b.low + t, b.high + t, int(b.region)) for t in turns for b in bands] for bands in self.recent]
        edges = _distinct([low, high, *(edge for bands in shifted for b in bands for edge in b[:2])], low, high)
        middles = 0.5 * (edges[:-1] + edges[1:])
        regions = np.array([_regions_at(bands, middles) for bands in shifted])
        region = np.sort(regions, axis=0)[-self.settings.m]
        # Where the present update had to recover, whatever is free is a way out; where it had not, nothing is.
        was, now = (Region.NONE, Region.RECOVERY) if axis.recovery is not None else (Region.RECOVERY, Region.NONE)
        region = np.where((region == was) | (region < 0), now, region)
        return join_stretches(edges, region)


def _distinct(values: list[float], low: float, high: float) -> Floats:
    inside = np.unique(np.array([value for value in values if low <= value <= high]))
    edges: Floats = inside[np.concatenate([[True], np.diff(inside) > SAME])]
    return edges


def _regions_at(bands: list[tuple[float, float, int]], values: Floats) -> Ints:
    region = np.full(len(values), -1, np.int64)
    for low, high, each in bands:
        region[(values >= low) & (values <= high)] = each
    return region


@dataclass(slots=True)
class SteadiedGuide:
    """Guidance of successive instants of one ownship."""

    profile: Profile
    kinds: tuple[Kind, ...] = ALL_KINDS
    histories: dict[Kind, BandHistory] = field(default_factory=dict)

    def update(self, scene: Scene, now_s: float) -> Guidance:
        """Return the guidance of an instant, steadied as the profile says."""
        now = guide(scene, self.profile, self.kinds)
        axes = []
        for axis in now.axes:
            history = self.histories.setdefault(axis.kind, BandHistory(self.profile.hysteresis))
            axes.append(history.update(axis, now_s))
        return replace(now, axes=tuple(axes))
