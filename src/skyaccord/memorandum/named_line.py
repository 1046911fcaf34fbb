"""A line that rules call by a name: what is to be crossed by notice, or not at all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line of the table ``[line.NAME]``: two or more points in order; left and right are as seen along them."""

    name: str
    points: tuple[tuple[float, float], ...]  # longitude, latitude in degrees WGS-84
    full_name: str = ""
