"""A scenario told in plain words, for the terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from skyaccord.tracks.scenarios.closest_approach import Side
from skyaccord.tracks.scenarios.plan import Flight, Reported, Scenario
from skyaccord.tracks.scenarios.plausibility import Check, Finding
from skyaccord.units import FT, KT

_BEFORE_UNIT: Final = re.compile(r"(?<=[0-9]) (?=(?:kt|ft|ft/min|s|min|m|km|NM|mi|g)\b)")
_TIED: Final = "\N{NO-BREAK SPACE}"


def page(scenario: Scenario, checks: Sequence[Check], versions: Sequence[str], width: int) -> str:
    """Return the page; ``versions`` are the names of the other accounts of the event."""
    return "\n".join(_lines(scenario, checks, versions, width))


def _lines(scenario: Scenario, checks: Sequence[Check], versions: Sequence[str], width: int) -> Iterator[str]:
    yield scenario.title
    told = f", told by {scenario.account}" if scenario.account else ""
    yield f"{scenario.when if scenario.reported else 'teaching example'}, {scenario.place}{told}"
    yield from _filled(
        f"Generated, nothing of it is a recording: from {scenario.start:%Y-%m-%d %H:%M:%S}Z, "
        f"{_duration(scenario.duration_s)}, a report every {scenario.sample_s:g} s, {_noise(scenario)}.",
        "",
        width,
    )
    yield from _section("What was reported", (line for each in scenario.reported for line in _report(each, width)))
    yield from _section("What its numbers imply", (line for each in checks for line in _check(each, width)))
    yield from _section("What is assumed", _listed((*scenario.assumed, *_rest(scenario)), width))
    yield from _section(
        "Who flies what", (line for each in scenario.flights for line in _flight(scenario, each, width))
    )
    expected = (f"{e.preset}: {e.outcome.value}, because {_lower(e.because)}" for e in scenario.expected)
    yield from _section("What is expected", _listed(tuple(expected), width))
    yield from _section("What tracks cannot decide", _listed(scenario.undecidable, width))
    yield from _section("Other accounts of it", _listed(tuple(f"skyaccord scenario show {n}" for n in versions), 1000))
    presets = (f"skyaccord review scenario:{scenario.name} --memorandum {e.preset}" for e in scenario.expected)
    yield from _section("To judge it", _listed(tuple(presets), 1000))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    for n, line in enumerate(lines):
        if n == 0:
            yield from ("", title)
        yield line


def _listed(texts: Sequence[str], width: int) -> Iterator[str]:
    return (line for text in texts for line in _filled(text, "  ", width))


def _filled(text: str, indent: str, width: int) -> list[str]:
    """Return the text in lines, a number never parted from its unit."""
    lines = textwrap.wrap(
        _BEFORE_UNIT.sub(_TIED, text),
        width,
        initial_indent=indent,
        subsequent_indent=indent + ("  " if indent else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_TIED, " ") for line in lines]


def _report(report: Reported, width: int) -> Iterator[str]:
    yield from _filled(f"{report.by} ({report.confidence}): {report.what}", "  ", width)
    yield from _filled(f"source: {report.source}", "    ", width)


def _check(check: Check, width: int) -> Iterator[str]:
    word = "" if check.finding in (Finding.PLAUSIBLE, Finding.NOTED) else f"{check.finding.value}: "
    yield from _filled(f"{check.kind}: {word}{check.text}", "  ", width)


def _rest(scenario: Scenario) -> tuple[str, ...]:
    """Return which numbers of the flights a source gives or bounds; every other one is assumed."""
    marked = [f"{flight.id}: {', '.join(flight.reported)}" for flight in scenario.flights if flight.reported]
    if not marked:
        return ("Every number of the flights.",)
    return (f"Every number of the flights but those that a source gives or bounds ({'; '.join(marked)}).",)


def _flight(scenario: Scenario, flight: Flight, width: int) -> Iterator[str]:
    kind = f" ({flight.type})" if flight.type else ""
    seen = "" if flight.has_altitude else ", altitude not known to any sensor"
    yield from _filled(f"{scenario.party_of(flight.id)}: {flight.id}{kind}, {_begins(flight)}{seen}", "  ", width)
    for station in flight.stations:
        if station.phase:
            until = "until" if station.at_s else "from"
            yield f"    {until:5} {station.at_s:5.0f} s  {station.phase}"


def _begins(flight: Flight) -> str:
    if flight.stations:
        return f"told as seen from {flight.beside}"
    speed = f"{flight.begin.speed_mps / KT:.0f} kt on {flight.begin.track_deg:03.0f}°"
    if flight.approach is None:
        return f"begins at {flight.begin.altitude_m / FT:,.0f} ft with {speed}"
    near = flight.approach
    side = f"{near.side} of" if near.side in (Side.LEFT, Side.RIGHT) else near.side.replace("ahead", "ahead of")
    return f"begins with {speed}; passes {side} {near.of}, {near.distance_m:,.0f} m away, at {near.at_s:.0f} s"


def _noise(scenario: Scenario) -> str:
    noise = scenario.noise
    return f"with the errors of a sensor of NACp {noise.nac_p}" if noise else "without errors of measurement"


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 120 else f"{seconds:.0f} s"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
