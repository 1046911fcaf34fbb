"""The columns and units that scenarios of DAIDALUS are written in, and what they are here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from skyaccord.errors import ColumnError
from skyaccord.units import DEG, FPM, FT, KM, KMH, KT, MIN, MPS, NM, H, M, S

UNITS: Final = {
    "deg": DEG,
    "degree": DEG,
    "degrees": DEG,
    "rad": math.degrees(1.0),
    "s": S,
    "sec": S,
    "ms": 1e-3 * S,
    "min": MIN,
    "h": H,
    "m": M,
    "meter": M,
    "km": KM,
    "ft": FT,
    "nmi": NM,
    "nm": NM,
    "knot": KT,
    "knots": KT,
    "kts": KT,
    "kt": KT,
    "kn": KT,
    "fpm": FPM,
    "ft/min": FPM,
    "m/s": MPS,
    "mps": MPS,
    "kph": KMH,
    "km/h": KMH,
    "none": 1.0,
    "unitless": 1.0,
    "-": 1.0,
    "unspecified": 1.0,
}
NAMES: Final = {
    # theirs       ours             unit where none is stated
    "name": ("name", 1.0),
    "aircraft": ("name", 1.0),
    "time": ("time_s", S),
    "tm": ("time_s", S),
    "clock": ("time_s", S),
    "lat": ("latitude", DEG),
    "latitude": ("latitude", DEG),
    "lon": ("longitude", DEG),
    "long": ("longitude", DEG),
    "longitude": ("longitude", DEG),
    "alt": ("altitude_m", FT),
    "altitude": ("altitude_m", FT),
    "sx": ("x_m", NM),
    "sy": ("y_m", NM),
    "sz": ("altitude_m", FT),
    "trk": ("track_deg", DEG),
    "track": ("track_deg", DEG),
    "gs": ("groundspeed_mps", KT),
    "groundspeed": ("groundspeed_mps", KT),
    "vs": ("up_mps", FPM),
    "verticalspeed": ("up_mps", FPM),
    "vx": ("east_mps", KT),
    "vy": ("north_mps", KT),
    "vz": ("up_mps", FPM),
    "heading": ("heading_deg", DEG),
    "airspeed": ("airspeed_mps", KT),
    "alerter": ("alerter", 1.0),
    "s_ew_std": ("s_ew_std_m", NM),
    "s_ns_std": ("s_ns_std_m", NM),
    "s_en_std": ("s_en_std_m", NM),
    "sz_std": ("sz_std_m", FT),
    "v_ew_std": ("v_ew_std_mps", KT),
    "v_ns_std": ("v_ns_std_mps", KT),
    "v_en_std": ("v_en_std_mps", KT),
    "vz_std": ("vz_std_mps", FPM),
}
"""Each name that is understood, in lower case."""


class Columns:
    """Which column of the text is which of ours, "(NAME)" where none, and its factor to SI."""

    def __init__(self, names: list[str], factors: list[float]) -> None:
        self.names = names
        self.factors = factors
        self.has_units = False

    def set_units(self, units: Sequence[str], source: str, line: int) -> None:
        """Take the line of units."""
        for place, text in enumerate(units[: len(self.names)]):
            unit = text.strip("[]").lower()
            if unit not in UNITS:
                raise ColumnError(source, f"unit {text!r:.40} is unknown", f"Write one of {', '.join(UNITS)}", line)
            if self.names[place] != "name":
                self.factors[place] = UNITS[unit]
        self.has_units = True


def columns(words: Sequence[str], source: str, line: int) -> Columns:
    """Return what a line of names stands for.

    Raises:
        ColumnError: a needed column is missing, or two are the same thing.
    """
    known = [NAMES.get(word.lower(), (f"({word})", 1.0)) for word in words]
    names = [ours for ours, _ in known]
    read = [ours for ours in names if not ours.startswith("(")]
    if twice := next((ours for ours in read if read.count(ours) > 1), None):
        raise ColumnError(source, f"two columns stand for {twice}", "Keep one of them", line)
    place = ("x_m", "y_m") if "x_m" in read else ("latitude", "longitude")
    motion = ("east_mps", "north_mps") if "east_mps" in read else ("track_deg", "groundspeed_mps")
    if missing := [each for each in ("name", "time_s", *place, "altitude_m", *motion, "up_mps") if each not in read]:
        raise ColumnError(source, f"no column for {', '.join(missing)}", f"Found are {', '.join(words)[:200]}", line)
    return Columns([n if names.index(n) == k else f"{n}{k}" for k, n in enumerate(names)], [unit for _, unit in known])
