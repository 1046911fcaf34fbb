"""Profiles by name: the configurations of DAIDALUS 2.0.4, without its files at hand.

A profile is kept as what it differs in (`data/profiles`) and written out to the settings of a ``.conf`` file, which
`detect.conf` reads as it reads any other. Names are ``daidalus-2.0.4/do365b`` and its like; ``do365b`` and the name of
the configuration that DAIDALUS ships (``DO_365B_no_SUM``) serve as well, in any case.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from skyaccord.detect.conf import parse_conf, read_conf
from skyaccord.detect.profile import Profile
from skyaccord.errors import InputError

FAMILY: Final = "daidalus-2.0.4"

_CLASSES: Final = "gov.nasa.larcfm.ACCoRD."  # how .conf files name kinds of volumes
_ALERTING: Final = ("region", "alerting_time", "early_alerting_time")
_SHOWN: Final = 200  # characters of a name that is none
_SPREADS: Final = {"hdir": "0 [deg]", "hs": "0 [knot]", "vs": "0 [fpm]", "alt": "0 [ft]"}


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A profile that travels with skyaccord."""

    name: str  # with its family
    title: str
    alias: str | None  # the configuration's name in DAIDALUS

    @property
    def short_name(self) -> str:
        """Return the name without its family."""
        return self.name.removeprefix(f"{FAMILY}/")

    @property
    def calls(self) -> tuple[str, ...]:
        """Return every name that it goes by, in the case that all names are compared in."""
        return tuple(each.casefold() for each in (self.name, self.short_name, self.alias or self.name))


def built_in_profiles() -> tuple[BuiltIn, ...]:
    """Return the profiles that travel with skyaccord."""
    return tuple(BuiltIn(f"{FAMILY}/{key}", of["title"], of.get("alias")) for key, of in _table()["profile"].items())


def find_profile(name: str | Path) -> Profile:
    """Return the profile of a ``.conf`` file or of a name; a file wins.

    Raises:
        ConfError: the file cannot be followed.
        InputError: there is neither.
    """
    with suppress(OSError):  # too long to be a file's name
        if Path(name).is_file():
            return read_conf(name)
    found = find_built_in(str(name))
    lines = (f"{key} = {value}" for key, value in settings_of(found).items())
    return parse_conf(lines, found.name, found.name)


def find_built_in(name: str) -> BuiltIn:
    """Return the built-in profile of a name.

    Raises:
        InputError: there is none.
    """
    by_call = {call: each for each in built_in_profiles() for call in each.calls}
    if (found := by_call.get(name.casefold())) is not None:
        return found
    near = get_close_matches(Path(name).name.casefold().removesuffix(".conf"), by_call, n=1)
    hint = f"Did you mean {by_call[near[0]].short_name!r}? " if near else ""
    known = ", ".join(each.short_name for each in built_in_profiles())
    raise InputError(name[:_SHOWN], "there is no such file and no such profile", f"{hint}Profiles are {known}")


def conf_text(profile: Profile) -> str:
    """Return a profile's settings, as they were written, as the text of a ``.conf`` file to begin one's own from."""
    return "\n".join([f"# {profile.name}", *(f"{key} = {value}" for key, value in profile.echo.items())]) + "\n"


def settings_of(profile: BuiltIn) -> dict[str, str]:
    """Return a profile as the settings of a ``.conf`` file."""
    table = _table()
    of = table["profile"][profile.short_name]
    settings: dict[str, Any] = {}
    for group in of["settings"]:
        settings |= table["settings"][group]
    settings |= of.get("own", {})
    settings["alerters"] = ",".join(of["alerters"])
    for name in of["alerters"]:
        settings |= dict(_alerter_settings(name, table["alerter"][name]))
    return {key: _text(value) for key, value in settings.items()}


def _alerter_settings(name: str, alerter: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for number, level in enumerate(alerter["level"], 1):
        key, detector = f"{name}_alert_{number}", f"det_{number}"
        yield from ((f"{key}_{each}", level[each]) for each in _ALERTING)
        yield from ((f"{key}_spread_{each}", zero) for each, zero in _SPREADS.items())
        volume = {**alerter["volume"], **{each: level[each] for each in level if each not in _ALERTING}}
        kind = volume.pop("kind")
        yield f"{key}_detector", detector
        yield f"{name}_load_core_detection_{detector}", f"{_CLASSES}{kind}"
        yield from _volume_settings(f"{name}_{detector}", kind, volume)


def _volume_settings(key: str, kind: str, volume: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for each, value in volume.items():
        if kind == "TCAS3D" and isinstance(value, str):
            *numbers, unit = value.split()
            yield from ((f"{key}_TCAS_{each}_{k}", f"{number} {unit}") for k, number in enumerate(numbers, 1))
        else:
            yield f"{key}_{'TCAS_' if kind == 'TCAS3D' else 'WCV_' if kind.startswith('WCV') else ''}{each}", value


def _text(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("skyaccord.data") / "profiles" / f"{FAMILY}.toml").read_text("utf-8"))
