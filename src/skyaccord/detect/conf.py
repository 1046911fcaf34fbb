"""Configuration files of DAIDALUS 2.0.4 (``.conf``) as profiles: lines ``key = value [unit]``, comments with ``#``.

Every key that the files shipped with DAIDALUS hold is known. A setting that changes the answer and is not followed here
(implicit coordination, terminal-area logic, manoeuvre spread, volumes of other kinds) is refused rather than ignored.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np

from skyaccord.detect import hazard
from skyaccord.detect.profile import Alerter, Axis, Hysteresis, Level, Performance, Profile, Recovery, Region
from skyaccord.detect.tcas import SENSITIVITY_LEVELS
from skyaccord.detect.well_clear import TAUMOD, TCPA, TEP
from skyaccord.errors import SkyaccordError
from skyaccord.geometry.vectors import Floats
from skyaccord.units import FPM, FT, KM, KMH, KT, MIN, MPS, NM, H, M, S

STANDARD_GRAVITY_MPS2: Final = 9.80665
_MOST_BYTES: Final = 1 << 20

_UNITS: Final[dict[str, dict[str, float]]] = {
    "pure number": {"": 1.0},
    "angle": {"deg": math.radians(1.0), "rad": 1.0},
    "rate of turn": {"deg/s": math.radians(1.0), "rad/s": 1.0},
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
_DIMENSIONS: Final = (
    # what a key ends in, and what its value is
    (r"turn_rate", "rate of turn"),
    (r"_accel", "acceleration"),
    (r"_hdir|bank_angle|contour_thr", "angle"),
    (r"_hs|_vs|vertical_rate|min_airspeed", "speed"),
    (r"_time|_TTHR|_TCOA|_(?:TAU|TCOA)_\d", "time"),
    (r"_alt|_recovery|_nmac|_distance|_DTHR|_ZTHR|_D|_H|_(?:level|DMOD|ZTHR|HMD)_\d", "length"),
)
_VOLUMES: Final = {
    "WCV_TAUMOD": TAUMOD,
    "WCV_TCPA": TCPA,
    "WCV_TEP": TEP,
    "CDCylinder": hazard.CYLINDER,
    "CD3D": hazard.CYLINDER,
    "WCV_TAUMOD_SUM": hazard.UNCERTAIN,
    "TCAS3D": hazard.TCAS,
}


def _dimension_of(key: str) -> str:
    """Return what kind of quantity a key holds."""
    return next((kind for ending, kind in _DIMENSIONS if re.search(f"(?:{ending})$", f"_{key}")), "pure number")


class ConfError(SkyaccordError):
    """A configuration file cannot be followed; says key, what stands there and what is expected."""

    def __init__(self, source: str, key: str, found: str, expected: str) -> None:
        super().__init__(f"{source}: {key}: {found}; {expected}")
        self.source = source
        self.key = key
        self.found = found
        self.expected = expected


class _Settings:
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
        self.read.add(key)
        if key not in self.text:
            raise ConfError(self.source, key, "is missing", "give it")
        return self.text[key]

    def number(self, key: str, default: float | None = None) -> float:
        if default is not None and key not in self.text:
            return default
        text = self.word(key)
        value, _, unit = text.partition("[")
        unit = unit.strip().rstrip("]").strip()
        dimension = _dimension_of(key)
        allowed = _UNITS[dimension]
        if unit not in allowed:
            found = f"[{unit:.20}]" if unit else "no unit"
            expected = f"one of {', '.join(allowed)}" if allowed.keys() != {""} else "no unit"
            raise ConfError(self.source, key, f"{found} where a {dimension} stands", f"write {expected}")
        try:
            result = float(value) * allowed[unit]
        except ValueError:
            raise ConfError(self.source, key, f"{text!r:.40} is no number", "write a number and a unit") from None
        if not math.isfinite(result):
            raise ConfError(self.source, key, f"{text!r:.40} is not finite", "write a finite number")
        return result

    def truth(self, key: str) -> bool:
        text = self.word(key).lower()
        if text not in ("true", "false"):
            raise ConfError(self.source, key, f"{text!r:.40}", "write true or false")
        return text == "true"

    def region(self, key: str) -> Region:
        text = self.word(key)
        if text not in Region.__members__ or text == "RECOVERY":
            raise ConfError(self.source, key, f"{text!r:.40}", "write NONE, FAR, MID or NEAR")
        return Region[text]

    def must_be_off(self, key: str, off: str, meaning: str) -> None:
        """Refuse a setting that is not followed here and would change the answer."""
        if key in self.text and self.number(key, 0.0) != 0.0 if off == "0" else self.text.get(key, off) != off:
            raise ConfError(self.source, key, f"asks for {meaning}", f"not followed here: set it to {off}")
        self.read.add(key)


def read_conf(path: str | Path) -> Profile:
    """Return the profile of a ``.conf`` file, named by its stem.

    Raises:
        ConfError: a setting is missing, cannot be read, or asks for what is not followed here.
        SkyaccordError: the file cannot be opened or is no text.
    """
    path = Path(path)
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else None
        if data is None:
            raise SkyaccordError(f"{path}: larger than a configuration file may be ({_MOST_BYTES:,} bytes)")
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SkyaccordError(f"{path}: cannot be read as a configuration: {error}") from None
    return parse_conf(text.splitlines(), path.stem, str(path))


def parse_conf(lines: Iterable[str], name: str, source: str) -> Profile:
    """Return the profile that lines of a configuration describe; errors are those of `read_conf`."""
    of = _Settings(lines, source)
    _refuse_what_is_not_followed(of)
    names = [each.strip() for each in of.word("alerters").split(",") if each.strip()]
    if not names:
        raise ConfError(source, "alerters", "names none", "name at least one")
    profile = Profile(
        name=name,
        look_ahead_s=of.number("lookahead_time"),
        alerters=tuple(_alerter(of, each) for each in names),
        corrective_region=of.region("corrective_region"),
        is_ownship_centric=of.truth("ownship_centric_alerting"),
        hysteresis=Hysteresis(
            of.number("hysteresis_time"),
            of.number("persistence_time"),
            int(of.number("alerting_m")),
            int(of.number("alerting_n")),
        ),
        direction=_direction(of),
        speed=_axis(of, "hs"),
        climb=_axis(of, "vs"),
        altitude=_axis(of, "alt"),
        performance=_performance(of),
        recovery=_recovery(of),
        persists_bands=of.truth("bands_persistence"),
        adds_time_to_manoeuvre=of.truth("bands_add_time_to_maneuver"),
        echo=dict(of.text),
    )
    _refuse_unknown(of)
    return profile


def _direction(of: _Settings) -> Axis:
    return Axis(
        of.number("left_hdir"),
        of.number("right_hdir"),
        of.number("step_hdir"),
        is_recovered=of.truth("recovery_hdir"),
        persistence=of.number("persistence_preferred_hdir"),
    )


def _axis(of: _Settings, key: str) -> Axis:
    return Axis(
        of.number(f"min_{key}"),
        of.number(f"max_{key}"),
        of.number(f"step_{key}"),
        of.number(f"below_relative_{key}"),
        of.number(f"above_relative_{key}"),
        of.truth(f"recovery_{key}"),
        of.number(f"persistence_preferred_{key}"),
    )


def _performance(of: _Settings) -> Performance:
    return Performance(
        turn_rate_rps=of.number("turn_rate"),
        bank_rad=of.number("bank_angle"),
        acceleration_mps2=of.number("horizontal_accel"),
        climb_acceleration_mps2=of.number("vertical_accel"),
        climb_rate_mps=of.number("vertical_rate"),
        least_airspeed_mps=of.number("min_airspeed"),
    )


def _recovery(of: _Settings) -> Recovery:
    return Recovery(
        least_range_m=of.number("min_horizontal_recovery"),
        least_height_m=of.number("min_vertical_recovery"),
        stability_s=of.number("recovery_stability_time"),
        shrinks=of.truth("ca_bands"),
        shrink_factor=of.number("ca_factor"),
        nmac_range_m=of.number("horizontal_nmac"),
        nmac_height_m=of.number("vertical_nmac"),
    )


def _alerter(of: _Settings, name: str) -> Alerter:
    levels: list[Level] = []
    while f"{name}_alert_{len(levels) + 1}_detector" in of.text:
        key = f"{name}_alert_{len(levels) + 1}"
        for spread in ("hdir", "hs", "vs", "alt"):
            of.must_be_off(f"{key}_spread_{spread}", "0", "alerts on a spread of manoeuvres")
        levels.append(
            Level(
                _hazard(of, name, of.word(f"{key}_detector")),
                of.number(f"{key}_alerting_time"),
                of.number(f"{key}_early_alerting_time"),
                of.region(f"{key}_region"),
            )
        )
    if not levels:
        raise ConfError(of.source, name, "has no levels", f"give {name}_alert_1_detector and its like")
    return Alerter(name, tuple(levels))


def _hazard(of: _Settings, alerter: str, detector: str) -> Floats:
    key = f"{alerter}_load_core_detection_{detector}"
    kind = of.word(key).rpartition(".")[2]
    if kind not in _VOLUMES:
        raise ConfError(of.source, key, f"{kind!r:.40} is unknown", f"one of {', '.join(_VOLUMES)}")
    det = f"{alerter}_{detector}"
    code = _VOLUMES[kind]
    if code == hazard.CYLINDER:
        return hazard.cylinder(of.number(f"{det}_D"), of.number(f"{det}_H"))
    if code == hazard.TCAS:
        return _tcas(of, f"{det}_TCAS")
    parts = (of.number(f"{det}_WCV_{each}") for each in ("DTHR", "ZTHR", "TTHR", "TCOA"))
    range_m, height_m, time_s, coaltitude_s = parts
    if code == hazard.UNCERTAIN:
        return hazard.uncertain_well_clear((range_m, height_m, time_s, coaltitude_s), _z_scores(of))
    return hazard.well_clear(code, range_m, height_m, time_s, coaltitude_s)


def _z_scores(of: _Settings) -> tuple[float, ...]:
    keys = (
        "h_pos_z_score",
        "h_vel_z_score_max",
        "h_vel_z_score_min",
        "h_vel_z_distance",
        "v_pos_z_score",
        "v_vel_z_score",
    )
    return tuple(of.number(key) for key in keys)


def _tcas(of: _Settings, key: str) -> Floats:
    table: Floats = np.full((SENSITIVITY_LEVELS, 6), math.inf)
    for k in range(SENSITIVITY_LEVELS):
        if k < SENSITIVITY_LEVELS - 1:
            table[k, 0] = of.number(f"{key}_level_{k + 1}")
        table[k, 1:] = [of.number(f"{key}_{each}_{k + 1}") for each in ("TAU", "TCOA", "DMOD", "ZTHR", "HMD")]
    return hazard.tcas(table, is_filtered=of.truth(f"{key}_HMDFilter"))


def _refuse_what_is_not_followed(of: _Settings) -> None:
    of.must_be_off("conflict_crit", "false", "implicit coordination")
    of.must_be_off("recovery_crit", "false", "implicit coordination")
    of.must_be_off("dta_logic", "0", "terminal-area logic")
    of.must_be_off("hdir_bands_below_min_as", "0", "direction bands below the least airspeed")


_IDLE: Final = frozenset(
    (
        *("contour_thr", "dta_latitude", "dta_longitude", "dta_radius", "dta_height", "dta_alerter"),
        *("h_pos_z_score", "h_vel_z_score_max", "h_vel_z_score_min", "h_vel_z_distance"),
        *("v_pos_z_score", "v_vel_z_score"),
    )
)
"""Keys that change nothing of what is computed here while what they belong to is off."""


def _refuse_unknown(of: _Settings) -> None:
    unknown = sorted(set(of.text) - of.read - _IDLE)
    if unknown:
        raise ConfError(of.source, unknown[0], "is not known here", "take it out, or check its spelling")
