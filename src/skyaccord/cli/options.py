"""What a caller knows of a recording and its format does not say, from the words of the command line."""

from __future__ import annotations

from skyaccord.errors import SkyaccordError
from skyaccord.model.instants import from_seconds, parse_instant
from skyaccord.tracks.formats.options import ReadingOptions, Site


def reading_options(start: str | None, site: str | None) -> ReadingOptions:
    """Return the reading options of ``--start`` and ``--site``."""
    begin = from_seconds(parse_instant(start)) if start else None
    return ReadingOptions(start=begin, site=_site(site) if site else None)


def _site(text: str) -> Site:
    try:
        latitude_deg, longitude_deg, height_m = (float(part) for part in text.split(","))
    except ValueError:
        cure = "write latitude, longitude (deg) and height (m), as 46.2,6.1,430"
        raise SkyaccordError(f"{text!r} is not a radar site: {cure}") from None
    return Site(latitude_deg, longitude_deg, height_m)
