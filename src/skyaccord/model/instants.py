"""Instants: UTC, as aware datetimes towards people and as seconds since 1970 towards kernels."""

from __future__ import annotations

from datetime import UTC, datetime

from skyaccord.errors import SkyaccordError


def from_seconds(t_s: float) -> datetime:
    """Return the UTC instant of seconds since 1970, to the microsecond."""
    return datetime.fromtimestamp(round(t_s * 1e6) // 1_000_000, UTC).replace(microsecond=round(t_s * 1e6) % 1_000_000)


def to_seconds(instant: datetime) -> float:
    """Return seconds since 1970 of an aware instant; a naive one is refused."""
    if instant.tzinfo is None:
        raise SkyaccordError(f"{instant} has no time zone: write it with Z or an offset")
    return instant.timestamp()


def format_instant(t_s: float) -> str:
    """Return ISO 8601 with milliseconds and Z, ``2015-10-10T11:42:03.250Z``."""
    text = from_seconds(round(t_s, 3)).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def format_clock(t_s: float) -> str:
    """Return hour, minute and second of an instant, ``11:42:03``: those of `format_instant`."""
    second = int(round(t_s, 3) // 1.0) % 86_400
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def parse_instant(text: str) -> float:
    """Return seconds since 1970 of ISO 8601 text; text without a zone is taken as UTC."""
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        raise SkyaccordError(f"{text!r} is not an instant: write it as 2015-10-10T11:42:03Z") from None
    return to_seconds(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
