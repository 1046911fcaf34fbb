"""Profiles by name, and the modes of the command, against the configurations they stand for."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from skyaccord.batch.daa.run import instantaneous, without_hysteresis
from skyaccord.detect.conf import read_conf
from skyaccord.detect.profiles import built_in_profiles, find_profile
from skyaccord.units import FT, KT, NM
from tests.detect.profile_facts import facts

ALIASES = sorted(each.alias for each in built_in_profiles() if each.alias)
SI = {
    "[s]": 1.0,
    "[nmi]": NM,
    "[ft]": FT,
    "[knot]": KT,
    "[fpm]": FT / 60,
    "[deg]": math.pi / 180,
    "[deg/s]": math.pi / 180,
    "[m/s^2]": 1.0,
    "[G]": 9.80665,
}

pytestmark = pytest.mark.reference


def value(text: str) -> float | str:
    """Return a setting's quantity in SI units by factors of our own, or its word."""
    number, _, unit = text.partition(" ")
    try:
        return float(number) * (SI[unit] if unit else 1.0)
    except ValueError:
        return text


def settings(path: Path) -> dict[str, float | str]:
    lines = [line.split("#")[0] for line in path.read_text().splitlines()]
    pairs = [line.split("=", 1) for line in lines if "=" in line]
    return {key.strip(): value(text.strip()) for key, text in pairs}


def test_every_shipped_configuration_has_a_profile(reference: Path) -> None:
    shipped = {path.stem for path in (reference / "configs").glob("*.conf") if "__" not in path.stem}
    assert shipped == set(ALIASES)


@pytest.mark.parametrize("alias", ALIASES)
def test_a_profile_is_its_configuration_setting_by_setting(alias: str, reference: Path) -> None:
    theirs = settings(reference / "configs" / f"{alias}.conf")
    ours = {key: value(text) for key, text in find_profile(alias).echo.items()}
    assert ours == theirs
    assert facts(find_profile(alias)) == facts(read_conf(reference / "configs" / f"{alias}.conf"))


@pytest.mark.parametrize("alias", ["DO_365B_no_SUM", "DO_365B_SUM"])
def test_without_hysteresis_is_what_the_reference_ran_with(alias: str, reference: Path) -> None:
    effective = read_conf(reference / "configs" / f"{alias}__nohysteresis.conf")
    assert facts(without_hysteresis(find_profile(alias))) == facts(effective)


def test_instantaneous_is_what_the_reference_ran_with(reference: Path) -> None:
    effective = read_conf(reference / "configs" / "DO_365B_no_SUM__nohysteresis_inst.conf")
    assert facts(instantaneous(without_hysteresis(find_profile("do365b")))) == facts(effective)
