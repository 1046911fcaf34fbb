"""The lines of a DAIDALUS ``.conf`` file: keys, and values as words, truths or quantities in SI units.

A key's ending says what its value is and within which limits it can be meant. The limits are far outside what is flown;
they keep a file, which may come from anyone, from asking for endless work or for what has no sense (a step of 0, a
look-ahead of years, a volume smaller than nothing).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from skyaccord.detect.profile import Region
from skyaccord.errors import SkyaccordError
from skyaccord.units import FPM, FT, KM, KMH, KT, MIN, MPS, NM, H, M, S

STANDARD_GRAVITY_MPS2: Final = 9.80665
DEG: Final = math.radians(1.0)

_UNITS: Final[dict[str, dict[str, float]]] = {
    "pure number": {"": 1.0},
    "angle": {"deg": DEG, "rad": 1.0},
    "rate of turn": {"deg/s": DEG, "rad/s": 1.0},
    "length": {"m": M, "km": KM, "ft": FT, "nmi": NM, "NM": NM},
    "time": {"s": S, "ms": 1e-3 * S, "min": MIN, "h": H},
    "speed": {
        "knot": KT,
        "kts": KT,
        "kn": KT,
        "m/s": MPS,
        "mps": MPS,
        "km/h": KMH,
        "kph": KMH,
        "fpm": FPM,
        "ft/min": FPM,
    },
    "acceleration": {"m/s^2": 1.0, "G": STANDARD_GRAVITY_MPS2},
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value is, and its limits in SI units."""

    dimension: str
    least: float
    most: float


_PURE: Final = "pure number"
_MEANINGS: Final = (
    # what a key ends in, and what its value is; the first that fits
    (r"alerting_[mn]", Meaning(_PURE, 0.0, 100.0)),
    (r"ca_factor", Meaning(_PURE, 0.0, 1.0)),
    (r"_z_score|_z_score_(?:min|max)", Meaning(_PURE, 0.0, 100.0)),
    (r"lookahead_time", Meaning("time", 1.0 * S, 1.0 * H)),
    (r"_time|_TTHR|_TCOA|_(?:TAU|TCOA)_\d", Meaning("time", 0.0, 1.0 * H)),
    (r"turn_rate", Meaning("rate of turn", 0.0, 360.0 * DEG)),
    (r"bank_angle", Meaning("angle", 0.0, 89.0 * DEG)),
    (r"step_hdir", Meaning("angle", 0.1 * DEG, 90.0 * DEG)),
    (r"_hdir", Meaning("angle", 0.0, 180.0 * DEG)),
    (r"_accel", Meaning("acceleration", 0.0, 10.0 * STANDARD_GRAVITY_MPS2)),
    (r"step_(?:hs|vs)", Meaning("speed", 10.0 * FPM, 1000.0 * KT)),
    (r"m(?:in|ax)_vs", Meaning("speed", -100_000.0 * FPM, 100_000.0 * FPM)),
    (r"_hs|_vs|vertical_rate|min_airspeed", Meaning("speed", 0.0, 10_000.0 * KT)),
    (r"step_alt", Meaning("length", 10.0 * FT, 10_000.0 * FT)),
    (r"m(?:in|ax)_alt|_level_\d", Meaning("length", -10_000.0 * FT, 300_000.0 * FT)),
    (r"_nmac", Meaning("length", 1.0 * M, 100.0 * NM)),
    (r"_alt|_recovery|_distance|_DTHR|_ZTHR|_D|_H|_(?:DMOD|ZTHR|HMD)_\d", Meaning("length", 0.0, 1000.0 * NM)),
)
_NUMBER: Final = Meaning(_PURE, -math.inf, math.inf)


def _meaning_of(key: str) -> Meaning:
    return next((each for ending, each in _MEANINGS if re.search(f"(?:{ending})$", f"_{key}")), _NUMBER)


class ConfError(SkyaccordError):
    """A configuration file cannot be followed; says key, what stands there and what is expected."""

    def __init__(self, source: str, key: str, found: str, expected: str) -> None:
        super().__init__(f"{source}: {key}: {found}; {expected}")
        self.source = source
        self.key = key
        self.found = found
        self.expected = expected


class Settings:
    """The lines of a file by key, and which of them were asked for."""

    def __init__(self, lines: Iterable[str], source: str) -> None:
        self.source = source
        self.text: dict[str, str] = {}
        self.read: set[str] = set()
        for number, raw in enumerate(lines, 1):
            line = raw.split("#", 1)[0].strip()
            if not line:
                continue
            key, equals, value = line.partition("=")
            if not equals:
                raise ConfError(source, f"line {number}", repr(line[:40]), "write key = value [unit]")
            if key.strip() in self.text:
                raise ConfError(source, key.strip(), f"stands twice, again in line {number}", "keep one")
            self.text[key.strip()] = value.strip()

    def word(self, key: str) -> str:
        """Return a value as it stands."""
        self.read.add(key)
        if key not in self.text:
            raise ConfError(self.source, key, "is missing", "give it")
        return self.text[key]

    def number(self, key: str, default: float | None = None) -> float:
        """Return a quantity in SI units, or the default where the key is not there."""
        if default is not None and key not in self.text:
            return default
        text = self.word(key)
        value, _, unit = text.partition("[")
        unit = unit.strip().rstrip("]").strip()
        meaning = _meaning_of(key)
        allowed = _UNITS[meaning.dimension]
        if unit not in allowed:
            found = f"[{unit:.20}]" if unit else "no unit"
            expected = f"one of {', '.join(allowed)}" if allowed.keys() != {""} else "no unit"
            raise ConfError(self.source, key, f"{found} where a {meaning.dimension} stands", f"write {expected}")
        try:
            result = float(value) * allowed[unit]
        except ValueError:
            raise ConfError(self.source, key, f"{text!r:.40} is no number", "write a number and a unit") from None
        if not math.isfinite(result):
            raise ConfError(self.source, key, f"{text!r:.40} is not finite", "write a finite number")
        if not meaning.least <= result <= meaning.most:
            least, most = (f"{limit / allowed[unit]:.6g}" for limit in (meaning.least, meaning.most))
            expected = f"write a value from {least} to {most}{f' [{unit}]' if unit else ''}"
            raise ConfError(self.source, key, f"{text!r:.40} is out of range", expected)
        return result

    def whole(self, key: str) -> int:
        """Return a whole number."""
        value = self.number(key)
        if not value.is_integer():
            raise ConfError(self.source, key, f"{self.text[key]!r:.40} is not whole", "write a whole number")
        return int(value)

    def truth(self, key: str) -> bool:
        """Return whether true stands there."""
        text = self.word(key).lower()
        if text not in ("true", "false"):
            raise ConfError(self.source, key, f"{text!r:.40}", "write true or false")
        return text == "true"

    def region(self, key: str) -> Region:
        """Return a region that a level may have."""
        text = self.word(key)
        if text not in Region.__members__ or text == "RECOVERY":
            raise ConfError(self.source, key, f"{text!r:.40}", "write NONE, FAR, MID or NEAR")
        return Region[text]

    def must_be_off(self, key: str, off: str, meaning: str) -> None:
        """Refuse a setting that is not followed here and would change the answer."""
        if key in self.text and self.number(key, 0.0) != 0.0 if off == "0" else self.text.get(key, off) != off:
            raise ConfError(self.source, key, f"asks for {meaning}", f"not followed here: set it to {off}")
        self.read.add(key)
