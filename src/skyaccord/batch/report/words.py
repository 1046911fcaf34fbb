"""Quantities as people say them: NM and feet with the metres behind them, instants in UTC, outcomes in words."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Final

from skyaccord.draw.svg import Markup, element
from skyaccord.model.encounter import Grade, Outcome
from skyaccord.units import FT, NM

OUTCOME: Final[dict[Outcome | None, str]] = {
    Outcome.BREACH: "breach",
    Outcome.INFRINGED: "infringed",
    Outcome.UNDETERMINED: "undetermined",
    Outcome.NOT_ASSESSABLE: "not assessable",
    Outcome.PENDING: "pending",
    Outcome.COMPLIANT: "compliant",
    None: "not judged",
}

OUTCOME_MEANING: Final[dict[Outcome | None, str]] = {
    Outcome.BREACH: "a rule was broken",
    Outcome.INFRINGED: "the distance to keep was lost and restored in time",
    Outcome.UNDETERMINED: "the data cannot decide",
    Outcome.NOT_ASSESSABLE: "needs evidence that is not here",
    Outcome.PENDING: "not over yet",
    Outcome.COMPLIANT: "the rule was kept, as far as observed",
    None: "no provision applies to this pair",
}

GRADE: Final = {Grade.GOOD: "good data", Grade.FAIR: "fair data", Grade.DOUBTFUL: "doubtful data"}

UNKNOWN_VERTICAL: Final = "vertical not known"


def miles(d_m: float) -> str:
    """Return a horizontal distance in NM, as exactly as such data deserve."""
    if not math.isfinite(d_m):
        return "not known"
    value = d_m / NM
    return f"{value:,.2f} NM" if value < 10 else f"{value:,.1f} NM"


def feet(d_m: float) -> str:
    """Return a vertical distance in feet."""
    return f"{d_m / FT:,.0f} ft" if math.isfinite(d_m) else "not known"


def closeness(horizontal_m: float, vertical_m: float) -> str:
    """Return both distances at one instant, ``0.42 NM and 300 ft``."""
    vertical = feet(vertical_m) if math.isfinite(vertical_m) else UNKNOWN_VERTICAL
    return f"{miles(horizontal_m)} and {vertical}"


def metres(d_m: float) -> str | None:
    """Return metres for the title of an element; ``None`` for what is not known."""
    return f"{d_m:,.0f} m" if math.isfinite(d_m) else None


def distance(d_m: float, text: str) -> Markup:
    """Return a distance with its metres in the title."""
    return element("span", text, title=metres(d_m))


def close_markup(horizontal_m: float, vertical_m: float) -> Markup:
    """Return both distances at one instant, metres in the titles."""
    vertical = feet(vertical_m) if math.isfinite(vertical_m) else UNKNOWN_VERTICAL
    parts = (distance(horizontal_m, miles(horizontal_m)), " and ", distance(vertical_m, vertical))
    return element("span", *parts, class_="close")


def clock(t_s: float) -> str:
    """Return ``11:42:07Z``, rounded to the second."""
    return f"{_utc(t_s):%H:%M:%S}Z"


def day(t_s: float) -> str:
    """Return ``10 Oct 2015``."""
    when = _utc(t_s)
    return f"{when.day} {when:%b %Y}"


def instant(t_s: float, *, with_day: bool) -> Markup:
    """Return an instant as a ``time`` element, with the day where the recording has more than one."""
    text = f"{day(t_s)}, {clock(t_s)}" if with_day else clock(t_s)
    return element("time", text, datetime=f"{_utc(t_s):%Y-%m-%dT%H:%M:%SZ}", title=f"{day(t_s)}, {clock(t_s)}")


def span(from_s: float, until_s: float) -> str:
    """Return two instants; the day is said again only where it changes."""
    until = clock(until_s) if day(from_s) == day(until_s) else f"{day(until_s)}, {clock(until_s)}"
    return f"{day(from_s)}, {clock(from_s)} to {until}"


def duration(d_s: float) -> str:
    """Return ``4 min 12 s``."""
    if not math.isfinite(d_s):
        return "an unknown time"
    seconds = round(d_s)
    if seconds == 0 and d_s > 0:
        return "under 1 s"
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = ((hours, "h"), (minutes, "min"), (rest if not hours else 0, "s"))
    return " ".join(f"{value} {unit}" for value, unit in parts if value) or "0 s"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 encounter`` or ``1,204 encounters``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """Return ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def _utc(t_s: float) -> datetime:
    return datetime.fromtimestamp(round(t_s), UTC)
