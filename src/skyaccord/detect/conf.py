"""Configuration files of DAIDALUS 2.0.4 (``.conf``) as profiles: lines ``key = value [unit]``, comments with ``#``.

Every key that the files shipped with DAIDALUS hold is known. A setting that changes the answer and is not followed here
(implicit coordination, terminal-area logic, manoeuvre spread, volumes of other kinds) is refused rather than ignored.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np

from skyaccord.detect import hazard
from skyaccord.detect.conf_sense import refuse_senseless
from skyaccord.detect.conf_settings import ConfError, Settings
from skyaccord.detect.profile import Alerter, Axis, Hysteresis, Level, Performance, Profile, Recovery
from skyaccord.detect.tcas import SENSITIVITY_LEVELS
from skyaccord.detect.well_clear import TAUMOD, TCPA, TEP
from skyaccord.errors import SkyaccordError
from skyaccord.geometry.vectors import Floats

_MOST_BYTES: Final = 1 << 20

_VOLUMES: Final = {
    "WCV_TAUMOD": TAUMOD,
    "WCV_TCPA": TCPA,
    "WCV_TEP": TEP,
    "CDCylinder": hazard.CYLINDER,
    "CD3D": hazard.CYLINDER,
    "WCV_TAUMOD_SUM": hazard.UNCERTAIN,
    "TCAS3D": hazard.TCAS,
}


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
    of = Settings(lines, source)
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
        hysteresis=_hysteresis(of),
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
    refuse_senseless(profile, source)
    return profile


def _hysteresis(of: Settings) -> Hysteresis:
    times = of.number("hysteresis_time"), of.number("persistence_time")
    return Hysteresis(*times, of.whole("alerting_m"), of.whole("alerting_n"))


def _direction(of: Settings) -> Axis:
    return Axis(
        of.number("left_hdir"),
        of.number("right_hdir"),
        of.number("step_hdir"),
        is_recovered=of.truth("recovery_hdir"),
        persistence=of.number("persistence_preferred_hdir"),
    )


def _axis(of: Settings, key: str) -> Axis:
    return Axis(
        of.number(f"min_{key}"),
        of.number(f"max_{key}"),
        of.number(f"step_{key}"),
        of.number(f"below_relative_{key}"),
        of.number(f"above_relative_{key}"),
        of.truth(f"recovery_{key}"),
        of.number(f"persistence_preferred_{key}"),
    )


def _performance(of: Settings) -> Performance:
    return Performance(
        turn_rate_rps=of.number("turn_rate"),
        bank_rad=of.number("bank_angle"),
        acceleration_mps2=of.number("horizontal_accel"),
        climb_acceleration_mps2=of.number("vertical_accel"),
        climb_rate_mps=of.number("vertical_rate"),
        least_airspeed_mps=of.number("min_airspeed"),
    )


def _recovery(of: Settings) -> Recovery:
    return Recovery(
        least_range_m=of.number("min_horizontal_recovery"),
        least_height_m=of.number("min_vertical_recovery"),
        stability_s=of.number("recovery_stability_time"),
        shrinks=of.truth("ca_bands"),
        shrink_factor=of.number("ca_factor"),
        nmac_range_m=of.number("horizontal_nmac"),
        nmac_height_m=of.number("vertical_nmac"),
    )


def _alerter(of: Settings, name: str) -> Alerter:
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


def _hazard(of: Settings, alerter: str, detector: str) -> Floats:
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


def _z_scores(of: Settings) -> tuple[float, ...]:
    keys = (
        "h_pos_z_score",
        "h_vel_z_score_max",
        "h_vel_z_score_min",
        "h_vel_z_distance",
        "v_pos_z_score",
        "v_vel_z_score",
    )
    return tuple(of.number(key) for key in keys)


def _tcas(of: Settings, key: str) -> Floats:
    table: Floats = np.full((SENSITIVITY_LEVELS, 6), math.inf)
    for k in range(SENSITIVITY_LEVELS):
        if k < SENSITIVITY_LEVELS - 1:
            table[k, 0] = of.number(f"{key}_level_{k + 1}")
        table[k, 1:] = [of.number(f"{key}_{each}_{k + 1}") for each in ("TAU", "TCOA", "DMOD", "ZTHR", "HMD")]
    if np.any(np.diff(table[:, 0]) < 0.0):
        raise ConfError(of.source, f"{key}_level_1", "altitudes do not ascend", f"order them up to {key}_level_7")
    return hazard.tcas(table, is_filtered=of.truth(f"{key}_HMDFilter"))


def _refuse_what_is_not_followed(of: Settings) -> None:
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


def _refuse_unknown(of: Settings) -> None:
    unknown = sorted(set(of.text) - of.read - _IDLE)
    if unknown:
        raise ConfError(of.source, unknown[0], "is not known here", "take it out, or check its spelling")
