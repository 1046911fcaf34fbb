"""What the user names as recordings, read: files, folders and ``scenario:NAME``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from skyaccord.batch.review import SCENARIO
from skyaccord.tracks.formats.dataframe import ArrowStream
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.read import Reading, read_tracks

if TYPE_CHECKING:
    from skyaccord.tracks.read import Source


def read_sources(names: Sequence[str], options: ReadingOptions = NOTHING_KNOWN) -> Reading:
    """Return the tracks of all sources.

    Raises:
        InputError: a source cannot be read, or there are no tracks in any.
    """
    return read_tracks([_resolve(name) for name in names], options)


def _resolve(name: str) -> Source:
    if not name.startswith(SCENARIO):
        return name
    from skyaccord.tracks.scenarios.scenario import load_scenario, make_tracks_table  # flies with pyproj: 0.1 s

    table: ArrowStream = make_tracks_table(load_scenario(name.removeprefix(SCENARIO)))
    return table
