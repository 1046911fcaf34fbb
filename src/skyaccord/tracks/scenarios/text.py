"""The text of a scenario file to a scenario: TOML, every quantity with its unit, unknown keys refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Final

from skyaccord.errors import InputError
from skyaccord.model.encounter import Outcome
from skyaccord.tracks.scenarios.flight_text import read_flight
from skyaccord.tracks.scenarios.noise import Noise, sigma_of
from skyaccord.tracks.scenarios.plan import Expected, Flight, Scenario
from skyaccord.tracks.scenarios.reported_text import read_reported
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import LENGTH, TIME

LONGEST_S: Final = 86_400.0
MOST_SAMPLES: Final = 100_000  # of each aircraft: a day, one report a second, and room


def read_scenario(text: str, source: str, name: str) -> Scenario:
    """Return the scenario that a file's text states.

    Raises:
        InputError: no TOML, an unknown or missing key, a value without unit, a manoeuvre that no aircraft flies, a
            party, a report or an approach that names an aircraft that is not there.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise InputError(source, f"no TOML: {error}", "Correct the syntax", int(line[1]) if line else None) from None
    with StrictFields(source, text, "", values) as file:
        scenario = _scenario(file, name)
        _check_names(file, scenario)
    return scenario


def _scenario(file: StrictFields, name: str) -> Scenario:
    with file.table("scenario", "[scenario]") as head:
        if head.get("generated", bool) is not True:
            head.refuse("a scenario is never a recording", "Write generated = true", "generated")
        sample_s = head.quantity("sample_every", TIME)
        duration_s = head.quantity("lasts", TIME)
        if not 0 < sample_s <= duration_s <= LONGEST_S:
            head.refuse("sample_every and lasts do not fit", "Choose sample_every > 0 s and lasts from it to 24 h")
        if duration_s / sample_s > MOST_SAMPLES:
            head.refuse(f"{duration_s / sample_s:,.0f} samples", f"Choose {MOST_SAMPLES:,} at most", "sample_every")
        flights = _flights(file, sample_s, duration_s)
        types = {flight.id: flight.type for flight in flights}
        start = head.instant("start")
        return Scenario(
            name=name,
            title=head.get("title", str),
            place=head.get("place", str),
            when=head.optional_text("when") or f"{start:%Y-%m-%d}",
            event=head.optional_text("event") or name,
            account=head.optional_text("account"),
            start=start,
            duration_s=duration_s,
            sample_s=sample_s,
            noise=_noise(file) if file.has("noise") else None,
            reported=tuple(read_reported(fields, types) for fields in file.tables("reported", "reported")),
            assumed=head.texts("assumed"),
            undecidable=head.optional_texts("tracks_cannot_decide"),
            expected=_expected(file),
            parties=_parties(file),
            flights=flights,
        )


def _flights(file: StrictFields, sample_s: float, duration_s: float) -> tuple[Flight, ...]:
    flights: list[Flight] = []
    for fields in file.tables("aircraft", "aircraft"):
        flights.append(read_flight(fields, sample_s, duration_s, {flight.id: flight.type for flight in flights}))
    return tuple(flights)


def _noise(file: StrictFields) -> Noise:
    with file.table("noise", "[noise]") as fields:
        if fields.has("sigma") == fields.has("nac_p"):
            fields.refuse("needs a sigma or a nac_p", 'Add either sigma = "25 m" or nac_p = 8')
        every_s, for_s = fields.optional("silent_every", TIME) or 0.0, fields.optional("silent_for", TIME) or 0.0
        if (every_s > 0) != (for_s > 0):
            fields.refuse("silent_every and silent_for belong together", "Give both, or none")
        noise = Noise(
            sigma_m=_sigma_m(fields),
            correlation_s=fields.optional("correlation", TIME) or 0.0,
            seed=fields.get("seed", int),
            altitude_step_m=fields.optional("altitude_step", LENGTH) or 0.0,
            silent_every_s=every_s,
            silent_for_s=for_s,
        )
        if min(noise.sigma_m, noise.correlation_s, noise.seed, noise.altitude_step_m, every_s, for_s) < 0:
            fields.refuse("a negative value", "Everything here is zero or more")
        return noise


def _sigma_m(fields: StrictFields) -> float:
    if fields.has("sigma"):
        return fields.quantity("sigma", LENGTH)
    nac_p = fields.get("nac_p", int)
    if not 1 <= nac_p <= 11:
        fields.refuse(f"nac_p is {nac_p}", "Choose 1 to 11", "nac_p")
    return sigma_of(nac_p)


def _expected(file: StrictFields) -> tuple[Expected, ...]:
    expected = tuple(_one_expected(fields) for fields in file.tables("expected", "expected"))
    if not expected:
        file.refuse("nothing is expected", "Add [[expected]] with preset, outcome and because")
    presets = [each.preset for each in expected]
    for name in {name for name in presets if presets.count(name) > 1}:
        file.refuse(f"two outcomes are expected under {name!r}", "Keep one")
    return expected


def _one_expected(fields: StrictFields) -> Expected:
    with fields:
        outcome = Outcome(fields.one_of("outcome", tuple(Outcome)))
        return Expected(fields.get("preset", str), outcome, fields.get("because", str), fields.span("lost", TIME))


def _parties(file: StrictFields) -> Mapping[str, tuple[str, ...]]:
    fields = file.table("parties", "[parties]")
    return {party: fields.texts(party) for party in fields.values}


def _check_names(file: StrictFields, scenario: Scenario) -> None:
    ids = [flight.id for flight in scenario.flights]
    claimed = [aircraft for members in scenario.parties.values() for aircraft in members]
    if not ids:
        file.refuse("no aircraft", "Add [[aircraft]]")
    for name in {name for name in ids if ids.count(name) > 1}:
        file.refuse(f"two aircraft are called {name!r}", "Rename one")
    for name in claimed:
        if name not in ids:
            file.refuse(f"[parties] names {name!r}, which is no aircraft", f"Choose {', '.join(ids)}")
        if claimed.count(name) > 1:
            file.refuse(f"{name!r} stands under two parties", "Keep one")
    seen: set[str] = set()
    for flight in scenario.flights:
        if flight.approach is not None and flight.approach.of not in seen:
            cure = f"Choose an aircraft that stands before it: {', '.join(sorted(seen)) or 'there is none'}"
            file.refuse(f"aircraft {flight.id!r}: closest_approach names {flight.approach.of!r}", cure)
        seen.add(flight.id)
