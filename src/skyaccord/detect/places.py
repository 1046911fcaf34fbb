"""The areas and lines of a memorandum as geometry: what distances are measured to."""

from __future__ import annotations

from skyaccord.geometry.boundary import Boundary, Disc, ring_of
from skyaccord.geometry.path import Path, path_through
from skyaccord.memorandum.area import Area
from skyaccord.memorandum.named_area import Circle, NamedArea
from skyaccord.memorandum.named_line import NamedLine


def boundary_of(area: Area | NamedArea) -> Boundary:
    """Return the boundary of an area on the ground, whatever its altitudes."""
    shape = area.polygon if isinstance(area, Area) else area.shape
    if isinstance(shape, Circle):
        lon_deg, lat_deg = shape.centre
        return Disc(lat_deg, lon_deg, shape.radius.si)
    return ring_of(shape)


def path_of(line: NamedLine) -> Path:
    """Return a line on the ground."""
    return path_through(line.points)
