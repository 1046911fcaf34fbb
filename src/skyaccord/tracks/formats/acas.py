"""Resolution advisories of airborne collision avoidance systems, as transponders report them: evidence beside tracks.

A report is 56 bits: a register's number, the active advisory (ARA, 14 bits), what the other aircraft asked not to be
done (RAC, 4), whether the advisory has ended (RAT), whether there are several threats (MTE), and who the threat is
(TTI, 2, and TID, 26). It comes as register 3,0 in Comm-B replies (DF 20, 21), as coordination reply in DF 16 (without
threat), as extended squitter of type 28 subtype 2, and within ASTERIX.

Source: ICAO Annex 10, volume IV, 4.3.8.4.2.2; RTCA DO-260B, 2.2.3.2.7.8.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa

from skyaccord.model.tables import ADVISORIES
from skyaccord.tracks.formats.altitude_code import altitude_ft
from skyaccord.units import FT, NM

REGISTER: Final = 0x30
SQUITTER: Final = 28 << 3 | 2
"""The first octet of a report: the register's number, or type 28 and subtype 2."""

_COMPLEMENTS: Final = ("do not pass below", "do not pass above", "do not turn left", "do not turn right")
_RESERVED_TTI: Final = 3


class Carrier(StrEnum):
    """How a report was sent."""

    SQUITTER = "squitter"
    REGISTER = "register"
    COORDINATION = "coordination"


@dataclass(frozen=True, slots=True)
class Advisory:
    """One report of a resolution advisory; the fields are those of the table `ADVISORIES`."""

    advisory: str
    sense: str | None
    is_corrective: bool | None
    is_positive: bool | None
    is_crossing: bool
    is_reversal: bool
    is_increased: bool | None
    is_multiple: bool
    is_terminated: bool
    complements: tuple[str, ...]
    bits: str
    threat: str | None = None
    threat_altitude_m: float | None = None
    threat_range_m: float | None = None
    threat_bearing_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """An advisory with when, from whom and how it came."""

    t_us: int
    icao24: str
    carrier: Carrier
    address_checked: bool
    advisory: Advisory


def decode_advisory(bits: int, *, with_threat: bool = True) -> Advisory | None:
    """Return the advisory in a report of 56 bits, None where it says that there is none, or cannot be one.

    Args:
        bits: the 56 bits, first octet included.
        with_threat: whether the last 28 bits name the threat; those of a coordination reply do not.
    """
    ara, rac = bits >> 34 & 0x3FFF, bits >> 30 & 0xF
    terminated, multiple, kind = bool(bits >> 29 & 1), bool(bits >> 28 & 1), bits >> 26 & 3
    if with_threat and kind == _RESERVED_TTI:
        return None
    is_one = bool(ara >> 13 & 1)
    if not is_one and not (multiple and ara >> 8 & 0x1F):
        return None
    found = _same_sense(ara) if is_one else _both_senses(ara)
    found = replace(
        found,
        is_multiple=multiple,
        is_terminated=terminated,
        complements=tuple(text for k, text in enumerate(_COMPLEMENTS) if rac >> (3 - k) & 1),
        bits=f"{bits:014x}",
    )
    return replace(found, **_threat(kind, bits & 0x3FFFFFF)) if with_threat else found


def advisories_table(reports: Sequence[Report]) -> pa.Table:
    """Return reports in the schema `ADVISORIES`, by time; ``source`` is left to whoever knows the file."""
    ordered = sorted(reports, key=lambda report: (report.t_us, report.icao24))
    columns: dict[str, list[Any]] = {
        "timestamp": [report.t_us for report in ordered],
        "icao24": [report.icao24 for report in ordered],
        "carrier": [report.carrier.value for report in ordered],
        "address_checked": [report.address_checked for report in ordered],
        "source": [None] * len(ordered),
    }
    for field in ADVISORIES:
        if field.name not in columns:
            columns[field.name] = [getattr(report.advisory, field.name) for report in ordered]
    return pa.table([pa.array(columns[field.name], field.type) for field in ADVISORIES], schema=ADVISORIES)


def _same_sense(ara: int) -> Advisory:
    """Return an advisory against one threat, or the same against several (bit 41 set)."""
    corrective, down, increased, reversal, crossing, positive = (bool(ara >> k & 1) for k in range(12, 6, -1))
    words = _words(corrective=corrective, down=down, increased=increased, positive=positive)
    if crossing:
        words += ", crossing"
    if reversal:
        words += ", reversed"
    sense = "down" if down else "up"
    return Advisory(words, sense, corrective, positive, crossing, reversal, increased, False, False, (), "")


def _words(*, corrective: bool, down: bool, increased: bool, positive: bool) -> str:
    verb = "descend" if down else "climb"
    if not positive:
        other = "climb" if down else "descent"
        return f"level off or limit {other}" if corrective else f"limit {other}"
    if increased:
        return f"increase {'descent' if down else 'climb'}"
    return verb if corrective else f"keep {'descending' if down else 'climbing'}"


def _both_senses(ara: int) -> Advisory:
    """Return an advisory against several threats in different directions (bit 41 not set)."""
    up, climb, down, descend, crossing, reversal = (bool(ara >> k & 1) for k in range(12, 6, -1))
    parts = (
        (climb, "climb"),
        (up and not climb, "correct upward"),
        (descend, "descend"),
        (down and not descend, "correct downward"),
        (crossing, "crossing"),
        (reversal, "reversed"),
    )
    words = ", ".join(text for holds, text in parts if holds)
    is_up, is_down = up or climb, down or descend
    sense = "both" if is_up and is_down else "up" if is_up else "down" if is_down else None
    return Advisory(words, sense, up or down, climb or descend, crossing, reversal, None, True, False, (), "")


def _threat(kind: int, identity: int) -> dict[str, Any]:
    """Return who the threat is: an address, or where it was seen by the advised aircraft."""
    if kind == 1:
        return {"threat": f"{identity >> 2:06x}"}
    if kind != 2:
        return {}
    height, distance, bearing = identity >> 13, identity >> 6 & 0x7F, identity & 0x3F
    feet = altitude_ft(height)
    return {
        "threat_altitude_m": None if feet is None else feet * FT,
        "threat_range_m": (distance - 1) / 10 * NM if distance else None,
        "threat_bearing_deg": 6.0 * bearing - 3.0 if 1 <= bearing <= 60 else None,
    }
