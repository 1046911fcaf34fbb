"""Which aircraft are whose: a file that says so, and what it says of each aircraft.

As TOML, where ``*`` and ``?`` stand for any text and case does not matter::

    [party.blue]
    ids       = ["a4e704", "ae*"]
    callsigns = ["PSWRD*"]
    sources   = ["blue-*.json"]

or as CSV with the columns ``icao24`` and ``party``.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from pathlib import Path
from typing import Final

from skyaccord.errors import PartyError
from skyaccord.model.tracks import UNASSIGNED

_KEYS: Final = ("ids", "callsigns", "sources")
_SHAPE: Final = 'Write [party.NAME] tables with ids, callsigns or sources, as in ids = ["a4e704", "ae*"]'
_GLOB: Final = re.compile(r"[*?\[]")
_NOTHING: Final = re.compile(r"(?!)")


class _Patterns:
    """Glob patterns, compiled to one expression; those without wildcards are looked up."""

    def __init__(self, patterns: Iterable[str]) -> None:
        lowered = [pattern.strip().lower() for pattern in patterns]
        self._exact = frozenset(pattern for pattern in lowered if not _GLOB.search(pattern))
        globs = [translate(pattern) for pattern in lowered if _GLOB.search(pattern)]
        self._globs = re.compile("|".join(globs)) if globs else _NOTHING

    def match(self, text: str) -> bool:
        lowered = text.lower()
        return lowered in self._exact or bool(self._globs.match(lowered))


@dataclass(frozen=True)
class Claim:
    """What one party calls its own: patterns for ids, callsigns and sources. Any one of them is enough."""

    party: str
    ids: tuple[str, ...] = ()
    callsigns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    _compiled: tuple[_Patterns, _Patterns, _Patterns] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        compiled = _Patterns(self.ids), _Patterns(self.callsigns), _Patterns(self.sources)
        object.__setattr__(self, "_compiled", compiled)

    def covers(self, icao24: str, callsigns: Iterable[str], sources: Iterable[str]) -> bool:
        """Return whether this party claims an aircraft with that id, any of those callsigns or any of those sources."""
        ids, names, places = self._compiled
        return ids.match(icao24) or any(map(names.match, callsigns)) or any(map(places.match, sources))


@dataclass(frozen=True, slots=True)
class Parties:
    """All claims of a party file."""

    claims: tuple[Claim, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the parties, in the order of the file."""
        return tuple(dict.fromkeys(claim.party for claim in self.claims))

    def claimants(
        self, icao24: str, callsigns: str | Iterable[str] = (), sources: str | Iterable[str] = ()
    ) -> set[str]:
        """Return every party that claims an aircraft."""
        names, places = _several(callsigns), _several(sources)
        return {claim.party for claim in self.claims if claim.covers(icao24, names, places)}

    def party_of(self, icao24: str, callsigns: str | Iterable[str] = (), sources: str | Iterable[str] = ()) -> str:
        """Return the party that alone claims an aircraft, else `UNASSIGNED`: nobody does, or more than one."""
        return _sole(self.claimants(icao24, callsigns, sources))


@dataclass(frozen=True, slots=True)
class Assignment:
    """The party of each aircraft, and what a person must know about it."""

    parties: tuple[str, ...]
    contested: tuple[str, ...]  # "a4e704: blue, green", for each aircraft that more than one party claims
    unassigned: int  # aircraft without party, the contested ones among them


def assign(
    parties: Parties | None,
    ids: Sequence[str],
    callsigns: Sequence[Iterable[str]],
    sources: Sequence[Iterable[str]],
    stated: Sequence[Iterable[str]],
) -> Assignment:
    """Return the party of each aircraft, from the party file and from what the recording states.

    Both count alike: an aircraft that two different parties claim, in whatever way, belongs to neither and is named.

    Args:
        parties: the party file, if there is one.
        ids: aircraft; the other arguments have one entry for each.
        callsigns: every callsign that it used.
        sources: every source that reported it.
        stated: every party that the recording's own column gives it.
    """
    claimed = [set(own) - {"", UNASSIGNED} for own in stated]
    if parties is not None:
        for index, key in enumerate(zip(ids, callsigns, sources, strict=True)):
            claimed[index] |= parties.claimants(*key)
    contested = (f"{ids[k]}: {', '.join(sorted(own))}" for k, own in enumerate(claimed) if len(own) > 1)
    chosen = tuple(_sole(own) for own in claimed)
    return Assignment(chosen, tuple(contested), chosen.count(UNASSIGNED))


def load_parties(path: str | Path) -> Parties:
    """Return the claims of a party file, TOML or CSV by its content.

    Raises:
        PartyError: the file cannot be read, or says something that a party file cannot say.
    """
    source = str(path)
    try:
        text = Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise PartyError(source, f"cannot be opened ({error.strerror})", "Check the path") from None
    except UnicodeDecodeError as error:
        raise PartyError(source, f"not UTF-8 text ({error.reason})", "Save it as UTF-8") from None
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    header = [cell.strip().strip('"').lower() for cell in first.split(",")]
    parties = _from_csv(text, source) if len(header) > 1 and "=" not in first else _from_toml(text, source)
    if not parties.claims:
        raise PartyError(source, "names no party", _SHAPE)
    return parties


def _from_toml(text: str, source: str) -> Parties:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise PartyError(source, f"no TOML ({error})", _SHAPE, int(line[1]) if line else None) from None
    _refuse_unknown(document, ("party",), "", source)
    tables = document.get("party", {})
    if not isinstance(tables, dict):
        raise PartyError(source, '"party" is no table', _SHAPE)
    return Parties(tuple(_claim(name, table, source) for name, table in tables.items()))


def _claim(name: str, table: object, source: str) -> Claim:
    _check_name(name, source, None)
    place = f"party.{name}"
    if not isinstance(table, dict):
        raise PartyError(source, f"{place} is no table", _SHAPE)
    _refuse_unknown(table, _KEYS, f"{place}: ", source)
    patterns = {key: _pattern_list(table[key], f"{place}.{key}", source) for key in table}
    if not any(patterns.values()):
        raise PartyError(source, f"{place} claims nothing", f"Give it one of {', '.join(_KEYS)}, or remove it")
    return Claim(name, **patterns)


def _pattern_list(value: object, place: str, source: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise PartyError(source, f"{place} is {value!r}", 'It must be a list of texts, as in ["a4e704", "ae*"]')
    return tuple(value)


def _refuse_unknown(table: Mapping[str, object], known: Sequence[str], place: str, source: str) -> None:
    for key in table:
        if key not in known:
            raise PartyError(source, f'{place}unknown key "{key}"', f"Known here: {', '.join(known)}")


def _from_csv(text: str, source: str) -> Parties:
    rows = [(n, row) for n, row in enumerate(csv.reader(text.splitlines()), 1) if row and not row[0].startswith("#")]
    line, header = rows[0][0], [cell.strip().lower() for cell in rows[0][1]]
    if sorted(header) != ["icao24", "party"]:
        raise PartyError(source, f"columns are {', '.join(header)}", "They must be icao24 and party", line)
    ids: dict[str, list[str]] = {}
    for line, row in rows[1:]:
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        if len(row) != len(header) or not cells["icao24"]:
            raise PartyError(source, f"{','.join(row)!r} is not an id and a party", "Write it as a4e704,blue", line)
        _check_name(cells["party"], source, line)
        ids.setdefault(cells["party"], []).append(cells["icao24"])
    return Parties(tuple(Claim(name, ids=tuple(own)) for name, own in ids.items()))


def _check_name(name: str, source: str, line: int | None) -> None:
    if not name.strip() or name != name.strip():
        raise PartyError(source, f"a party is named {name!r}", "Give it a name without blanks around it", line)
    if name.lower() == UNASSIGNED:
        cure = "Choose another name: it stands for aircraft that no one claims"
        raise PartyError(source, f'a party is named "{name}"', cure, line)


def _several(texts: str | Iterable[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _sole(claimants: set[str]) -> str:
    return next(iter(claimants)) if len(claimants) == 1 else UNASSIGNED
